// What the tests of the store share: a home that goes again, cheap keys, and hands on the files beneath.
#pragma once

#include <doctest/doctest.h>
#include <stdlib.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "core/store/header.hpp"
#include "core/store/store.hpp"
#include "tests/support/fakes.hpp"
#include "tests/support/fault_vfs.hpp"

namespace kiem::test {

class TempHome {
 public:
  TempHome() {
    // In memory where there is such a file system: these tests open thousands of stores.
    const bool in_memory = access("/dev/shm", W_OK) == 0;
    std::string pattern = std::string(in_memory ? "/dev/shm" : "/tmp") + "/kiem-store-XXXXXX";
    REQUIRE(mkdtemp(pattern.data()) != nullptr);
    root_ = pattern;
  }
  ~TempHome() { std::filesystem::remove_all(root_); }
  TempHome(const TempHome&) = delete;
  TempHome& operator=(const TempHome&) = delete;

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
  REQUIRE(file.good());
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

inline void write_all(const std::filesystem::path& path, ByteView bytes) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(text_view(bytes).data(), static_cast<std::streamsize>(bytes.size()));
  REQUIRE(file.good());
}

// As a disk image at this moment: what a copy made while the process was killed would hold. The lock is left out.
inline void copy_home(const std::filesystem::path& from, const std::filesystem::path& to) {
  std::filesystem::remove_all(to);
  std::filesystem::create_directories(to);
  for (const auto& path : {database_of(from), log_of(from)}) {
    if (std::filesystem::exists(path)) std::filesystem::copy_file(path, to / path.filename());
  }
}

template <class T>
ErrorCode code_of(const Result<T>& result) {
  REQUIRE_FALSE(result);
  return result.error().code;
}

inline std::int64_t count_rows(Connection& db) {
  auto ask = db.prepare("SELECT count(*) FROM note");
  REQUIRE(ask);
  const auto row = ask->step();
  REQUIRE(row);
  REQUIRE(*row);
  return ask->integer(0);
}

constexpr const char* kNoteTable = "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL)";

// One committed transaction with `count` notes. REQUIREs success.
inline void add_notes(Connection& db, int count, std::string_view text) {
  auto transaction = Transaction::begin(db);
  REQUIRE(transaction);
  for (int i = 0; i < count; ++i) {
    auto insert = db.cached("INSERT INTO note (text) VALUES (?)");
    REQUIRE(insert);
    (*insert)->bind(1, text);
    REQUIRE((*insert)->run());
  }
  REQUIRE(transaction->commit());
}

inline std::unique_ptr<Store> make_store(const std::filesystem::path& home, FakeEnv& env,
                                         const char* parent = nullptr) {
  auto store = Store::create(home, words(), env.env(), cheap(parent));
  REQUIRE(store);
  REQUIRE((*store)->writer().execute(kNoteTable));
  return std::move(*store);
}

inline Result<std::unique_ptr<Store>> open_store(const std::filesystem::path& home, FakeEnv& env,
                                                 const char* parent = nullptr) {
  return Store::open(home, words(), env.env(), cheap(parent));
}

}  // namespace kiem::test
