// The lock on a home: one process per store (D13).
//
// An exclusive lock of the open file description (fcntl F_OFD_SETLK) on `lock` in the home. It ends with the process,
// however that ends, and a child that is executed does not inherit it. The file itself stays; it holds nothing.
// The lock is owned by this object and moves with it. It also keeps a second Store of the same process out.
#pragma once

#include <filesystem>

#include "core/base/result.hpp"

struct sqlite3_vfs;

namespace kiem {

class HomeLock {
 public:
  // Tries for up to wait_ms, passing the time by the parent VFS's xSleep, then fails with store_busy (the home's path);
  // disk_failed when the file cannot be made. The home must exist. A lock file that was removed and made again by
  // others meanwhile is noticed.
  [[nodiscard]] static Result<HomeLock> acquire(const std::filesystem::path& home, std::uint32_t wait_ms,
                                                sqlite3_vfs& parent);
  HomeLock(HomeLock&& other) noexcept;
  HomeLock& operator=(HomeLock&&) = delete;
  ~HomeLock();

 private:
  explicit HomeLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace kiem
