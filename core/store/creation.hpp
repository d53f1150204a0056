// Making and finding the file of a store, before SQLite is asked anything.
#pragma once

#include <filesystem>

#include "core/store/header.hpp"
#include "core/store/parent_file.hpp"
#include "core/store/store.hpp"

namespace kiem {

constexpr const char* kStoreName = "store.kiem";

// A name is on disk only when its directory is. Fails: disk_failed.
[[nodiscard]] Status sync_directory(const std::filesystem::path& directory);
// The path as the parent VFS wants it. Fails: disk_failed.
[[nodiscard]] Result<std::string> parent_name_of(sqlite3_vfs* parent, const std::filesystem::path& path);

// A missing home with mode 0700 and its missing parents. Fails: disk_failed, disk_full.
[[nodiscard]] Status make_home(const std::filesystem::path& home);

// Writes a whole store under another name, syncs it, gives it its name and syncs the home, so that at every moment
// there is no store or a whole one. The caller holds the home's lock and has seen that there is none. Returns the data
// key.
[[nodiscard]] Result<SecretBytes> make_store_file(const std::filesystem::path& home, const Unlock& unlock, Env env,
                                                  PwhashCost cost, sqlite3_vfs* parent);

struct OpenedFile {
  std::unique_ptr<FileNames> names;
  std::unique_ptr<ParentFile> file;
  FoundHeader found;
};
// Fails: not_a_store, header_damaged, store_too_new, disk_failed.
[[nodiscard]] Result<OpenedFile> open_store_file(const std::filesystem::path& home, sqlite3_vfs* parent);

}  // namespace kiem
