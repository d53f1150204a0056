#include "gui/model/task_page.hpp"

#include <algorithm>

#include "core/l10n/claims.hpp"
#include "core/l10n/log.hpp"
#include "core/l10n/names.hpp"
#include "core/l10n/records.hpp"
#include "core/l10n/sharing.hpp"
#include "gui/model/settling.hpp"
#include "gui/text/board.hpp"
#include "gui/text/shell.hpp"
#include "gui/text/task.hpp"

namespace kiem::model {
namespace {

constexpr std::uint32_t kMostFreeCircles = 4;

// Those who come or will probably come: they are shown as circles. Who waits is never listed as coming.
bool comes(const ClaimRow& claim) {
  return claim.state == ClaimState::confirmed || claim.state == ClaimState::seen ||
         claim.state == ClaimState::provisional;
}

// Written without the right: it was never a claim.
bool is_left_out(const ClaimRow& claim) { return claim.reason.code == ClaimReason::no_effect; }

// "Joke" of "Joke T.": there is room for a first name below a circle.
std::string first_name(const std::string& name) { return name.substr(0, name.find(' ')); }

Face face_of(Lang lang, const ClaimRow& claim) {
  Face face;
  face.name = person_name(lang, claim.person);
  face.label = claim.mine ? say(lang, text::shell::kYou) : first_name(face.name);
  if (claim.count > 1)
    face.label = say(lang, text::task::kWithOthers, face.label, format_number(lang, claim.count - 1));
  if (claim.state != ClaimState::confirmed) face.detail = claim_state_text(lang, claim);
  return face;
}

void add_faces(Lang lang, const TaskDetail& task, TaskPage& page) {
  std::uint32_t people = 0;
  std::size_t left = 0;
  for (const ClaimRow& claim : task.claims) {
    if (!comes(claim)) continue;
    people += claim.count;
    if (page.faces.size() < kMostFaces) {
      page.faces.push_back(face_of(lang, claim));
    } else {
      ++left;
    }
  }
  const bool is_open = task.card.state == TaskState::open;
  page.who_caption = task.card.seats ? say(lang, text::task::kWhoComes, format_number(lang, people),
                                           format_number(lang, *task.card.seats))
                                     : say(lang, text::task::kWhoComesAll, format_number(lang, people));
  const std::uint32_t free = is_open && task.card.seats ? task.card.free.value_or(0) : 0;
  const auto room = static_cast<std::uint32_t>(kMostFaces - page.faces.size());
  const std::uint32_t circles = std::min({free, kMostFreeCircles, room});
  for (std::uint32_t i = 0; i < circles; ++i) page.faces.push_back({"", say(lang, text::task::kFree), "", true});
  if (free > circles) page.more_free = say(lang, text::task::kMoreFree, format_number(lang, free - circles));
  if (left > 0) page.more_free = say(lang, text::task::kMorePeople, format_number(lang, left));
  if (page.faces.empty()) page.nobody = say(lang, text::task::kNobodyYet);
}

StandingRow standing_row(Lang lang, const ClaimRow& claim, const UiState& state) {
  StandingRow row;
  row.person = claim.person.id;
  row.mine = claim.mine;
  std::string name = person_name(lang, claim.person);
  if (claim.mine) name = say(lang, text::shell::kNameYou, name);
  if (claim.count > 1) name = say(lang, text::task::kWithOthers, name, format_number(lang, claim.count - 1));
  row.name = claim.state == ClaimState::waiting && claim.position > 0
                 ? say(lang, text::task::kWaitingRow, format_number(lang, claim.position), name)
                 : std::move(name);
  row.state = claim_state_text(lang, claim);
  if (claim.mine || state.why == claim.person.id) {
    row.why = reason_text(lang, claim.reason);
    if (claim.entered_by) {
      row.why += ' ' + say(lang, text::task::kEnteredBy, person_name(lang, *claim.entered_by));
    }
  }
  if (!claim.mine) {
    row.ask_why = Button{say(lang, text::task::kWhy), ToggleWhy{claim.person.id}, Weight::quiet, true,
                         state.why == claim.person.id};
  }
  return row;
}

void add_rows(Lang lang, const TaskDetail& task, const UiState& state, TaskPage& page) {
  for (const ClaimRow& claim : task.claims) {
    if (comes(claim) || is_left_out(claim)) continue;
    (claim.state == ClaimState::waiting ? page.waiting : page.others).push_back(standing_row(lang, claim, state));
  }
  if (!page.waiting.empty()) page.waiting_caption = say(lang, text::task::kWaitingCaption);
  if (!page.others.empty()) page.others_caption = say(lang, text::task::kOthersCaption);
}

Conflict conflict_of(const Reader& reader, const TaskCard& card, const ConflictRow& row) {
  Conflict conflict;
  conflict.caption =
      say(reader.lang, text::task::kConflictCaption, text::capitalised(field_text(reader.lang, row.field, row.words)));
  bool any_shown = false;
  for (const ConflictRow::Side& from : row.sides) {
    ConflictSide side;
    const std::string value = value_text(reader.lang, row.field, row.words, from.value);
    side.text = say(reader.lang, text::task::kConflictSide, person_name(reader.lang, from.person), value);
    side.when = text::moment_in_sentence(reader.lang, from.claimed, reader.now, reader.offset_minutes);
    if (from.shown) side.shown = say(reader.lang, text::task::kConflictShown);
    any_shown = any_shown || from.shown;
    if (card.state == TaskState::open && settling_edit(card, row.field, from.value)) {
      side.choose = Button{say(reader.lang, text::task::kChoose, value), SettleConflict{card.id, row.field, from.value},
                           Weight::secondary};
    }
    conflict.sides.push_back(std::move(side));
  }
  if (!any_shown) conflict.note = say(reader.lang, text::task::kConflictNoneShown);
  return conflict;
}

std::vector<HistoryRow> history_of(const Reader& reader, const LogAnswer& log) {
  std::vector<HistoryRow> rows;
  for (const LogRow& from : log.rows) {
    HistoryRow row;
    row.text = act_sentence(reader.lang, from) + '.';
    row.when =
        text::capitalised(text::moment_in_sentence(reader.lang, from.claimed, reader.now, reader.offset_minutes));
    if (from.time_doubtful) row.when = say(reader.lang, text::task::kDoubtful, row.when);
    for (const LogChange& change : from.changes) row.changes.push_back(change_text(reader.lang, change));
    if (std::string standing = standing_text(reader.lang, from.standing); !standing.empty()) {
      row.changes.push_back(std::move(standing));
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

// The button of the page says more than that of a card, since it stands alone.
std::optional<Button> main_button(Lang lang, const CardModel& card, const TaskCard& task) {
  std::optional<Button> button = card.button;
  if (!button) return button;
  if (const ClaimRow* const mine = live_claim(task)) {
    button->label = mine->state == ClaimState::waiting     ? say(lang, text::task::kLeaveList)
                    : mine->state == ClaimState::confirmed ? say(lang, text::task::kSignOffLong)
                                                           : button->label;
  } else if (button->weight == Weight::quiet) {
    button->weight = Weight::primary;  // on its page the list is the point
  }
  return button;
}

void add_standing(Lang lang, const TaskDetail& task, TaskPage& page) {
  const ClaimRow* const mine = live_claim(task.card);
  if (mine == nullptr) return;
  page.standing = claim_sentence(lang, page.title, *mine);
  if (task.mine_on) page.spread = spread_sentence(lang, *task.mine_on);
  const bool is_said = mine->state == ClaimState::confirmed && mine->reason.code == ClaimReason::confirmed_by_assigner;
  if (!is_said && mine->state != ClaimState::cancelled) page.standing_why = reason_text(lang, mine->reason);
}

TaskPage empty_page(Lang lang, const Text<0>& title, const Text<0>& help, std::optional<Button> way_out) {
  TaskPage page;
  page.empty = Empty{say(lang, title), say(lang, help), std::move(way_out)};
  return page;
}

std::vector<std::string> claim_help(Lang lang, const Facts& facts, const TaskCard& card, bool to_list) {
  if (to_list) return {say(lang, text::confirm::kListHelp), say(lang, text::confirm::kSeenByMembers)};
  const bool knows_assigner = facts.task && facts.task->card.id == card.id && facts.task->assigner &&
                              !facts.task->assigner->name.empty() &&
                              !(facts.status && facts.task->assigner->id == facts.status->me.id);
  return {knows_assigner ? say(lang, text::confirm::kJoinHelpBy, facts.task->assigner->name)
                         : say(lang, text::confirm::kJoinHelp),
          say(lang, text::confirm::kSeenByMembers)};
}

void ask_claim(Lang lang, const Facts& facts, const TaskCard& card, std::uint32_t count, ConfirmStep& step) {
  const std::string title = title_of(lang, card);
  const bool to_list = card.seats && card.free.value_or(0) == 0;
  step.title = say(lang, to_list ? text::confirm::kListTitle : text::confirm::kJoinTitle, title);
  step.help = claim_help(lang, facts, card, to_list);
  step.count_caption = say(lang, text::confirm::kHowMany);
  step.count =
      count == 1 ? say(lang, text::confirm::kOnlyMe) : say(lang, text::confirm::kPeople, format_number(lang, count));
  step.fewer = Button{say(lang, text::confirm::kFewer), ChangeCount{-1}, Weight::secondary, count > 1};
  step.more = Button{say(lang, text::confirm::kMore), ChangeCount{1}, Weight::secondary};
  const std::uint32_t free = card.free.value_or(0);
  if (card.seats && !to_list && count > free) {
    step.help.push_back(free == 1 ? say(lang, text::confirm::kTooManyOne)
                                  : say(lang, text::confirm::kTooMany, format_number(lang, free)));
  }
  const std::string yes = count > 1 ? say(lang, text::confirm::kYesJoinMany, format_number(lang, count))
                          : to_list ? say(lang, text::confirm::kYesList)
                                    : say(lang, text::confirm::kYesJoin);
  step.yes = Button{yes, Agree{}};
}

}  // namespace

TaskPage task_page(const Reader& reader, const Facts& facts, const UiState& state) {
  const Lang lang = reader.lang;
  if (!state.task) return empty_page(lang, text::task::kPick, text::task::kPickHelp, std::nullopt);
  if (!facts.task || facts.task->card.id != *state.task) {
    if (card_of(facts, *state.task) != nullptr) {
      return empty_page(lang, text::task::kStillLoading, text::task::kWorksOffline, std::nullopt);
    }
    return empty_page(lang, text::task::kGone, text::task::kGoneHelp,
                      Button{say(lang, text::shell::kBack), GoBack{}, Weight::secondary});
  }
  const TaskDetail& task = *facts.task;
  const CardModel card = card_model(reader, task.card, true);
  TaskPage page;
  page.day = task.card.date || task.card.before ? card.tile_label : say(lang, text::task::kDateFollows);
  if (!task.card.date && !task.card.before) page.day = say(lang, text::board::kWhenever);
  page.hours = card.when;
  page.chip = card.chip;
  page.title = card.title;
  page.place = card.where;
  page.address = say(lang, text::task::kAddressHidden);
  if (task.card.state == TaskState::cancelled) {
    page.closed = say(lang, text::task::kCancelledCaption);
    page.closed_why = task.card.cancel_reason;
  } else if (task.card.state == TaskState::done) {
    page.closed = say(lang, text::task::kDoneCaption);
  }
  add_standing(lang, task, page);
  if (!task.card.roles.empty()) {
    page.asked_for_caption = say(lang, text::task::kAskedFor);
    page.asked_for = task.card.roles;
  }
  page.note = task.card.note;
  add_faces(lang, task, page);
  add_rows(lang, task, state, page);
  for (const ConflictRow& row : task.conflicts) page.conflicts.push_back(conflict_of(reader, task.card, row));
  if (task.added_by) page.added_by = say(lang, text::task::kAddedBy, person_name(lang, *task.added_by));
  if (task.assigner) page.assigner = say(lang, text::task::kAssigner, person_name(lang, *task.assigner));
  page.main = main_button(lang, card, task.card);
  page.reassurance = say(lang, text::task::kWorksOffline);
  page.history_button = Button{say(lang, state.history_open ? text::task::kHideHistory : text::task::kShowHistory),
                               ToggleHistory{}, Weight::quiet};
  if (state.history_open && facts.history) page.history = history_of(reader, *facts.history);
  return page;
}

std::optional<ConfirmStep> confirm_step(const Reader& reader, const Facts& facts, const UiState& state) {
  if (!state.pending) return std::nullopt;
  const TaskCard* const card = card_of(facts, state.pending->task);
  if (card == nullptr) return std::nullopt;
  const Lang lang = reader.lang;
  ConfirmStep step;
  step.when = day_of(reader, *card);
  if (const std::string hours = text::clock_range(lang, card->start, card->end); !hours.empty()) {
    step.when += ", " + hours;
  }
  step.no = Button{say(lang, text::confirm::kNo), Decline{}, Weight::secondary};
  if (state.pending->kind == Pending::Kind::claim) {
    ask_claim(lang, facts, *card, state.pending->count, step);
    return step;
  }
  const bool waits = card->mine && card->mine->state == ClaimState::waiting;
  step.title = say(lang, text::confirm::kOffTitle, title_of(lang, *card));
  step.help = {say(lang, waits ? text::confirm::kOffListHelp : text::confirm::kOffHelp)};
  step.yes = Button{say(lang, text::confirm::kYesOff), Agree{}};
  return step;
}

}  // namespace kiem::model
