// `kiem passphrase`: changes what opens the store, here or at whoever has the store open. One thread.
#pragma once

#include "sync/cli/call.hpp"
#include "sync/cli/exit_code.hpp"

namespace kiem::cli {

// What opens the store now is asked for, and tried, before anything new is. Errors: store_missing, no_slot_opens,
// wrong_words, file_exists and the other files' ones, not_allowed for a practice store, last_slot, and those of opening
// and writing the store. After one of them the store opens as before, except that a disk that failed may have taken
// the new secret instead.
[[nodiscard]] Result<ExitCode> change_ways_in(const Call& call, const ChangeWaysIn& command);

}  // namespace kiem::cli
