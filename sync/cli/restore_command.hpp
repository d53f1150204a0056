// `kiem restore [FILE]`: makes the store of a home out of a backup, and a device of its own of what came of it. One
// thread.
#pragma once

#include "sync/cli/call.hpp"
#include "sync/cli/exit_code.hpp"

namespace kiem::cli {

// With a file: restores it, by the recovery words or by what opened the store it was made of. The words also enrol the
// new device; without them a person at a terminal is asked for them once, and may leave that for later. Without a file:
// enrols what was restored before, here or at whoever has the store. Exit code 3 when pages of the backup do not open.
// Errors: store_exists, file_missing, not_a_store, no_slot_opens, wrong_words, nothing_to_change and those of the disk.
[[nodiscard]] Result<ExitCode> restore_copy(const Call& call, const RestoreCopy& command);

}  // namespace kiem::cli
