#include "core/domain/tasks.hpp"

#include "core/domain/registers.hpp"
#include "core/domain/text_rules.hpp"
#include "core/views/queries.hpp"

namespace kiem {
namespace {

constexpr std::uint16_t kMinutesPerDay = 24 * 60;

Status check_seats(const std::optional<std::uint32_t>& seats) {
  if (seats && (*seats < 1 || *seats > kMaxHeads)) {
    return fail(ErrorCode::bad_number, Fault::person,
                {"seats", std::to_string(*seats), "1-" + std::to_string(kMaxHeads)});
  }
  return {};
}

Status check_time(const std::optional<std::uint16_t>& minutes) {
  if (minutes && *minutes >= kMinutesPerDay)
    return fail(ErrorCode::bad_time, Fault::person, {std::to_string(*minutes)});
  return {};
}

Status must_be_open(const TaskCard& card) {
  if (card.state == TaskState::open) return {};
  return fail(ErrorCode::task_closed, Fault::person,
              {card.title, card.state == TaskState::done ? "done" : "cancelled"});
}

Value number_or_none(const std::optional<std::uint32_t>& number) {
  return number ? Value{IntegerValue{*number}} : Value{NoValue{}};
}
Value date_or_none(const std::optional<std::int32_t>& days) {
  return days ? Value{DateValue{*days}} : Value{NoValue{}};
}
Value time_or_none(const std::optional<std::uint16_t>& minutes) {
  return minutes ? Value{TimeValue{*minutes, {}}} : Value{NoValue{}};
}
Value record_or_none(const std::optional<RecordId>& record) {
  return record ? Value{RecordValue{*record}} : Value{NoValue{}};
}

// Writes the new value of a field when it was given or cleared, and differs from what shows.
template <class Field>
Status change(const UserAct& act, Draft& draft, const TaskCard& card, std::uint32_t field,
              const std::optional<Field>& now, const std::optional<Field>& given, bool clear,
              Value (*as_value)(const std::optional<Field>&)) {
  if (!given && !clear) return {};
  const std::optional<Field> next = clear ? std::nullopt : given;
  if (next == now && !card.in_conflict) return {};
  return rewrite(act, draft, card.id, collection::kTask, field, as_value(next));
}

}  // namespace

Result<NewTask> checked_task(const UserAct& act, const AddTask& request) {
  NewTask task;
  KIEM_TRY_GET(task.title, checked_title("title", request.title));
  KIEM_TRY_GET(task.note, checked_text("note", request.note, kMaxNote, true));
  KIEM_TRY(check_seats(request.seats));
  KIEM_TRY(check_time(request.start));
  KIEM_TRY(check_time(request.end));
  task.seats = request.seats;
  task.date = request.date;
  task.start = request.start;
  task.end = request.end;
  if (request.place) {
    KIEM_TRY_GET(task.place, query_named(act.db, act.space, Named::place, request.place->text));
  }
  return task;
}

void draft_task_card(Draft& draft, const UserAct& act, const std::optional<RecordId>& record, const NewTask& task) {
  constexpr auto kTask = collection::kTask;
  draft.add(create_record(kTask, record));
  draft.add(write_field(kTask, record, task_field::kTitle), TextValue{task.title, {}});
  draft.add(write_field(kTask, record, task_field::kSeats), number_or_none(task.seats));
  if (task.date) draft.add(write_field(kTask, record, task_field::kDate), DateValue{*task.date});
  if (task.before) draft.add(write_field(kTask, record, task_field::kBefore), DateValue{*task.before});
  if (task.start) draft.add(write_field(kTask, record, task_field::kStart), TimeValue{*task.start, {}});
  if (task.end) draft.add(write_field(kTask, record, task_field::kEnd), TimeValue{*task.end, {}});
  if (task.place) draft.add(write_field(kTask, record, task_field::kPlace), RecordValue{*task.place});
  if (!task.roles.empty()) draft.add(write_field(kTask, record, task_field::kRoles), TextValue{task.roles, {}});
  draft.add(write_field(kTask, record, task_field::kAssigner), DeviceValue{act.keys.device});
}

void draft_task_note(Draft& draft, const RecordId& record, const std::string& note) {
  draft.add(write_field(collection::kTask, record, task_field::kNote), TextValue{note, {}});
}

Result<RecordId> add_task(const UserAct& act, const NewTask& task) {
  Draft card = act.draft_in(CircleNumber::open);
  draft_task_card(card, act, std::nullopt, task);
  KIEM_TRY_GET(const OpId op, act.write(card));
  const RecordId record = record_of(op);
  if (!task.note.empty()) {
    Draft note = act.draft_in(CircleNumber::members);
    draft_task_note(note, record, task.note);
    KIEM_TRY(act.write(note));
  }
  return record;
}

Status edit_task(const UserAct& act, const TaskCard& card, const EditTask& request) {
  KIEM_TRY(must_be_open(card));
  KIEM_TRY(check_seats(request.seats));
  KIEM_TRY(check_time(request.start));
  KIEM_TRY(check_time(request.end));
  Draft draft = act.draft_in(CircleNumber::open);
  if (request.title) {
    KIEM_TRY_GET(const std::string title, checked_title("title", *request.title));
    if (title != card.title || card.in_conflict) {
      KIEM_TRY(rewrite(act, draft, card.id, collection::kTask, task_field::kTitle, TextValue{title, {}}));
    }
  }
  std::optional<RecordId> place;
  if (request.place) {
    KIEM_TRY_GET(place, query_named(act.db, act.space, Named::place, request.place->text));
  }
  KIEM_TRY(
      change(act, draft, card, task_field::kSeats, card.seats, request.seats, request.clear_seats, number_or_none));
  KIEM_TRY(change(act, draft, card, task_field::kDate, card.date, request.date, request.clear_date, date_or_none));
  KIEM_TRY(change(act, draft, card, task_field::kStart, card.start, request.start, request.clear_time, time_or_none));
  KIEM_TRY(change(act, draft, card, task_field::kEnd, card.end, request.end, request.clear_time, time_or_none));
  KIEM_TRY(change(act, draft, card, task_field::kPlace, card.place, place, request.clear_place, record_or_none));

  Draft note = act.draft_in(CircleNumber::members);
  if (request.note) {
    KIEM_TRY_GET(const std::string text, checked_text("note", *request.note, kMaxNote, true));
    if (text != card.note || card.in_conflict) {
      KIEM_TRY(rewrite(act, note, card.id, collection::kTask, task_field::kNote, TextValue{text, {}}));
    }
  }
  if (draft.empty() && note.empty()) return fail(ErrorCode::nothing_to_change);
  if (!draft.empty()) KIEM_TRY(act.write(draft));
  if (!note.empty()) KIEM_TRY(act.write(note));
  return {};
}

Status cancel_task(const UserAct& act, const TaskCard& card, std::string_view reason) {
  KIEM_TRY(must_be_open(card));
  KIEM_TRY_GET(const std::string why, checked_text("reason", reason, kMaxShortText));
  // Somebody may cross the city for it: a call-off goes first in every exchange (domain.md Q21).
  Draft draft = act.draft_in(CircleNumber::open, OpClass::urgent);
  KIEM_TRY(rewrite(act, draft, card.id, collection::kTask, task_field::kState, ChoiceValue{task_state::kCancelled}));
  if (!why.empty()) {
    KIEM_TRY(rewrite(act, draft, card.id, collection::kTask, task_field::kCancelReason, TextValue{why, {}}));
  }
  KIEM_TRY(act.write(draft));
  return {};
}

Status finish_task(const UserAct& act, const TaskCard& card) {
  KIEM_TRY(must_be_open(card));
  Draft draft = act.draft_in(CircleNumber::open);
  KIEM_TRY(rewrite(act, draft, card.id, collection::kTask, task_field::kState, ChoiceValue{task_state::kDone}));
  KIEM_TRY(act.write(draft));
  return {};
}

}  // namespace kiem
