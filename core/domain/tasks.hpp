// Tasks: adding, changing, calling off and finishing one (domain.md F10, F19).
//
// A task's open card is written in the open circle, its practical text (note) in the members' circle under the same act
// number (DESIGN D4, where things live). Each function checks first and writes after.
#pragma once

#include "core/domain/requests.hpp"
#include "core/domain/user_act.hpp"

namespace kiem {

// What a new task is written from; a place is already resolved.
struct NewTask {
  std::string title;
  std::optional<std::uint32_t> seats = 1;
  std::optional<std::int32_t> date;
  std::optional<std::int32_t> before;
  std::optional<std::uint16_t> start, end;
  std::optional<RecordId> place;
  std::string note;
  std::string roles;
};

[[nodiscard]] Result<NewTask> checked_task(const UserAct& act, const AddTask& request);
[[nodiscard]] Result<RecordId> add_task(const UserAct& act, const NewTask& task);

// The mutations of a new task's open card and of its note, as add_task and the import write them. `record` is absent
// for a task whose id is its operation's.
void draft_task_card(Draft& draft, const UserAct& act, const std::optional<RecordId>& record, const NewTask& task);
void draft_task_note(Draft& draft, const RecordId& record, const std::string& note);

// Each fails with task_closed when the task is done or called off (editing and calling off a done one included).
// edit_task fails with nothing_to_change when nothing given differs.
[[nodiscard]] Status edit_task(const UserAct& act, const TaskCard& card, const EditTask& request);
[[nodiscard]] Status cancel_task(const UserAct& act, const TaskCard& card, std::string_view reason);
[[nodiscard]] Status finish_task(const UserAct& act, const TaskCard& card);

}  // namespace kiem
