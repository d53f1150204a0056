// What the tests of the store share, over tests/support/store_home.hpp.
#pragma once

#include <doctest/doctest.h>

#include "core/store/header.hpp"
#include "tests/support/store_home.hpp"

namespace kiem::test {

using TempHome = StoreHome;

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

}  // namespace kiem::test
