#include "core/store/sqlite.hpp"

#include <doctest/doctest.h>

#include "tests/support/fault_vfs.hpp"
#include "tests/unit/store/home.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

struct OpenStore {
  TempHome home;
  FakeEnv env;
  std::unique_ptr<Store> store = make_store(home.path(), env);
  Connection& db = store->writer();
};

std::string pragma(Connection& db, std::string_view name) {
  auto ask = db.prepare("PRAGMA " + std::string(name));
  REQUIRE(ask);
  const auto row = ask->step();
  REQUIRE(row);
  REQUIRE(*row);
  return std::string(ask->text(0));
}

}  // namespace

TEST_CASE("what is bound is what is read, also at the borders of each type") {
  OpenStore it;
  REQUIRE(it.db.execute("CREATE TABLE t (i INTEGER, b BLOB, s TEXT)"));
  const Bytes empty;
  const std::string with_nul("a\0b", 3);
  const std::string large(100'000, 'x');
  auto insert = it.db.prepare("INSERT INTO t VALUES (?, ?, ?)");
  REQUIRE(insert);
  insert->bind(1, INT64_MIN).bind(2, ByteView(empty)).bind(3, std::string_view());
  REQUIRE(insert->run());
  insert->bind(1, INT64_MAX).bind(2, view(large)).bind(3, std::string_view(with_nul));
  REQUIRE(insert->run());
  insert->bind_null(1).bind_optional(2, std::optional<OpId>()).bind_null(3);
  REQUIRE(insert->run());
  CHECK(it.db.changes() == 1);
  CHECK(it.db.last_insert_rowid() == 3);

  auto ask = it.db.prepare("SELECT i, b, s FROM t ORDER BY rowid");
  REQUIRE(ask);
  CHECK(ask->columns() == 3);
  REQUIRE(ask->step().value());
  CHECK(ask->integer(0) == INT64_MIN);
  CHECK_FALSE(ask->is_null(1));
  CHECK(ask->type(1) == ColumnType::blob);
  CHECK(ask->blob(1).empty());
  CHECK_FALSE(ask->is_null(2));
  CHECK(ask->text(2).empty());
  REQUIRE(ask->step().value());
  CHECK(ask->integer(0) == INT64_MAX);
  CHECK(ask->type(0) == ColumnType::integer);
  CHECK(text_view(ask->blob(1)) == large);
  CHECK(ask->text(2) == with_nul);
  CHECK(ask->type(2) == ColumnType::text);
  REQUIRE(ask->step().value());
  for (int column = 0; column < 3; ++column) {
    CHECK(ask->is_null(column));
    CHECK(ask->type(column) == ColumnType::null);
  }
  CHECK_FALSE(ask->step().value());
  // At its end a statement is reset: the next step begins anew.
  CHECK(ask->step().value());
}

TEST_CASE("an id comes back as itself, and a blob of another length is a damaged record") {
  OpenStore it;
  REQUIRE(it.db.execute("CREATE TABLE t (id BLOB)"));
  OpId id;
  id.bytes[31] = 9;
  auto insert = it.db.prepare("INSERT INTO t VALUES (?)");
  REQUIRE(insert);
  insert->bind(1, id);
  REQUIRE(insert->run());
  insert->bind(1, view("short"));
  REQUIRE(insert->run());
  auto ask = it.db.prepare("SELECT id FROM t ORDER BY rowid");
  REQUIRE(ask);
  REQUIRE(ask->step().value());
  CHECK(ask->id<OpId>(0).value() == id);
  REQUIRE(ask->step().value());
  CHECK(code_of(ask->id<OpId>(0)) == ErrorCode::record_damaged);
}

TEST_CASE("a cached statement is one per text, reset and unbound each time") {
  OpenStore it;
  auto first = it.db.cached("SELECT ?1 IS NULL");
  REQUIRE(first);
  (*first)->bind(1, 5);
  REQUIRE((*first)->step().value());
  CHECK((*first)->integer(0) == 0);
  auto again = it.db.cached("SELECT ?1 IS NULL");
  REQUIRE(again);
  CHECK(*again == *first);
  REQUIRE((*again)->step().value());
  CHECK((*again)->integer(0) == 1);
  auto other = it.db.cached("SELECT ?1 IS NOT NULL");
  REQUIRE(other);
  CHECK(*other != *first);
}

TEST_CASE("a transaction that goes without a commit leaves nothing, one that is committed stays") {
  OpenStore it;
  {
    auto transaction = Transaction::begin(it.db);
    REQUIRE(transaction);
    REQUIRE(it.db.execute("INSERT INTO note (text) VALUES ('weg')"));
    CHECK(it.db.in_transaction());
  }
  CHECK_FALSE(it.db.in_transaction());
  CHECK(count_rows(it.db) == 0);
  {
    auto begun = Transaction::begin(it.db);
    REQUIRE(begun);
    const Transaction moved = std::move(*begun);
    REQUIRE(it.db.execute("INSERT INTO note (text) VALUES ('ook weg')"));
  }
  CHECK(count_rows(it.db) == 0);
  add_notes(it.db, 1, "blijft");
  CHECK(count_rows(it.db) == 1);
}

TEST_CASE("a snapshot ends when it goes, and inside a transaction it is none of its own") {
  OpenStore it;
  {
    const auto snapshot = Snapshot::begin(it.db);
    REQUIRE(snapshot);
    CHECK(it.db.in_transaction());
    const auto inner = Snapshot::begin(it.db);
    REQUIRE(inner);
    CHECK(count_rows(it.db) == 0);
  }
  CHECK_FALSE(it.db.in_transaction());
  auto transaction = Transaction::begin(it.db);
  REQUIRE(transaction);
  REQUIRE(it.db.execute("INSERT INTO note (text) VALUES ('blijft')"));
  {
    const auto inside = Snapshot::begin(it.db);
    REQUIRE(inside);
  }
  REQUIRE(transaction->commit());
  CHECK(count_rows(it.db) == 1);
}

TEST_CASE("execute runs every statement of a text, also with comments and empty ones between") {
  OpenStore it;
  REQUIRE(it.db.execute("INSERT INTO note (text) VALUES ('a'); -- een\n;;\nINSERT INTO note (text) VALUES ('b')\n  "));
  REQUIRE(it.db.execute(""));
  CHECK(count_rows(it.db) == 2);
}

TEST_CASE("the connection has the settings of the design") {
  OpenStore it;
  CHECK(pragma(it.db, "journal_mode") == "wal");
  CHECK(pragma(it.db, "page_size") == "4096");
  CHECK(pragma(it.db, "synchronous") == "2");
  CHECK(pragma(it.db, "temp_store") == "2");
  CHECK(pragma(it.db, "trusted_schema") == "0");
  CHECK(pragma(it.db, "foreign_keys") == "0");
  CHECK(pragma(it.db, "cell_size_check") == "1");
  CHECK(pragma(it.db, "cache_size") == "-16384");
  CHECK(pragma(it.db, "secure_delete") == "1");
  CHECK(pragma(it.db, "locking_mode") == "normal");
  CHECK(pragma(it.db, "query_only") == "0");
  auto reader = it.store->open_reader();
  REQUIRE(reader);
  CHECK(pragma(**reader, "query_only") == "1");
  CHECK(pragma(**reader, "wal_autocheckpoint") == "0");
  CHECK(pragma(**reader, "temp_store") == "2");
}

TEST_CASE("a part of a transaction goes by itself when it is not released, and stays with the rest when it is") {
  OpenStore it;
  REQUIRE(it.db.execute("CREATE TABLE t (i INTEGER)"));
  const auto add = [&](int i) { return it.db.execute("INSERT INTO t VALUES (" + std::to_string(i) + ")"); };
  {
    auto all = Transaction::begin(it.db);
    REQUIRE(all);
    REQUIRE(add(1));
    {
      auto given_up = Savepoint::begin(it.db);
      REQUIRE(given_up);
      REQUIRE(add(2));
      {
        auto within = Savepoint::begin(it.db);
        REQUIRE(within);
        REQUIRE(add(3));
        REQUIRE(within->release());
      }
    }
    {
      auto kept = Savepoint::begin(it.db);
      REQUIRE(kept);
      REQUIRE(add(4));
      Savepoint moved = *std::move(kept);
      REQUIRE(moved.release());
    }
    CHECK(it.db.in_transaction());
    REQUIRE(all->commit());
  }
  const auto numbers = [&] {
    auto ask = it.db.prepare("SELECT group_concat(i, ' ') FROM t");
    REQUIRE(ask);
    REQUIRE(ask->step());
    return std::string(ask->text(0));
  };
  CHECK(numbers() == "1 4");
  {
    auto all = Transaction::begin(it.db);
    REQUIRE(all);
    auto part = Savepoint::begin(it.db);
    REQUIRE(part);
    REQUIRE(add(5));
    REQUIRE(part->release());
  }
  CHECK(numbers() == "1 4");
}

TEST_CASE("whoever goes on with a part of what SQLite has rolled back is told why it did") {
  TempHome home;
  FakeEnv env;
  FaultVfs vfs;
  const auto store = make_store(home.path(), env, vfs.name());
  Connection& db = store->writer();
  REQUIRE(db.execute("CREATE TABLE t (b BLOB)"));
  auto all = Transaction::begin(db);
  REQUIRE(all);
  auto part = Savepoint::begin(db);
  REQUIRE(part);
  // More than the cache holds, so that pages are written before the commit.
  vfs.fail({FileCall::write}, 1, kWriteFails, true);
  Status added;
  for (int i = 0; i < 100 && added; ++i) added = db.execute("INSERT INTO t VALUES (zeroblob(1000000))");
  REQUIRE(vfs.heal());
  REQUIRE_FALSE(added);
  CHECK_FALSE(db.in_transaction());
  const Status released = part->release();
  REQUIRE_FALSE(released);
  CHECK(released.error().code == added.error().code);
  const auto next = Savepoint::begin(db);
  REQUIRE_FALSE(next);
  CHECK(next.error().code == added.error().code);
  const Status committed = all->commit();
  REQUIRE_FALSE(committed);
  CHECK(committed.error().code == added.error().code);
}
