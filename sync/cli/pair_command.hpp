// `kiem invite --nearby` and `kiem join` with a short code: two people with their laptops side by side, who compare
// four words. Asks whoever has the store, else a node of its own that lives until it is done.
#pragma once

#include "sync/cli/call.hpp"
#include "sync/cli/exit_code.hpp"

namespace kiem::cli {

[[nodiscard]] Result<ExitCode> pair(const Call& call, const InviteNearby& command);
[[nodiscard]] Result<ExitCode> pair(const Call& call, const JoinNearby& command);

}  // namespace kiem::cli
