// The n-th call to the disk fails, for n = 1 and so on until nothing fails any more, once and for good. Longer, and for
// memory: ./dev faults and tests/faults.
#include <doctest/doctest.h>
#include <sys/resource.h>

#include "tests/faults/check_findings.hpp"
#include "tests/faults/failing_calls.hpp"
#include "tests/unit/store/home.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

struct Machine {
  TempHome home;
  FakeEnv env;
  FaultVfs vfs;

  // The store as the next process finds it, with a disk that works again.
  void check_after(int acknowledged, int attempted) {
    vfs.heal();
    CHECK(wrong_after(home.path(), acknowledged, attempted).empty());
  }
};

}  // namespace

TEST_CASE(
    "every failing read, write, sync, cut, removal, opening and question, and a full disk at any write, leaves each "
    "acknowledged commit and is told as the machine's") {
  Findings findings;
  for (const auto& failure : all_failures()) fail_each_call(failure, findings);
  check(findings, 400);
}

TEST_CASE("a creation that fails at any call leaves no store, or a whole one, and can be done again") {
  Findings findings;
  for (const auto& failure : all_failures()) fail_each_call_of_creation(failure, findings);
  check(findings, 40);
}

TEST_CASE("a migration that fails at any call leaves a version with its own tables, and the rest can be done") {
  Findings findings;
  for (const auto& failure : all_failures()) fail_each_call_of_migration(failure, findings);
  check(findings, 100);
}

TEST_CASE("a process without a file descriptor to spare is told what the system said, at whichever file that is") {
  TempHome home;
  FakeEnv env;
  { make_store(home.path(), env); }
  struct rlimit usual {};
  REQUIRE(getrlimit(RLIMIT_NOFILE, &usual) == 0);
  const int next = dup(0);  // the lowest that is free
  REQUIRE(next >= 0);
  close(next);
  int refused = 0;
  bool opened = false;
  for (int spare = 0; spare < 16 && !opened; ++spare) {
    CAPTURE(spare);
    const struct rlimit tight = {static_cast<rlim_t>(next + spare), usual.rlim_max};
    REQUIRE(setrlimit(RLIMIT_NOFILE, &tight) == 0);
    Result<std::unique_ptr<Store>> store = open_store(home.path(), env);
    if (store) {
      add_notes((*store)->writer(), 1, "past");
      store->reset();
    }
    REQUIRE(setrlimit(RLIMIT_NOFILE, &usual) == 0);
    opened = store.has_value();
    if (opened) break;
    ++refused;
    CHECK(store.error().code == ErrorCode::disk_failed);
    CHECK(store.error().fault == Fault::machine);
    CHECK_FALSE(store.error().args.empty());
  }
  CHECK(opened);
  CHECK(refused >= 3);  // the lock, the database, the log
}

TEST_CASE("a store goes on after a full disk once there is room") {
  Machine it;
  auto store = make_store(it.home.path(), it.env, it.vfs.name());
  add_notes(store->writer(), 2, "voor");
  it.vfs.fail({FileCall::write}, 1, kDiskFull, true);
  for (int i = 0; i < 3; ++i) {
    const auto outcome = write_notes(*store);
    REQUIRE(outcome.error);
    CHECK(outcome.error->code == ErrorCode::disk_full);
    CHECK(outcome.acknowledged == 0);
    CHECK(count_rows(store->writer()) == 2);
  }
  it.vfs.heal();
  const auto outcome = write_notes(*store);
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
    const auto outcome = write_notes(*store);
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
