// Claims: signing up, signing off, and what the assigner's device confirms (DESIGN D6).
#pragma once

#include "core/domain/user_act.hpp"
#include "core/views/models.hpp"

namespace kiem {

// Signs `principal` up for `count` people in all. With a live claim of another count this is a new attempt that names
// the new total; with one of the same count nothing is written and the answer is false. Fails with task_closed.
[[nodiscard]] Result<bool> claim_task(const UserAct& act, const TaskCard& task, const PrincipalId& principal,
                                      std::uint32_t count);

// Ends every attempt of that claim that this device has. Fails with not_claimed when there is none.
[[nodiscard]] Status withdraw_claim(const UserAct& act, const TaskCard& task, const PrincipalId& principal);

// When this device is the task's assigner and seats are free, confirms whom the rule says. True when it wrote. Call it
// under an act number of its own, after whatever changed the task's claims or seats.
[[nodiscard]] Result<bool> confirm_claims(const UserAct& act, const RecordId& task);

}  // namespace kiem
