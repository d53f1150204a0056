// A planted text is searched in every write that reaches the file system and in every byte of every file of the home.
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>

#include "tests/unit/store/home.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

constexpr std::string_view kCanary = "Kanariepiet-Lindelaan-14";

bool holds_canary(ByteView bytes) {
  return text_view(bytes).find(kCanary) != std::string_view::npos ||
         text_view(bytes).find("SQLite format") != std::string_view::npos;
}

struct Watched {
  TempHome home;
  FakeEnv env;
  FaultVfs vfs;
  std::size_t writes = 0;
  std::size_t leaks = 0;
  std::unique_ptr<Store> store;

  Watched() {
    vfs.on_event = [this](const FileEvent& event) {
      if (event.call != FileCall::write) return;
      ++writes;
      leaks += holds_canary(event.bytes) ? 1U : 0U;
    };
    store = make_store(home.path(), env, vfs.name());
    REQUIRE(store->writer().execute("CREATE TABLE elder (id INTEGER PRIMARY KEY, name TEXT, street TEXT)"));
    auto transaction = Transaction::begin(store->writer());
    REQUIRE(transaction);
    for (int i = 0; i < 4000; ++i) {
      auto insert = store->writer().cached("INSERT INTO elder (name, street) VALUES (?, ?)");
      REQUIRE(insert);
      const auto text = std::string(kCanary) + std::to_string(i * 7919 % 4000);
      (*insert)->bind(1, text).bind(2, text);
      REQUIRE((*insert)->run());
    }
    REQUIRE(transaction->commit());
  }

  std::size_t leaks_in_files() const {
    std::size_t found = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(home.path())) {
      if (entry.is_regular_file() && holds_canary(read_all(entry.path()))) ++found;
    }
    return found;
  }
  // Reads to the end; what matters is what was written meanwhile.
  Status drain(std::string_view sql) {
    KIEM_TRY_GET(Statement statement, store->writer().prepare(sql));
    return statement.run();
  }
  void check(const char* after) {
    CAPTURE(after);
    CHECK(leaks == 0);
    CHECK(leaks_in_files() == 0);
  }
};

}  // namespace

TEST_CASE("the scanner finds what it looks for") {
  CHECK(holds_canary(view("..." + std::string(kCanary) + "7...")));
  CHECK_FALSE(holds_canary(view("Kanariepiet")));
}

TEST_CASE("no write and no file holds a planted text, whatever SQLite is asked to do") {
  Watched it;
  it.check("insert");
  CHECK(it.writes > 50);
  const auto plain = it.drain("SELECT name FROM elder ORDER BY street");
  CHECK(plain);
  it.check("sort");
  CHECK(it.drain("SELECT DISTINCT name FROM elder"));
  it.check("distinct");
  CHECK(it.store->writer().execute("CREATE INDEX by_street ON elder (street, name)"));
  it.check("index");
  CHECK(it.store->writer().execute("CREATE TEMP TABLE shadow AS SELECT * FROM elder"));
  CHECK(it.store->writer().execute("DROP TABLE temp.shadow"));
  it.check("temporary table");
  {
    auto transaction = Transaction::begin(it.store->writer());
    REQUIRE(transaction);
    CHECK(
        it.store->writer().execute("SAVEPOINT inner_one; UPDATE elder SET name = name || '!'; ROLLBACK TO inner_one;"
                                   "RELEASE inner_one"));
    CHECK(it.store->writer().execute("UPDATE OR IGNORE elder SET id = 1"));
    REQUIRE(transaction->commit());
  }
  it.check("savepoint and statement journal");
  CHECK(it.store->writer().execute("DELETE FROM elder WHERE id % 3 = 0"));
  CHECK(it.store->writer().execute("VACUUM"));
  it.check("vacuum");
  CHECK(it.drain("PRAGMA wal_checkpoint(TRUNCATE)"));
  it.check("checkpoint");
  {
    auto reader = it.store->open_reader();
    REQUIRE(reader);
    auto sorted = (*reader)->prepare("SELECT street FROM elder ORDER BY name DESC");
    REQUIRE(sorted);
    CHECK(sorted->run());
  }
  it.check("reader");
  it.store.reset();
  it.check("closing");
}

TEST_CASE("with temporary files asked for there are none: what needs one fails, and nothing leaks") {
  Watched it;
  REQUIRE(it.store->writer().execute("PRAGMA temp_store=FILE; PRAGMA cache_size=-100"));
  for (const auto* sql : {"SELECT name FROM elder ORDER BY street", "SELECT DISTINCT name FROM elder",
                          "CREATE TEMP TABLE shadow AS SELECT * FROM elder", "CREATE INDEX by_street ON elder (street)",
                          "UPDATE OR FAIL elder SET street = name", "VACUUM"}) {
    CAPTURE(sql);
    const auto done = it.drain(sql);
    if (!done) CHECK(done.error().code == ErrorCode::disk_failed);
    it.check(sql);
  }
  CHECK(it.drain("SELECT count(*) FROM elder"));
}

TEST_CASE("a process killed in mid-transaction leaves no planted text behind") {
  Watched it;
  const auto copy = it.home.other("copy");
  REQUIRE(it.store->writer().execute("PRAGMA cache_size=5"));
  auto transaction = Transaction::begin(it.store->writer());
  REQUIRE(transaction);
  REQUIRE(it.store->writer().execute("UPDATE elder SET street = street || name"));
  copy_home(it.home.path(), copy);
  for (const auto& path : {database_of(copy), log_of(copy)}) CHECK_FALSE(holds_canary(read_all(path)));
  const auto killed = open_store(copy, it.env);
  REQUIRE(killed);
  auto ask = (*killed)->writer().prepare("SELECT count(*) FROM elder WHERE street = name");
  REQUIRE(ask);
  REQUIRE(ask->step().value());
  CHECK(ask->integer(0) == 4000);
}
