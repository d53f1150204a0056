// A SQLite VFS between the store's and the default one that watches every call and fails those it is told to.
//
// It hands calls through to real files, except that a sync is only counted: no test pulls a plug here, and a test of
// hundreds of openings need not wait for the disk. Registered under a name of its own as long as it lives. A plan is
// made and heard of by one thread; other threads may read meanwhile, and then on_event is called on theirs as well.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.hpp"

namespace kiem::test {

enum class FileCall : std::uint8_t { open, read, write, sync, truncate, remove, access, size };
constexpr std::size_t kFileCalls = 8;

struct FileEvent {
  FileCall call = FileCall::write;
  std::string_view name;
  std::uint64_t at = 0;
  ByteView bytes;
};

// SQLite's codes, so that tests need not include its header.
constexpr int kDiskFull = 13;                // SQLITE_FULL
constexpr int kOpenFails = 14;               // SQLITE_CANTOPEN
constexpr int kReadFails = 10 | 1 << 8;      // SQLITE_IOERR_READ
constexpr int kWriteFails = 10 | 3 << 8;     // SQLITE_IOERR_WRITE
constexpr int kSyncFails = 10 | 4 << 8;      // SQLITE_IOERR_FSYNC
constexpr int kTruncateFails = 10 | 6 << 8;  // SQLITE_IOERR_TRUNCATE
constexpr int kRemoveFails = 10 | 10 << 8;   // SQLITE_IOERR_DELETE

class FaultVfs {
 public:
  FaultVfs();
  ~FaultVfs();
  FaultVfs(const FaultVfs&) = delete;
  FaultVfs& operator=(const FaultVfs&) = delete;
  [[nodiscard]] const char* name() const;

  // The n-th call from now (n from 1) of these kinds fails with `code`; with `for_good` all after it too. A failing
  // write leaves its first half behind, as a disk may.
  void fail(const std::vector<FileCall>& calls, std::uint64_t n, int code, bool for_good = false);
  // Ends the plan. True when it had come to a failure.
  bool heal();
  [[nodiscard]] std::uint64_t count(FileCall call) const;

  // Called before every write (at, bytes), truncation (at), sync and removal that is let through; of a failing write
  // the half that is.
  std::function<void(const FileEvent& event)> on_event;
  // Called in place of waiting.
  std::function<void(int microseconds)> on_pause;
  bool pauses = false;  // for real as well: where threads wait for each other, pauses that take no time are no patience

  struct State;

 private:
  std::unique_ptr<State> state_;
};

}  // namespace kiem::test
