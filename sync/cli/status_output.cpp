#include "sync/cli/status_output.hpp"

#include "core/l10n/dates.hpp"
#include "core/l10n/errors.hpp"
#include "core/l10n/names.hpp"
#include "core/l10n/text.hpp"
#include "sync/cli/json_parts.hpp"

namespace kiem::cli {
namespace {

constexpr Text<2> kYouAre{"Je bent {0}, op apparaat {1}.", "You are {0}, on device {1}."};
constexpr Text<0> kNoInitiative{"Er is hier nog geen initiatief. Zo begin je er een: kiem initiative create NAAM",
                                "There is no initiative here yet. To start one: kiem initiative create NAME"};
constexpr Text<1> kPractice{"{0} (proeftuin)", "{0} (practice space)"};
constexpr Text<0> kRole{"Je rol", "Your role"};
constexpr Text<0> kMembers{"Leden", "Members"};
constexpr Text<0> kOpenTasks{"Open taken", "Open tasks"};
constexpr Text<0> kShared{"Gedeeld", "Shared"};
constexpr Text<0> kAllShared{"alles", "everything"};
constexpr Counted<1> kOnlyHere{{"{0} wijziging staat alleen nog hier", "{0} change is still only here"},
                               {"{0} wijzigingen staan alleen nog hier", "{0} changes are still only here"}};
constexpr Text<0> kMet{"Ontmoet", "Met"};
constexpr Text<0> kNobody{"nog niemand", "nobody yet"};
constexpr Text<2> kMeeting{"{0}, {1}", "{0}, {1}"};
constexpr Text<0> kId{"Kenmerk", "Id"};
constexpr std::size_t kLabelWidth = 10;

void print_meetings(Page& page, const Audience& audience, const InitiativeRow& initiative) {
  const Lang lang = audience.lang;
  if (initiative.meetings.empty()) page.field(kMet.in(lang), kNobody.in(lang), kLabelWidth);
  std::string_view label = kMet.in(lang);
  for (const InitiativeRow::Meeting& meeting : initiative.meetings) {
    const std::string when = format_moment(lang, meeting.when, audience.offset_at(meeting.when));
    page.field(label, say(lang, kMeeting, person_name(lang, meeting.person), when), kLabelWidth);
    label = "";
  }
}

std::string older_sentence(Lang lang, const InitiativeRow::Meeting& older) {
  return error_sentence(lang, {ErrorCode::store_older, Fault::machine, {person_name(lang, older.person)}});
}

Json json_of_meeting(const InitiativeRow::Meeting& meeting) {
  return JsonObject{
      {"person", json_of(meeting.person)}, {"device", to_text(meeting.device)}, {"when", iso_moment(meeting.when)}};
}

}  // namespace

void print_status(Page& page, const Audience& audience, const StatusAnswer& answer) {
  const Lang lang = audience.lang;
  page.paragraph(say(lang, kYouAre, person_name(lang, answer.me), short_id(answer.device)));
  if (answer.initiatives.empty()) page.line(say(lang, kNoInitiative));
  for (const InitiativeRow& initiative : answer.initiatives) {
    const auto field = [&](const Text<0>& label, std::string_view text) {
      page.field(label.in(lang), text, kLabelWidth);
    };
    page.blank();
    page.paragraph(initiative.practice ? say(lang, kPractice, initiative.name) : initiative.name);
    field(kRole, role_text(lang, initiative.my_role));
    field(kMembers, format_number(lang, initiative.members));
    field(kOpenTasks, format_number(lang, initiative.open_tasks));
    field(kShared,
          initiative.only_here == 0 ? say(lang, kAllShared) : say_count(lang, initiative.only_here, kOnlyHere));
    print_meetings(page, audience, initiative);
    if (initiative.older) page.paragraph(older_sentence(lang, *initiative.older));
    field(kId, to_text(initiative.id));
  }
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
                                     {"meetings", std::move(meetings)},
                                     {"older", initiative.older ? json_of_meeting(*initiative.older) : Json(nullptr)}});
  }
  return JsonObject{
      {"person", json_of(answer.me)}, {"device", to_text(answer.device)}, {"initiatives", std::move(initiatives)}};
}

}  // namespace kiem::cli
