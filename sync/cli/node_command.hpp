// `kiem node`: has the store, meets others and answers the commands of this laptop until it is stopped. One thread.
#pragma once

#include "sync/cli/call.hpp"
#include "sync/cli/exit_code.hpp"

namespace kiem::cli {

// Prints where it accepts peers, alone on the first line, flushed; runs until SIGINT or SIGTERM. Errors: store_busy
// with what has the store, bad_address, address_in_use, and whatever opening or keeping the store gives.
[[nodiscard]] Result<ExitCode> run_node(const Call& call, const RunNode& command);

}  // namespace kiem::cli
