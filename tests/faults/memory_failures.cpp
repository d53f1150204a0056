#include "tests/faults/memory_failures.hpp"

#include <new>

#include "core/base/check.hpp"
#include "tests/faults/failing_calls.hpp"

namespace kiem::test {
namespace {

constexpr int kNotes = 12;

std::string note_text(std::int64_t number) { return std::to_string(number) + std::string(1500, 'n'); }

// A store of kNotes notes, some in the log, as a killed process left it.
struct Sample {
  StoreHome home;
  FaultVfs vfs;
  std::filesystem::path killed = home.other("killed");

  Sample() {
    FakeEnv env;
    const auto store = new_store(home.path(), env, vfs.name());
    add(store->writer(), 0, 8);
    KIEM_CHECK(store->writer().execute("PRAGMA wal_checkpoint(TRUNCATE)").has_value());
    add(store->writer(), 8, kNotes);
    copy_home(home.path(), killed);
  }

  static void add(Connection& db, int from, int to) {
    auto transaction = Transaction::begin(db);
    KIEM_CHECK(transaction.has_value());
    for (int i = from; i < to; ++i) {
      auto insert = db.cached("INSERT INTO note (text) VALUES (?)");
      KIEM_CHECK(insert.has_value());
      (*insert)->bind(1, note_text(i));
      KIEM_CHECK((*insert)->run().has_value());
    }
    KIEM_CHECK(transaction->commit().has_value());
  }
};

// One run of one thing that can be asked.
struct Run {
  const Sample& sample;
  std::filesystem::path home;
  FakeEnv env;
  std::unique_ptr<Store> store;
  std::vector<std::string> wrong;
  bool acknowledged = false;
};

Status insert_two(Run& run) {
  KIEM_TRY_GET(Transaction transaction, Transaction::begin(run.store->writer()));
  for (int i = kNotes; i < kNotes + 2; ++i) {
    KIEM_TRY_GET(Statement * insert, run.store->writer().cached("INSERT INTO note (text) VALUES (?)"));
    insert->bind(1, note_text(i));
    KIEM_TRY(insert->run());
  }
  KIEM_TRY(transaction.commit());
  run.acknowledged = true;
  return {};
}

Status read_all_notes(Run& run, Connection& db) {
  // Once from the table, and once through a sorter, whose rows are copies; the length as text is a conversion.
  for (const auto* sql : {"SELECT id - 1, text, length(text) FROM note ORDER BY id",
                          "SELECT id - 1, text, length(text) FROM note ORDER BY substr(text, 2), id DESC"}) {
    KIEM_TRY_GET(Statement ask, db.prepare(sql));
    KIEM_TRY_GET(bool row, ask.step());
    while (row) {
      const auto number = ask.integer(0);
      const auto text = std::string(ask.text(1));
      const auto length = std::string(ask.text(2));
      // Looked at only when the statement goes on: a failure that the next step tells is told.
      KIEM_TRY_GET(row, ask.step());
      if (text != note_text(number)) run.wrong.push_back("another text is shown: " + text.substr(0, 9));
      if (length != std::to_string(note_text(number).size())) run.wrong.push_back("another length: " + length);
    }
  }
  return {};
}

struct Thing {
  const char* name;
  bool starts_open;
  Status (*ask)(Run& run);
};

const Thing kThings[] = {
    {"create", false,
     [](Run& run) -> Status {
       std::filesystem::remove_all(run.home);
       KIEM_TRY_GET(run.store, Store::create(run.home, words(), run.env.env(), cheap(run.sample.vfs.name())));
       return {};
     }},
    {"open", false,
     [](Run& run) -> Status {
       KIEM_TRY_GET(run.store, open_store(run.home, run.env, run.sample.vfs.name()));
       return {};
     }},
    {"insert and commit", true, insert_two},
    {"read", true, [](Run& run) { return read_all_notes(run, run.store->writer()); }},
    {"checkpoint", true, [](Run& run) { return run.store->writer().execute("PRAGMA wal_checkpoint(RESTART)"); }},
    {"a reader", true,
     [](Run& run) -> Status {
       KIEM_TRY_GET(const auto reader, run.store->open_reader());
       return read_all_notes(run, *reader);
     }},
    {"put_slot", true,
     [](Run& run) { return run.store->put_slot(KeyFile{SecretBytes::copy_of(Bytes(kKeyFileBytes, 5))}); }},
    {"damaged_pages", true,
     [](Run& run) -> Status {
       KIEM_TRY_GET(const auto damaged, run.store->damaged_pages());
       if (!damaged.empty()) run.wrong.emplace_back("a page is called damaged");
       return {};
     }},
    {"check_freshness", true, [](Run& run) { return run.store->check_freshness(); }},
    {"close", true,
     [](Run& run) -> Status {
       run.store.reset();
       return {};
     }},
};

void check_after(Run& run, const Thing& thing) {
  if (!store_exists(run.home)) {
    if (std::string_view(thing.name) != "create") run.wrong.emplace_back("the store is gone");
    return;
  }
  FakeEnv env(94);
  const auto store = open_store(run.home, env, run.sample.vfs.name());
  if (!store) {
    run.wrong.push_back("refused afterwards with " + code_text(store.error()));
    return;
  }
  if (auto what = what_is_wrong(**store); !what.empty()) run.wrong.push_back(std::move(what));
  if (std::string_view(thing.name) == "create") return;
  const auto notes = number_of((*store)->writer(), "SELECT count(*) FROM note");
  const bool right = notes && (*notes == kNotes + 2 || (*notes == kNotes && !run.acknowledged));
  if (!right) run.wrong.emplace_back("not the notes that were acknowledged");
}

// False when there was no n-th request.
bool fail_request(const Sample& sample, const Thing& thing, Memory whose, std::uint64_t n, bool for_good,
                  Findings& findings) {
  Run run{sample, sample.home.other("run"), FakeEnv(n), nullptr, {}};
  copy_home(sample.killed, run.home);
  const auto before = sqlite_memory_in_use();
  if (thing.starts_open) {
    auto opened = open_store(run.home, run.env, sample.vfs.name());
    KIEM_CHECK(opened.has_value());
    run.store = std::move(*opened);
  }
  std::string end = "done all the same";
  bool passed_sqlite = false;
  fail_memory(whose, n, for_good);
  try {
    const Status status = thing.ask(run);
    heal_memory();
    if (!status) {
      const auto& error = status.error();
      end = "out_of_memory";
      if (error.code != ErrorCode::out_of_memory || error.fault != Fault::machine) {
        run.wrong.push_back("told as " + code_text(error));
      }
    }
  } catch (const NoMemory& refused) {
    passed_sqlite = refused.below_sqlite;
    end = "std::bad_alloc";
  }
  const bool fired = heal_memory();
  if (passed_sqlite) run.wrong.emplace_back("std::bad_alloc passed through SQLite");
  run.store.reset();
  if (sqlite_memory_in_use() != before) run.wrong.emplace_back("SQLite's memory leaks");
  check_after(run, thing);
  for (const auto& what : run.wrong) {
    findings.problem(std::string(thing.name) + ", request " + std::to_string(n) + (for_good ? " and all after" : "") +
                     (whose == Memory::of_sqlite ? " of SQLite: " : " of our own: ") + what);
  }
  if (fired) findings.count(end);
  return fired;
}

}  // namespace

void fail_each_request(Memory whose, Findings& findings) {
  const Sample sample;
  for (const auto& thing : kThings) {
    for (const bool for_good : {false, true}) {
      for (std::uint64_t n = 1; fail_request(sample, thing, whose, n, for_good, findings); ++n) {
        if (findings.is_over()) return;
      }
    }
  }
}

}  // namespace kiem::test
