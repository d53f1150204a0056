#include "core/store/sqlite_error.hpp"

#include <sqlite3.h>

#include <system_error>

namespace kiem {

tl::unexpected<Error> disk_failure(int code, int system_error) {
  const int primary = code & 0xFF;
  if (primary == SQLITE_FULL) return fail(ErrorCode::disk_full, Fault::machine);
  if (primary == SQLITE_NOMEM || code == SQLITE_IOERR_NOMEM) return fail(ErrorCode::out_of_memory, Fault::machine);
  std::string words = sqlite3_errstr(code);
  if (system_error != 0) words += ": " + std::generic_category().message(system_error);
  return fail(ErrorCode::disk_failed, Fault::machine, {std::move(words)});
}

}  // namespace kiem
