// SQLite's result codes as Errors of ours, for core/store alone.
#pragma once

#include "core/base/result.hpp"

namespace kiem {

// SQLITE_FULL is disk_full, SQLITE_NOMEM out_of_memory, CORRUPT, NOTADB and IOERR_DATA page_damaged ("?"), BUSY,
// LOCKED, PROTOCOL and SCHEMA store_busy, the rest disk_failed with SQLite's words and, where known, the system's.
// `code` is an extended result code and not SQLITE_OK.
[[nodiscard]] tl::unexpected<Error> disk_failure(int code, int system_error = 0);

}  // namespace kiem
