// The canonical dump: what "byte-equal tables" means everywhere (DESIGN D3). One line a row of every view table and one
// an operation with its verdict, whole ids, sorted. Local numbers, row order and times of receipt are not in it, so two
// stores with equal operations and equal keys give equal dumps, and so does a rebuild.
#pragma once

#include <string>
#include <vector>

#include "core/store/sqlite.hpp"

namespace kiem {

// Any connection, one consistent snapshot when the caller holds a transaction.
[[nodiscard]] Result<std::vector<std::string>> canonical_dump(Connection& db);

}  // namespace kiem
