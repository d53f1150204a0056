#include "tests/faults/failing_calls.hpp"

#include <functional>

#include "core/store/migrations.hpp"

namespace kiem::test {
namespace {

Status add_two(Connection& db) {
  KIEM_TRY_GET(Transaction transaction, Transaction::begin(db));
  for (int i = 0; i < 2; ++i) {
    KIEM_TRY_GET(Statement * insert, db.cached("INSERT INTO note (text) VALUES (?)"));
    insert->bind(1, std::string(3000, 'a'));
    KIEM_TRY(insert->run());
  }
  return transaction.commit();
}

ErrorCode expected(const Failure& failure) {
  return failure.code == kDiskFull ? ErrorCode::disk_full : ErrorCode::disk_failed;
}

std::string name_of(const Failure& failure) {
  return failure.code == kDiskFull ? "a full disk" : "code " + std::to_string(failure.code);
}

// Runs `attempt` with the n-th call failing for every n, once and for good; it answers whether the failure came.
using Attempt = std::function<bool(std::uint64_t n, bool for_good, std::vector<std::string>& wrong)>;
void loop(const char* work, const Failure& failure, Findings& findings, const Attempt& attempt) {
  for (const bool for_good : {false, true}) {
    for (std::uint64_t n = 1;; ++n) {
      std::vector<std::string> wrong;
      const bool fired = attempt(n, for_good, wrong);
      for (const auto& what : wrong) {
        findings.problem(std::string(work) + ", call " + std::to_string(n) + (for_good ? " and all after" : "") + ", " +
                         name_of(failure) + ": " + what);
      }
      if (!fired) break;
      if (!findings.count(name_of(failure))) return;
    }
  }
}

std::string wrongly_told(const Error& error, const Failure& failure) {
  if (error.fault == Fault::machine && error.code == expected(failure)) return {};
  return "told as " + code_text(error);
}

}  // namespace

Outcome write_notes(Store& store) {
  Outcome outcome;
  const auto done = [&](const Status& status) {
    if (!status) outcome.error = status.error();
    return status.has_value();
  };
  for (int i = 0; i < 10; ++i) {
    if (!done(add_two(store.writer()))) return outcome;
    ++outcome.acknowledged;
    if (i == 5 && !done(store.writer().execute("PRAGMA wal_checkpoint(RESTART)"))) return outcome;
  }
  return outcome;
}

std::string wrong_after(const std::filesystem::path& home, int acknowledged, int attempted) {
  FaultVfs vfs;  // its syncs cost nothing
  FakeEnv env(95);
  const auto store = open_store(home, env, vfs.name());
  if (!store) return "refused afterwards with " + code_text(store.error());
  if (auto wrong = what_is_wrong(**store); !wrong.empty()) return wrong;
  const auto notes = number_of((*store)->writer(), "SELECT count(*) FROM note");
  if (!notes) return "the notes cannot be counted: " + code_text(notes.error());
  if (*notes % 2 != 0 || *notes < acknowledged * 2 || *notes > attempted * 2) {
    return std::to_string(*notes) + " notes after " + std::to_string(acknowledged) + " commits";
  }
  return add_two((*store)->writer()) ? std::string() : "cannot go on afterwards";
}

void fail_each_call(const Failure& failure, Findings& findings) {
  loop("work", failure, findings, [&](std::uint64_t n, bool for_good, std::vector<std::string>& wrong) {
    StoreHome home;
    FakeEnv env;
    FaultVfs vfs;
    { new_store(home.path(), env, vfs.name()); }
    vfs.fail(failure.calls, n, failure.code, for_good);
    Outcome outcome;
    if (auto store = open_store(home.path(), env, vfs.name()); !store) {
      outcome.error = store.error();
    } else {
      outcome = write_notes(**store);
      if (!outcome.error) {
        const auto sum = number_of((*store)->writer(), "SELECT sum(length(text)) FROM note");
        if (!sum) {
          outcome.error = sum.error();
        } else if (*sum != 60'000) {
          wrong.emplace_back("another text is shown");
        }
      }
    }
    if (outcome.error) {
      if (auto told = wrongly_told(*outcome.error, failure); !told.empty()) wrong.push_back(std::move(told));
    }
    const bool fired = vfs.heal();
    auto after = wrong_after(home.path(), outcome.acknowledged, outcome.acknowledged + (outcome.error ? 1 : 0));
    if (!after.empty()) wrong.push_back(std::move(after));
    return fired;
  });
}

void fail_each_call_of_creation(const Failure& failure, Findings& findings) {
  loop("creation", failure, findings, [&](std::uint64_t n, bool for_good, std::vector<std::string>& wrong) {
    StoreHome home;
    FakeEnv env;
    FaultVfs vfs;
    vfs.fail(failure.calls, n, failure.code, for_good);
    const bool made = [&] {
      const auto created = Store::create(home.path(), words(), env.env(), cheap(vfs.name()));
      if (!created) {
        if (auto told = wrongly_told(created.error(), failure); !told.empty()) wrong.push_back(std::move(told));
      }
      return created.has_value();
    }();
    const bool fired = vfs.heal();
    if (!fired && !made) wrong.emplace_back("failed though nothing did");
    const auto again = store_exists(home.path()) ? open_store(home.path(), env)
                                                 : Store::create(home.path(), words(), env.env(), cheap());
    if (!again) wrong.push_back("cannot be done again: " + code_text(again.error()));
    return fired;
  });
}

void fail_each_call_of_migration(const Failure& failure, Findings& findings) {
  constexpr std::array kMigrationSteps{
      Migration{"CREATE TABLE elder (id INTEGER PRIMARY KEY, name TEXT)"},
      Migration{"INSERT INTO elder SELECT id, text FROM note; CREATE INDEX by_name ON elder (name)"},
      Migration{"ALTER TABLE elder ADD COLUMN street TEXT; DROP INDEX by_name"},
  };
  loop("migration", failure, findings, [&](std::uint64_t n, bool for_good, std::vector<std::string>& wrong) {
    StoreHome home;
    FakeEnv env;
    FaultVfs vfs;
    {
      const auto store = new_store(home.path(), env, vfs.name());
      KIEM_CHECK(add_two(store->writer()).has_value());
    }
    vfs.fail(failure.calls, n, failure.code, for_good);
    {
      const auto store = open_store(home.path(), env, vfs.name());
      const auto done =
          store ? migrate((*store)->writer(), kMigrationSteps) : Status(tl::unexpected<Error>(store.error()));
      if (!done) {
        if (auto told = wrongly_told(done.error(), failure); !told.empty()) wrong.push_back(std::move(told));
      }
    }
    const bool fired = vfs.heal();
    const auto store = open_store(home.path(), env, vfs.name());
    if (!store) {
      wrong.push_back("refused afterwards with " + code_text(store.error()));
      return fired;
    }
    auto& db = (*store)->writer();
    constexpr std::array kFits{"SELECT count(*) = 1 FROM sqlite_schema", "SELECT count(*) = 0 FROM elder",
                               "SELECT count(*) = 2 FROM elder", "SELECT count(street) = 0 FROM elder"};
    const auto version = number_of(db, "PRAGMA user_version");
    KIEM_CHECK(version && *version >= 0 && *version <= 3);
    const auto fits = number_of(db, kFits[static_cast<std::size_t>(*version)]);
    if (!fits || *fits != 1) wrong.emplace_back("a version with tables of another");
    if (const auto rest = migrate(db, kMigrationSteps); !rest)
      wrong.push_back("the rest fails: " + code_text(rest.error()));
    if (auto what = what_is_wrong(**store); !what.empty()) wrong.push_back(std::move(what));
    return fired;
  });
}

void fail_each_call_of_new_passphrase(const Failure& failure, Findings& findings) {
  loop("new passphrase", failure, findings, [&](std::uint64_t n, bool for_good, std::vector<std::string>& wrong) {
    StoreHome home;
    FakeEnv env;
    FaultVfs vfs;
    bool changed = false;
    bool fired = false;
    {
      const auto store = new_store(home.path(), env, vfs.name());
      vfs.fail(failure.calls, n, failure.code, for_good);
      const auto done = store->put_slot(words("nieuw"));
      changed = done.has_value();
      if (!done) {
        if (auto told = wrongly_told(done.error(), failure); !told.empty()) wrong.push_back(std::move(told));
      }
      fired = vfs.heal();
    }
    const bool with_old = Store::open(home.path(), words(), env.env(), cheap(vfs.name())).has_value();
    const bool with_new = Store::open(home.path(), words("nieuw"), env.env(), cheap(vfs.name())).has_value();
    if (with_old == with_new) wrong.emplace_back(with_old ? "both passphrases open" : "no passphrase opens");
    if (changed && !with_new) wrong.emplace_back("said to be changed, and is not");
    return fired;
  });
}

std::vector<Failure> all_failures() {
  return {{{FileCall::write}, kWriteFails},   {{FileCall::write}, kDiskFull},
          {{FileCall::sync}, kSyncFails},     {{FileCall::truncate}, kTruncateFails},
          {{FileCall::remove}, kRemoveFails}, {{FileCall::read}, kReadFails},
          {{FileCall::open}, kOpenFails},     {{FileCall::access, FileCall::size}, kReadFails}};
}

}  // namespace kiem::test
