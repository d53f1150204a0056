// The n-th call to the disk fails, for n = 1 and so on until nothing fails any more, once and for good.
#include <doctest/doctest.h>

#include <functional>

#include "tests/unit/store/home.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

struct Outcome {
  int acknowledged = 0;
  std::optional<Error> error;
};

// Ten commits with a checkpoint among them, until the first failure. Each commit adds two notes.
Outcome work(Store& store) {
  Outcome outcome;
  auto& db = store.writer();
  const auto add_two = [&db]() -> Status {
    KIEM_TRY_GET(Transaction transaction, Transaction::begin(db));
    for (int i = 0; i < 2; ++i) {
      KIEM_TRY_GET(Statement * insert, db.cached("INSERT INTO note (text) VALUES (?)"));
      insert->bind(1, std::string(3000, 'a'));
      KIEM_TRY(insert->run());
    }
    return transaction.commit();
  };
  for (int i = 0; i < 10; ++i) {
    if (auto done = add_two(); !done) {
      outcome.error = done.error();
      return outcome;
    }
    ++outcome.acknowledged;
    if (i == 5) {
      if (auto done = db.execute("PRAGMA wal_checkpoint(RESTART)"); !done) {
        outcome.error = done.error();
        return outcome;
      }
    }
  }
  return outcome;
}

struct Machine {
  TempHome home;
  FakeEnv env;
  FaultVfs vfs;

  // The store as the next process finds it, with a disk that works again.
  void check_after(int acknowledged, int attempted) {
    vfs.heal();
    auto store = open_store(home.path(), env, vfs.name());
    REQUIRE_MESSAGE(store, "refused with code " << static_cast<int>(store.error().code));
    const auto notes = count_rows((*store)->writer());
    CHECK(notes % 2 == 0);
    CHECK(notes >= acknowledged * 2);
    CHECK(notes <= attempted * 2);
    CHECK((*store)->damaged_pages().value().empty());
    auto check = (*store)->writer().prepare("PRAGMA integrity_check");
    REQUIRE(check);
    REQUIRE(check->step().value());
    CHECK(check->text(0) == "ok");
  }
};

// One run with the n-th of these calls failing. False when there was no n-th call.
bool run_with_failure(std::initializer_list<FileCall> calls, std::uint64_t n, int code, bool for_good) {
  CAPTURE(n);
  CAPTURE(code);
  CAPTURE(for_good);
  Machine it;
  { make_store(it.home.path(), it.env, it.vfs.name()); }
  it.vfs.fail(calls, n, code, for_good);
  Outcome outcome;
  {
    auto store = open_store(it.home.path(), it.env, it.vfs.name());
    if (!store) {
      outcome.error = store.error();
    } else {
      outcome = work(**store);
    }
  }
  if (outcome.error) {
    CHECK(outcome.error->fault == Fault::machine);
    const auto expected = code == kDiskFull ? ErrorCode::disk_full : ErrorCode::disk_failed;
    CHECK(outcome.error->code == expected);
  }
  const bool fired = it.vfs.heal();
  it.check_after(outcome.acknowledged, outcome.acknowledged + (outcome.error ? 1 : 0));
  return fired;
}

void fail_each(std::initializer_list<FileCall> calls, int code) {
  std::uint64_t failures = 0;
  for (const bool for_good : {false, true}) {
    for (std::uint64_t n = 1; run_with_failure(calls, n, code, for_good); ++n) ++failures;
  }
  CHECK(failures > 0);
}

}  // namespace

TEST_CASE("every failing write, sync and cut leaves each acknowledged commit and is told as the machine's") {
  fail_each({FileCall::write}, kWriteFails);
  fail_each({FileCall::sync}, kSyncFails);
  fail_each({FileCall::truncate, FileCall::remove}, kWriteFails);
}

TEST_CASE("every failing read, opening and question leaves each acknowledged commit and is told as the machine's") {
  fail_each({FileCall::read}, kReadFails);
  fail_each({FileCall::open, FileCall::access, FileCall::size}, kReadFails);
}

TEST_CASE("a full disk at any write is a full disk, and never damage") { fail_each({FileCall::write}, kDiskFull); }

TEST_CASE("a store goes on after a full disk once there is room") {
  Machine it;
  auto store = make_store(it.home.path(), it.env, it.vfs.name());
  add_notes(store->writer(), 2, "voor");
  it.vfs.fail({FileCall::write}, 1, kDiskFull, true);
  for (int i = 0; i < 3; ++i) {
    const auto outcome = work(*store);
    REQUIRE(outcome.error);
    CHECK(outcome.error->code == ErrorCode::disk_full);
    CHECK(outcome.acknowledged == 0);
    CHECK(count_rows(store->writer()) == 2);
  }
  it.vfs.heal();
  const auto outcome = work(*store);
  CHECK_FALSE(outcome.error);
  CHECK(count_rows(store->writer()) == 22);
  store.reset();
  it.check_after(11, 11);
}

TEST_CASE("after a failed write or sync the store refuses to go on, and works again once opened anew") {
  for (const auto call : {FileCall::write, FileCall::sync}) {
    Machine it;
    auto store = make_store(it.home.path(), it.env, it.vfs.name());
    add_notes(store->writer(), 2, "voor");
    it.vfs.fail({call}, 1, call == FileCall::write ? kWriteFails : kSyncFails);
    const auto outcome = work(*store);
    REQUIRE(outcome.error);
    CHECK(outcome.error->code == ErrorCode::disk_failed);
    CHECK_FALSE(outcome.error->args.empty());
    // The disk works again, but what it holds is not known any more.
    CHECK(it.vfs.heal());
    const auto writes = it.vfs.count(FileCall::write);
    CHECK(code_of(Transaction::begin(store->writer())) == ErrorCode::store_closed);
    CHECK(code_of(store->writer().prepare("SELECT 1")) == ErrorCode::store_closed);
    CHECK(code_of(store->writer().cached("SELECT 1")) == ErrorCode::store_closed);
    CHECK(code_of(store->writer().execute("DELETE FROM note")) == ErrorCode::store_closed);
    // Readers still show what was.
    {
      auto reader = store->open_reader();
      REQUIRE(reader);
      CHECK(count_rows(**reader) == 2);
    }
    store.reset();
    CHECK(it.vfs.count(FileCall::write) == writes);
    it.check_after(1, 2);
  }
}

TEST_CASE("a transaction that a failure rolled back says so at its commit") {
  Machine it;
  auto store = make_store(it.home.path(), it.env, it.vfs.name());
  REQUIRE(store->writer().execute("PRAGMA cache_size=3"));
  auto transaction = Transaction::begin(store->writer());
  REQUIRE(transaction);
  it.vfs.fail({FileCall::write}, 1, kDiskFull);
  bool failed = false;
  for (int i = 0; i < 50 && !failed; ++i) {
    failed = !store->writer().execute("INSERT INTO note (text) VALUES (hex(randomblob(2000)))");
  }
  REQUIRE(failed);
  const auto committed = transaction->commit();
  CHECK(code_of(committed) == ErrorCode::disk_full);
  CHECK(count_rows(store->writer()) == 0);
}

TEST_CASE("a creation that fails at any call leaves no store, or a whole one, and can be done again") {
  std::uint64_t failures = 0;
  for (const int code : {kWriteFails, kDiskFull}) {
    for (std::uint64_t n = 1;; ++n) {
      CAPTURE(n);
      Machine it;
      it.vfs.fail({FileCall::open, FileCall::read, FileCall::write, FileCall::sync, FileCall::size, FileCall::access},
                  n, code);
      const auto created = Store::create(it.home.path(), words(), it.env.env(), cheap(it.vfs.name()));
      if (!it.vfs.heal()) {
        CHECK(created);
        break;
      }
      ++failures;
      if (created) continue;
      CHECK(created.error().fault == Fault::machine);
      const auto again = store_exists(it.home.path()) ? open_store(it.home.path(), it.env)
                                                      : Store::create(it.home.path(), words(), it.env.env(), cheap());
      CHECK(again);
    }
  }
  CHECK(failures > 10);
}
