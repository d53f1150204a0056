// The commands on the schema, on records of any collection and on what was written apart: the second part of the table
// in command_table.hpp. Constants; any thread.
#pragma once

#include <vector>

#include "sync/cli/command_table.hpp"

namespace kiem::cli {

[[nodiscard]] std::vector<CommandSpec> record_commands();

}  // namespace kiem::cli
