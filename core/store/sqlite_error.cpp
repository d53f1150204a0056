#include "core/store/sqlite_error.hpp"

#include <sqlite3.h>

#include <cerrno>
#include <system_error>

namespace kiem {

tl::unexpected<Error> disk_failure(int code, int system_error) {
  if (code == SQLITE_IOERR_NOMEM) return fail(ErrorCode::out_of_memory, Fault::machine);
  if (code == SQLITE_IOERR_DATA) return fail(ErrorCode::page_damaged, Fault::damage, {"?"});
  switch (code & 0xFF) {
    case SQLITE_FULL:
      return fail(ErrorCode::disk_full, Fault::machine);
    case SQLITE_NOMEM:
      return fail(ErrorCode::out_of_memory, Fault::machine);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return fail(ErrorCode::page_damaged, Fault::damage, {"?"});
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
    case SQLITE_SCHEMA:
      // Another connection was in the way for longer than SQLite waits; the same asked again may well be answered.
      return fail(ErrorCode::store_busy);
    default:
      break;
  }
  if ((code & 0xFF) == SQLITE_READONLY || system_error == EROFS) {
    return fail(ErrorCode::disk_failed, Fault::machine, {"read_only"});
  }
  std::string words = sqlite3_errstr(code);
  if (system_error != 0) words += ": " + std::generic_category().message(system_error);
  return fail(ErrorCode::disk_failed, Fault::machine, {std::move(words)});
}

}  // namespace kiem
