// From a settled set of acts to the plain values of state.hpp. Internal to core/access, one thread at a time.
#pragma once

#include "core/access/state.hpp"
#include "core/access/view.hpp"

namespace kiem::access {

[[nodiscard]] MembershipState build_state(const View& view, const Settled& settled);

// The named roles of a member, ascending; empty for others.
[[nodiscard]] std::vector<Role> roles_of(const View& view, const PersonId& person);
// The circles that a person reads and writes, ascending. On probation the open one alone, beside the access circle
// (rule 6); volunteers the members' circle, partners the partners', coordinators all.
[[nodiscard]] std::vector<CircleNumber> circles_of(const View& view, const PersonId& person);
[[nodiscard]] Belonging belonging_of(const View& view, const Settled& settled, const PersonId& person);

}  // namespace kiem::access
