// SQLite's five locks on the database file, between the connections of this one process (sqlite.org/lockingv3.html).
//
// The home's lock keeps other processes out, so none of this reaches the file system. In WAL mode every connection
// holds `shared` as long as it is open, and the last one to close takes `exclusive` to empty the log.
//
// DatabaseLock is shared by all connections, any thread; a Holder is one connection's and lives inside its file.
#pragma once

#include <cstdint>
#include <mutex>

namespace kiem {

class DatabaseLock {
 public:
  // Numbered as SQLITE_LOCK_NONE to SQLITE_LOCK_EXCLUSIVE.
  enum class Level : std::uint8_t { none, shared, reserved, pending, exclusive };
  struct Holder {
    Level level = Level::none;
  };

  // False: another connection is in the way. A failed step to exclusive may leave the holder at pending.
  [[nodiscard]] bool raise(Holder& holder, Level to);
  void lower(Holder& holder, Level to);
  [[nodiscard]] bool reserved() const;

 private:
  mutable std::mutex mutex_;
  unsigned shared_ = 0;             // holders at shared or above
  const Holder* writer_ = nullptr;  // the one above shared
};

}  // namespace kiem
