#include "core/domain/import/columns.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "core/domain/import/text.hpp"

namespace kiem::spreadsheet {
namespace {

constexpr std::size_t kShownOfName = 60;

// weight: how much the name says about the kind of the list; 0 for one that stands above any list.
struct Synonym {
  std::string_view name;
  Field field;
  unsigned weight = 1;
};

// clang-format off
constexpr std::array kTaskNames{
    Synonym{"id", Field::id, 0},
    Synonym{"titel", Field::title}, Synonym{"title", Field::title}, Synonym{"klus", Field::title, 2},
    Synonym{"taak", Field::title, 2}, Synonym{"task", Field::title, 2}, Synonym{"activiteit", Field::title},
    Synonym{"activity", Field::title}, Synonym{"wat", Field::title},
    Synonym{"plek", Field::seats}, Synonym{"plekken", Field::seats}, Synonym{"plaatsen", Field::seats},
    Synonym{"aantal", Field::seats}, Synonym{"aantal_plekken", Field::seats}, Synonym{"aantal_plaatsen", Field::seats},
    Synonym{"aantal_mensen", Field::seats}, Synonym{"seats", Field::seats}, Synonym{"spots", Field::seats},
    Synonym{"rollen", Field::roles}, Synonym{"roles", Field::roles}, Synonym{"handen", Field::roles},
    Synonym{"datum", Field::date}, Synonym{"dag", Field::date}, Synonym{"date", Field::date},
    Synonym{"day", Field::date}, Synonym{"wanneer", Field::date}, Synonym{"when", Field::date},
    Synonym{"tijd", Field::start}, Synonym{"van", Field::start}, Synonym{"vanaf", Field::start},
    Synonym{"start", Field::start}, Synonym{"begin", Field::start}, Synonym{"begintijd", Field::start},
    Synonym{"starttijd", Field::start}, Synonym{"aanvang", Field::start}, Synonym{"time", Field::start},
    Synonym{"from", Field::start}, Synonym{"start_time", Field::start},
    Synonym{"tot", Field::end}, Synonym{"einde", Field::end}, Synonym{"eind", Field::end},
    Synonym{"eindtijd", Field::end}, Synonym{"end", Field::end}, Synonym{"until", Field::end},
    Synonym{"end_time", Field::end},
    Synonym{"plaats", Field::place}, Synonym{"locatie", Field::place}, Synonym{"waar", Field::place},
    Synonym{"place", Field::place}, Synonym{"location", Field::place}, Synonym{"where", Field::place},
    Synonym{"notitie", Field::note, 0}, Synonym{"notities", Field::note, 0}, Synonym{"tekst", Field::note, 0},
    Synonym{"omschrijving", Field::note, 0}, Synonym{"beschrijving", Field::note, 0},
    Synonym{"toelichting", Field::note, 0}, Synonym{"opmerking", Field::note, 0},
    Synonym{"opmerkingen", Field::note, 0}, Synonym{"note", Field::note, 0}, Synonym{"notes", Field::note, 0},
    Synonym{"text", Field::note, 0}, Synonym{"description", Field::note, 0}};

// A note is none of a place's fields: its text can be read by everybody in the neighbourhood, so only a column that
// says so is taken for it.
constexpr std::array kPlaceNames{
    Synonym{"id", Field::id, 0},
    Synonym{"naam", Field::title, 0}, Synonym{"name", Field::title, 0}, Synonym{"titel", Field::title, 0},
    Synonym{"title", Field::title, 0}, Synonym{"plaats", Field::title}, Synonym{"place", Field::title},
    Synonym{"plek", Field::title}, Synonym{"locatie", Field::title}, Synonym{"location", Field::title},
    Synonym{"soort", Field::kind}, Synonym{"type", Field::kind}, Synonym{"kind", Field::kind},
    Synonym{"buurt", Field::area}, Synonym{"wijk", Field::area}, Synonym{"area", Field::area},
    Synonym{"neighbourhood", Field::area}, Synonym{"neighborhood", Field::area}, Synonym{"district", Field::area},
    Synonym{"openbaar", Field::text}, Synonym{"openbare_tekst", Field::text}, Synonym{"public", Field::text},
    Synonym{"public_text", Field::text},
    Synonym{"verzamelpunt", Field::meeting_point}, Synonym{"verzamelplek", Field::meeting_point},
    Synonym{"meeting_point", Field::meeting_point}};

constexpr std::array kPersonNames{
    Synonym{"id", Field::id, 0},
    Synonym{"naam", Field::title, 0}, Synonym{"name", Field::title, 0}, Synonym{"voornaam", Field::title},
    Synonym{"first_name", Field::title}, Synonym{"wie", Field::title}, Synonym{"who", Field::title},
    Synonym{"rol", Field::role}, Synonym{"rollen", Field::role}, Synonym{"role", Field::role},
    Synonym{"roles", Field::role},
    Synonym{"talent", Field::talents}, Synonym{"talenten", Field::talents}, Synonym{"talents", Field::talents},
    Synonym{"vaardigheden", Field::talents}, Synonym{"skills", Field::talents},
    Synonym{"talen", Field::languages}, Synonym{"taal", Field::languages}, Synonym{"languages", Field::languages},
    Synonym{"language", Field::languages},
    Synonym{"werkt_met", Field::works_with}, Synonym{"works_with", Field::works_with}};

constexpr std::array<std::string_view, 2> kSealedEndings{"_verzegeld", "_sealed"};
constexpr std::array<std::string_view, 15> kSealedParts{
    "contact", "telefoon", "phone",    "mobiel",     "mobile",  "email", "e_mail", "adres",
    "address", "straat",   "street",   "postcode",   "huisnummer", "geboort", "birth"};
constexpr std::array<std::string_view, 7> kSealedWords{"tel", "gsm", "mail", "bsn", "iban", "leeftijd", "age"};
// Of these, the ones that only stand in a list of people.
constexpr std::array<std::string_view, 9> kPersonalParts{"contact", "telefoon", "phone",   "mobiel", "mobile",
                                                         "email",   "e_mail",   "geboort", "birth"};

constexpr std::array<std::string_view, 12> kMadeInKiem{
    "staat",    "status",       "state",  "aanmelding", "aanmeldingen", "aangemeld",
    "afgemeld", "wachtlijst", "claim", "claims",     "signups",      "deelnemers"};
// clang-format on

struct Kind {
  ImportKind kind;
  std::span<const Synonym> names;
};
constexpr std::array<Kind, 3> kKinds{Kind{ImportKind::tasks, kTaskNames}, Kind{ImportKind::places, kPlaceNames},
                                     Kind{ImportKind::people, kPersonNames}};

// Words of letters and digits with "_" between them: "Werkt met:" is "werkt_met".
std::string key_of(std::string_view name) {
  std::string key;
  for (const char letter : folded(name)) {
    const bool word = (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') ||
                      (static_cast<unsigned char>(letter) & 0x80U) != 0;
    if (word) {
      key += letter;
    } else if (!key.empty() && key.back() != '_') {
      key += '_';
    }
  }
  while (key.ends_with('_')) key.pop_back();
  return key;
}

std::string_view before_bracket(std::string_view name) {
  const auto bracket = name.find('(');
  return bracket == 0 ? name : name.substr(0, bracket);
}

template <class List>
bool has_part(const List& parts, std::string_view key) {
  return std::any_of(parts.begin(), parts.end(),
                     [&](std::string_view part) { return key.find(part) != std::string_view::npos; });
}

bool is_sealed(std::string_view key) {
  if (std::any_of(kSealedEndings.begin(), kSealedEndings.end(), [&](auto ending) { return key.ends_with(ending); })) {
    return true;
  }
  const std::string words = '_' + std::string(key) + '_';
  return has_part(kSealedParts, key) || std::any_of(kSealedWords.begin(), kSealedWords.end(), [&](auto word) {
           return words.find('_' + std::string(word) + '_') != std::string::npos;
         });
}

struct Name {
  std::string whole;  // also what stands between brackets: "naam (adres)" is for a sealed field
  std::string key;
  bool sealed = false;
};

const Synonym* find(std::span<const Synonym> names, const Name& name) {
  if (name.sealed) return nullptr;
  const auto found =
      std::find_if(names.begin(), names.end(), [&](const auto& entry) { return entry.name == name.key; });
  return found == names.end() ? nullptr : &*found;
}

// What each column is to this kind of list: the first that has a field gets it.
std::vector<const Synonym*> match(std::span<const Synonym> names, const std::vector<Name>& header) {
  std::vector<const Synonym*> found;
  for (const auto& name : header) {
    const auto* entry = find(names, name);
    const bool taken = entry != nullptr && std::any_of(found.begin(), found.end(), [&](const auto* earlier) {
                         return earlier != nullptr && earlier->field == entry->field;
                       });
    found.push_back(taken ? nullptr : entry);
  }
  return found;
}

unsigned score(const Kind& kind, const std::vector<Name>& header) {
  const auto found = match(kind.names, header);
  unsigned sum = 0;
  bool titled = false;
  for (const auto* entry : found) {
    if (entry == nullptr) continue;
    sum += entry->weight;
    titled = titled || entry->field == Field::title;
  }
  if (!titled) return 0;
  const bool personal = std::any_of(header.begin(), header.end(), [](const Name& name) {
    return name.sealed && has_part(kPersonalParts, name.whole);
  });
  return sum + (kind.kind == ImportKind::people && personal ? 1 : 0);
}

LeftOutColumn::Why why_left_out(const Name& name, std::span<const Synonym> names) {
  if (name.sealed) return LeftOutColumn::Why::sealed;
  if (std::find(kMadeInKiem.begin(), kMadeInKiem.end(), name.key) != kMadeInKiem.end()) {
    return LeftOutColumn::Why::on_purpose;
  }
  return find(names, name) != nullptr ? LeftOutColumn::Why::repeated : LeftOutColumn::Why::unknown;
}

}  // namespace

Result<Columns> recognise_columns(const CsvRow& header) {
  std::vector<Name> names;
  Columns result;
  for (std::size_t i = 0; i < std::min(header.width, kMaxColumns); ++i) {
    const std::string text = i < header.cells.size() ? one_line(header.cells[i].text) : std::string();
    const std::string whole = key_of(text);
    names.push_back({whole, key_of(before_bracket(text)), is_sealed(whole)});
    result.columns.push_back({text.empty() ? column_letters(i) : shortened(text, kShownOfName), !text.empty(), {}});
  }
  const Kind* best = nullptr;
  unsigned best_score = 0;
  for (const auto& kind : kKinds) {
    const unsigned points = score(kind, names);
    if (points == 0) continue;
    // Two that fit as well: better a question than places among the tasks.
    if (points == best_score) best = nullptr;
    if (points <= best_score) continue;
    best = &kind;
    best_score = points;
  }
  if (best == nullptr) return fail(ErrorCode::csv_unknown_kind);
  result.kind = best->kind;
  const auto found = match(best->names, names);
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (found[i] != nullptr) {
      result.columns[i].field = found[i]->field;
    } else if (result.columns[i].named) {
      result.left_out.push_back({result.columns[i].name, why_left_out(names[i], best->names)});
    }
  }
  return result;
}

}  // namespace kiem::spreadsheet
