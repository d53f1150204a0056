// The two files of a store as the parent VFS holds them, and their names.
//
// A ParentFile is the one descriptor of its file for all connections of the process. Reads and writes take turns, so a
// parent may be one that seeks. A sync does not: it may take long, and screens read meanwhile. What is asked of the
// parent is therefore that xSync of a file may run beside its xRead and xWrite, which SQLite's own unix VFS allows.
//
// Results are SQLite's codes, because callers stand between SQLite and the parent.
#pragma once

#include <sqlite3.h>

#include <memory>
#include <mutex>
#include <string>

#include "core/base/bytes.hpp"

namespace kiem {

// Names in the form that SQLite hands to a VFS; they outlive the files opened by them.
class FileNames {
 public:
  // main: the full path of the database. SQLITE_OK and the names, or SQLITE_NOMEM.
  [[nodiscard]] static int make(const std::string& main, std::unique_ptr<FileNames>& made);
  [[nodiscard]] const char* main() const { return names_.get(); }
  [[nodiscard]] const char* journal() const { return sqlite3_filename_journal(names_.get()); }
  [[nodiscard]] const char* log() const { return sqlite3_filename_wal(names_.get()); }

 private:
  struct Free {
    void operator()(const char* names) const { sqlite3_free_filename(const_cast<char*>(names)); }
  };
  FileNames() = default;
  std::unique_ptr<const char, Free> names_;
};

class ParentFile {
 public:
  // SQLITE_OK and a file, or the parent's refusal. `name` is one of a FileNames that outlives the file.
  [[nodiscard]] static int open(sqlite3_vfs* parent, const char* name, int flags, std::unique_ptr<ParentFile>& opened);
  ~ParentFile();
  ParentFile(const ParentFile&) = delete;
  ParentFile& operator=(const ParentFile&) = delete;

  // SQLITE_IOERR_SHORT_READ when the file ends early; what is missing is then zeros.
  [[nodiscard]] int read(std::span<std::uint8_t> to, std::uint64_t at);
  [[nodiscard]] int write(ByteView from, std::uint64_t at);
  [[nodiscard]] int truncate(std::uint64_t size);
  [[nodiscard]] int sync(int flags);
  [[nodiscard]] int size(std::uint64_t& bytes);

 private:
  explicit ParentFile(std::unique_ptr<std::uint64_t[]> memory) : memory_(std::move(memory)) {}
  [[nodiscard]] sqlite3_file* file() { return reinterpret_cast<sqlite3_file*>(memory_.get()); }

  std::unique_ptr<std::uint64_t[]> memory_;  // the parent's own file object
  std::mutex turns_;
};

}  // namespace kiem
