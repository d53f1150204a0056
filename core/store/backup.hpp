// A whole store in one file, copied while the store is used (FORMAT.md, "The backup file").
//
// The file is a store.kiem like any other: same store id, key slots and data key, so what opened the store at that
// moment opens the copy; its log is settled, so no log belongs beside it. A Backup holds a snapshot: it copies what was
// committed when it began, whatever the writer does meanwhile. Until it is finished the log cannot begin anew and grows
// with what is written.
//
// Each page is opened and sealed anew; a page of the store that does not open ends the backup with page_damaged, since
// half a copy that looks whole is worse than none. When all is written and synced every page is read back and opened.
// Until the last step the file bears another name beside its own; a Backup that goes before that leaves nothing behind.
//
// Borrows the store and goes before it. For the thread of the writer, with no transaction open at begin().
#pragma once

#include <filesystem>
#include <memory>

#include "core/store/store.hpp"

namespace kiem {

class Backup {
 public:
  // Fails: file_exists (args: path) and file_missing (args: the folder, which has to be there), changing nothing;
  // disk_full, disk_failed.
  [[nodiscard]] static Result<std::unique_ptr<Backup>> begin(Store& store, const std::filesystem::path& file);
  ~Backup();
  Backup(const Backup&) = delete;
  Backup& operator=(const Backup&) = delete;

  // Copies, later checks, at most so many pages (at least 1). True: finished, the file has its name and all of it is on
  // disk. Fails: page_damaged (of the store while it copies; of the file, when what was written cannot be read back),
  // file_exists, disk_full, disk_failed. After a failure, or once finished, not to be called again.
  [[nodiscard]] Result<bool> step(std::uint32_t pages);

  struct Progress {
    std::uint64_t done = 0;  // pages copied and pages checked
    std::uint64_t of = 0;
  };
  [[nodiscard]] Progress progress() const;
  // How large the file is, or will be.
  [[nodiscard]] std::uint64_t bytes() const;

 private:
  struct Impl;
  explicit Backup(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace kiem
