// A backup is a whole store in one file, of one moment, however busy the writer is; and restoring it gives a store or
// nothing.
#include "core/store/backup.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstring>

#include "core/store/restoring.hpp"
#include "tests/unit/store/home.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

constexpr std::uint32_t kAll = 1U << 30U;

Status back_up(Store& store, const std::filesystem::path& file) {
  KIEM_TRY_GET(const auto backup, Backup::begin(store, file));
  KIEM_TRY_GET(const bool finished, backup->step(kAll));
  KIEM_CHECK(finished);
  return {};
}

Result<std::unique_ptr<Store>> restore(const std::filesystem::path& file, const std::filesystem::path& home,
                                       FakeEnv& env, const Unlock& unlock = words()) {
  KIEM_TRY_GET(const auto restoring, Restoring::begin(file, home, unlock, env.env(), cheap(), {}));
  { const auto store = restoring->take_store(); }
  KIEM_TRY(restoring->finish());
  return Store::open(home, unlock, env.env(), cheap());
}

std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) files.push_back(entry.path().filename());
  std::ranges::sort(files);
  return files;
}

bool is_whole(Store& store) {
  const auto damaged = store.damaged_pages();
  REQUIRE(damaged);
  auto check = store.writer().prepare("PRAGMA integrity_check");
  REQUIRE(check);
  REQUIRE(check->step());
  return damaged->empty() && check->text(0) == "ok";
}

}  // namespace

TEST_CASE("a backup opens as a store of its own, with the same secrets and what was committed") {
  TempHome home;
  FakeEnv env;
  auto store = make_store(home.path(), env);
  REQUIRE(store->put_slot(RecoveryCode{SecretBytes::copy_of(Bytes(kRecoveryCodeBytes, 7))}));
  add_notes(store->writer(), 200, std::string(500, 'a'));
  const auto file = home.other("copy.kiem");
  REQUIRE(back_up(*store, file));

  struct stat about {};
  REQUIRE(stat(file.c_str(), &about) == 0);
  CHECK((about.st_mode & 0777) == 0600);
  CHECK_FALSE(std::filesystem::exists(file.string() + ".part"));
  for (const bool by_code : {false, true}) {
    const auto other = home.other(by_code ? "by-code" : "by-words");
    const Unlock unlock = by_code ? Unlock(RecoveryCode{SecretBytes::copy_of(Bytes(kRecoveryCodeBytes, 7))}) : words();
    auto restored = restore(file, other, env, unlock);
    REQUIRE(restored);
    CHECK(count_rows((*restored)->writer()) == 200);
    CHECK(is_whole(**restored));
    CHECK((*restored)->id() == store->id());
    // It is a store like others: it can be written, closed and backed up again.
    add_notes((*restored)->writer(), 1, "later");
    CHECK(is_whole(**restored));
    REQUIRE(back_up(**restored, home.other(by_code ? "again-1" : "again-2")));
  }
  CHECK(count_rows(store->writer()) == 200);
}

TEST_CASE("a backup is of the moment it began, whatever is written, checkpointed and deleted meanwhile") {
  TempHome home;
  FakeEnv env;
  // 0: all in the log; 1: all copied, log still there; 2: half of each.
  for (const int where : {0, 1, 2}) {
    CAPTURE(where);
    const auto of = home.other(("home" + std::to_string(where)).c_str());
    auto store = make_store(of, env);
    auto& db = store->writer();
    add_notes(db, 300, std::string(700, 'a'));
    if (where > 0) REQUIRE(db.execute("PRAGMA wal_checkpoint(PASSIVE)"));
    if (where == 2) add_notes(db, 100, std::string(700, 'b'));
    const auto expected = count_rows(db);
    const auto file = home.other(("copy" + std::to_string(where)).c_str());
    {
      auto backup = Backup::begin(*store, file);
      REQUIRE(backup);
      int round = 0;
      while (true) {
        const auto finished = (*backup)->step(3);
        REQUIRE(finished);
        if (*finished) break;
        // Every row is rewritten while the copy is made, pages come and go, and the log is checkpointed.
        REQUIRE(db.execute("UPDATE note SET text = text || 'x'"));
        if (round % 3 == 0) REQUIRE(db.execute("DELETE FROM note WHERE id % 7 = 0"));
        if (round % 2 == 0) REQUIRE(db.execute("PRAGMA wal_checkpoint(PASSIVE)"));
        add_notes(db, 20, "c");
        ++round;
      }
      CHECK(round > 5);
    }
    auto restored = restore(file, home.other(("back" + std::to_string(where)).c_str()), env);
    REQUIRE(restored);
    CHECK(is_whole(**restored));
    CHECK(count_rows((*restored)->writer()) == expected);
    auto ask = (*restored)->writer().prepare("SELECT count(*) FROM note WHERE text LIKE '%x' OR text = 'c'");
    REQUIRE(ask);
    REQUIRE(ask->step());
    CHECK(ask->integer(0) == 0);
    CHECK(is_whole(*store));
  }
}

TEST_CASE("a backup says how far it is, and leaves nothing when it is given up") {
  TempHome home;
  FakeEnv env;
  auto store = make_store(home.path(), env);
  add_notes(store->writer(), 100, std::string(900, 'a'));
  std::filesystem::create_directory(home.other("stick"));
  const auto file = home.other("stick") / "copy.kiem";
  {
    auto backup = Backup::begin(*store, file);
    REQUIRE(backup);
    CHECK((*backup)->progress().done == 0);
    const auto of = (*backup)->progress().of;
    std::uint64_t before = 0;
    while (before + 2 < of) {
      REQUIRE((*backup)->step(1));
      CHECK((*backup)->progress().done == before + 1);
      CHECK((*backup)->progress().of == of);
      CHECK_FALSE(std::filesystem::exists(file));
      ++before;
    }
    CHECK((*backup)->bytes() == of / 2 * 4096 + 8192);
  }
  CHECK(files_in(home.other("stick")).empty());
  // What a killed attempt left is not in the way.
  write_all(file.string() + ".part", view("left over"));
  REQUIRE(back_up(*store, file));
  CHECK(files_in(home.other("stick")).size() == 1);
}

TEST_CASE("a backup never takes the place of a file that is there, also of one that comes meanwhile") {
  TempHome home;
  FakeEnv env;
  auto store = make_store(home.path(), env);
  const auto file = home.other("copy.kiem");
  write_all(file, view("mine"));
  CHECK(code_of(back_up(*store, file)) == ErrorCode::file_exists);
  CHECK(code_of(back_up(*store, database_of(home.path()))) == ErrorCode::file_exists);
  CHECK(read_all(file) == to_bytes(view("mine")));
  std::filesystem::remove(file);
  {
    auto backup = Backup::begin(*store, file);
    REQUIRE(backup);
    REQUIRE((*backup)->step(1));
    write_all(file, view("theirs"));
    CHECK(code_of((*backup)->step(kAll)) == ErrorCode::file_exists);
  }
  CHECK(read_all(file) == to_bytes(view("theirs")));
  CHECK_FALSE(std::filesystem::exists(file.string() + ".part"));
  CHECK(code_of(back_up(*store, home.other("nowhere") / "copy.kiem")) == ErrorCode::file_missing);
}

TEST_CASE("whatever the disk refuses, a backup is whole or not there, and the store goes on") {
  TempHome home;
  FakeEnv env;
  FaultVfs vfs;
  auto store = make_store(home.path(), env, vfs.name());
  add_notes(store->writer(), 40, std::string(900, 'a'));
  const auto file = home.other("copy.kiem");
  for (const bool for_good : {false, true}) {
    for (const FileCall call : {FileCall::open, FileCall::read, FileCall::write, FileCall::sync, FileCall::size}) {
      std::uint64_t n = 1;
      for (;; ++n) {
        // Of the reads some are the store's own: those fail too, and nothing but the backup is the worse for it.
        const int code = call == FileCall::write ? kDiskFull : call == FileCall::sync ? kSyncFails : kReadFails;
        vfs.fail({call}, n, code, for_good);
        const Status done = back_up(*store, file);
        const bool fired = vfs.heal();
        CHECK_FALSE(std::filesystem::exists(file.string() + ".part"));
        CHECK(done.has_value() == std::filesystem::exists(file));
        if (!done) {
          CHECK(done.error().code == (call == FileCall::write ? ErrorCode::disk_full : ErrorCode::disk_failed));
        }
        std::filesystem::remove(file);
        if (!fired) break;
        REQUIRE(n < 1000);
      }
      CHECK(n > (call == FileCall::size ? 0U : 1U));
    }
  }
  add_notes(store->writer(), 1, "on");
  CHECK(is_whole(*store));
}

TEST_CASE("a disk that takes nothing is told as one, and not as a failing disk") {
  TempHome home;
  FakeEnv env;
  FaultVfs vfs;
  auto store = make_store(home.path(), env, vfs.name());
  constexpr int kReadOnly = 8;  // SQLITE_READONLY
  vfs.fail({FileCall::write}, 1, kReadOnly);
  const Status done = back_up(*store, home.other("copy.kiem"));
  CHECK(vfs.heal());
  REQUIRE_FALSE(done);
  CHECK(done.error().code == ErrorCode::disk_failed);
  CHECK(done.error().args == std::vector<std::string>{"read_only"});
}

TEST_CASE("what was written and reads back otherwise is no backup") {
  TempHome home;
  FakeEnv env;
  auto store = make_store(home.path(), env);
  add_notes(store->writer(), 100, std::string(900, 'a'));
  const auto file = home.other("copy.kiem");
  auto backup = Backup::begin(*store, file);
  REQUIRE(backup);
  const auto pages = static_cast<std::uint32_t>((*backup)->progress().of / 2);
  REQUIRE((*backup)->step(pages));
  {
    std::fstream part(file.string() + ".part", std::ios::binary | std::ios::in | std::ios::out);
    part.seekp(8192 + 4096 * 3 + 17);
    part.put('!');
  }
  const auto checked = (*backup)->step(kAll);
  REQUIRE_FALSE(checked);
  CHECK(checked.error().code == ErrorCode::page_damaged);
  CHECK(checked.error().args == std::vector<std::string>{"4"});
  backup->reset();
  CHECK_FALSE(std::filesystem::exists(file));
}

TEST_CASE("a damaged page of the store is told and makes no backup") {
  TempHome home;
  FakeEnv env;
  {
    auto store = make_store(home.path(), env);
    add_notes(store->writer(), 100, std::string(900, 'a'));
  }
  auto bytes = read_all(database_of(home.path()));
  bytes[8192 + 4096 * 4 + 100] ^= 1;
  write_all(database_of(home.path()), bytes);
  auto store = open_store(home.path(), env);
  REQUIRE(store);
  const Status done = back_up(**store, home.other("copy.kiem"));
  REQUIRE_FALSE(done);
  CHECK(done.error().code == ErrorCode::page_damaged);
  CHECK(done.error().args == std::vector<std::string>{"5"});
  CHECK_FALSE(std::filesystem::exists(home.other("copy.kiem")));
}

TEST_CASE("restoring asks for the right secret first, and makes no home for a wrong one or a wrong file") {
  TempHome home;
  FakeEnv env;
  const auto file = home.other("copy.kiem");
  REQUIRE(back_up(*make_store(home.path(), env), file));
  const auto to = home.other("new");
  const auto begin = [&](const std::filesystem::path& from, const Unlock& unlock) {
    return code_of(Restoring::begin(from, to, unlock, env.env(), cheap(), {}));
  };
  CHECK(begin(file, words("zon en sneeuw")) == ErrorCode::no_slot_opens);
  CHECK(begin(home.other("nothing"), words()) == ErrorCode::file_missing);
  CHECK(begin(home.path(), words()) == ErrorCode::file_unreadable);
  write_all(home.other("letter"), Bytes(20'000, 'a'));
  CHECK(begin(home.other("letter"), words()) == ErrorCode::not_a_store);
  CHECK_FALSE(std::filesystem::exists(to));
  CHECK(code_of(Restoring::begin(file, home.path(), words(), env.env(), cheap(), {})) == ErrorCode::store_exists);
}

TEST_CASE("a file that was cut is refused, and what was copied of it goes") {
  TempHome home;
  FakeEnv env;
  const auto file = home.other("copy.kiem");
  {
    auto store = make_store(home.path(), env);
    add_notes(store->writer(), 100, std::string(900, 'a'));
    REQUIRE(back_up(*store, file));
  }
  const auto whole = read_all(file);
  const auto to = home.other("new");
  for (std::size_t size = 8192; size < whole.size(); size += 2048) {
    write_all(file, ByteView(whole).first(size));
    CHECK(code_of(restore(file, to, env)) == ErrorCode::page_damaged);
    CHECK_FALSE(store_exists(to));
    CHECK_FALSE(std::filesystem::exists(to / "restoring"));
  }
  // A store's own file, taken while it was in use, is no backup: its log is missing.
  auto store = open_store(home.path(), env);
  REQUIRE(store);
  add_notes((*store)->writer(), 1, "b");
  std::filesystem::copy_file(database_of(home.path()), home.other("taken"));
  CHECK(code_of(restore(home.other("taken"), to, env)) == ErrorCode::wal_replaced);
}

TEST_CASE("until a restored store has its name there is none, and what a killed attempt left is taken away") {
  TempHome home;
  FakeEnv env;
  const auto file = home.other("copy.kiem");
  {
    auto store = make_store(home.path(), env);
    add_notes(store->writer(), 5, "a");
    REQUIRE(back_up(*store, file));
  }
  const auto to = home.other("new");
  std::uint64_t last = 0;
  {
    const auto progress = [&](std::uint64_t done, std::uint64_t of) {
      CHECK(done > last);
      CHECK(of == std::filesystem::file_size(file));
      last = done;
    };
    auto restoring = Restoring::begin(file, to, words(), env.env(), cheap(), progress);
    REQUIRE(restoring);
    CHECK(last == std::filesystem::file_size(file));
    CHECK_FALSE(store_exists(to));
    // Nobody else restores here, or makes a store, meanwhile.
    CHECK(code_of(Restoring::begin(file, to, words(), env.env(), cheap(), {})) == ErrorCode::store_busy);
    CHECK(code_of(Store::create(to, words(), env.env(), cheap())) == ErrorCode::store_busy);
    add_notes((*restoring)->take_store()->writer(), 2, "b");
    // As a kill would leave it.
    std::filesystem::copy(to / "restoring", home.other("left"));
  }
  CHECK_FALSE(std::filesystem::exists(to / "restoring"));
  std::filesystem::copy(home.other("left"), to / "restoring");
  auto restored = restore(file, to, env);
  REQUIRE(restored);
  CHECK(count_rows((*restored)->writer()) == 5);
  restored->reset();
  CHECK(files_in(to) == std::vector<std::filesystem::path>{"lock", "store.kiem"});
}
