#include "core/l10n/names.hpp"

#include <array>

#include "core/base/check.hpp"
#include "core/l10n/dates.hpp"
#include "core/l10n/text.hpp"

namespace kiem {
namespace {

struct Named {
  std::string_view key;
  Text<0> name;
};

// clang-format off
constexpr std::array kFields{
    Named{"title",         {"titel", "title"}},
    Named{"name",          {"naam", "name"}},
    Named{"seats",         {"aantal plekken", "number of seats"}},
    Named{"count",         {"aantal mensen", "number of people"}},
    Named{"limit",         {"aantal regels", "number of lines"}},
    Named{"date",          {"datum", "date"}},
    Named{"time",          {"begintijd", "start time"}},
    Named{"until",         {"eindtijd", "end time"}},
    Named{"place",         {"plaats", "place"}},
    Named{"note",          {"toelichting", "note"}},
    Named{"roles",         {"gevraagde handen", "hands asked for"}},
    Named{"state",         {"stand", "state"}},
    Named{"reason",        {"reden", "reason"}},
    Named{"cancel_reason", {"reden van afgelasten", "reason for calling off"}},
    Named{"kind",          {"soort", "kind"}},
    Named{"area",          {"buurt", "area"}},
    Named{"text",          {"tekst", "text"}},
    Named{"meeting_point", {"verzamelpunt", "meeting point"}},
    Named{"role",          {"rol", "role"}},
    Named{"role_text",     {"rol", "role"}},
    Named{"talents",       {"talenten", "talents"}},
    Named{"languages",     {"talen", "languages"}},
    Named{"works_with",    {"werkt met", "works with"}},
    Named{"assigner",      {"wie de plekken verdeelt", "who assigns the seats"}},
    Named{"task",          {"taak", "task"}},
    Named{"claim",         {"aanmelding", "claim"}},
    Named{"person",        {"persoon", "person"}},
    Named{"file",          {"bestand", "file"}},
    Named{"initiative",    {"initiatief", "initiative"}},
    Named{"collection",    {"verzameling", "collection"}},
    Named{"record",        {"stuk", "record"}},
    Named{"field",         {"veld", "field"}},
    Named{"fields",        {"wat erin staat, als VELD=WAARDE", "what it holds, as FIELD=VALUE"}},
    Named{"search",        {"zoekwoorden", "search words"}},
    Named{"words",         {"wat je zoekt", "what to look for"}},
    Named{"side",          {"welke kant", "which side"}},
    Named{"skip",          {"aantal dat je overslaat", "number to skip"}},
    Named{"schema",        {"schemabestand", "schema file"}},
    Named{"passphrase",    {"wachtwoord", "passphrase"}},
    Named{"recovery_words", {"herstelwoorden", "recovery words"}},
    Named{"key_file",      {"sleutelbestand", "key file"}},
    Named{"slots",         {"manieren om te openen", "ways to open it"}},
};
constexpr std::array kThings{
    Named{"task",       {"taak", "task"}},
    Named{"place",      {"plaats", "place"}},
    Named{"person",     {"persoon", "person"}},
    Named{"initiative", {"initiatief", "initiative"}},
    Named{"collection", {"verzameling", "collection"}},
    Named{"record",     {"stuk", "record"}},
    Named{"field",      {"veld", "field"}},
    Named{"choice",     {"keuze", "choice"}},
    Named{"act",        {"handeling", "act"}},
    Named{"conflict",   {"tegenspraak", "conflict"}},
};
constexpr std::array kStates{
    Named{"open",      {"open", "open"}},
    Named{"done",      {"klaar", "done"}},
    Named{"cancelled", {"afgelast", "called off"}},
};
// clang-format on

// Between the values that one write replaced, when they had been written apart.
constexpr std::string_view kSeveral = " / ";

constexpr Text<0> kNothing{"niets", "nothing"};
constexpr Text<0> kSomebody{"iemand", "someone"};
constexpr Text<0> kNoRole{"geen rol", "no role"};
constexpr Text<0> kGuest{"gast", "guest"};
constexpr Text<0> kPartner{"partner", "partner"};
constexpr Text<0> kVolunteer{"vrijwilliger", "volunteer"};
constexpr Text<0> kCoordinator{"coördinator", "coordinator"};

template <std::size_t Size>
std::string look_up(const std::array<Named, Size>& table, Lang lang, std::string_view key) {
  for (const Named& entry : table) {
    if (entry.key == key) return std::string(entry.name.in(lang));
  }
  return std::string(key);
}

std::string formatted(Lang lang, std::string_view field, std::string_view value) {
  if (field == "date") {
    if (const auto days = from_iso_date(value)) return format_date(lang, *days);
  } else if (field == "state") {
    return look_up(kStates, lang, value);
  } else if (const auto minutes = from_iso_time(value)) {
    return format_time(lang, *minutes);
  }
  return std::string(value);
}

constexpr Text<2> kAnd{"{0} en {1}", "{0} and {1}"};

}  // namespace

std::string field_name(Lang lang, std::string_view field) { return look_up(kFields, lang, field); }

std::string thing_name(Lang lang, std::string_view thing) { return look_up(kThings, lang, thing); }

std::string value_text(Lang lang, std::string_view field, std::string_view value) {
  if (value.empty()) return say(lang, kNothing);
  const bool is_formatted = field == "date" || field == "time" || field == "until" || field == "state";
  if (!is_formatted) return std::string(value);
  std::string text;
  while (true) {
    const std::size_t end = value.find(kSeveral);
    text += formatted(lang, field, value.substr(0, end));
    if (end == std::string_view::npos) return text;
    text += kSeveral;
    value.remove_prefix(end + kSeveral.size());
  }
}

std::string role_text(Lang lang, Role role) {
  switch (role) {
    case Role::none:
      return say(lang, kNoRole);
    case Role::guest:
      return say(lang, kGuest);
    case Role::partner:
      return say(lang, kPartner);
    case Role::volunteer:
      return say(lang, kVolunteer);
    case Role::coordinator:
      return say(lang, kCoordinator);
  }
  KIEM_UNREACHABLE("a role without a name");
}

std::string person_name(Lang lang, const PersonRef& person) {
  return person.name.empty() ? say(lang, kSomebody) : person.name;
}

std::string listed(Lang lang, const std::vector<std::string>& names) {
  std::string all;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const bool last = i > 0 && i + 1 == names.size();
    if (last) {
      all = say(lang, kAnd, all, names[i]);
    } else {
      all += (i > 0 ? ", " : "") + names[i];
    }
  }
  return all;
}

}  // namespace kiem
