#include "core/store/encrypted_vfs.hpp"

#include <doctest/doctest.h>

#include <thread>

#include "tests/unit/store/vfs_fixture.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

// Everything that the tests can ask of a database, as one text.
std::string dump(const Handle& handle) {
  std::string text;
  const auto take = [](void* to, int columns, char** values, char**) {
    for (int i = 0; i < columns; ++i) {
      *static_cast<std::string*>(to) += (values[i] != nullptr ? values[i] : "-") + std::string("|");
    }
    return 0;
  };
  REQUIRE(sqlite3_exec(handle.db.get(), "SELECT id, length(text), text FROM note ORDER BY id", take, &text, nullptr) ==
          SQLITE_OK);
  return text;
}

// One random statement, the same for the store and for a plain database in memory.
std::string random_statement(SeededRng& rng) {
  const auto id = std::to_string(rng.below(400));
  const auto text = "printf('%0" + std::to_string(1 + rng.below(9000)) + "d', " + std::to_string(rng.below(1000)) + ")";
  switch (rng.below(8)) {
    case 0:
    case 1:
    case 2:
      return "INSERT OR REPLACE INTO note VALUES (" + id + ", " + text + ")";
    case 3:
      return "UPDATE note SET text = " + text + " WHERE id % 37 = " + id + " % 37";
    case 4:
      return "DELETE FROM note WHERE id BETWEEN " + id + " AND " + id + " + 20";
    case 5:
      return "SAVEPOINT s; UPDATE note SET text = 'x' || text; ROLLBACK TO s; RELEASE s";
    case 6:
      return "INSERT OR IGNORE INTO note SELECT id + 1, text FROM note WHERE id % 11 = " + id + " % 11";
    default:
      return "UPDATE OR FAIL note SET id = id + 1000000 WHERE id = " + id;
  }
}

}  // namespace

TEST_CASE("a store answers like a plain database after any statements, with a page cache of any size") {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    CAPTURE(seed);
    VfsFixture it;
    SeededRng rng(seed);
    Handle plain;
    sqlite3* memory = nullptr;
    REQUIRE(sqlite3_open(":memory:", &memory) == SQLITE_OK);
    plain.db.reset(memory);
    std::optional<Handle> sealed(it.open());
    const auto both = [&](const char* sql) {
      const int expected = plain.run(sql);
      CHECK(sealed->run(sql) == expected);
    };
    const auto cache = "PRAGMA cache_size=" + std::to_string(1 + rng.below(20));
    REQUIRE(sealed->run(cache.c_str()) == SQLITE_OK);
    both("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT); CREATE INDEX by_text ON note (text)");
    for (int round = 0; round < 15; ++round) {
      both("BEGIN");
      const auto statements = 1 + rng.below(12);
      for (std::uint64_t i = 0; i < statements; ++i) both(random_statement(rng).c_str());
      both(rng.chance(25) ? "ROLLBACK" : "COMMIT");
      if (rng.chance(20)) REQUIRE(sealed->run("PRAGMA wal_checkpoint(TRUNCATE)") == SQLITE_OK);
      if (rng.chance(10)) REQUIRE(sealed->run("VACUUM") == SQLITE_OK);
      if (rng.chance(20)) {
        sealed.reset();
        sealed.emplace(it.open());
        REQUIRE(sealed->run(cache.c_str()) == SQLITE_OK);
      }
      CHECK(dump(*sealed) == dump(plain));
    }
    CHECK(sealed->ask("PRAGMA integrity_check") == "ok");
  }
}

TEST_CASE("what the format fixes cannot be changed by a pragma, and is refused in words") {
  VfsFixture it;
  const auto handle = it.open();
  for (const auto* sql : {"PRAGMA page_size=8192", "PRAGMA locking_mode=EXCLUSIVE", "PRAGMA journal_mode=DELETE",
                          "PRAGMA journal_mode=OFF", "PRAGMA journal_mode=MEMORY", "PRAGMA main.Page_Size=512"}) {
    CAPTURE(sql);
    CHECK(handle.run(sql) == SQLITE_ERROR);
    CHECK(handle.message().find("fixed by the format") != std::string::npos);
  }
  CHECK(handle.ask("PRAGMA page_size") == "4096");
  CHECK(handle.ask("PRAGMA journal_mode=WAL") == "wal");
  CHECK(handle.ask("PRAGMA mmap_size=1000000") == "");
  CHECK(handle.run("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT); VACUUM") == SQLITE_OK);
  CHECK(handle.ask("PRAGMA page_size") == "4096");
}

TEST_CASE("no other file can be opened through a store: attached, temporary, or by another name") {
  VfsFixture it;
  const auto other = it.home.other("other.db");
  CHECK((it.open(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, other.c_str()).opened & 0xFF) == SQLITE_CANTOPEN);
  const auto handle = it.open();
  CHECK((handle.run(("ATTACH '" + other.string() + "' AS other").c_str()) & 0xFF) == SQLITE_CANTOPEN);
  CHECK((handle.run(("VACUUM INTO '" + other.string() + "'").c_str()) & 0xFF) == SQLITE_CANTOPEN);
  CHECK_FALSE(std::filesystem::exists(other));
  CHECK(handle.run("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)") == SQLITE_OK);
  CHECK(handle.run("ATTACH ':memory:' AS other") == SQLITE_OK);
  CHECK(handle.run("PRAGMA temp_store=FILE; PRAGMA temp.cache_size=1") == SQLITE_OK);
  CHECK(
      (handle.run("CREATE TEMP TABLE t AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i < 9999)"
                  "SELECT i, printf('%0999d', i) FROM n") &
       0xFF) == SQLITE_CANTOPEN);
}

TEST_CASE("one connection may write, and any number may read") {
  VfsFixture it;
  {
    const auto writer = it.open();
    REQUIRE(writer.run("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)") == SQLITE_OK);
    CHECK(it.open().opened == SQLITE_BUSY);
    const auto reader = it.open(SQLITE_OPEN_READONLY);
    const auto second = it.open(SQLITE_OPEN_READONLY);
    CHECK(reader.ask("SELECT count(*) FROM note") == "0");
    CHECK(second.ask("SELECT count(*) FROM note") == "0");
    CHECK((reader.run("INSERT INTO note VALUES (1, 'x')") & 0xFF) == SQLITE_READONLY);
    CHECK(writer.run("INSERT INTO note VALUES (1, 'x')") == SQLITE_OK);
    CHECK(reader.ask("SELECT count(*) FROM note") == "1");
  }
  CHECK(it.files->open_files == 0);
  CHECK(it.open().opened == SQLITE_OK);
}

TEST_CASE("a reader moves no page from the log to the database, asked or not") {
  VfsFixture it;
  const auto writer = it.open();
  REQUIRE(writer.run("PRAGMA wal_autocheckpoint=0; CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)") ==
          SQLITE_OK);
  const auto before = read_all(database_of(it.home.path()));
  {
    const auto reader = it.open(SQLITE_OPEN_READONLY);
    CHECK(reader.ask("SELECT count(*) FROM note") == "0");
    CHECK(reader.run("PRAGMA wal_checkpoint(TRUNCATE)") != SQLITE_OK);
  }
  CHECK(read_all(database_of(it.home.path())) == before);
  CHECK(writer.ask("SELECT count(*) FROM note") == "0");
}

TEST_CASE("a snapshot that is held keeps its pages through commits and checkpoints") {
  VfsFixture it;
  const auto writer = it.open();
  REQUIRE(writer.run("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)") == SQLITE_OK);
  REQUIRE(writer.run("INSERT INTO note VALUES (1, printf('%020000d', 1))") == SQLITE_OK);
  const auto reader = it.open(SQLITE_OPEN_READONLY);
  REQUIRE(reader.run("BEGIN") == SQLITE_OK);
  const auto before = dump(reader);
  for (int i = 2; i < 30; ++i) {
    REQUIRE(writer.run("UPDATE note SET text = printf('%020000d', id + 5)") == SQLITE_OK);
    REQUIRE(writer.run("PRAGMA wal_checkpoint(PASSIVE)") == SQLITE_OK);
    CHECK(dump(reader) == before);
  }
  CHECK(writer.ask("PRAGMA wal_checkpoint(RESTART)") == "1");
  REQUIRE(reader.run("COMMIT") == SQLITE_OK);
  CHECK(writer.ask("PRAGMA wal_checkpoint(RESTART)") == "0");
  CHECK(dump(reader) == dump(writer));
}

TEST_CASE("a page that the database gains and no frame brings is filled before a checkpoint, and counted") {
  VfsFixture it;
  auto& files = *it.files;
  REQUIRE(files.open_log() == SQLITE_OK);
  std::array<std::uint8_t, kLogHeadBytes> log_head{};
  log_head[12] = 1;
  REQUIRE(files.write_log_head(log_head) == SQLITE_OK);
  REQUIRE(files.sync_log(SQLITE_SYNC_NORMAL) == SQLITE_OK);
  const auto commit = [&](std::uint32_t frame, std::uint8_t page, std::uint8_t pages_after) {
    std::array<std::uint8_t, kFrameHeadBytes> head{};
    head[3] = page;
    head[7] = pages_after;
    std::array<std::uint8_t, kPageBytes> plain{};
    plain[0] = page;
    REQUIRE(files.write_frame(frame, head, plain) == SQLITE_OK);
  };
  const auto copy = [&](std::uint32_t frame, std::uint32_t page) {
    files.begin_copying(frame);
    std::array<std::uint8_t, kFrameBytes> whole;
    REQUIRE(files.read_frame(frame, whole) == SQLITE_OK);
    std::array<std::uint8_t, kPageBytes> sealed;
    page_of_frame(whole, sealed);
    REQUIRE(files.write_sealed_page(page, sealed) == SQLITE_OK);
    PageSum sum;
    REQUIRE(files.sum_pages(sum) == SQLITE_OK);
    CHECK(sum == PageSum(files.state().sum));
  };
  const auto first_byte = [&](std::uint32_t page) {
    std::array<std::uint8_t, kPageBytes> plain;
    ReadAhead ahead;
    REQUIRE(files.read_page(page, plain, ahead) == SQLITE_OK);
    return plain[0];
  };
  commit(1, 4, 6);  // takes pages 2 to 6 and writes 4 alone
  copy(1, 4);
  for (const std::uint32_t page : {2U, 3U, 5U, 6U}) CHECK(first_byte(page) == 0);
  CHECK(first_byte(4) == 4);
  CHECK(files.state().summed_pages == 6);

  commit(2, 1, 2);  // gives pages 3 to 6 back
  copy(2, 1);
  REQUIRE(files.resize_main(2) == SQLITE_OK);
  CHECK(files.state().summed_pages == 2);
  commit(3, 1, 7);  // takes them once more: what the log still knows of page 4 counts for SQLite, and so for the file
  copy(3, 1);
  CHECK(first_byte(4) == 4);
  for (const std::uint32_t page : {2U, 3U, 5U, 6U, 7U}) CHECK(first_byte(page) == 0);
  files.close_log();
}

TEST_CASE("a page that no checkpoint counted on is not written, and the file is never made longer or too short") {
  VfsFixture it;
  constexpr std::array<std::uint8_t, kPageBytes> kSealed{};
  CHECK(it.files->write_sealed_page(2, kSealed) == SQLITE_IOERR_WRITE);
  CHECK(it.files->resize_main(2) == SQLITE_IOERR_TRUNCATE);
  CHECK(it.files->resize_main(0) == SQLITE_IOERR_TRUNCATE);
  CHECK(it.files->resize_main(1) == SQLITE_OK);
  std::uint32_t pages = 0;
  CHECK(it.files->pages(pages) == SQLITE_OK);
  CHECK(pages == 1);
}

TEST_CASE("the database is as long as its pages, two header blocks apart") {
  VfsFixture it;
  {
    const auto writer = it.open();
    REQUIRE(writer.run("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)") == SQLITE_OK);
    REQUIRE(writer.run("INSERT INTO note VALUES (1, printf('%0100000d', 1)); DELETE FROM note; VACUUM") == SQLITE_OK);
  }
  CHECK(std::filesystem::file_size(database_of(it.home.path())) == kPagesAt + 2 * kPageBytes);
  CHECK(it.files->state().pages == 2);
  CHECK(it.files->state().phase == LogPhase::settled);
  CHECK_FALSE(std::filesystem::exists(log_of(it.home.path())));
}

TEST_CASE("a page that breaks under an open store fails by its number, and the rest is still shown") {
  VfsFixture it;
  {
    const auto writer = it.open();
    REQUIRE(writer.run("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)") == SQLITE_OK);
    for (int i = 0; i < 20; ++i)
      REQUIRE(writer.run("INSERT INTO note (text) VALUES (printf('%03000d', 1))") == SQLITE_OK);
  }
  auto bytes = read_all(database_of(it.home.path()));
  bytes[page_at(5) + 100] ^= 1U;
  write_all(database_of(it.home.path()), bytes);
  const auto handle = it.open(SQLITE_OPEN_READONLY);
  CHECK(handle.run("SELECT sum(length(text)) FROM note") == SQLITE_IOERR_DATA);
  std::uint32_t page = 0;
  REQUIRE(sqlite3_file_control(handle.db.get(), "main", kDamagedPage, &page) == SQLITE_OK);
  CHECK(page == 5);
  CHECK(handle.ask("SELECT length(text) FROM note WHERE id = 20") == "3000");
}

TEST_CASE("an empty database made by us is what SQLite makes of an empty file in WAL mode") {
  TempHome home;
  const auto path = home.other("plain.db");
  {
    sqlite3* db = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &db) == SQLITE_OK);
    int reserve = kReserveBytes;
    REQUIRE(sqlite3_file_control(db, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserve) == SQLITE_OK);
    REQUIRE(sqlite3_exec(db, "PRAGMA journal_mode=WAL", nullptr, nullptr, nullptr) == SQLITE_OK);
    REQUIRE(sqlite3_close(db) == SQLITE_OK);
  }
  auto theirs = read_all(path);
  REQUIRE(theirs.size() == kPageBytes);
  // Their change counter, its echo and the library's version say what was done before; an untouched page has none.
  for (const std::size_t at : {24U, 92U, 96U}) std::fill_n(theirs.begin() + static_cast<std::ptrdiff_t>(at), 4, 0);
  const auto ours = empty_database();
  CHECK(std::equal(ours.begin(), ours.end(), theirs.begin()));
}

TEST_CASE("readers on other threads see whole commits while the writer writes and checkpoints") {
  TempHome home;
  FakeEnv env;
  auto store = make_store(home.path(), env);
  constexpr int kReaders = 2;
  std::atomic<bool> done = false;
  std::atomic<int> wrong = 0;
  std::atomic<int> looks = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < kReaders; ++i) {
    auto reader = store->open_reader();
    REQUIRE(reader);
    threads.emplace_back([&wrong, &looks, &done, db = std::move(*reader)] {
      std::int64_t before = 0;
      bool last = false;
      while (!last) {
        last = done;
        auto ask = db->cached("SELECT count(*) FROM note");
        if (!ask || !(*ask)->step().value_or(false)) {
          ++wrong;
          return;
        }
        const auto now = (*ask)->integer(0);
        (*ask)->reset();
        if (now < before || now % 7 != 0) ++wrong;
        before = now;
        ++looks;
      }
      if (before != 40 * 7) ++wrong;
    });
  }
  for (int i = 0; i < 40; ++i) {
    add_notes(store->writer(), 7, std::string(1000, 'x'));
    if (i % 5 == 4) REQUIRE(store->writer().execute("PRAGMA wal_checkpoint(PASSIVE)"));
  }
  done = true;
  for (auto& thread : threads) thread.join();
  CHECK(wrong == 0);
  CHECK(looks >= kReaders);
}
