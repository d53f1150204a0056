// The workloads of power_cut.hpp that need no more than the store.
#include <optional>

#include "core/store/migrations.hpp"
#include "tests/faults/power_cut.hpp"
#include "tests/support/plain_pages.hpp"

namespace kiem::test {
namespace {

// Nearly half a page each, another text every time, in an order that scatters them over the index.
constexpr std::string_view kInsert =
    "INSERT INTO note (text) SELECT printf('%04d', (count(*) * 7919) % 10000) || printf('%01796d', count(*)) FROM note";

// The moment by a query, in an image that the usual words open.
Seen see(const PowerCut& cut, const std::filesystem::path& image, std::string_view query) {
  FakeEnv env(99);
  const auto store = open_store(image, env, cut.image_vfs());
  if (!store) return {0, "refused with " + code_text(store.error())};
  Seen seen{0, what_is_wrong(**store)};
  if (!seen.wrong.empty()) return seen;
  const auto moment = number_of((*store)->writer(), query);
  if (moment) {
    seen.moment = *moment;
  } else {
    seen.wrong = "the moment cannot be read: " + code_text(moment.error());
  }
  return seen;
}

// A table of notes, in which every commit goes to the next moment.
class Notebook {
 public:
  explicit Notebook(PowerCut& cut) : cut_(cut) {
    { new_store(cut_.home(), cut_.env(), cut_.vfs()); }
    cut_.record();
    open();
  }
  void begin() {
    run("CREATE TABLE moment (number INTEGER, one INTEGER, two INTEGER);"
        "INSERT INTO moment VALUES (0, 0, 0);"
        "CREATE INDEX note_text ON note (text)");
    cut_.watch([this](const auto& image) { return see(cut_, image, "SELECT number FROM moment"); });
  }
  void open() {
    auto opened = open_store(cut_.home(), cut_.env(), cut_.vfs());
    KIEM_CHECK(opened.has_value());
    store_ = std::move(*opened);
  }
  void close() { store_.reset(); }
  [[nodiscard]] Store& store() { return *store_; }
  [[nodiscard]] Connection& db() { return store_->writer(); }
  void run(std::string_view sql) { KIEM_CHECK(db().execute(sql).has_value()); }
  void commit(std::string_view sql, int times = 1) {
    auto transaction = Transaction::begin(db());
    KIEM_CHECK(transaction.has_value());
    for (int i = 0; i < times; ++i) run(sql);
    run("UPDATE moment SET number = number + 1");
    cut_.attempt();
    KIEM_CHECK(transaction->commit().has_value());
    cut_.acknowledge();
  }
  void step_by_chance(SeededRng& chance) {
    constexpr std::array kCheckpoints = {"PASSIVE", "FULL", "RESTART", "TRUNCATE"};
    switch (chance.below(8)) {
      case 0:
        run(std::string("PRAGMA wal_checkpoint(") + kCheckpoints[chance.below(kCheckpoints.size())] + ")");
        break;
      case 1:
        close();
        open();
        break;
      case 2:
        commit("DELETE FROM note WHERE id % 3 = " + std::to_string(chance.below(3)));
        break;
      case 3:
        commit("UPDATE note SET text = upper(text) || 'x' WHERE id % 4 = " + std::to_string(chance.below(4)));
        break;
      case 4:
        if (chance.chance(20)) run("VACUUM");
        break;
      default:
        commit(kInsert, 1 + static_cast<int>(chance.below(4)));
    }
  }

 private:
  PowerCut& cut_;
  std::unique_ptr<Store> store_;
};

}  // namespace

void cut_everyday_work(const CutPlan& plan, unsigned steps, Findings& findings) {
  PowerCut cut("everyday work", plan, findings);
  Notebook it(cut);
  it.begin();
  it.commit(kInsert);
  it.commit(kInsert, 12);
  it.run("PRAGMA wal_checkpoint(PASSIVE)");
  it.commit(kInsert, 3);
  it.commit("DELETE FROM note WHERE id % 2 = 0");
  it.close();
  it.open();
  it.commit(kInsert, 5);
  it.run("PRAGMA wal_checkpoint(TRUNCATE)");
  it.commit(kInsert, 2);
  it.commit("DELETE FROM note WHERE id < 9");
  it.run("PRAGMA wal_checkpoint(RESTART)");
  it.commit(kInsert);
  it.run("VACUUM");
  it.run("PRAGMA wal_checkpoint(PASSIVE)");
  it.commit(kInsert, 4);
  it.close();
  it.open();
  SeededRng chance(plan.seed);
  for (unsigned i = 0; i < steps && !cut.is_over(); ++i) it.step_by_chance(chance);
  it.close();
}

void cut_large_transaction(const CutPlan& plan, Findings& findings) {
  PowerCut cut("a large transaction", plan, findings);
  Notebook it(cut);
  it.begin();
  // Pages go to the log before the commit, some of them twice.
  it.run("PRAGMA cache_size=3");
  it.commit(kInsert, 8);
  it.run("BEGIN");
  for (int i = 0; i < 8; ++i) it.run(kInsert);
  it.run("UPDATE note SET text = text || 'x'");
  it.run("ROLLBACK");
  it.commit("UPDATE note SET text = substr(text, 2)", 2);
  it.commit(kInsert, 3);
  it.close();
}

namespace {

// False when the work is shorter than n changes.
bool kill_and_go_on(const CutPlan& plan, std::uint64_t n, bool with_log, Findings& findings) {
  PowerCut cut("work after a kill at change " + std::to_string(n) + (with_log ? ", with a log" : ", without a log"),
               plan, findings);
  Notebook it(cut);
  it.begin();
  it.commit(kInsert, 3);
  if (!with_log) {
    it.close();
    it.open();
  }
  constexpr int kCommits = 2;
  const bool killed = cut.kill_in(n, [&] {
    const std::string one = "BEGIN;" + std::string(kInsert) + ";UPDATE moment SET number = number + 1; COMMIT";
    for (int i = 0; i < kCommits; ++i) {
      // What fails here fails because the process is as good as dead.
      static_cast<void>(it.db().execute(one).has_value() &&
                        it.db().execute("PRAGMA wal_checkpoint(RESTART)").has_value());
    }
    it.close();
  });
  // Of the work above each commit may have happened or not.
  cut.attempt(kCommits);
  if (!killed) return false;
  it.open();
  it.run(kInsert);
  it.run("PRAGMA wal_checkpoint(TRUNCATE)");
  it.close();
  return true;
}

}  // namespace

std::uint64_t cut_after_kills(const CutPlan& plan, std::uint64_t from, std::uint64_t stride, Findings& findings) {
  std::uint64_t kills = 0;
  for (const bool with_log : {false, true}) {
    for (auto n = from; !findings.is_over() && kill_and_go_on(plan, n, with_log, findings); n += stride) ++kills;
  }
  return kills;
}

// --- migration -------------------------------------------------------------------------------------------------------

namespace {

constexpr std::array kSteps{
    Migration{"CREATE TABLE elder (id INTEGER PRIMARY KEY, name TEXT NOT NULL);"
              "INSERT INTO elder SELECT id, text FROM note"},
    Migration{
        "ALTER TABLE elder ADD COLUMN street TEXT NOT NULL DEFAULT ''; UPDATE elder SET street = substr(name, 1, 9)"},
    Migration{"CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL, street TEXT NOT NULL);"
              "INSERT INTO person SELECT id, name, street FROM elder; DROP TABLE elder"},
    Migration{"CREATE INDEX person_street ON person (street, name)"},
};
// A store at version N has just this: the number is right only together with the tables.
constexpr std::array kFitsVersion{
    "SELECT count(*) = 1 FROM sqlite_schema",
    "SELECT (SELECT count(*) FROM sqlite_schema) = 2 AND (SELECT count(*) FROM elder) = (SELECT count(*) FROM note)",
    "SELECT (SELECT count(*) FROM sqlite_schema) = 2 AND (SELECT count(*) FROM elder WHERE street <> '') = "
    "(SELECT count(*) FROM note)",
    "SELECT (SELECT count(*) FROM sqlite_schema) = 2 AND (SELECT count(*) FROM person) = (SELECT count(*) FROM note)",
    "SELECT (SELECT count(*) FROM sqlite_schema) = 3 AND (SELECT count(*) FROM person) = (SELECT count(*) FROM note)",
};

Seen see_version(const PowerCut& cut, const std::filesystem::path& image) {
  Seen seen = see(cut, image, "PRAGMA user_version");
  if (!seen.wrong.empty()) return seen;
  if (seen.moment < 0 || seen.moment > static_cast<std::int64_t>(kSteps.size())) return {0, "no such version"};
  FakeEnv env(98);
  const auto store = open_store(image, env, cut.image_vfs());
  if (!store) return {0, "refused the second time with " + code_text(store.error())};
  const auto fits = number_of((*store)->writer(), kFitsVersion[static_cast<std::size_t>(seen.moment)]);
  if (!fits || *fits != 1) seen.wrong = "version " + std::to_string(seen.moment) + " has tables of another";
  return seen;
}

}  // namespace

void cut_migration(const CutPlan& plan, Findings& findings) {
  PowerCut cut("migration", plan, findings);
  Notebook it(cut);
  it.run("BEGIN");
  for (int i = 0; i < 9; ++i) it.run(kInsert);
  it.run("COMMIT");
  cut.watch([&](const auto& image) { return see_version(cut, image); });
  // Step by step, so that each is acknowledged before the next; the last two in one go.
  for (const std::size_t version : {1U, 2U, 4U}) {
    cut.attempt(static_cast<std::int64_t>(version) - *number_of(it.db(), "PRAGMA user_version"));
    KIEM_CHECK(migrate(it.db(), std::span(kSteps).first(version)).has_value());
    cut.acknowledge();
    if (version == 2) {
      it.close();
      it.open();
    }
  }
  it.close();
}

// --- what opens it ---------------------------------------------------------------------------------------------------

namespace {

Unlock key_file() { return KeyFile{SecretBytes::copy_of(Bytes(kKeyFileBytes, 7))}; }

// Which of these secrets open the image, as a number of bits.
std::int64_t which_open(const PowerCut& cut, const std::filesystem::path& image, Seen& seen) {
  std::int64_t bits = 0;
  FakeEnv env(97);
  const std::array<Unlock, 4> secrets{words("een"), words("twee"), words("drie"), key_file()};
  for (std::size_t i = 0; i < secrets.size(); ++i) {
    const auto store = Store::open(image, secrets[i], env.env(), cheap(cut.image_vfs()));
    if (store) {
      bits |= std::int64_t{1} << i;
      if (seen.wrong.empty()) seen.wrong = what_is_wrong(**store);
    } else if (store.error().code != ErrorCode::no_slot_opens) {
      seen.wrong = "refused with " + code_text(store.error());
    }
  }
  return bits;
}

}  // namespace

void cut_new_passphrase(const CutPlan& plan, Findings& findings) {
  PowerCut cut("new passphrase", plan, findings);
  { KIEM_CHECK(Store::create(cut.home(), words("een"), cut.env().env(), cheap(cut.vfs())).has_value()); }
  cut.record();
  // Which secrets open after each step.
  constexpr std::array<std::int64_t, 5> kOpens{1, 2, 2 + 8, 4 + 8, 4};
  cut.watch([&](const auto& image) {
    Seen seen;
    const auto open = which_open(cut, image, seen);
    const auto* found = std::find(kOpens.begin(), kOpens.end(), open);
    if (found == kOpens.end() && seen.wrong.empty()) seen.wrong = "secrets " + std::to_string(open) + " open";
    seen.moment = found - kOpens.begin();
    return seen;
  });
  auto opened = Store::open(cut.home(), words("een"), cut.env().env(), cheap(cut.vfs()));
  KIEM_CHECK(opened.has_value());
  Store& store = **opened;
  const auto step = [&](const auto& change) {
    cut.attempt();
    KIEM_CHECK(change().has_value());
    cut.acknowledge();
    KIEM_CHECK(store.writer().execute("CREATE TABLE IF NOT EXISTS t (x); INSERT INTO t VALUES (1)").has_value());
  };
  step([&] { return store.put_slot(words("twee")); });
  step([&] { return store.put_slot(key_file()); });
  step([&] { return store.put_slot(words("drie")); });
  step([&] { return store.drop_slot(SlotKind::key_file); });
}

// --- erasure ---------------------------------------------------------------------------------------------------------

namespace {

constexpr std::string_view kErased = "Lindelaan-14-gaat-weg";

bool gives_back(const std::filesystem::path& image) { return holds_text(image, words(), kErased); }

}  // namespace

void cut_erasure(const CutPlan& plan, Findings& findings) {
  PowerCut cut("erasure", plan, findings);
  Notebook it(cut);
  bool erased = false;
  it.begin();
  it.commit(kInsert, 6);
  it.commit("UPDATE note SET text = '" + std::string(kErased) + "' || text WHERE id % 2 = 0");
  it.run("PRAGMA wal_checkpoint(PASSIVE)");
  it.commit(kInsert, 2);
  copy_home(cut.home(), cut.home().parent_path() / "before");
  KIEM_CHECK(gives_back(cut.home().parent_path() / "before"));  // else this would prove nothing
  cut.watch([&](const auto& image) {
    Seen seen = see(cut, image, "SELECT number FROM moment");
    // Looked at after an opening: a log that was to go and came back with the power is emptied there.
    if (seen.wrong.empty() && erased && gives_back(image)) seen.wrong = "what was erased came back";
    return seen;
  });
  it.commit("DELETE FROM note WHERE id % 2 = 0");
  it.run("PRAGMA wal_checkpoint(TRUNCATE)");
  erased = true;
  it.commit(kInsert, 3);
  it.run("PRAGMA wal_checkpoint(TRUNCATE)");
  it.commit(kInsert);
  it.close();
}

// --- a disk that lies ------------------------------------------------------------------------------------------------

void cut_lying_disk(const CutPlan& given, Findings& findings) {
  CutPlan plan = given;
  plan.in_order = true;
  PowerCut cut("a lying disk", plan, findings);
  Notebook it(cut);
  it.begin();
  it.commit(kInsert, 6);
  it.run("PRAGMA wal_checkpoint(PASSIVE)");
  it.commit(kInsert, 2);
  cut.disk().lie(true);
  // Nothing is acknowledged any more: whoever believed the disk may lose it.
  const auto commit = [&] {
    cut.attempt();
    it.run("BEGIN");
    it.run(kInsert);
    it.run("UPDATE moment SET number = number + 1; COMMIT");
  };
  for (int i = 0; i < 3; ++i) commit();
  it.run("PRAGMA wal_checkpoint(RESTART)");
  for (int i = 0; i < 2; ++i) commit();
  it.close();
}

}  // namespace kiem::test
