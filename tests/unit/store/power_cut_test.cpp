// A process is killed, or the power goes, at every call that changes a file. What the disk may hold then: all that was
// synced, and of the rest any part, in sectors of 512 bytes. Every such image must open with every acknowledged commit,
// nothing half, and no talk of damage.
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <optional>

#include "tests/unit/store/home.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

constexpr std::size_t kSector = 512;

// One file as the disk knows it: what is durable, and what was asked since and may or may not have happened.
struct DiskFile {
  bool exists = false;
  Bytes durable;
  struct Change {
    FileCall call;
    std::uint64_t at;
    Bytes bytes;
  };
  std::vector<Change> pending;

  void sync() {
    for (const auto& change : pending) apply(change, durable, exists, nullptr);
    pending.clear();
  }

  // With an rng, each sector of a write happens or not.
  static void apply(const Change& change, Bytes& bytes, bool& exists, SeededRng* torn) {
    if (change.call == FileCall::remove) {
      exists = false;
      bytes.clear();
    } else if (change.call == FileCall::truncate) {
      bytes.resize(static_cast<std::size_t>(change.at));
    } else {
      exists = true;
      for (std::size_t done = 0; done < change.bytes.size();) {
        const auto at = static_cast<std::size_t>(change.at) + done;
        const auto part = std::min(kSector - at % kSector, change.bytes.size() - done);
        if (torn == nullptr || torn->chance(50)) {
          if (bytes.size() < at + part) bytes.resize(at + part);
          std::copy_n(change.bytes.begin() + static_cast<std::ptrdiff_t>(done), part,
                      bytes.begin() + static_cast<std::ptrdiff_t>(at));
        }
        done += part;
      }
    }
  }
};

// How much of what was not synced happened.
enum class Luck : std::uint8_t { all, none, some, torn };

class Disk {
 public:
  Disk(std::filesystem::path home, std::uint64_t seed) : home_(std::move(home)), rng_(seed) {
    auto& file = files_["store.kiem"];
    file.exists = true;
    file.durable = read_all(database_of(home_));
  }

  void note(const FileEvent& event) {
    auto& file = files_[std::filesystem::path(event.name).filename()];
    if (event.call == FileCall::sync) {
      file.sync();
    } else {
      file.pending.push_back({event.call, event.at, to_bytes(event.bytes)});
    }
  }

  void write_image(const std::filesystem::path& to, Luck luck) {
    std::filesystem::remove_all(to);
    std::filesystem::create_directories(to);
    for (const auto& [name, file] : files_) {
      Bytes bytes = file.durable;
      bool exists = file.exists;
      for (const auto& change : file.pending) {
        const bool happens = luck == Luck::all || (luck != Luck::none && rng_.chance(60));
        const bool tears = luck == Luck::torn && rng_.chance(40);
        if (happens) DiskFile::apply(change, bytes, exists, tears ? &rng_ : nullptr);
      }
      if (exists) write_all(to / name, bytes);
    }
  }

 private:
  std::filesystem::path home_;
  SeededRng rng_;
  std::map<std::string, DiskFile> files_;
};

// Plays work on a store and takes images at every change.
class Outage {
 public:
  explicit Outage(std::uint64_t seed) : seed_(seed), env_(seed) {
    { make_store(home_.path(), env_, vfs_.name()); }
    disk_ = std::make_unique<Disk>(home_.path(), seed);
    vfs_.on_event = [this](const FileEvent& event) {
      if (dying_) {
        disk_->note(event);
        return;
      }
      if (event.call == FileCall::sync) {
        // Just before and just after: the most that can be lost, and the least.
        for (const auto luck : {Luck::none, Luck::torn}) look(luck);
        if (!only_at_syncs_) {
          for (const auto luck : {Luck::all, Luck::some, Luck::torn}) look(luck);
        }
        disk_->note(event);
        look(Luck::none);
        return;
      }
      disk_->note(event);
      if (!only_at_syncs_) {
        for (const auto luck : {Luck::all, Luck::none, Luck::some, Luck::torn}) look(luck);
      }
    };
  }
  ~Outage() { vfs_.on_event = nullptr; }
  Outage(const Outage&) = delete;
  Outage& operator=(const Outage&) = delete;

  void open() {
    auto opened = open_store(home_.path(), env_, vfs_.name());
    REQUIRE(opened);
    store_ = std::move(*opened);
  }
  void close() { store_.reset(); }
  // The process is killed in the middle of the n-th change from now while it does `work`: what it wrote stays in the
  // system's cache, synced or not. False when the work was done before.
  bool kill_in(std::uint64_t n, const std::function<void(Connection&)>& work) {
    vfs_.fail({FileCall::write, FileCall::sync, FileCall::truncate, FileCall::remove}, n, kWriteFails, true);
    dying_ = true;
    work(db());
    store_.reset();
    dying_ = false;
    return vfs_.heal();
  }
  // Of the work above each statement may have been committed or not.
  void may_have_committed(std::int64_t count) { attempted_ += count; }
  void look_only_at_syncs() { only_at_syncs_ = true; }
  Connection& db() { return store_->writer(); }

  // One commit that brings the store from moment m to m + 1.
  void commit(std::string_view sql, int times = 1) {
    auto transaction = Transaction::begin(db());
    REQUIRE(transaction);
    for (int i = 0; i < times; ++i) REQUIRE(db().execute(sql));
    REQUIRE(db().execute("UPDATE moment SET number = number + 1"));
    ++attempted_;
    REQUIRE(transaction->commit());
    ++acknowledged_;
  }
  void begin_moments() {
    REQUIRE(
        db().execute("CREATE TABLE moment (number INTEGER, one INTEGER, two INTEGER);"
                     "INSERT INTO moment VALUES (0, 0, 0);"
                     "CREATE INDEX note_text ON note (text)"));
    watching_ = true;
  }
  void run(std::string_view sql) { REQUIRE(db().execute(sql)); }
  [[nodiscard]] std::size_t images() const { return images_; }
  // What is on disk for sure is opened without its log.
  [[nodiscard]] std::optional<ErrorCode> opened_without_log() {
    disk_->write_image(image_, Luck::none);
    if (!std::filesystem::remove(log_of(image_))) return std::nullopt;
    const auto store = open_store(image_, image_env_, plain_.name());
    return store ? std::nullopt : std::optional(store.error().code);
  }

 private:
  // Called from inside SQLite, so that nothing may be thrown here: CHECK, and no REQUIRE.
  void look(Luck luck) {
    if (!watching_) return;
    ++images_;
    disk_->write_image(image_, luck);
    CAPTURE(seed_);
    CAPTURE(images_);
    CAPTURE(static_cast<int>(luck));
    const auto moment = moment_in_image();
    CHECK(moment);
    if (!moment) return;
    CHECK(*moment >= acknowledged_);
    CHECK(*moment <= attempted_);
  }

  // The moment that the image shows; nothing when it does not open, is damaged or not consistent.
  std::optional<std::int64_t> moment_in_image() {
    const auto store = open_store(image_, image_env_, plain_.name());
    if (!store) {
      MESSAGE("refused with code " << static_cast<int>(store.error().code));
      return std::nullopt;
    }
    const auto damaged = (*store)->damaged_pages();
    if (!damaged || !damaged->empty()) {
      MESSAGE("damaged pages");
      return std::nullopt;
    }
    auto ask = (*store)->writer().prepare("SELECT number, (SELECT * FROM pragma_integrity_check) FROM moment");
    if (!ask || !ask->step().value_or(false) || ask->text(1) != "ok") return std::nullopt;
    return ask->integer(0);
  }

  std::uint64_t seed_;
  TempHome home_;
  std::filesystem::path image_ = home_.other("image");
  FakeEnv env_;
  FakeEnv image_env_{99};
  FaultVfs vfs_;
  FaultVfs plain_;
  std::unique_ptr<Disk> disk_;
  std::unique_ptr<Store> store_;
  bool watching_ = false;
  bool dying_ = false;
  bool only_at_syncs_ = false;
  std::int64_t attempted_ = 0;
  std::int64_t acknowledged_ = 0;
  std::size_t images_ = 0;
};

// Nearly half a page each, another text every time, in an order that scatters them over the index.
constexpr std::string_view kInsert =
    "INSERT INTO note (text) SELECT printf('%04d', (count(*) * 7919) % 10000) || printf('%01796d', count(*)) FROM note";

}  // namespace

TEST_CASE("a store survives a cut at every change while it is filled, checkpointed, emptied and closed") {
  Outage it(1);
  it.open();
  it.begin_moments();
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
  it.close();
  MESSAGE("images: " << it.images());
  CHECK(it.images() > 1000);
}

TEST_CASE("a transaction larger than the page cache, rolled back and done again, survives a cut at every change") {
  Outage it(7);
  it.open();
  it.begin_moments();
  // Pages go to the log before the commit, some of them twice: frames are then changed in place.
  it.run("PRAGMA cache_size=3");
  it.commit(kInsert, 8);
  it.run("BEGIN");
  for (int i = 0; i < 8; ++i) it.run(kInsert);
  it.run("UPDATE note SET text = text || 'x'");
  it.run("ROLLBACK");
  it.commit("UPDATE note SET text = substr(text, 2)", 2);
  it.commit(kInsert, 3);
  it.close();
  MESSAGE("images: " << it.images());
  CHECK(it.images() > 500);
}

namespace {

// False when the work is shorter than n changes.
bool kill_and_go_on(std::uint64_t n, bool with_log, std::size_t& images) {
  CAPTURE(n);
  CAPTURE(with_log);
  Outage it(n);
  it.look_only_at_syncs();
  it.open();
  it.begin_moments();
  it.commit(kInsert, 3);
  if (!with_log) {
    it.close();
    it.open();
  }
  constexpr int kCommits = 2;
  const bool killed = it.kill_in(n, [](Connection& db) {
    const std::string one = "BEGIN;" + std::string(kInsert) + ";UPDATE moment SET number = number + 1; COMMIT";
    for (int i = 0; i < kCommits; ++i) {
      // What fails here fails because the process is as good as dead.
      static_cast<void>(db.execute(one).has_value() && db.execute("PRAGMA wal_checkpoint(RESTART)").has_value());
    }
  });
  it.may_have_committed(kCommits);
  if (!killed) return false;
  it.open();
  it.run(kInsert);
  it.run("PRAGMA wal_checkpoint(TRUNCATE)");
  it.close();
  images += it.images();
  return true;
}

}  // namespace

TEST_CASE("a store whose process was killed at any change survives a cut of the power while the next one works") {
  std::size_t images = 0;
  std::uint64_t kills = 0;
  for (const bool with_log : {false, true}) {
    for (std::uint64_t n = 1; kill_and_go_on(n, with_log, images); ++n) ++kills;
  }
  MESSAGE("kills: " << kills << ", images: " << images);
  CHECK(kills > 60);
  CHECK(images > 1500);
}

TEST_CASE("once a commit is acknowledged no cut of the power makes the loss of the log go unnoticed") {
  Outage it(5);
  it.open();
  for (int i = 0; i < 3; ++i) {
    it.run(kInsert);
    CHECK(it.opened_without_log() == ErrorCode::wal_replaced);
    it.run("PRAGMA wal_checkpoint(RESTART)");
    it.run(kInsert);
    CHECK(it.opened_without_log() == ErrorCode::wal_replaced);
    it.close();
    CHECK_FALSE(it.opened_without_log());
    it.open();
  }
}
