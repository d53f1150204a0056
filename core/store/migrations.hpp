// Tables by numbered steps: a store is at version N when steps 1..N were applied, each in one transaction with its
// number, so that a store is old or new and never between. A store of a later program is refused untouched.
#pragma once

#include <span>

#include "core/store/sqlite.hpp"

namespace kiem {

// One step: statements without parameters. Its number is its place in the list, from 1. Steps are only ever appended.
struct Migration {
  const char* sql;
};

// Brings the store to version steps.size(). Fails with store_too_new (args: found, known) and changes nothing when the
// store is ahead.
[[nodiscard]] Status migrate(Connection& writer, std::span<const Migration> steps);

}  // namespace kiem
