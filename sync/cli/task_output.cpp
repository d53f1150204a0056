#include "sync/cli/task_output.hpp"

#include "core/l10n/claims.hpp"
#include "core/l10n/dates.hpp"
#include "core/l10n/log.hpp"
#include "core/l10n/names.hpp"
#include "core/l10n/records.hpp"
#include "core/l10n/sharing.hpp"
#include "core/l10n/text.hpp"
#include "sync/cli/to_type.hpp"

namespace kiem::cli {
namespace {

constexpr Text<1> kTaskAdded{"Toegevoegd: {0}.", "Added: {0}."};
constexpr Text<0> kDateFollows{"datum volgt", "date follows"};
constexpr Text<1> kBefore{"vóór {0}", "before {0}"};
constexpr Text<0> kNoOpenTasks{"Er zijn geen open taken. Zo voeg je er een toe: kiem task add TITEL",
                               "There are no open tasks. To add one: kiem task add TITLE"};
constexpr Text<0> kNoTasksShown{"Er zijn nog geen taken. Zo voeg je er een toe: kiem task add TITEL",
                                "There are no tasks yet. To add one: kiem task add TITLE"};
constexpr Counted<1> kTitleOpenTasks{{"{0} open taak", "{0} open task"}, {"{0} open taken", "{0} open tasks"}};
constexpr Counted<1> kTitleTasks{{"{0} taak", "{0} task"}, {"{0} taken", "{0} tasks"}};
constexpr Text<1> kYouAreIn{"jij: {0}", "you: {0}"};

constexpr Text<0> kWhen{"Wanneer", "When"};
constexpr Text<0> kWhere{"Plaats", "Place"};
constexpr Text<0> kSeats{"Plekken", "Seats"};
constexpr Text<0> kAskedFor{"Gevraagd", "Asked for"};
constexpr Text<0> kNote{"Toelichting", "Note"};
constexpr Text<0> kWhyOff{"Reden", "Reason"};
constexpr Text<0> kTaskAddedBy{"Van", "From"};
constexpr Text<0> kTaskId{"Kenmerk", "Id"};
constexpr Text<2> kSeatsLine{"{0}, {1}", "{0}, {1}"};
constexpr Text<0> kWhoTakesPart{"Wie doet mee", "Who takes part"};
constexpr Text<0> kNobodyYet{"Nog niemand.", "Nobody yet."};
constexpr Text<2> kPersonState{"{0}: {1}", "{0}: {1}"};
constexpr Text<1> kPersonYou{"{0} (jij)", "{0} (you)"};
constexpr Text<2> kWithPeople{"{0}, met {1} mensen", "{0}, with {1} people"};
constexpr Text<1> kEnteredBy{"{0} schreef het op.", "{0} wrote it down."};
constexpr Text<0> kTaskConflicts{"Tegenspraak", "Conflicts"};
constexpr Text<3> kSide{"{0}: {1} ({2})", "{0}: {1} ({2})"};
constexpr Text<3> kSideShown{"{0}: {1} ({2}), zo staat het er nu", "{0}: {1} ({2}), shown for now"};

constexpr Text<1> kTaskChanged{"{0} is veranderd.", "{0} was changed."};
constexpr Text<1> kCancelled{"{0} gaat niet door.", "{0} does not take place."};
constexpr Counted<1> kToTell{
    {"{0} aanmelding blijft bewaard. Vertel het ook zelf.", "{0} claim is kept. Tell people yourself too."},
    {"{0} aanmeldingen blijven bewaard. Vertel het ook zelf.", "{0} claims are kept. Tell people yourself too."}};
constexpr Text<1> kDone{"{0} staat op klaar.", "{0} is marked as done."};
constexpr Text<1> kSignedOff{"Je bent afgemeld voor {0}.", "You signed off from {0}."};
constexpr Text<2> kSignedOffFor{"{1} is afgemeld voor {0}.", "{1} is signed off from {0}."};

constexpr std::size_t kTaskLabelWidth = 11;

std::string when_of(const Audience& audience, const TaskCard& task) {
  const std::string day = task.date     ? format_date(audience.lang, *task.date)
                          : task.before ? say(audience.lang, kBefore, format_date(audience.lang, *task.before))
                                        : say(audience.lang, kDateFollows);
  const std::string times = format_times(audience.lang, task.start, task.end);
  return times.empty() ? day : day + ", " + times;
}

std::string seats_of(const Audience& audience, const TaskCard& task) {
  std::string left = seats_text(audience.lang, task);
  if (!task.seats || task.state != TaskState::open) return left;
  return say(audience.lang, kSeatsLine, format_number(audience.lang, *task.seats), left);
}

// Reasons that only repeat what the sentence on the state says.
bool is_said_by_state(ClaimReason reason) {
  return reason == ClaimReason::withdrawn_by_claimant || reason == ClaimReason::task_cancelled ||
         reason == ClaimReason::confirmed_by_assigner;
}

// My own claim says more than the number of seats, unless I signed off.
std::string seats_or_mine(Lang lang, const TaskCard& task) {
  const bool takes_part = task.mine && task.mine->state != ClaimState::withdrawn;
  return takes_part ? say(lang, kYouAreIn, claim_state_text(lang, *task.mine)) : seats_text(lang, task);
}

void print_claim_row(Page& page, const Audience& audience, const ClaimRow& claim) {
  const Lang lang = audience.lang;
  std::string who = person_name(lang, claim.person);
  if (claim.mine) who = say(lang, kPersonYou, who);
  std::string state = claim_state_text(lang, claim);
  if (claim.count > 1) state = say(lang, kWithPeople, state, format_number(lang, claim.count));
  page.paragraph(say(lang, kPersonState, who, state), 2);
  page.paragraph(reason_text(lang, claim.reason), 4);
  if (claim.entered_by) page.paragraph(say(lang, kEnteredBy, person_name(lang, *claim.entered_by)), 4);
}

void print_conflicts(Page& page, const Audience& audience, const std::vector<ConflictRow>& conflicts) {
  if (conflicts.empty()) return;
  page.blank();
  page.line(kTaskConflicts.in(audience.lang));
  for (const ConflictRow& conflict : conflicts) {
    const std::string field = field_text(audience.lang, conflict.field, conflict.words);
    for (const ConflictRow::Side& side : conflict.sides) {
      const std::string value = value_text(audience.lang, conflict.field, conflict.words, side.value);
      page.paragraph(
          say(audience.lang, side.shown ? kSideShown : kSide, field, value, person_name(audience.lang, side.person)),
          2);
    }
  }
}

}  // namespace

void print_task_added(Page& page, const Audience& audience, const TaskAdded& added) {
  page.line(to_text(added.id));
  page.paragraph(say(audience.lang, kTaskAdded, added.title));
}

void print_tasks(Page& page, const Audience& audience, const Request& request, const std::vector<TaskCard>& tasks) {
  const Lang lang = audience.lang;
  const auto* const asked = std::get_if<ListTasks>(&request);
  const bool everything = asked != nullptr && asked->all;
  if (tasks.empty()) {
    page.line(to_type(say(lang, everything ? kNoTasksShown : kNoOpenTasks), request));
    return;
  }
  page.line(say_count(lang, tasks.size(), everything ? kTitleTasks : kTitleOpenTasks));
  page.blank();
  Table table;
  table.columns = {{}, {}, {}, {true}, {}};
  for (const TaskCard& task : tasks) {
    const std::string day = task.date ? format_short_date(lang, *task.date, audience.this_year)
                            : task.before
                                ? say(lang, kBefore, format_short_date(lang, *task.before, audience.this_year))
                                : say(lang, kDateFollows);
    table.rows.push_back(
        {short_id(task.id), day, format_times(lang, task.start, task.end), task.title, seats_or_mine(lang, task)});
  }
  page.table(table);
}

void print_task(Page& page, const Audience& audience, const TaskDetail& task) {
  const Lang lang = audience.lang;
  const TaskCard& card = task.card;
  const auto field = [&](const Text<0>& label, std::string_view text) {
    page.field(label.in(lang), text, kTaskLabelWidth);
  };
  page.paragraph(card.title);
  field(kWhen, when_of(audience, card));
  field(kWhere, card.place_title);
  field(kSeats, seats_of(audience, card));
  field(kWhyOff, card.cancel_reason);
  field(kAskedFor, card.roles);
  field(kNote, card.note);
  if (task.added_by) field(kTaskAddedBy, person_name(lang, *task.added_by));
  field(kTaskId, to_text(card.id));
  page.blank();
  page.line(kWhoTakesPart.in(lang));
  if (task.claims.empty()) page.paragraph(kNobodyYet.in(lang), 2);
  for (const ClaimRow& claim : task.claims) print_claim_row(page, audience, claim);
  if (task.mine_on) page.paragraph(spread_sentence(lang, *task.mine_on));
  print_conflicts(page, audience, task.conflicts);
}

void print_task_changed(Page& page, const Audience& audience, const Request& request, const TaskChanged& changed) {
  const Lang lang = audience.lang;
  const std::string& title = changed.task.card.title;
  if (std::holds_alternative<CancelTask>(request)) {
    page.paragraph(say(lang, kCancelled, title));
    if (!changed.task.claims.empty()) page.line(say_count(lang, changed.task.claims.size(), kToTell));
  } else if (std::holds_alternative<FinishTask>(request)) {
    page.paragraph(say(lang, kDone, title));
  } else if (const auto* const withdraw = std::get_if<WithdrawClaim>(&request)) {
    page.paragraph(withdraw->on_behalf ? say(lang, kSignedOffFor, title, withdraw->on_behalf->text)
                                       : say(lang, kSignedOff, title));
  } else {
    page.paragraph(say(lang, kTaskChanged, title));
  }
  for (const LogChange& change : changed.changes) page.paragraph(change_text(lang, change), 2);
}

void print_claim(Page& page, const Audience& audience, const ClaimAnswer& answer) {
  page.paragraph(claim_sentence(audience.lang, answer.task.card.title, answer.claim));
  if (!is_said_by_state(answer.claim.reason.code)) page.paragraph(reason_text(audience.lang, answer.claim.reason));
}

}  // namespace kiem::cli
