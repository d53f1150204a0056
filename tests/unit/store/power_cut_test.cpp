// A process is killed, or the power goes, at every call that changes a file. What the disk may hold then: all that was
// synced, and of the rest any part, in sectors of 512 bytes. Every such image must open with every acknowledged commit,
// nothing half, and no talk of damage. Longer: ./dev faults.
#include "tests/faults/power_cut.hpp"

#include <doctest/doctest.h>

#include "tests/faults/check_findings.hpp"
#include "tests/unit/store/home.hpp"

using namespace kiem;
using namespace kiem::test;

TEST_CASE("a store survives a cut at every change while it is filled, checkpointed, emptied and closed") {
  Findings findings;
  cut_everyday_work({.samples = 2}, 0, findings);
  check(findings, 600);
}

TEST_CASE("a transaction larger than the page cache, rolled back and done again, survives a cut at every change") {
  Findings findings;
  cut_large_transaction({.seed = 7}, findings);
  check(findings, 400);
}

TEST_CASE("a store whose process was killed at any change survives a cut of the power while the next one works") {
  Findings findings;
  const auto kills = cut_after_kills({.seed = 3, .only_at_syncs = true}, 1, 2, findings);
  MESSAGE("kills: " << kills);
  CHECK(kills > 30);
  check(findings, 600);
}

TEST_CASE("a store that migrates is at every cut of the old or of the new version, with the tables of that version") {
  Findings findings;
  cut_migration({.seed = 5}, findings);
  check(findings, 50);
}

TEST_CASE("at every cut of a change of passphrase the secrets of before or of after open, and no others") {
  Findings findings;
  cut_new_passphrase({.seed = 6, .samples = 6}, findings);
  check(findings, 30);
}

TEST_CASE("what was erased, with the log emptied, no cut gives back to who has the key") {
  Findings findings;
  cut_erasure({.seed = 8, .samples = 3}, findings);
  check(findings, 100);
}

TEST_CASE("a disk that answers syncs and writes late loses no more than what it had not written") {
  Findings findings;
  cut_lying_disk({.seed = 9, .samples = 3}, findings);
  check(findings, 60);
}

TEST_CASE("once a commit is acknowledged no cut of the power makes the loss of the log go unnoticed") {
  Findings findings;
  PowerCut cut("loss of the log", {}, findings);
  { make_store(cut.home(), cut.env(), cut.vfs()); }
  cut.record();
  const auto image = cut.home().parent_path() / "without-log";
  SeededRng unused(1);
  const auto opened_without_log = [&]() -> std::optional<ErrorCode> {
    auto files = cut.disk().image(RecordingDisk::Fate::lost, unused);
    if (files.erase("store.kiem-wal") == 0) return std::nullopt;
    write_image(files, image);
    FakeEnv env(2);
    const auto store = open_store(image, env, cut.image_vfs());
    return store ? std::nullopt : std::optional(store.error().code);
  };
  for (int i = 0; i < 3; ++i) {
    auto store = open_store(cut.home(), cut.env(), cut.vfs());
    REQUIRE(store);
    add_notes((*store)->writer(), 1, "een");
    CHECK(opened_without_log() == ErrorCode::wal_replaced);
    REQUIRE((*store)->writer().execute("PRAGMA wal_checkpoint(RESTART)"));
    add_notes((*store)->writer(), 1, "twee");
    CHECK(opened_without_log() == ErrorCode::wal_replaced);
    store->reset();
    CHECK_FALSE(opened_without_log());
  }
}
