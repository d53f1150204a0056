// Pages of an earlier moment, and the sum that tells them (encrypted_vfs.hpp, invariants S).
#include <doctest/doctest.h>

#include "tests/unit/store/home.hpp"
#include "tests/unit/store/vfs_fixture.hpp"

namespace kiem::test {
namespace {

Hash32 hash_with(std::uint8_t first, std::uint8_t rest) {
  Hash32 hash;
  hash.bytes.fill(rest);
  hash.bytes[0] = first;
  return hash;
}

bool is_fresh(StoreFiles& files) {
  PageSum sum;
  REQUIRE(files.sum_pages(sum) == SQLITE_OK);
  return sum == PageSum(files.state().sum);
}

TEST_CASE("what is added to a sum can be taken out again, in any order, over every carry") {
  const Hash32 all = hash_with(255, 255);
  const Hash32 one = hash_with(1, 0);
  PageSum sum;
  sum.add(all);
  sum.add(one);
  CHECK(sum == PageSum());
  sum.take(one);
  CHECK(sum.bytes() == all.bytes);
  sum.take(all);
  CHECK(sum == PageSum());
  PageSum other;
  other.add(one);
  other.add(all);
  other.add(hash_with(7, 9));
  PageSum same;
  same.add(hash_with(7, 9));
  CHECK(other == same);
}

TEST_CASE("a page's hash is its own: of its number, its tag, its store and its epoch") {
  const Bytes key(32, 1);
  const Bytes other_key(32, 2);
  PageTag tag{};
  const auto hash = PageHash(key, 0).of(1, tag);
  CHECK(hash == PageHash(key, 0).of(1, tag));
  CHECK(hash != PageHash(key, 0).of(2, tag));
  CHECK(hash != PageHash(key, 1).of(1, tag));
  CHECK(hash != PageHash(other_key, 0).of(1, tag));
  tag[15] = 1;
  CHECK(hash != PageHash(key, 0).of(1, tag));
}

TEST_CASE("the sum is right after every checkpoint: grown, changed, shrunk and grown again, with a reader in the way") {
  VfsFixture it;
  const auto writer = it.open();
  const auto reader = it.open(SQLITE_OPEN_READONLY);
  REQUIRE(writer.run("PRAGMA secure_delete=OFF; PRAGMA wal_autocheckpoint=0") == SQLITE_OK);
  REQUIRE(writer.run("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)") == SQLITE_OK);
  constexpr const char* kSteps[] = {
      "INSERT INTO note SELECT value, printf('%0*d', 300 * value, value) FROM generate_series(1, 40)",
      "UPDATE note SET text = text || 'x' WHERE id % 3 = 0",
      "DELETE FROM note WHERE id > 10",
      "VACUUM",
      R"(BEGIN; INSERT INTO note VALUES (50, printf('%030000d', 1)); INSERT INTO note VALUES (51, printf('%09000d', 1));
         DELETE FROM note WHERE id = 50; COMMIT)",
      "BEGIN; INSERT INTO note VALUES (60, printf('%090000d', 1)); ROLLBACK",
      "INSERT INTO note VALUES (61, printf('%0900000d', 1))",
      "DELETE FROM note; VACUUM",
  };
  for (const bool held : {false, true}) {
    for (const char* mode : {"PASSIVE", "FULL", "RESTART", "TRUNCATE"}) {
      for (const char* step : kSteps) {
        CAPTURE(held);
        CAPTURE(mode);
        CAPTURE(step);
        if (held) REQUIRE(reader.run("BEGIN; SELECT count(*) FROM note") == SQLITE_OK);
        std::string sql = step;
        // Debian's library has no generate_series in it.
        if (const auto at = sql.find("generate_series(1, 40)"); at != std::string::npos) {
          sql = "WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < 40) " +
                sql.replace(at, 22, "n");
        }
        REQUIRE(writer.run(sql.c_str()) == SQLITE_OK);
        static_cast<void>(writer.run((std::string("PRAGMA wal_checkpoint(") + mode + ")").c_str()));
        CHECK(is_fresh(*it.files));
        if (held) REQUIRE(reader.run("COMMIT") == SQLITE_OK);
        CHECK(is_fresh(*it.files));
      }
    }
  }
  CHECK(writer.ask("PRAGMA integrity_check") == "ok");
}

// A store with a table of some pages, then one more change; both as files of a closed store.
struct TwoMoments {
  TempHome home;
  FakeEnv env;
  Bytes before, after;

  TwoMoments() {
    {
      auto store = Store::create(home.path(), words(), env.env(), cheap());
      REQUIRE(store);
      REQUIRE((*store)->writer().execute("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)"));
      for (int i = 0; i < 40; ++i) {
        REQUIRE((*store)->writer().execute("INSERT INTO note (text) VALUES (printf('%01000d', 1))"));
      }
    }
    before = read_all(database_of(home.path()));
    {
      auto store = Store::open(home.path(), words(), env.env(), cheap());
      REQUIRE(store);
      REQUIRE((*store)->check_freshness());
      REQUIRE((*store)->writer().execute("UPDATE note SET text = printf('%01000d', 2)"));
    }
    after = read_all(database_of(home.path()));
    REQUIRE(before.size() == after.size());
  }
  [[nodiscard]] Result<std::unique_ptr<Store>> open() { return Store::open(home.path(), words(), env.env(), cheap()); }
};

TEST_CASE("an older image of any one page is told, though it opens") {
  TwoMoments it;
  int put_back = 0;
  for (std::uint32_t page = 1; page_at(page) < it.after.size(); ++page) {
    CAPTURE(page);
    const auto at = static_cast<std::ptrdiff_t>(page_at(page));
    if (std::equal(it.before.begin() + at, it.before.begin() + at + kPageBytes, it.after.begin() + at)) continue;
    auto mixed = it.after;
    std::copy_n(it.before.begin() + at, kPageBytes, mixed.begin() + at);
    write_all(database_of(it.home.path()), mixed);
    auto store = it.open();
    REQUIRE(store);
    const auto damaged = (*store)->damaged_pages();
    REQUIRE(damaged);
    CHECK(damaged->empty());
    const auto fresh = (*store)->check_freshness();
    REQUIRE_FALSE(fresh);
    CHECK(fresh.error().code == ErrorCode::page_replaced);
    ++put_back;
  }
  CHECK(put_back >= 10);
  write_all(database_of(it.home.path()), it.after);
  CHECK((*it.open())->check_freshness());
}

TEST_CASE("an old header does not make old pages new, and all of an earlier moment together is a moment") {
  TwoMoments it;
  const auto header_bytes = static_cast<std::ptrdiff_t>(kPagesAt);
  auto mixed = it.after;
  std::copy_n(it.before.begin(), header_bytes, mixed.begin());
  write_all(database_of(it.home.path()), mixed);
  {
    auto store = it.open();
    REQUIRE(store);
    CHECK_FALSE((*store)->check_freshness());
  }
  write_all(database_of(it.home.path()), it.before);
  auto store = it.open();
  REQUIRE(store);
  CHECK((*store)->check_freshness());
}

TEST_CASE("with one header copy destroyed the pages are taken as they are, and the sum goes on from there") {
  TwoMoments it;
  for (const std::size_t copy : {0U, 1U}) {
    CAPTURE(copy);
    auto broken = it.after;
    broken[copy * kHeaderBlockBytes + 2000] ^= 1U;
    write_all(database_of(it.home.path()), broken);
    auto store = it.open();
    REQUIRE(store);
    CHECK((*store)->check_freshness());
    REQUIRE((*store)->writer().execute("UPDATE note SET text = printf('%01000d', 3)"));
    REQUIRE((*store)->writer().execute("PRAGMA wal_checkpoint(TRUNCATE)"));
    CHECK((*store)->check_freshness());
  }
}

TEST_CASE("a process killed before, in and after a checkpoint leaves a sum that is right") {
  TempHome home;
  FakeEnv env;
  FaultVfs disk;
  auto options = cheap();
  options.parent_vfs = disk.name();
  REQUIRE(Store::create(home.path(), words(), env.env(), options));
  bool cut = true;
  int cuts = 0;
  for (std::uint64_t call = 1; cut; ++call) {
    CAPTURE(call);
    {
      auto store = Store::open(home.path(), words(), env.env(), options);
      REQUIRE(store);
      CHECK((*store)->check_freshness());
      auto& writer = (*store)->writer();
      REQUIRE(writer.execute("CREATE TABLE IF NOT EXISTS note (id INTEGER PRIMARY KEY, text TEXT)"));
      REQUIRE(writer.execute("DELETE FROM note WHERE id % 2; UPDATE note SET text = text || 'x'"));
      REQUIRE(writer.execute("INSERT INTO note (text) VALUES (printf('%020000d', 1))"));
      disk.fail({FileCall::write, FileCall::sync, FileCall::truncate}, call, kWriteFails, true);
      static_cast<void>(writer.execute("PRAGMA wal_checkpoint(TRUNCATE)"));
    }
    cut = disk.heal();
    if (cut) ++cuts;
  }
  CHECK(cuts >= 8);
  CHECK((*Store::open(home.path(), words(), env.env(), options))->check_freshness());
}

}  // namespace
}  // namespace kiem::test
