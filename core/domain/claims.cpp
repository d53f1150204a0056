#include "core/domain/claims.hpp"

#include <algorithm>

#include "core/domain/registers.hpp"
#include "core/views/fold.hpp"

namespace kiem {
namespace {

// At most so many confirmations in one operation; the rest follow in the next.
constexpr std::size_t kConfirmAtOnce = 32;

Mutation claim_mutation(const UserAct& act, MutationKind kind, const RecordId& task, const PrincipalId& principal) {
  Mutation mutation;
  mutation.collection = {std::nullopt, collection::kClaim};
  mutation.kind = static_cast<std::uint32_t>(kind);
  mutation.record = claim_id(task, principal);
  mutation.records = {task};
  if (principal != principal_of(act.keys.person)) mutation.principal = principal;
  return mutation;
}

// As many as one list holds.
std::vector<Reference> first_references(const std::vector<MutationId>& ids) {
  return references_to(std::span(ids).first(std::min(ids.size(), kMaxReferences)));
}

void cite(Mutation& mutation, std::uint32_t purpose, const std::vector<Reference>& references) {
  if (!references.empty()) mutation.cites.push_back({purpose, references});
}

Result<Occurrence> occurrence_of(const UserAct& act, const RecordId& task) {
  KIEM_TRY_GET(const auto record, find_record(act.db, task, act.space.row));
  if (!record) return fail(ErrorCode::not_found, Fault::person, {"task", to_text(task)});
  return load_occurrence(act.db, *record);
}

std::optional<ClaimStanding> standing_of(const SeatsFold& fold, const PrincipalId& principal) {
  const auto found = std::find_if(fold.claims.begin(), fold.claims.end(),
                                  [&](const ClaimStanding& claim) { return claim.principal == principal; });
  return found == fold.claims.end() ? std::nullopt : std::optional(*found);
}

Result<bool> is_assigner(const UserAct& act, const RecordId& task) {
  KIEM_TRY_GET(Statement * find,
               act.db.cached("SELECT t.assigner FROM task t JOIN record r USING(record) WHERE r.id = ? "
                             "AND r.space = ?"));
  find->bind(1, task).bind(2, act.space.row);
  KIEM_TRY_GET(const bool found, find->step());
  if (!found) return false;
  const auto assigner = id_from<DeviceId>(find->blob(0));
  find->reset();
  return assigner == act.keys.device;
}

}  // namespace

Result<bool> claim_task(const UserAct& act, const TaskCard& task, const PrincipalId& principal, std::uint32_t count) {
  if (task.state != TaskState::open) {
    return fail(ErrorCode::task_closed, Fault::person,
                {task.title, task.state == TaskState::done ? "done" : "cancelled"});
  }
  if (count < 1 || count > kMaxHeads) {
    return fail(ErrorCode::bad_number, Fault::person,
                {"count", std::to_string(count), "1-" + std::to_string(kMaxHeads)});
  }
  KIEM_TRY_GET(const Occurrence occurrence, occurrence_of(act, task.id));
  const SeatsFold fold = occurrence.fold();
  const auto standing = standing_of(fold, principal);
  const bool live = standing && !standing->attempts.empty();
  if (live && standing->wanted_count == count) return false;

  Mutation attempt = claim_mutation(act, MutationKind::attempt, task.id, principal);
  // A smaller total lowers the attempts it replaces, which keep their rank; a larger one stands beside them.
  if (live && count < standing->wanted_count) attempt.supersedes = first_references(standing->attempts);
  cite(attempt, cite_purpose::kSeenAttempts, first_references(names_for_new_attempt(task.id, occurrence.attempts)));
  Draft draft = act.draft_in(CircleNumber::open, OpClass::urgent);
  draft.add(std::move(attempt), IntegerValue{count}, principal);
  KIEM_TRY(act.write(draft));
  return true;
}

Status withdraw_claim(const UserAct& act, const TaskCard& task, const PrincipalId& principal) {
  KIEM_TRY_GET(const Occurrence occurrence, occurrence_of(act, task.id));
  const auto standing = standing_of(occurrence.fold(), principal);
  if (!standing || standing->attempts.empty()) return fail(ErrorCode::not_claimed, Fault::person, {task.title});
  Mutation withdrawal = claim_mutation(act, MutationKind::withdraw, task.id, principal);
  withdrawal.supersedes = first_references(standing->attempts);
  Draft draft = act.draft_in(CircleNumber::open, OpClass::urgent);
  draft.add(std::move(withdrawal));
  KIEM_TRY(act.write(draft));
  return {};
}

Result<std::optional<ClaimUndone>> undo_claim(const UserAct& act, const TaskCard& task, const PrincipalId& principal,
                                              const std::vector<MutationId>& attempts,
                                              const std::vector<MutationId>& withdrawn) {
  const auto names = [](const std::vector<MutationId>& ids, const MutationId& id) {
    return std::find(ids.begin(), ids.end(), id) != ids.end();
  };
  const auto wanted = [&](const SeatsFold& fold) {
    const auto standing = standing_of(fold, principal);
    return standing ? standing->wanted_count : 0;
  };
  KIEM_TRY_GET(const Occurrence now, occurrence_of(act, task.id));
  Occurrence without = now;
  without.attempts.clear();
  for (const auto& attempt : now.attempts) {
    if (names(attempts, attempt.id)) continue;
    without.attempts.push_back(attempt);
    if (names(withdrawn, attempt.id)) without.attempts.back().withdrawn = false;
  }
  const ClaimUndone undone{wanted(now.fold()), wanted(without.fold())};
  // Signed off, and up again since: that is the later word.
  const bool signed_up_since = !withdrawn.empty() && undone.from > 0;
  if (undone.from == undone.to || signed_up_since) return std::optional<ClaimUndone>{};
  if (undone.to == 0) {
    KIEM_TRY(withdraw_claim(act, task, principal));
  } else {
    KIEM_TRY(claim_task(act, task, principal, undone.to));
  }
  return std::optional(undone);
}

Result<bool> confirm_claims(const UserAct& act, const RecordId& task) {
  KIEM_TRY_GET(const bool mine, is_assigner(act, task));
  if (!mine) return false;
  bool wrote = false;
  while (true) {
    KIEM_TRY_GET(const Occurrence occurrence, occurrence_of(act, task));
    const SeatsFold fold = occurrence.fold();
    if (fold.confirmable.empty()) return wrote;
    Draft draft = act.draft_in(CircleNumber::open, OpClass::urgent);
    for (const auto& confirmable : fold.confirmable) {
      Mutation confirm;
      confirm.collection = {std::nullopt, collection::kConfirmation};
      confirm.kind = static_cast<std::uint32_t>(MutationKind::confirm);
      confirm.record = task;
      confirm.numbers = {kRuleStrictFilling, 1, confirmable.heads};
      cite(confirm, cite_purpose::kPlacedAttempts, first_references({confirmable.attempt}));
      if (draft.empty()) {
        // What the decision was made with stands once, beside the first attempt it places.
        KIEM_TRY_GET(const auto seats, live_writes(act, task, collection::kTask, task_field::kSeats));
        cite(confirm, cite_purpose::kSeatsValue, seats);
        std::vector<MutationId> considered;
        for (const auto& attempt : occurrence.attempts) considered.push_back(attempt.id);
        cite(confirm, cite_purpose::kConsideredAttempts, first_references(considered));
      }
      draft.add(std::move(confirm), IntegerValue{static_cast<std::int64_t>(ClaimReason::confirmed_by_assigner)});
      if (!draft.has_room(1, 64) || draft.size() == kConfirmAtOnce) break;
    }
    KIEM_TRY(act.write(draft));
    wrote = true;
  }
}

}  // namespace kiem
