// What SQLite and the VFS beneath answer, as errors of ours: one behaviour each, wherever it comes up.
#include "core/store/sqlite_error.hpp"

#include <doctest/doctest.h>

#include "tests/faults/failing_calls.hpp"
#include "tests/unit/store/vfs_fixture.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

struct Meaning {
  int code;
  ErrorCode told;
  Fault fault;
};
constexpr std::array kMeanings{
    Meaning{SQLITE_BUSY, ErrorCode::store_busy, Fault::person},
    Meaning{SQLITE_BUSY_RECOVERY, ErrorCode::store_busy, Fault::person},
    Meaning{SQLITE_LOCKED, ErrorCode::store_busy, Fault::person},
    Meaning{SQLITE_PROTOCOL, ErrorCode::store_busy, Fault::person},
    Meaning{SQLITE_SCHEMA, ErrorCode::store_busy, Fault::person},
    Meaning{SQLITE_CORRUPT, ErrorCode::page_damaged, Fault::damage},
    Meaning{SQLITE_CORRUPT_INDEX, ErrorCode::page_damaged, Fault::damage},
    Meaning{SQLITE_NOTADB, ErrorCode::page_damaged, Fault::damage},
    Meaning{SQLITE_IOERR_DATA, ErrorCode::page_damaged, Fault::damage},
    Meaning{SQLITE_FULL, ErrorCode::disk_full, Fault::machine},
    Meaning{SQLITE_NOMEM, ErrorCode::out_of_memory, Fault::machine},
    Meaning{SQLITE_IOERR_NOMEM, ErrorCode::out_of_memory, Fault::machine},
    Meaning{SQLITE_CANTOPEN, ErrorCode::disk_failed, Fault::machine},
    Meaning{SQLITE_READONLY, ErrorCode::disk_failed, Fault::machine},
    Meaning{SQLITE_IOERR_READ, ErrorCode::disk_failed, Fault::machine},
};

}  // namespace

TEST_CASE("each answer of SQLite has one meaning") {
  for (const auto& meaning : kMeanings) {
    CAPTURE(meaning.code);
    const Error error = disk_failure(meaning.code).value();
    CHECK(error.code == meaning.told);
    CHECK(error.fault == meaning.fault);
    CHECK(error.args.empty() == (meaning.told != ErrorCode::disk_failed && meaning.told != ErrorCode::page_damaged));
  }
}

TEST_CASE("an answer has its meaning at whichever read it comes, and nothing is changed by it") {
  for (const auto& meaning : kMeanings) {
    for (std::uint64_t n = 1;; ++n) {
      CAPTURE(meaning.code);
      CAPTURE(n);
      TempHome home;
      FakeEnv env;
      FaultVfs vfs;
      {
        const auto made = make_store(home.path(), env, vfs.name());
        add_notes(made->writer(), 2, std::string(3000, 'x'));
      }
      vfs.fail({FileCall::read}, n, meaning.code);
      std::optional<Error> told;
      {
        const auto store = open_store(home.path(), env, vfs.name());
        if (!store) {
          told = store.error();
        } else if (const auto sum = number_of((*store)->writer(), "SELECT sum(length(text)) FROM note"); !sum) {
          told = sum.error();
        } else {
          CHECK(*sum == 6000);
        }
      }
      if (!vfs.heal()) break;
      if (told) {
        CHECK(told->code == meaning.told);
        CHECK(told->fault == meaning.fault);
      }
      CHECK(wrong_after(home.path(), 1, 1).empty());
    }
  }
}

TEST_CASE("a second connection that wants to write is told that the store is busy") {
  const VfsFixture it;
  const auto path = std::string(it.files->names().main());
  const auto first = Connection::open(path, it.vfs->name(), Connection::Mode::writer);
  REQUIRE(first);
  CHECK(code_of(Connection::open(path, it.vfs->name(), Connection::Mode::writer)) == ErrorCode::store_busy);
  CHECK(Connection::open(path, it.vfs->name(), Connection::Mode::reader));
}

TEST_CASE("a table dropped while its rows are being read is busy, and stays") {
  TempHome home;
  FakeEnv env;
  const auto store = make_store(home.path(), env);
  add_notes(store->writer(), 3, "x");
  {
    auto reading = store->writer().prepare("SELECT text FROM note");
    REQUIRE(reading);
    REQUIRE(reading->step().value());
    CHECK(code_of(store->writer().execute("DROP TABLE note")) == ErrorCode::store_busy);
    CHECK(reading->step().value());
  }
  CHECK(count_rows(store->writer()) == 3);
}

TEST_CASE("a statement whose tables changed since it was prepared is prepared anew, and not told about") {
  TempHome home;
  FakeEnv env;
  const auto store = make_store(home.path(), env);
  const auto reader = store->open_reader();
  REQUIRE(reader);
  auto ask = (*reader)->prepare("SELECT * FROM note");
  REQUIRE(ask);
  CHECK_FALSE(ask->step().value());
  REQUIRE(store->writer().execute("ALTER TABLE note ADD COLUMN more INTEGER DEFAULT 7"));
  add_notes(store->writer(), 1, "x");
  REQUIRE(ask->step().value());
  CHECK(ask->columns() == 3);
  CHECK(ask->integer(2) == 7);
}
