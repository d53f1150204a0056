#include "sync/cli/status_output.hpp"

#include "core/l10n/dates.hpp"
#include "core/l10n/errors.hpp"
#include "core/l10n/keep.hpp"
#include "core/l10n/meeting.hpp"
#include "core/l10n/names.hpp"
#include "core/l10n/sharing.hpp"
#include "core/l10n/text.hpp"
#include "sync/cli/json_parts.hpp"
#include "sync/cli/to_type.hpp"

namespace kiem::cli {
namespace {

constexpr Text<2> kYouAre{"Je bent {0}, op apparaat {1}.", "You are {0}, on device {1}."};
constexpr Text<0> kNoInitiative{"Er is hier nog geen initiatief. Zo begin je er een: kiem initiative create NAAM",
                                "There is no initiative here yet. To start one: kiem initiative create NAME"};
constexpr Text<1> kPracticeInitiative{"{0} (proeftuin)", "{0} (practice space)"};
constexpr Text<0> kRole{"Je rol", "Your role"};
constexpr Text<0> kMembers{"Leden", "Members"};
constexpr Text<0> kStatusOpenTasks{"Open taken", "Open tasks"};
constexpr Text<0> kShared{"Gedeeld", "Shared"};
constexpr Text<0> kAllShared{"alles", "everything"};
constexpr Counted<1> kOnlyHere{{"{0} wijziging staat alleen nog hier", "{0} change is still only here"},
                               {"{0} wijzigingen staan alleen nog hier", "{0} changes are still only here"}};
constexpr Text<0> kMet{"Ontmoet", "Met"};
constexpr Text<0> kMetNobody{"nog niemand", "nobody yet"};
constexpr Text<3> kMeeting{"{0}, {1}, {2}", "{0}, {1}, {2}"};
constexpr Text<0> kSpread{"Laptops", "Laptops"};
constexpr Text<0> kInitiativeId{"Kenmerk", "Id"};
constexpr Text<1> kWhatIsDue{"{0}: kiem record due", "{0}: kiem record due"};
constexpr std::size_t kStatusLabelWidth = 10;

void print_meetings(Page& page, const Audience& audience, const InitiativeRow& initiative) {
  const Lang lang = audience.lang;
  if (initiative.meetings.empty()) page.field(kMet.in(lang), kMetNobody.in(lang), kStatusLabelWidth);
  std::string_view label = kMet.in(lang);
  for (const InitiativeRow::Meeting& meeting : initiative.meetings) {
    const std::string when = format_moment(lang, meeting.when, audience.offset_at(meeting.when));
    page.field(label, say(lang, kMeeting, person_name(lang, meeting.person), when, lacks_text(lang, meeting.lacks)),
               kStatusLabelWidth);
    label = "";
  }
  for (const InitiativeRow::Meeting& meeting : initiative.meetings) {
    page.paragraph(clock_sentence(lang, person_name(lang, meeting.person), meeting.clock_ahead_s));
    for (const auto& misdeed : meeting.misdeeds) {
      page.paragraph(misdeed_sentence(lang, person_name(lang, meeting.person), misdeed));
    }
  }
}

std::string_view code_of(PeerFault fault) {
  switch (fault) {
    case PeerFault::garbage:
      return "garbage";
    case PeerFault::poison:
      return "poison";
    case PeerFault::unserved:
      return "unserved";
    case PeerFault::excess:
      return "excess";
  }
  return "garbage";
}

std::string older_sentence(Lang lang, const InitiativeRow::Meeting& older) {
  return error_sentence(lang, {ErrorCode::store_older, Fault::machine, {person_name(lang, older.person)}});
}

// Minutes, and which way: numbers of this JSON have no sign. Null when both are near enough.
Json clock_json(std::int64_t ahead_s) {
  if (ahead_s == 0) return nullptr;
  const auto seconds = static_cast<std::uint64_t>(ahead_s < 0 ? -ahead_s : ahead_s);
  return JsonObject{{"ahead", ahead_s > 0}, {"minutes", seconds / 60}};
}

Json json_of_meeting(const InitiativeRow::Meeting& meeting) {
  JsonArray misdeeds;
  for (const auto& misdeed : meeting.misdeeds) {
    misdeeds.push_back(JsonObject{
        {"fault", std::string(code_of(misdeed.fault))}, {"times", misdeed.times}, {"last", iso_moment(misdeed.last)}});
  }
  return JsonObject{{"person", json_of(meeting.person)},     {"device", to_text(meeting.device)},
                    {"when", iso_moment(meeting.when)},      {"works", meeting.works},
                    {"lacks", std::uint64_t{meeting.lacks}}, {"clock_ahead", clock_json(meeting.clock_ahead_s)},
                    {"misdeeds", std::move(misdeeds)}};
}

}  // namespace

void print_status(Page& page, const Audience& audience, const StatusAnswer& answer) {
  const Lang lang = audience.lang;
  page.paragraph(say(lang, kYouAre, person_name(lang, answer.me), short_id(answer.device)));
  if (answer.initiatives.empty()) page.line(say(lang, kNoInitiative));
  for (const InitiativeRow& initiative : answer.initiatives) {
    const auto field = [&](const Text<0>& label, std::string_view text) {
      page.field(label.in(lang), text, kStatusLabelWidth);
    };
    page.blank();
    page.paragraph(initiative.practice ? say(lang, kPracticeInitiative, initiative.name) : initiative.name);
    field(kRole, role_text(lang, initiative.my_role));
    field(kMembers, format_number(lang, initiative.members));
    field(kStatusOpenTasks, format_number(lang, initiative.open_tasks));
    field(kShared,
          initiative.only_here == 0 ? say(lang, kAllShared) : say_count(lang, initiative.only_here, kOnlyHere));
    if (initiative.laptops > 1) field(kSpread, whole_sentence(lang, whole_spread(initiative)));
    print_meetings(page, audience, initiative);
    if (initiative.waiting > 0) page.paragraph(waiting_sentence(lang, initiative.waiting));
    if (initiative.older) page.paragraph(older_sentence(lang, *initiative.older));
    if (initiative.due.value_or(0) > 0) {
      const std::string sentence = say(lang, kWhatIsDue, due_count_text(lang, *initiative.due));
      page.line(to_type(sentence, naming_of(answer.initiatives, initiative)));
    }
    field(kInitiativeId, to_text(initiative.id));
  }
  if (!answer.arriving && answer.routes == Routes{}) return;
  page.blank();
  if (answer.arriving) page.paragraph(arriving_sentence(lang, *answer.arriving));
  if (answer.routes != Routes{}) print_routes(page, audience, answer);
}

void print_routes(Page& page, const Audience& audience, const StatusAnswer& answer) {
  page.paragraph(routes_sentence(audience.lang, answer.routes));
}

Json json_of(const StatusAnswer& answer) {
  JsonArray initiatives;
  for (const InitiativeRow& initiative : answer.initiatives) {
    JsonArray meetings;
    for (const InitiativeRow::Meeting& meeting : initiative.meetings) meetings.push_back(json_of_meeting(meeting));
    initiatives.push_back(JsonObject{{"id", to_text(initiative.id)},
                                     {"name", initiative.name},
                                     {"practice", initiative.practice},
                                     {"role", code_of(initiative.my_role)},
                                     {"members", initiative.members},
                                     {"open_tasks", initiative.open_tasks},
                                     {"operations", initiative.operations},
                                     {"only_here", initiative.only_here},
                                     {"laptops", std::uint64_t{initiative.laptops}},
                                     {"complete_on", std::uint64_t{whole_spread(initiative).on}},
                                     {"waiting", initiative.waiting},
                                     {"meetings", std::move(meetings)},
                                     {"older", initiative.older ? json_of_meeting(*initiative.older) : Json(nullptr)},
                                     {"due", initiative.due ? Json(*initiative.due) : Json(nullptr)}});
  }
  Json arriving;
  if (answer.arriving) arriving = JsonObject{{"came", answer.arriving->came}, {"of", answer.arriving->of}};
  return JsonObject{
      {"person", json_of(answer.me)},
      {"device", to_text(answer.device)},
      {"initiatives", std::move(initiatives)},
      {"routes",
       JsonObject{{"ipv4", answer.routes.ipv4}, {"ipv6", answer.routes.ipv6}, {"dns_sd", answer.routes.dns_sd}}},
      {"arriving", std::move(arriving)}};
}

}  // namespace kiem::cli
