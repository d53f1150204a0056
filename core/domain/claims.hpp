// Claims: signing up, signing off, and what the assigner's device confirms (DESIGN D6).
#pragma once

#include "core/crdt/mutation_id.hpp"
#include "core/domain/user_act.hpp"
#include "core/views/models.hpp"

namespace kiem {

// Signs `principal` up for `count` people in all. With a live claim of another count this is a new attempt that names
// the new total; with one of the same count nothing is written and the answer is false. Fails with task_closed.
[[nodiscard]] Result<bool> claim_task(const UserAct& act, const TaskCard& task, const PrincipalId& principal,
                                      std::uint32_t count);

// Ends every attempt of that claim that this device has. Fails with not_claimed when there is none.
[[nodiscard]] Status withdraw_claim(const UserAct& act, const TaskCard& task, const PrincipalId& principal);

// Takes back what one act of this person said of a claim: `attempts` that it made, `withdrawn` attempts that it ended.
// The claim wants again what it wanted without that, by signing off or by a new attempt, which stands behind those who
// came meanwhile. Nothing is written, and the answer is none, when the claim has changed since. Fails with task_closed.
struct ClaimUndone {
  std::uint32_t from = 0, to = 0;  // how many people the claim wanted, and wants; 0: signed off
};
[[nodiscard]] Result<std::optional<ClaimUndone>> undo_claim(const UserAct& act, const TaskCard& task,
                                                            const PrincipalId& principal,
                                                            const std::vector<MutationId>& attempts,
                                                            const std::vector<MutationId>& withdrawn);

// When this device is the task's assigner and seats are free, confirms whom the rule says. True when it wrote. Call it
// under an act number of its own, after whatever changed the task's claims or seats.
[[nodiscard]] Result<bool> confirm_claims(const UserAct& act, const RecordId& task);

}  // namespace kiem
