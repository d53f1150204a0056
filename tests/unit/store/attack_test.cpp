// Somebody changes the files of a closed store, or of one whose process was killed. Each way is told by its name, and
// never is a changed value shown. Every byte and every length: ./dev faults.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "core/store/store_files.hpp"
#include "tests/faults/check_findings.hpp"
#include "tests/faults/damage.hpp"
#include "tests/unit/store/home.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

constexpr int kNotes = 60;

std::string note_text(int number) { return "note " + std::to_string(number) + std::string(200, 'x'); }

// A closed store of several pages, and a copy of it taken while it was open, with a log of several transactions.
struct Victim {
  TempHome home;
  FakeEnv env;
  FaultVfs vfs;  // its syncs cost nothing
  std::filesystem::path closed = home.path();
  std::filesystem::path killed = home.other("killed");
  std::filesystem::path attacked = home.other("attacked");
  Bytes database;
  Bytes killed_database;
  Bytes killed_log;

  // Another seed makes another store.
  explicit Victim(std::uint64_t seed = 1) : env(seed) {
    {
      auto store = make_store(closed, env, vfs.name());
      for (int i = 0; i < kNotes; ++i) add_notes(store->writer(), 1, note_text(i));
      copy_home(closed, killed);
    }
    database = read_all(database_of(closed));
    killed_database = read_all(database_of(killed));
    killed_log = read_all(log_of(killed));
    REQUIRE(database.size() >= kPagesAt + 4 * kPageBytes);
    REQUIRE(killed_log.size() > kNotes * kFrameBytes);
  }

  void attack(ByteView new_database, ByteView new_log = {}) const {
    std::filesystem::remove_all(attacked);
    std::filesystem::create_directories(attacked);
    write_all(database_of(attacked), new_database);
    if (!new_log.empty()) write_all(log_of(attacked), new_log);
  }
  auto open() { return open_store(attacked, env, vfs.name()); }
};

std::span<std::uint8_t> page_of(Bytes& database, std::uint32_t page) {
  return std::span<std::uint8_t>(database).subspan(page_at(page), kPageBytes);
}

// The notes in order, until the end or the first failure. Every text shown must be the true one.
struct Shown {
  int notes = 0;
  std::optional<Error> error;
};
Shown show(Connection& db) {
  Shown shown;
  auto ask = db.prepare("SELECT text FROM note ORDER BY id");
  if (!ask) {
    shown.error = ask.error();
    return shown;
  }
  while (true) {
    const auto row = ask->step();
    if (!row) {
      shown.error = row.error();
      return shown;
    }
    if (!*row) return shown;
    REQUIRE(ask->text(0) == note_text(shown.notes));
    ++shown.notes;
  }
}

bool is_damage(const Error& error) {
  return error.fault == Fault::damage &&
         (error.code == ErrorCode::page_damaged || error.code == ErrorCode::header_damaged ||
          error.code == ErrorCode::wal_replaced);
}

// The page must be named: by the opening, or by reading and by the audit.
void check_named(Victim& it, std::uint32_t page) {
  CAPTURE(page);
  const auto store = it.open();
  if (!store) {
    CHECK(store.error().code == ErrorCode::page_damaged);
    CHECK(store.error().args == std::vector<std::string>{std::to_string(page)});
    return;
  }
  const auto damaged = (*store)->damaged_pages();
  REQUIRE(damaged);
  CHECK(*damaged == std::vector<std::uint32_t>{page});
  const auto shown = show((*store)->writer());
  if (shown.error) {
    CHECK(shown.error->code == ErrorCode::page_damaged);
    CHECK(shown.error->args == std::vector<std::string>{std::to_string(page)});
  } else {
    CHECK(shown.notes == kNotes);
  }
}

std::uint32_t pages_in(const Bytes& database) {
  return static_cast<std::uint32_t>((database.size() - kPagesAt) / kPageBytes);
}

}  // namespace

TEST_CASE("a flipped bit in any page names the page, and all other notes are shown true") {
  Victim it;
  for (std::uint32_t page = 1; page <= pages_in(it.database); ++page) {
    for (std::size_t at = page * 131 % 997; at < kPageBytes; at += 997) {
      auto bytes = it.database;
      page_of(bytes, page)[at] ^= static_cast<std::uint8_t>(1U << at % 8);
      it.attack(bytes);
      check_named(it, page);
    }
  }
}

TEST_CASE("swapped, doubled, zeroed and foreign pages are named") {
  Victim it;
  const auto last = pages_in(it.database);
  {
    auto bytes = it.database;
    std::ranges::swap_ranges(page_of(bytes, last - 1), page_of(bytes, last));
    it.attack(bytes);
    const auto store = it.open();
    REQUIRE(store);
    CHECK((*store)->damaged_pages().value() == std::vector<std::uint32_t>{last - 1, last});
    CHECK(show((*store)->writer()).error->code == ErrorCode::page_damaged);
  }
  for (std::uint32_t page = 2; page <= last; ++page) {
    auto bytes = it.database;
    std::ranges::copy(page_of(bytes, 1), page_of(bytes, page).begin());
    it.attack(bytes);
    check_named(it, page);
    std::ranges::fill(page_of(bytes, page), std::uint8_t{0});
    it.attack(bytes);
    check_named(it, page);
  }
  Victim other(2);
  auto bytes = it.database;
  std::ranges::copy(page_of(other.database, last), page_of(bytes, last).begin());
  it.attack(bytes);
  check_named(it, last);
}

TEST_CASE("a database cut at any length is told at the door, by the first page that is missing") {
  Victim it;
  for (std::size_t size = it.database.size() - 1; size > kPagesAt; size -= 811) {
    CAPTURE(size);
    it.attack(ByteView(it.database).first(size));
    const auto store = it.open();
    REQUIRE_FALSE(store);
    CHECK(store.error().code == ErrorCode::page_damaged);
    const auto missing = (size - kPagesAt) / kPageBytes + 1;
    CHECK(store.error().args == std::vector<std::string>{std::to_string(missing)});
    if (size < 811) break;
  }
  it.attack(ByteView(it.database).first(kPagesAt));
  CHECK(it.open().error().args == std::vector<std::string>{"1"});
  it.attack(ByteView(it.database).first(100));
  CHECK(code_of(it.open()) == ErrorCode::header_damaged);
  it.attack({});
  CHECK(code_of(it.open()) == ErrorCode::not_a_store);
}

TEST_CASE("one damaged header copy is used around and said, both damaged are told apart from a wrong passphrase") {
  Victim it;
  for (std::size_t at = 0; at < kPagesAt; at += 61) {
    CAPTURE(at);
    auto bytes = it.database;
    bytes[at] ^= 0x20U;
    it.attack(bytes);
    it.env.log.lines.clear();
    {
      const auto store = it.open();
      REQUIRE(store);
      CHECK(it.env.log.lines.size() == 1);
      CHECK(show((*store)->writer()).notes == kNotes);
    }
    bytes[(at + kHeaderBlockBytes) % kPagesAt] ^= 0x20U;
    it.attack(bytes);
    const auto code = code_of(it.open());
    CHECK((code == ErrorCode::header_damaged || code == ErrorCode::not_a_store));
  }
  it.attack(it.database);
  CHECK(code_of(Store::open(it.attacked, words("fout"), it.env.env(), cheap())) == ErrorCode::no_slot_opens);
}

TEST_CASE("the log of a killed process is taken up whole") {
  Victim it;
  it.attack(it.killed_database, it.killed_log);
  const auto store = it.open();
  REQUIRE(store);
  CHECK(show((*store)->writer()).notes == kNotes);
  CHECK((*store)->damaged_pages().value().empty());
}

TEST_CASE("a changed byte or two, anywhere in database or log, is told, or shows everything true or an older moment") {
  Findings findings;
  flip_each_byte({.seed = 1, .stride = 101}, findings);
  swap_neighbouring_bytes({.seed = 2, .stride = 307}, findings);
  check(findings, 600);
}

TEST_CASE("a zeroed, doubled, swapped or misplaced sector, page or frame is told, or shows an older moment") {
  Findings findings;
  zero_and_double_sectors({.seed = 3, .stride = 2}, findings);
  misplace_pages({.seed = 4}, findings);
  check(findings, 150);
}

TEST_CASE("whatever of an older state or of another store is put back is told, or changes nothing") {
  Findings findings;
  put_back_older({.seed = 5}, findings);
  check(findings, 20);
}

TEST_CASE("a database or log cut at any length is told, or shows an older moment") {
  Findings findings;
  cut_at_each_length({.seed = 6, .stride = 97}, findings);
  check(findings, 500);
}

TEST_CASE("a key file with any bit flipped, or of any other length, opens nothing and changes nothing") {
  Findings findings;
  damage_key_file(findings);
  check(findings, 300);
}

TEST_CASE("a log that is gone while frames are pending is told") {
  Victim it;
  it.attack(it.killed_database);
  CHECK(code_of(it.open()) == ErrorCode::wal_replaced);
}

TEST_CASE("an old log beside a newer database is told, whether the store was closed since or killed") {
  Victim it;
  // Closed since: the database holds all of that log, and of no other.
  auto older = it.killed_log;
  {
    auto store = open_store(it.closed, it.env);
    REQUIRE(store);
    add_notes((*store)->writer(), 1, note_text(kNotes));
    copy_home(it.closed, it.killed);
  }
  it.attack(read_all(database_of(it.closed)), older);
  CHECK(code_of(it.open()) == ErrorCode::wal_replaced);
  // Killed since: its own log is right, the old one is not.
  const auto killed = read_all(database_of(it.killed));
  it.attack(killed, read_all(log_of(it.killed)));
  {
    const auto store = it.open();
    REQUIRE(store);
    CHECK(show((*store)->writer()).notes == kNotes + 1);
  }
  it.attack(killed, older);
  CHECK(code_of(it.open()) == ErrorCode::wal_replaced);
}

TEST_CASE("the log of another store, and bytes that are no log, are told") {
  Victim it;
  const Victim other(2);
  it.attack(it.database, other.killed_log);
  CHECK(code_of(it.open()) == ErrorCode::wal_replaced);
  it.attack(it.killed_database, other.killed_log);
  CHECK(is_damage(it.open().error()));
  it.attack(it.database, Bytes(5000, 9));
  CHECK(code_of(it.open()) == ErrorCode::wal_replaced);
}

TEST_CASE("the fully copied log of the last session, put back, changes nothing") {
  Victim it;
  it.attack(it.database, it.killed_log);
  const auto store = it.open();
  REQUIRE(store);
  CHECK(show((*store)->writer()).notes == kNotes);
  // An earlier state of that same log neither: its frames are older than the database.
  it.attack(it.database, ByteView(it.killed_log).first(kSealedLogHeadBytes + 10 * kFrameBytes));
  const auto again = it.open();
  REQUIRE(again);
  CHECK(show((*again)->writer()).notes == kNotes);
}

TEST_CASE("a log cut below what a checkpoint has copied is told") {
  TempHome home;
  FakeEnv env;
  const auto copy = home.other("copy");
  {
    auto store = make_store(home.path(), env);
    for (int i = 0; i < 10; ++i) add_notes(store->writer(), 1, note_text(i));
    REQUIRE(store->writer().execute("PRAGMA wal_checkpoint(PASSIVE)"));
    copy_home(home.path(), copy);
  }
  const auto log = read_all(log_of(copy));
  for (const std::size_t frames : {0U, 1U, 5U}) {
    write_all(log_of(copy), ByteView(log).first(kSealedLogHeadBytes + frames * kFrameBytes));
    CHECK(code_of(open_store(copy, env)) == ErrorCode::wal_replaced);
  }
  write_all(log_of(copy), log);
  const auto store = open_store(copy, env);
  REQUIRE(store);
  CHECK(show((*store)->writer()).notes == 10);
}

TEST_CASE("a planted journal and a planted shared-memory file are not looked at") {
  Victim it;
  it.attack(it.database);
  Bytes journal = {0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7, 0, 0, 0, 1};
  journal.resize(8192, 1);
  const auto journal_path = it.attacked / "store.kiem-journal";
  const auto shm_path = it.attacked / "store.kiem-shm";
  write_all(journal_path, journal);
  write_all(shm_path, Bytes(32768, 0x55));
  {
    const auto store = it.open();
    REQUIRE(store);
    CHECK(show((*store)->writer()).notes == kNotes);
    add_notes((*store)->writer(), 1, note_text(kNotes));
  }
  CHECK(read_all(journal_path) == journal);
  CHECK(read_all(shm_path) == Bytes(32768, 0x55));
  std::set<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(it.attacked)) names.insert(entry.path().filename());
  CHECK(names == std::set<std::string>{"lock", "store.kiem", "store.kiem-journal", "store.kiem-shm"});
}

TEST_CASE("the pages and log of one store under the header of another open as damaged, not as its own") {
  Victim it;
  Victim other(2);
  auto bytes = it.database;
  std::ranges::copy(ByteView(other.database).first(kPagesAt), bytes.begin());
  it.attack(bytes);
  const auto store = it.open();
  REQUIRE_FALSE(store);
  CHECK(store.error().code == ErrorCode::page_damaged);
}
