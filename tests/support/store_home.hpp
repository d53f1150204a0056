// A store to be hurt: a home that goes again, cheap keys, and hands on the files beneath. For programs with and without
// a test framework: what cannot be set up stops them.
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "core/base/check.hpp"
#include "core/store/store.hpp"
#include "tests/support/fakes.hpp"
#include "tests/support/fault_vfs.hpp"

namespace kiem::test {

class StoreHome {
 public:
  StoreHome() {
    // In memory where there is such a file system: these tests open thousands of stores.
    const bool in_memory = ::access("/dev/shm", W_OK) == 0;
    std::string pattern = std::string(in_memory ? "/dev/shm" : "/tmp") + "/kiem-store-XXXXXX";
    KIEM_CHECK(mkdtemp(pattern.data()) != nullptr);
    root_ = pattern;
  }
  ~StoreHome() {
    std::error_code ignored;
    std::filesystem::remove_all(root_, ignored);
  }
  StoreHome(const StoreHome&) = delete;
  StoreHome& operator=(const StoreHome&) = delete;

  // Not made yet: Store makes it.
  [[nodiscard]] std::filesystem::path path() const { return root_ / "home"; }
  [[nodiscard]] std::filesystem::path other(const char* name) const { return root_ / name; }

 private:
  std::filesystem::path root_;
};

inline std::filesystem::path database_of(const std::filesystem::path& home) { return home / "store.kiem"; }
inline std::filesystem::path log_of(const std::filesystem::path& home) { return home / "store.kiem-wal"; }

inline Unlock words(std::string_view text = "zon en regen") { return Passphrase{SecretBytes::copy_of(view(text))}; }

inline StoreOptions cheap(const char* parent = nullptr) {
  StoreOptions options;
  options.cost = {1, 64};
  options.lock_wait_ms = 0;
  options.parent_vfs = parent;
  return options;
}

inline Bytes read_all(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  KIEM_CHECK(file.good());
  std::string bytes(static_cast<std::size_t>(std::filesystem::file_size(path)), '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  KIEM_CHECK(file.good());
  return to_bytes(view(bytes));
}

inline void write_all(const std::filesystem::path& path, ByteView bytes) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(text_view(bytes).data(), static_cast<std::streamsize>(bytes.size()));
  KIEM_CHECK(file.good());
}

// As a disk image at this moment: what a copy made while the process was killed would hold. The lock is left out.
inline void copy_home(const std::filesystem::path& from, const std::filesystem::path& to) {
  std::filesystem::remove_all(to);
  std::filesystem::create_directories(to);
  for (const auto& path : {database_of(from), log_of(from)}) {
    if (std::filesystem::exists(path)) std::filesystem::copy_file(path, to / path.filename());
  }
}

constexpr const char* kNoteTable = "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL)";

inline Result<std::unique_ptr<Store>> open_store(const std::filesystem::path& home, FakeEnv& env,
                                                 const char* parent = nullptr) {
  return Store::open(home, words(), env.env(), cheap(parent));
}

// A store with the table `note`.
inline std::unique_ptr<Store> new_store(const std::filesystem::path& home, FakeEnv& env, const char* parent = nullptr) {
  auto store = Store::create(home, words(), env.env(), cheap(parent));
  KIEM_CHECK(store.has_value() && (*store)->writer().execute(kNoteTable).has_value());
  return std::move(*store);
}

// The one number that a query answers, or why there is none.
inline Result<std::int64_t> number_of(Connection& db, std::string_view sql) {
  KIEM_TRY_GET(Statement ask, db.prepare(sql));
  KIEM_TRY_GET(const bool row, ask.step());
  KIEM_CHECK(row);
  return ask.integer(0);
}

// What a person with the store in front of them would call whole: every page fits its seal and SQLite finds nothing.
// Empty, or what is wrong.
inline std::string what_is_wrong(Store& store) {
  const auto damaged = store.damaged_pages();
  if (!damaged) return "the audit failed with code " + std::to_string(static_cast<int>(damaged.error().code));
  if (!damaged->empty()) return "page " + std::to_string(damaged->front()) + " is called damaged";
  if (const auto fresh = store.check_freshness(); !fresh) return "pages are called replaced, though nobody did";
  auto ask = store.writer().prepare("PRAGMA integrity_check");
  if (!ask) return "integrity_check cannot be asked";
  const auto row = ask->step();
  if (!row || !*row) return "integrity_check does not answer";
  return ask->text(0) == "ok" ? std::string() : std::string(ask->text(0));
}

// Words for a report of what happened to a case.
inline std::string code_text(const Error& error) {
  std::string text = "error " + std::to_string(static_cast<int>(error.code));
  for (const auto& word : error.args) text += " " + word;
  return text;
}

}  // namespace kiem::test
