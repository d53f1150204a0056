// A store's files under the encrypting VFS with SQLite itself on top, for what Connection would not let through.
#pragma once

#include <sqlite3.h>

#include "core/store/creation.hpp"
#include "core/store/encrypted_vfs.hpp"
#include "tests/unit/store/home.hpp"

namespace kiem::test {

struct Handle {
  struct Close {
    void operator()(sqlite3* open) const { sqlite3_close(open); }
  };
  std::unique_ptr<sqlite3, Close> db;
  int opened = SQLITE_OK;

  int run(const char* sql) const { return sqlite3_exec(db.get(), sql, nullptr, nullptr, nullptr); }
  [[nodiscard]] std::string message() const { return sqlite3_errmsg(db.get()); }
  // The first column of the first row.
  [[nodiscard]] std::string ask(const char* sql) const {
    std::string answer;
    const auto take = [](void* to, int, char** values, char**) {
      *static_cast<std::string*>(to) = values[0] != nullptr ? values[0] : "";
      return 0;
    };
    const int result = sqlite3_exec(db.get(), sql, take, &answer, nullptr);
    return result == SQLITE_OK ? answer : "error " + std::to_string(result);
  }
};

struct VfsFixture {
  TempHome home;
  FakeEnv env;
  FaultVfs parent;
  std::unique_ptr<StoreFiles> files;
  std::unique_ptr<EncryptedVfs> vfs;

  VfsFixture() {
    auto* below = sqlite3_vfs_find(parent.name());
    REQUIRE(make_home(home.path()));
    auto key = make_store_file(home.path(), words(), env.env(), {1, 64}, below);
    REQUIRE(key);
    auto opened = open_store_file(home.path(), below);
    REQUIRE(opened);
    const auto state = open_state(opened->found.block, header_key_of(key->view()).view(), "p");
    REQUIRE(state);
    files = std::make_unique<StoreFiles>(below, std::move(opened->names), std::move(opened->file), opened->found,
                                         *state, key->view(), env.rng);
    vfs = std::make_unique<EncryptedVfs>(*files);
  }

  [[nodiscard]] Handle open(int flags = SQLITE_OPEN_READWRITE, const char* name = nullptr) const {
    sqlite3* db = nullptr;
    const int result = sqlite3_open_v2(name != nullptr ? name : files->names().main(), &db, flags | SQLITE_OPEN_NOMUTEX,
                                       vfs->name().c_str());
    Handle handle;
    handle.db.reset(db);
    handle.opened = result;
    sqlite3_extended_result_codes(db, 1);
    handle.run("PRAGMA temp_store=MEMORY");
    return handle;
  }
};

}  // namespace kiem::test
