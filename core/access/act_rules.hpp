// Who may write which act: the rights that rules 5 to 9 ask of an author, judged in the act's own past.
// Internal to core/access, one thread at a time.
#pragma once

#include "core/access/removal_rules.hpp"

namespace kiem::access {

// The operation in its own past, by its bytes and what came before it alone: `applied` also when it only lacks
// signatures, which can't be in its past. memory[node].before must be there.
[[nodiscard]] Reason judge_own(const Graph& graph, const Memory& memory, Index node);

// The same rights by what counts in a larger set: what gave them may have fallen since. Only asks for what was given,
// never for what was absent, so that more that counts never takes a right away here.
[[nodiscard]] bool keeps_right(const View& whole, const Settled& settled, Index node);

// Rule 6: somebody else was admitted by the same invitation, neither knowing of the other, and no coordinator confirmed
// this person.
[[nodiscard]] bool is_contested(const View& whole, const ActRef& admit);

// D2: the node stands on a branch of a forked chain that nobody else has built on, continued or named in a cut.
[[nodiscard]] bool waits_on_fork(const View& whole, Index node);

}  // namespace kiem::access
