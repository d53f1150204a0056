// `kiem backup FILE`: a sealed copy of the whole store, made here or by whoever has the store open. One thread.
#pragma once

#include "sync/cli/call.hpp"
#include "sync/cli/exit_code.hpp"

namespace kiem::cli {

// Here with progress on stderr, and Ctrl+C ends it with nothing left behind; a node makes it between its other work and
// gives it up when the asking ends. Errors: file_exists, page_damaged when a page of the store does not open (nothing
// is left then), disk_full, disk_failed, those of opening the store.
[[nodiscard]] Result<ExitCode> back_up(const Call& call, const BackUpTo& command);

}  // namespace kiem::cli
