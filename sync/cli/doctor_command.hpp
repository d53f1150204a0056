// `kiem doctor`: checks the store, here or at whoever has it open. One thread.
#pragma once

#include "sync/cli/call.hpp"
#include "sync/cli/exit_code.hpp"

namespace kiem::cli {

// Here with progress on stderr, and Ctrl+C ends it with what was found so far. Exit code 3 when anything is wrong, or
// was not looked at. Errors: those of opening the store and of the disk.
[[nodiscard]] Result<ExitCode> examine(const Call& call, const Examine& command);

}  // namespace kiem::cli
