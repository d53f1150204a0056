// The wal-index in process memory: the shared memory through which SQLite's connections agree on the log
// (sqlite.org/walformat.html section 2), without the -shm file that would carry checksums of plaintext.
//
// WalIndex belongs to the store's files and is shared by all connections, any thread; a Holder is one connection's.
// The memory goes when its last user lets go and is rebuilt from the log by the next.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

namespace kiem {

class WalIndex {
 public:
  static constexpr int kLocks = 8;  // SQLITE_SHM_NLOCK
  // SQLite asks for regions of this size and no other.
  static constexpr int kRegionBytes = 32768;

  struct Holder {
    bool attached = false;
    std::uint8_t shared = 0;     // bit i: holds lock i shared
    std::uint8_t exclusive = 0;  // bit i: holds lock i exclusively
  };

  // The region, or nullptr when it is not there and `extend` is false. Throws std::bad_alloc.
  [[nodiscard]] void* region(Holder& holder, int number, bool extend);
  // count locks from `first`; all or none. False: another connection is in the way.
  [[nodiscard]] bool lock(Holder& holder, int first, int count, bool exclusive);
  void unlock(Holder& holder, int first, int count);
  void barrier();
  // For the thread of the writer: how many frames are committed, and how many of those the database has already, so
  // that SQLite reads them there.
  struct Frames {
    std::uint32_t committed = 0;
    std::uint32_t copied = 0;
  };
  [[nodiscard]] Frames frames();
  void detach(Holder& holder);

 private:
  struct Region {
    alignas(8) std::array<std::uint8_t, kRegionBytes> bytes{};
  };
  std::mutex mutex_;
  std::vector<std::unique_ptr<Region>> regions_;
  unsigned attached_ = 0;
  std::array<int, kLocks> held_{};  // -1 exclusively, else the number of shared holders
};

}  // namespace kiem
