// The stores that are kept in the tree open in this version, by each of their secrets, with every row.
#include <doctest/doctest.h>

#include <array>

#include "core/store/key_slots.hpp"
#include "tests/support/store_vectors.hpp"
#include "tests/unit/store/home.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

std::filesystem::path kept(const char* name) { return std::filesystem::path(KIEM_VECTORS) / "store" / name; }

}  // namespace

TEST_CASE("a store of the known answers opens by each of its four secrets and has its rows") {
  for (const auto* name : kVectorStores) {
    CAPTURE(name);
    const std::array secrets{vector_passphrase(), vector_key_file(), vector_recovery(), vector_held_key()};
    for (const auto& unlock : secrets) {
      TempHome home;
      FakeEnv env;
      copy_home(kept(name), home.path());
      auto options = cheap();
      options.cost = kVectorCost;
      const auto store = Store::open(home.path(), unlock, env.env(), options);
      REQUIRE(store);
      CHECK(to_hex(view((*store)->id())) == kVectorStoreId);
      CHECK(what_is_wrong(**store).empty());
      auto ask = (*store)->writer().prepare("SELECT name FROM plant ORDER BY id");
      REQUIRE(ask);
      for (const auto row : kVectorRows) {
        REQUIRE(ask->step().value_or(false));
        CHECK(ask->text(0) == row);
      }
      CHECK_FALSE(ask->step().value_or(true));
      CHECK(env.log.lines.empty());
    }
  }
}

TEST_CASE("the slots of the known answers give the data key that is written down") {
  for (const auto* name : kVectorStores) {
    const auto found = find_header(read_all(kept(name) / "store.kiem"), name);
    REQUIRE(found);
    CHECK(found->both_whole);
    std::size_t number = 0;
    const std::array secrets{vector_passphrase(), vector_key_file(), vector_recovery(), vector_held_key()};
    for (const auto& unlock : secrets) {
      const auto opened = open_slots(found->header, unlock);
      REQUIRE(opened);
      CHECK(to_hex(opened->data_key.view()) == kVectorDataKey);
      CHECK(opened->number == number++);
    }
    CHECK(cost_of(found->header.slots.front()) == kVectorCost);
  }
}

TEST_CASE("without its log the one that has rows there is refused") {
  TempHome home;
  FakeEnv env;
  copy_home(kept("log"), home.path());
  REQUIRE(std::filesystem::remove(log_of(home.path())));
  CHECK(code_of(Store::open(home.path(), vector_key_file(), env.env(), cheap())) == ErrorCode::wal_replaced);
}
