// What the system said about a file or a directory of the store, as an Error (core/base/result.hpp). Any thread.
#pragma once

#include <cerrno>
#include <system_error>

#include "core/base/result.hpp"

namespace kiem {

// error: an errno. No room, also by quota, is disk_full; a disk that takes nothing is disk_failed with "read_only";
// everything else is disk_failed with the system's words.
[[nodiscard]] inline tl::unexpected<Error> disk_error(int error) {
  if (error == ENOSPC || error == EDQUOT) return fail(ErrorCode::disk_full, Fault::machine);
  if (error == EROFS) return fail(ErrorCode::disk_failed, Fault::machine, {"read_only"});
  return fail(ErrorCode::disk_failed, Fault::machine, {std::generic_category().message(error)});
}

}  // namespace kiem
