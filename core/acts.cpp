#include <algorithm>

#include "core/community.hpp"
#include "core/domain/claims.hpp"
#include "core/domain/founding.hpp"
#include "core/domain/import_act.hpp"
#include "core/domain/people.hpp"
#include "core/domain/places.hpp"
#include "core/domain/tasks.hpp"
#include "core/domain/text_rules.hpp"
#include "core/identity/recovery.hpp"
#include "core/views/queries.hpp"
#include "core/views/shown.hpp"

namespace kiem {
namespace {

// The person's own founding and enrolment acts, as every initiative's access circle keeps copies of them.
Result<std::vector<Bytes>> own_present(Connection& db, const PersonId& person) {
  KIEM_TRY_GET(const auto space, find_space(db, same_bytes<SpaceId>(person)));
  if (!space) return fail(ErrorCode::record_damaged, Fault::damage, {"own space"});
  KIEM_TRY_GET(const auto operations, operations_of(db, space->row));
  std::vector<Bytes> copies;
  for (const std::int64_t row : operations) {
    KIEM_TRY_GET(const auto operation, export_operation(db, row));
    copies.push_back(copy_for_present(operation));
  }
  return copies;
}

// What an edit changed, for the answer: only fields that differ.
std::vector<LogChange> differences(const TaskCard& before, const TaskCard& after) {
  std::vector<LogChange> changes;
  const auto note = [&](const char* field, const std::string& was, const std::string& is) {
    if (was != is) changes.push_back({field, was, is});
  };
  const auto number = [](const auto& value) { return value ? std::to_string(*value) : std::string{}; };
  const auto date = [](const auto& value) { return value ? iso_date(*value) : std::string{}; };
  const auto time = [](const auto& value) { return value ? iso_time(*value) : std::string{}; };
  note("title", before.title, after.title);
  note("seats", number(before.seats), number(after.seats));
  note("date", date(before.date), date(after.date));
  note("time", time(before.start), time(after.start));
  note("until", time(before.end), time(after.end));
  note("place", before.place_title, after.place_title);
  note("note", before.note, after.note);
  return changes;
}

}  // namespace

Result<Answer> Community::Impl::perform(const CreateInitiative& request) {
  KIEM_TRY_GET(const std::string name, checked_title("name", request.name));
  // Founding is the one act that no begin_act() comes before.
  if (enrolment_due) return fail(ErrorCode::not_enrolled);
  const RecoveryWords words = RecoveryWords::generate(env.rng);
  SpaceId id;
  const auto body = [&]() -> Status {
    KIEM_TRY_GET(auto present, own_present(db, keys.person));
    const Founding founding = found_initiative(keys, name, practice, words, std::move(present), env);
    KIEM_TRY_GET(const SpaceRow space, ingest.take_founding(founding.operation, name, founding.secret.view()));
    id = space.id;
    return introduce(begin_act(space), my_name);
  };
  KIEM_TRY(in_transaction(body));
  return InitiativeCreated{id, name, words.to_text()};
}

Result<Answer> Community::Impl::perform(const AddPlace& request) {
  KIEM_TRY_GET(const SpaceRow space, initiative(request.initiative));
  KIEM_TRY_GET(const NewPlace place, checked_place(request));
  RecordId id;
  const auto body = [&]() -> Status {
    KIEM_TRY_GET(id, add_place(begin_act(space), place));
    return {};
  };
  KIEM_TRY(in_transaction(body));
  return PlaceAdded{id, place.title};
}

Result<Answer> Community::Impl::perform(const AddTask& request) {
  KIEM_TRY_GET(const SpaceRow space, initiative(request.initiative));
  RecordId id;
  std::string title;
  const auto body = [&]() -> Status {
    const UserAct act = begin_act(space);
    KIEM_TRY_GET(const NewTask task, checked_task(act, request));
    title = task.title;
    KIEM_TRY_GET(id, add_task(act, task));
    return {};
  };
  KIEM_TRY(in_transaction(body));
  return TaskAdded{id, title};
}

Result<Answer> Community::Impl::perform(const EditTask& request) {
  KIEM_TRY_GET(const SpaceRow space, initiative(request.initiative));
  KIEM_TRY_GET(const TaskDetail before, task_named(space, request.task));
  const auto body = [&]() -> Status {
    KIEM_TRY(edit_task(begin_act(space), before.card, request));
    return confirm_mine(space, before.card.id);
  };
  KIEM_TRY(in_transaction(body));
  KIEM_TRY_GET(TaskDetail after, task_after(space, before.card.id));
  auto changes = differences(before.card, after.card);
  return TaskChanged{std::move(after), std::move(changes)};
}

Result<Answer> Community::Impl::perform(const CancelTask& request) {
  KIEM_TRY_GET(const SpaceRow space, initiative(request.initiative));
  KIEM_TRY_GET(const TaskDetail before, task_named(space, request.task));
  KIEM_TRY(in_transaction([&]() -> Status { return cancel_task(begin_act(space), before.card, request.reason); }));
  KIEM_TRY_GET(TaskDetail after, task_after(space, before.card.id));
  return TaskChanged{std::move(after), {}};
}

Result<Answer> Community::Impl::perform(const FinishTask& request) {
  KIEM_TRY_GET(const SpaceRow space, initiative(request.initiative));
  KIEM_TRY_GET(const TaskDetail before, task_named(space, request.task));
  KIEM_TRY(in_transaction([&]() -> Status { return finish_task(begin_act(space), before.card); }));
  KIEM_TRY_GET(TaskDetail after, task_after(space, before.card.id));
  return TaskChanged{std::move(after), {}};
}

namespace {

Result<Answer> claim_answer(TaskDetail task, const PrincipalId& principal) {
  const auto claim = std::find_if(task.claims.begin(), task.claims.end(),
                                  [&](const ClaimRow& each) { return each.person.id == principal; });
  if (claim == task.claims.end()) return fail(ErrorCode::not_claimed, Fault::person, {task.card.title});
  ClaimRow row = *claim;
  return ClaimAnswer{std::move(task), std::move(row)};
}

}  // namespace

Result<Answer> Community::Impl::perform(const ClaimTask& request) {
  KIEM_TRY_GET(const SpaceRow space, initiative(request.initiative));
  KIEM_TRY_GET(const TaskDetail before, task_named(space, request.task));
  KIEM_TRY_GET(const PrincipalId principal, principal_named(space, request.on_behalf));
  const auto body = [&]() -> Status {
    // Signing up twice for the same number of people is done already: nothing is written, the answer is the same.
    KIEM_TRY_GET(const bool wrote, claim_task(begin_act(space), before.card, principal, request.count));
    return wrote ? confirm_mine(space, before.card.id) : Status{};
  };
  KIEM_TRY(in_transaction(body));
  KIEM_TRY_GET(TaskDetail after, task_after(space, before.card.id));
  return claim_answer(std::move(after), principal);
}

Result<Answer> Community::Impl::perform(const WithdrawClaim& request) {
  KIEM_TRY_GET(const SpaceRow space, initiative(request.initiative));
  KIEM_TRY_GET(const TaskDetail before, task_named(space, request.task));
  KIEM_TRY_GET(const PrincipalId principal, principal_named(space, request.on_behalf));
  const auto body = [&]() -> Status {
    KIEM_TRY(withdraw_claim(begin_act(space), before.card, principal));
    return confirm_mine(space, before.card.id);
  };
  KIEM_TRY(in_transaction(body));
  KIEM_TRY_GET(TaskDetail after, task_after(space, before.card.id));
  return claim_answer(std::move(after), principal);
}

Result<Answer> Community::Impl::perform(const ImportFile& request) {
  KIEM_TRY_GET(const SpaceRow space, initiative(request.initiative));
  const auto base_date = space.practice ? request.today : std::nullopt;
  ImportAnswer answer;
  const auto body = [&]() -> Status {
    KIEM_TRY_GET(answer, import_file(begin_act(space), request, base_date));
    return {};
  };
  KIEM_TRY(in_transaction(body));
  return answer;
}

}  // namespace kiem
