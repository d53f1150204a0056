#include "core/store/read_ahead.hpp"

#include <doctest/doctest.h>

#include "tests/unit/store/vfs_fixture.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

constexpr int kManyRows = 400;  // a page each, and then some

void fill(const Handle& handle) {
  REQUIRE(handle.run("CREATE TABLE note(id INTEGER PRIMARY KEY, text)") == SQLITE_OK);
  const std::string rows = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
                           std::to_string(kManyRows) + ") INSERT INTO note SELECT i, printf('%03000d', i) FROM n";
  REQUIRE(handle.run(rows.c_str()) == SQLITE_OK);
  REQUIRE(handle.run("PRAGMA wal_checkpoint(TRUNCATE)") == SQLITE_OK);
}

}  // namespace

TEST_CASE("nothing is read ahead before three pages were read in turn") {
  ReadAhead ahead;
  CHECK(ahead.find(7, 0) == nullptr);
  CHECK(ahead.room().empty());
  CHECK(ahead.find(8, 0) == nullptr);
  CHECK(ahead.room().empty());
  CHECK(ahead.find(9, 0) == nullptr);
  CHECK(ahead.room().size() == ReadAhead::kPages * kPageBytes);
  CHECK(ahead.find(11, 0) == nullptr);  // out of turn: counted from one again
  CHECK(ahead.room().empty());
}

TEST_CASE("kept pages are found from the first to the last, and no page beside them") {
  ReadAhead ahead;
  for (const std::uint32_t page : {20U, 21U, 22U}) CHECK(ahead.find(page, 5) == nullptr);
  const auto room = ahead.room();
  for (std::uint32_t i = 0; i < ReadAhead::kPages; ++i)
    room[std::size_t{i} * kPageBytes] = static_cast<std::uint8_t>(i);
  ahead.keep(22, 5);
  CHECK(ahead.find(21, 5) == nullptr);
  REQUIRE(ahead.find(22, 5) != nullptr);
  CHECK(*ahead.find(22, 5) == 0);
  REQUIRE(ahead.find(22 + ReadAhead::kPages - 1, 5) != nullptr);
  CHECK(*ahead.find(22 + ReadAhead::kPages - 1, 5) == ReadAhead::kPages - 1);
  CHECK(ahead.find(22 + ReadAhead::kPages, 5) == nullptr);
  CHECK(ahead.find(0, 5) == nullptr);
}

TEST_CASE("kept pages are of no use after a change of the file, and after the reading") {
  ReadAhead ahead;
  const auto take_up = [&ahead](std::uint64_t changes) {
    for (const std::uint32_t page : {1U, 2U, 3U}) static_cast<void>(ahead.find(page, changes));
    REQUIRE_FALSE(ahead.room().empty());
    ahead.keep(3, changes);
    REQUIRE(ahead.find(4, changes) != nullptr);
  };
  take_up(1);
  CHECK(ahead.find(4, 2) == nullptr);
  CHECK(ahead.find(4, 1) == nullptr);  // and stays so
  take_up(2);
  ahead.forget();
  CHECK(ahead.find(4, 2) == nullptr);
}

TEST_CASE("a scan asks the disk once for many pages, and gives what single reads give") {
  VfsFixture it;
  fill(it.open());
  const Handle reader = it.open(SQLITE_OPEN_READONLY);
  REQUIRE(reader.run("PRAGMA cache_size=8") == SQLITE_OK);
  const std::string pages = reader.ask("PRAGMA page_count");
  const auto before = it.parent.count(FileCall::read);
  CHECK(reader.ask("SELECT sum(length(text)) || ' ' || sum(id) FROM note") ==
        std::to_string(kManyRows * 3000) + " " + std::to_string(kManyRows * (kManyRows + 1) / 2));
  const auto reads = it.parent.count(FileCall::read) - before;
  CHECK(reads < std::stoull(pages) / 4);
  std::int64_t sum = 0;
  for (int id = kManyRows; id >= 1; id -= 3) {  // against the turn: each page alone
    sum += std::stoll(reader.ask(("SELECT text FROM note WHERE id = " + std::to_string(id)).c_str())) - id;
  }
  CHECK(sum == 0);
}

TEST_CASE("a reader that goes on scanning sees what a checkpoint wrote between its readings") {
  VfsFixture it;
  const Handle writer = it.open();
  fill(writer);
  const Handle reader = it.open(SQLITE_OPEN_READONLY);
  REQUIRE(reader.run("PRAGMA cache_size=8") == SQLITE_OK);
  for (int round = 1; round <= 5; ++round) {
    CAPTURE(round);
    REQUIRE(
        writer.run("UPDATE note SET text = replace(text, substr(text, 1, 1), char(unicode(substr(text, 1, 1)) + 1))") ==
        SQLITE_OK);
    REQUIRE(writer.run("PRAGMA wal_checkpoint(TRUNCATE)") == SQLITE_OK);
    const std::string first(1, static_cast<char>('0' + round));
    CHECK(reader.ask("SELECT group_concat(DISTINCT substr(text, 1, 1)) FROM note") == first);
  }
}

TEST_CASE("a read ahead that fails, at any call, costs nothing but itself") {
  VfsFixture it;
  fill(it.open());
  for (std::uint64_t call = 1; call < 60; ++call) {
    CAPTURE(call);
    const Handle reader = it.open(SQLITE_OPEN_READONLY);
    REQUIRE(reader.run("PRAGMA cache_size=8") == SQLITE_OK);
    it.parent.fail({FileCall::read}, call, kReadFails);
    const std::string answer = reader.ask("SELECT count(*) || ' ' || sum(length(text)) FROM note");
    const bool failed = it.parent.heal();
    const bool whole = answer == std::to_string(kManyRows) + " " + std::to_string(kManyRows * 3000);
    // A page that is read alone may fail, and says so; nothing else is ever answered.
    CHECK((whole || (failed && answer == "error " + std::to_string(kReadFails))));
  }
}
