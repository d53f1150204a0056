// The two kinds of open file that the encrypting VFS gives SQLite. SQLite owns the memory (szOsFile bytes) and uses one
// of them from one thread at a time; both point to the StoreFiles that all share.
#pragma once

#include "core/store/store_files.hpp"

namespace kiem {

struct MainFile {
  sqlite3_file base{};  // first, so that SQLite's pointer is ours
  StoreFiles* files = nullptr;
  bool writer = false;
  bool checkpointing = false;
  bool healing = false;            // zeros in place of a page that does not fit its seal
  std::uint32_t copied_page = 0;   // the page that the log gave last during a checkpoint
  std::uint32_t damaged_page = 0;  // the last that did not fit its seal
  ReadAhead ahead;
  DatabaseLock::Holder database_lock;
  WalIndex::Holder wal_index;
};

struct WalFile {
  sqlite3_file base{};
  StoreFiles* files = nullptr;
  MainFile* main = nullptr;  // of the same connection, which closes it after this one
  // A frame head that SQLite wrote and whose page has not come yet; frame 0 means none.
  std::uint32_t pending_frame = 0;
  std::array<std::uint8_t, kFrameHeadBytes> pending_head{};
};

// Make the object in SQLite's memory. For the main file the writer claim has been taken already.
void make_main_file(sqlite3_file* memory, StoreFiles& files, bool writer);
void make_wal_file(sqlite3_file* memory, StoreFiles& files, MainFile& main);

// The main file object of an open database handle of ours.
[[nodiscard]] MainFile& main_file_of(sqlite3_file* file);

// What both kinds of file promise SQLite. Safe above any parent: frames are appended, and a write does not hurt bytes
// beside it on anything that SQLite's own default is good for.
inline int sector_size(sqlite3_file*) { return static_cast<int>(kPageBytes); }
inline int characteristics(sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

}  // namespace kiem
