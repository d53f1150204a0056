// Operations that lie outside of a removal's cut (DESIGN D5.3), as the log finds them again without reading itself.
//
// Free functions over the writer's connection, inside the caller's transaction. Fail as the store does.
#pragma once

#include <vector>

#include "core/store/sqlite.hpp"

namespace kiem {

// Whether anything was set aside in this store.
[[nodiscard]] Result<bool> has_set_aside(Connection& db);
// Rows of a chain's operations that were, in no order.
[[nodiscard]] Result<std::vector<std::int64_t>> set_aside_in(Connection& db, std::int64_t chain);

}  // namespace kiem
