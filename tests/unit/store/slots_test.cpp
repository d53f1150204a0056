// What opens a store, and how that changes: slots put and dropped in a store with contents.
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <vector>

#include "core/crypto/hash.hpp"
#include "core/store/key_slots.hpp"
#include "tests/support/memory_scan.hpp"
#include "tests/unit/store/home.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

using Opened = Result<std::unique_ptr<Store>>;

// A store with notes in it and words() as its passphrase, closed.
void fill_store(const std::filesystem::path& home, FakeEnv& env, const char* parent = nullptr, int notes = 20) {
  auto store = make_store(home, env, parent);
  add_notes(store->writer(), notes, std::string(1000, 'x'));
}

Opened open_with(const std::filesystem::path& home, const Unlock& unlock, FakeEnv& env, const char* parent = nullptr) {
  return Store::open(home, unlock, env.env(), cheap(parent));
}

bool opens(const std::filesystem::path& home, const Unlock& unlock, FakeEnv& env) {
  const auto store = open_with(home, unlock, env);
  if (!store) CHECK(store.error().code == ErrorCode::no_slot_opens);
  return store.has_value();
}

// The secrets of a store with one slot of each kind, from a seed.
struct Secrets {
  explicit Secrets(std::uint64_t seed = 5) : rng(seed) {}
  SeededRng rng;
  SecretBytes file = SecretBytes::random(kKeyFileBytes, rng);
  SecretBytes code = SecretBytes::random(kRecoveryCodeBytes, rng);
  SecretBytes held = SecretBytes::random(kHeldKeyBytes, rng);
  [[nodiscard]] Unlock key_file() const { return KeyFile{file.clone()}; }
  [[nodiscard]] Unlock recovery() const { return RecoveryCode{code.clone()}; }
  [[nodiscard]] Unlock keyring() const { return HeldKey{held.clone()}; }
};

StoreHeader header_of(const std::filesystem::path& home) {
  const auto found = find_header(read_all(database_of(home)), "here");
  REQUIRE(found);
  return found->header;
}

std::array<std::array<Slot, kSlots>, kHeaderCopies> slots_of_both_copies(const std::filesystem::path& home) {
  const auto bytes = read_all(database_of(home));
  std::array<std::array<Slot, kSlots>, kHeaderCopies> both{};
  for (std::size_t copy = 0; copy < kHeaderCopies; ++copy) {
    Bytes alone(bytes.begin(), bytes.begin() + kPagesAt);
    // Only this one is whole.
    alone[(1 - copy) * kHeaderBlockBytes + 100] ^= 1U;
    const auto found = find_header(alone, "here");
    REQUIRE(found);
    REQUIRE(found->copy == copy);
    both.at(copy) = found->header.slots;
  }
  return both;
}

// Changes bytes of both header blocks as somebody does who knows the format and no secret.
void forge(const std::filesystem::path& home, const std::function<void(std::span<std::uint8_t>)>& change) {
  auto bytes = read_all(database_of(home));
  for (std::size_t copy = 0; copy < kHeaderCopies; ++copy) {
    const auto block = std::span(bytes).subspan(copy * kHeaderBlockBytes, kHeaderBlockBytes);
    change(block);
    const auto sum = hash_of("kiem.store.checksum.0", {ByteView(block).first(kHeaderBlockBytes - 32)});
    std::ranges::copy(sum.bytes, block.last(32).begin());
  }
  write_all(database_of(home), bytes);
}

std::span<std::uint8_t> slot_in(std::span<std::uint8_t> block, std::size_t number) {
  return block.subspan(64 + number * kSlotBytes, kSlotBytes);
}

void set_cost(std::span<std::uint8_t> block, std::size_t number, std::uint32_t passes, std::uint32_t memory_kib) {
  std::ranges::copy(le32(passes), slot_in(block, number).subspan(4, 4).begin());
  std::ranges::copy(le32(memory_kib), slot_in(block, number).subspan(8, 4).begin());
}

// Slots of a later version, sealed in as that version would.
void put_unknown_slots(const std::filesystem::path& home, std::size_t from) {
  const auto found = find_header(read_all(database_of(home)), "here");
  REQUIRE(found);
  const auto opened = open_slots(found->header, words());
  REQUIRE(opened);
  const auto key = header_key_of(opened->data_key.view());
  const auto state = open_state(found->block, key.view(), "here");
  REQUIRE(state);
  auto header = found->header;
  SeededRng rng(77);
  for (std::size_t number = from; number < kSlots; ++number) {
    rng.fill(header.slots.at(number));
    header.slots.at(number)[0] = 9;
  }
  auto bytes = read_all(database_of(home));
  for (std::size_t copy = 0; copy < kHeaderCopies; ++copy) {
    ++header.sequence;
    const auto block = encode_header(header, *state, key.view(), rng);
    std::ranges::copy(block, bytes.begin() + static_cast<std::ptrdiff_t>(copy * kHeaderBlockBytes));
  }
  write_all(database_of(home), bytes);
}

}  // namespace

TEST_CASE("a new passphrase opens the store and the old one no more, now and after closing") {
  TempHome home;
  FakeEnv env;
  fill_store(home.path(), env);
  {
    auto store = open_store(home.path(), env);
    REQUIRE(store);
    CHECK((*store)->check_secret(words()));
    REQUIRE((*store)->put_slot(words("sneeuw")));
    CHECK((*store)->check_secret(words("sneeuw")));
    CHECK(code_of((*store)->check_secret(words())) == ErrorCode::no_slot_opens);
    CHECK(code_of(check_secret(home.path(), words())) == ErrorCode::no_slot_opens);
    CHECK(check_secret(home.path(), words("sneeuw")));
    CHECK(count_rows((*store)->writer()) == 20);
    add_notes((*store)->writer(), 1, "na het nieuwe wachtwoord");
  }
  CHECK_FALSE(opens(home.path(), words(), env));
  const auto store = open_with(home.path(), words("sneeuw"), env);
  REQUIRE(store);
  CHECK(count_rows((*store)->writer()) == 21);
}

TEST_CASE("each kind of secret opens the store, and one that is put again takes the place of its own kind alone") {
  TempHome home;
  FakeEnv env;
  const Secrets first(5);
  const Secrets second(6);
  fill_store(home.path(), env);
  {
    auto store = open_store(home.path(), env);
    REQUIRE(store);
    for (const auto& unlock : {first.key_file(), first.recovery(), first.keyring()}) {
      REQUIRE((*store)->put_slot(unlock));
    }
    const auto kinds = (*store)->slot_kinds();
    CHECK(kinds.passphrase);
    CHECK(kinds.key_file);
    CHECK(kinds.recovery);
    CHECK(kinds.held);
  }
  CHECK(opens(home.path(), words(), env));
  CHECK(opens(home.path(), first.key_file(), env));
  CHECK(opens(home.path(), first.recovery(), env));
  {
    const auto store = open_with(home.path(), first.keyring(), env);
    REQUIRE(store);
    REQUIRE((*store)->put_slot(second.key_file()));
  }
  CHECK_FALSE(opens(home.path(), first.key_file(), env));
  CHECK(opens(home.path(), second.key_file(), env));
  CHECK(opens(home.path(), first.recovery(), env));
  CHECK(opens(home.path(), words(), env));
  std::size_t used = 0;
  for (const auto& slot : header_of(home.path()).slots) used += kind_of(slot) == SlotKind::empty ? 0U : 1U;
  CHECK(used == 4);
}

TEST_CASE("the id and the kinds of slots are read without a secret, also while the store is open") {
  TempHome home;
  FakeEnv env;
  CHECK(code_of(store_id(home.path())) == ErrorCode::store_missing);
  CHECK(code_of(check_secret(home.path(), words())) == ErrorCode::store_missing);
  auto store = make_store(home.path(), env);
  const auto id = store_id(home.path());
  REQUIRE(id);
  CHECK(*id == store->id());
  REQUIRE(store->put_slot(Secrets().recovery()));
  const auto kinds = slot_kinds(home.path());
  REQUIRE(kinds);
  CHECK(kinds->passphrase);
  CHECK(kinds->recovery);
  CHECK_FALSE(kinds->key_file);
  CHECK_FALSE(kinds->held);
  store.reset();
  write_all(database_of(home.path()), Bytes(9000, 1));
  CHECK(code_of(store_id(home.path())) == ErrorCode::not_a_store);
}

TEST_CASE("the last passphrase, key file or recovery code is not taken away, and a keyring does not count") {
  TempHome home;
  FakeEnv env;
  const Secrets secrets;
  fill_store(home.path(), env);
  auto store = open_store(home.path(), env);
  REQUIRE(store);
  REQUIRE((*store)->put_slot(secrets.keyring()));
  const auto before = read_all(database_of(home.path()));
  CHECK(code_of((*store)->drop_slot(SlotKind::passphrase)) == ErrorCode::last_slot);
  // None of that kind: nothing to do.
  CHECK((*store)->drop_slot(SlotKind::key_file));
  CHECK(read_all(database_of(home.path())) == before);

  REQUIRE((*store)->put_slot(secrets.key_file()));
  REQUIRE((*store)->drop_slot(SlotKind::passphrase));
  CHECK(code_of((*store)->drop_slot(SlotKind::key_file)) == ErrorCode::last_slot);
  REQUIRE((*store)->put_slot(secrets.recovery()));
  REQUIRE((*store)->drop_slot(SlotKind::key_file));
  CHECK(code_of((*store)->drop_slot(SlotKind::recovery)) == ErrorCode::last_slot);
  REQUIRE((*store)->drop_slot(SlotKind::held));
  CHECK_FALSE((*store)->slot_kinds().held);
  store->reset();
  CHECK_FALSE(opens(home.path(), words(), env));
  CHECK_FALSE(opens(home.path(), secrets.key_file(), env));
  CHECK_FALSE(opens(home.path(), secrets.keyring(), env));
  CHECK(opens(home.path(), secrets.recovery(), env));
}

TEST_CASE("a dropped or replaced secret lives on in neither copy of the header") {
  TempHome home;
  FakeEnv env;
  const Secrets secrets;
  fill_store(home.path(), env);
  auto store = open_store(home.path(), env);
  REQUIRE(store);
  REQUIRE((*store)->put_slot(secrets.key_file()));
  const auto old = header_of(home.path()).slots;
  REQUIRE((*store)->put_slot(words("sneeuw")));
  REQUIRE((*store)->drop_slot(SlotKind::key_file));
  for (const auto& slots : slots_of_both_copies(home.path())) {
    CHECK(slots == header_of(home.path()).slots);
    for (std::size_t number = 0; number < kSlots; ++number) {
      if (kind_of(old.at(number)) != SlotKind::empty) CHECK(slots.at(number) != old.at(number));
    }
  }
}

TEST_CASE("an empty passphrase is refused and changes nothing") {
  TempHome home;
  FakeEnv env;
  fill_store(home.path(), env);
  auto store = open_store(home.path(), env);
  REQUIRE(store);
  const auto before = read_all(database_of(home.path()));
  CHECK(code_of((*store)->put_slot(words(""))) == ErrorCode::empty_text);
  CHECK(read_all(database_of(home.path())) == before);
}

TEST_CASE("slots of a later version are kept byte for byte, and are in nobody's way until all places are taken") {
  TempHome home;
  FakeEnv env;
  const Secrets secrets;
  fill_store(home.path(), env);
  put_unknown_slots(home.path(), 2);
  const auto theirs = header_of(home.path()).slots;
  auto store = open_store(home.path(), env);
  REQUIRE(store);
  REQUIRE((*store)->put_slot(secrets.recovery()));
  const auto before = read_all(database_of(home.path()));
  const auto full = (*store)->put_slot(secrets.key_file());
  CHECK(code_of(full) == ErrorCode::too_large);
  CHECK(read_all(database_of(home.path())) == before);
  REQUIRE((*store)->put_slot(words("sneeuw")));
  REQUIRE((*store)->drop_slot(SlotKind::recovery));
  REQUIRE((*store)->put_slot(secrets.key_file()));
  store->reset();
  CHECK(opens(home.path(), words("sneeuw"), env));
  CHECK(opens(home.path(), secrets.key_file(), env));
  const auto now = header_of(home.path()).slots;
  for (std::size_t number = 2; number < kSlots; ++number) CHECK(now.at(number) == theirs.at(number));
}

TEST_CASE("a new passphrase writes two header blocks and nothing else, however much the store holds") {
  for (const int notes : {1, 4000}) {
    TempHome home;
    FakeEnv env;
    FaultVfs disk;
    fill_store(home.path(), env, disk.name(), notes);
    auto store = open_with(home.path(), words(), env, disk.name());
    REQUIRE(store);
    // With frames in the log, and in the middle of a transaction.
    add_notes((*store)->writer(), 1, "in het logboek");
    REQUIRE((*store)->writer().execute("BEGIN IMMEDIATE; INSERT INTO note (text) VALUES ('half')"));
    std::vector<std::uint64_t> blocks;
    std::size_t others = 0;
    disk.on_event = [&](const FileEvent& event) {
      if (event.call == FileCall::sync) return;
      const bool is_block = event.call == FileCall::write && std::string(event.name).ends_with("store.kiem") &&
                            event.bytes.size() == kHeaderBlockBytes && event.at % kHeaderBlockBytes == 0 &&
                            event.at < kPagesAt;
      if (is_block) {
        blocks.push_back(event.at);
      } else {
        ++others;
      }
    };
    REQUIRE((*store)->put_slot(words("sneeuw")));
    disk.on_event = nullptr;
    CHECK(others == 0);
    REQUIRE(blocks.size() == 2);
    CHECK(blocks.front() != blocks.back());
    REQUIRE((*store)->writer().execute("COMMIT"));
    CHECK(count_rows((*store)->writer()) == notes + 2);
    const auto kib = std::filesystem::file_size(database_of(home.path())) / 1024;
    MESSAGE(kib << " KiB of store: 2 blocks of 4 KiB written");
  }
}

// X16: killed at every step. A failing write leaves its half behind.
TEST_CASE("a change of passphrase that fails at any call leaves exactly the old or the new one") {
  std::size_t failures = 0;
  std::size_t kept_old = 0;
  for (const bool for_good : {false, true}) {
    for (const int code : {kWriteFails, kSyncFails, kDiskFull}) {
      for (std::uint64_t n = 1;; ++n) {
        CAPTURE(for_good);
        CAPTURE(code);
        CAPTURE(n);
        REQUIRE(n < 50);
        TempHome home;
        FakeEnv env;
        FaultVfs disk;
        fill_store(home.path(), env, disk.name(), 3);
        auto store = open_with(home.path(), words(), env, disk.name());
        REQUIRE(store);
        const auto calls = code == kSyncFails ? FileCall::sync : FileCall::write;
        disk.fail({calls}, n, code, for_good);
        const auto changed = (*store)->put_slot(words("sneeuw"));
        const bool fired = disk.heal();
        CHECK(changed.has_value() != fired);
        if (!changed)
          CHECK(changed.error().code == (code == kDiskFull ? ErrorCode::disk_full : ErrorCode::disk_failed));
        if (!changed && code != kDiskFull) {
          // Memory and disk may disagree now: nothing more is written.
          CHECK(code_of((*store)->put_slot(words("hagel"))) == ErrorCode::store_closed);
        }
        store->reset();
        const bool old_opens = opens(home.path(), words(), env);
        const bool new_opens = opens(home.path(), words("sneeuw"), env);
        CHECK(old_opens != new_opens);
        if (!fired) CHECK(new_opens);
        const auto again = open_with(home.path(), old_opens ? words() : words("sneeuw"), env);
        REQUIRE(again);
        CHECK(count_rows((*again)->writer()) == 3);
        if (!fired) break;
        ++failures;
        kept_old += old_opens ? 1U : 0U;
      }
    }
  }
  MESSAGE("failures: " << failures << ", the old passphrase stays: " << kept_old);
  CHECK(failures >= 12);
  CHECK(kept_old > 0);
  CHECK(kept_old < failures);
}

TEST_CASE("a full disk that is mended lets a change that was refused be made, and then only that opens") {
  TempHome home;
  FakeEnv env;
  FaultVfs disk;
  fill_store(home.path(), env, disk.name(), 3);
  auto store = open_with(home.path(), words(), env, disk.name());
  REQUIRE(store);
  disk.fail({FileCall::write}, 2, kDiskFull);
  CHECK(code_of((*store)->put_slot(words("sneeuw"))) == ErrorCode::disk_full);
  CHECK(disk.heal());
  REQUIRE((*store)->put_slot(words("hagel")));
  store->reset();
  for (const auto& slots : slots_of_both_copies(home.path())) CHECK(slots == header_of(home.path()).slots);
  CHECK_FALSE(opens(home.path(), words(), env));
  CHECK_FALSE(opens(home.path(), words("sneeuw"), env));
  CHECK(opens(home.path(), words("hagel"), env));
}

// --- strength --------------------------------------------------------------------------------------------------------

namespace {

PwhashCost cost_in(const std::filesystem::path& home) {
  const auto slots = header_of(home).slots;
  const auto place = place_for(slots, SlotKind::passphrase);
  REQUIRE(place);
  return cost_of(slots.at(*place));
}

Opened open_costing(const std::filesystem::path& home, const Unlock& unlock, FakeEnv& env, PwhashCost cost,
                    const char* parent = nullptr) {
  auto options = cheap(parent);
  options.cost = cost;
  return Store::open(home, unlock, env.env(), options);
}

}  // namespace

TEST_CASE("new slots cost three passes and 256 MiB") { CHECK(StoreOptions().cost == PwhashCost{3, 256 * 1024}); }

TEST_CASE("a slot that costs less than new ones is made dearer when its passphrase opens it, and never cheaper") {
  TempHome home;
  FakeEnv env;
  const Secrets secrets;
  fill_store(home.path(), env);
  REQUIRE((*open_store(home.path(), env))->put_slot(secrets.recovery()));
  CHECK(cost_in(home.path()) == PwhashCost{1, 64});
  const auto recovery_slot = header_of(home.path()).slots[1];

  // Neither a wrong passphrase nor another secret changes it.
  CHECK_FALSE(open_costing(home.path(), words("hagel"), env, {2, 128}));
  CHECK(open_costing(home.path(), secrets.recovery(), env, {2, 128}));
  CHECK(cost_in(home.path()) == PwhashCost{1, 64});

  CHECK(open_costing(home.path(), words(), env, {2, 64}));
  CHECK(cost_in(home.path()) == PwhashCost{2, 64});
  CHECK(open_costing(home.path(), words(), env, {1, 128}));
  CHECK(cost_in(home.path()) == PwhashCost{2, 128});
  const auto before = header_of(home.path()).slots;
  CHECK(open_costing(home.path(), words(), env, {2, 128}));
  CHECK(open_costing(home.path(), words(), env, {1, 64}));
  CHECK(header_of(home.path()).slots == before);
  CHECK(before[1] == recovery_slot);
  CHECK(opens(home.path(), words(), env));
  CHECK(opens(home.path(), secrets.recovery(), env));
  CHECK(env.log.lines.empty());
}

TEST_CASE("a slot that cannot be made dearer opens the store all the same, and that is logged") {
  TempHome home;
  FakeEnv env;
  FaultVfs disk;
  fill_store(home.path(), env, disk.name(), 3);
  disk.fail({FileCall::write}, 1, kDiskFull);
  {
    const auto store = open_costing(home.path(), words(), env, {2, 128}, disk.name());
    CHECK(disk.heal());
    REQUIRE(store);
    CHECK(count_rows((*store)->writer()) == 3);
    REQUIRE(env.log.lines.size() == 1);
    CHECK(env.log.lines.front().find("stronger") != std::string::npos);
  }
  CHECK(cost_in(home.path()) == PwhashCost{1, 64});
  // More memory than there may be: refused before it is taken.
  const auto store = open_costing(home.path(), words(), env, {1, kPwhashMaxMemoryKib + 1});
  REQUIRE(store);
  // The write that failed has torn the other copy, which is told first.
  REQUIRE(env.log.lines.size() == 3);
  CHECK(env.log.lines.back().find("stronger") != std::string::npos);
}

// --- X14, X15 --------------------------------------------------------------------------------------------------------

namespace {

// Wrong in every way that a person, a script or a thief comes up with.
std::vector<std::string> wrong_passphrases(const std::string& right, std::size_t count) {
  std::vector<std::string> wrong{"",
                                 std::string(1, '\0'),
                                 right + std::string(1, '\0'),
                                 std::string(1, '\0') + right,
                                 right + "\n",
                                 right + "\r\n",
                                 right + " ",
                                 " " + right,
                                 right + right,
                                 std::string(1 << 20, 'a'),
                                 right + std::string((1 << 20) - right.size(), '\0'),
                                 "caf\xC3\xA9 en regen\xCC\x88",  // as one letter, and as letter and accent
                                 "cafe\xCC\x81 en regen",
                                 "\xFF\xFE\xFD",
                                 "\xEF\xBB\xBF" + right};
  SeededRng rng(14);
  while (wrong.size() < count) {
    std::string other = right;
    for (auto changes = rng.below(3) + 1; changes > 0; --changes) {
      const auto at = static_cast<std::size_t>(rng.below(other.size()));
      switch (rng.below(4)) {
        case 0:
          other[at] = static_cast<char>(other[at] ^ static_cast<char>(1U << rng.below(8)));
          break;
        case 1:
          other.erase(at, 1);
          break;
        case 2:
          other.insert(at, 1, static_cast<char>(rng.below(256)));
          break;
        default:
          std::swap(other[at], other[static_cast<std::size_t>(rng.below(other.size()))]);
      }
      if (other.empty()) other = "?";
    }
    if (other != right) wrong.push_back(std::move(other));
  }
  return wrong;
}

}  // namespace

TEST_CASE("a thousand wrong passphrases get one and the same answer and change no byte") {
  TempHome home;
  FakeEnv env;
  const std::string right = "caf\xC3\xA9 en regen";
  {
    const auto store = Store::create(home.path(), words(right), env.env(), cheap());
    REQUIRE(store);
    REQUIRE((*store)->put_slot(Secrets().recovery()));
  }
  const auto before = read_all(database_of(home.path()));
  const auto written = std::filesystem::last_write_time(database_of(home.path()));
  std::size_t refused = 0;
  for (const auto& wrong : wrong_passphrases(right, 1000)) {
    const auto store = Store::open(home.path(), words(wrong), env.env(), cheap());
    CAPTURE(wrong.substr(0, 100));
    REQUIRE_FALSE(store);
    const auto& error = store.error();
    refused += error.code == ErrorCode::no_slot_opens && error.fault == Fault::person && error.args.empty() ? 1U : 0U;
  }
  CHECK(refused == 1000);
  CHECK(read_all(database_of(home.path())) == before);
  CHECK(std::filesystem::last_write_time(database_of(home.path())) == written);
  CHECK_FALSE(std::filesystem::exists(log_of(home.path())));
  CHECK(env.log.lines.empty());
  CHECK(opens(home.path(), words(right), env));
}

TEST_CASE("the cost in a slot is believed within the cap only, and no memory is taken beyond it") {
  const auto peak_kib = [] {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
      if (line.starts_with("VmPeak:")) return std::stoll(line.substr(7));
    }
    return -1LL;
  };
  TempHome home;
  FakeEnv env;
  const Secrets secrets;
  fill_store(home.path(), env, nullptr, 3);
  REQUIRE((*open_store(home.path(), env))->put_slot(secrets.key_file()));
  const auto whole = read_all(database_of(home.path()));
  struct Case {
    PwhashCost cost;
    ErrorCode answer;
  };
  constexpr auto kMost = UINT32_MAX;
  const std::vector<Case> cases{{{0, 64}, ErrorCode::kdf_too_costly},
                                {{1, 0}, ErrorCode::kdf_too_costly},
                                {{0, 0}, ErrorCode::kdf_too_costly},
                                {{1, 7}, ErrorCode::kdf_too_costly},
                                {{1, 8}, ErrorCode::no_slot_opens},
                                {{2, 64}, ErrorCode::no_slot_opens},
                                {{1, 65}, ErrorCode::no_slot_opens},
                                {{kPwhashMaxPasses, 64}, ErrorCode::no_slot_opens},
                                {{kPwhashMaxPasses + 1, 64}, ErrorCode::kdf_too_costly},
                                {{kMost, 64}, ErrorCode::kdf_too_costly},
                                {{1, kPwhashMaxMemoryKib + 1}, ErrorCode::kdf_too_costly},
                                {{1, kMost}, ErrorCode::kdf_too_costly},
                                {{kMost, kMost}, ErrorCode::kdf_too_costly}};
  const auto before = peak_kib();
  REQUIRE(before > 0);
  for (const auto& each : cases) {
    CAPTURE(each.cost.passes);
    CAPTURE(each.cost.memory_kib);
    write_all(database_of(home.path()), whole);
    forge(home.path(), [&](auto block) { set_cost(block, 0, each.cost.passes, each.cost.memory_kib); });
    const auto forged = read_all(database_of(home.path()));
    CHECK(code_of(open_store(home.path(), env)) == each.answer);
    CHECK(read_all(database_of(home.path())) == forged);
    // It keeps no other secret out of its own slot; then the seal over the header tells that it was changed.
    CHECK(code_of(open_with(home.path(), secrets.key_file(), env)) == ErrorCode::header_damaged);
  }
  CHECK(peak_kib() - before < 256 * 1024);
}

// --- memory ----------------------------------------------------------------------------------------------------------

TEST_CASE("while a store is open its keys lie in guarded memory alone, and when it is closed nowhere") {
  if (!kCanScanMemory) return;
  TempHome home;
  FakeEnv env;
  const Secrets secrets;
  fill_store(home.path(), env, nullptr, 50);
  {
    auto store = open_store(home.path(), env);
    REQUIRE(store);
    REQUIRE((*store)->put_slot(secrets.recovery()));
  }
  std::vector<Sought> keys;
  {
    const auto opened = open_slots(header_of(home.path()), words());
    REQUIRE(opened);
    const auto key = opened->data_key.view();
    keys.emplace_back(key);
    for (const auto* tag : {"kiem.store.header.0", "kiem.store.page.0", "kiem.store.frame.0", "kiem.store.log.0"}) {
      keys.emplace_back(derive_key(key, tag).view());
    }
  }
  const Sought phrase(view(std::string_view("hagel op het dak, en niemand die het hoort")));
  for (const auto& key : keys) CHECK(key.count() == 0);
  {
    auto store = open_store(home.path(), env);
    REQUIRE(store);
    add_notes((*store)->writer(), 30, "x");
    REQUIRE((*store)->put_slot(secrets.key_file()));
    REQUIRE((*store)->writer().execute("PRAGMA wal_checkpoint(TRUNCATE)"));
    // One of each, and that one is found: the look is worth something.
    for (const auto& key : keys) CHECK(key.count() == 1);
  }
  for (const auto& key : keys) CHECK(key.count() == 0);
  // By the recovery code, and when nothing opens.
  CHECK(opens(home.path(), secrets.recovery(), env));
  CHECK_FALSE(opens(home.path(), words("hagel"), env));
  for (const auto& key : keys) CHECK(key.count() == 0);
  // The text above is the program's own; a passphrase in SecretBytes leaves nothing more behind.
  const auto texts = phrase.count();
  {
    SecretBytes typed = SecretBytes::copy_of(view(std::string_view("hagel op het dak, en niemand die het hoort")));
    CHECK(phrase.count() == texts + 1);
    auto store = open_store(home.path(), env);
    REQUIRE(store);
    REQUIRE((*store)->put_slot(Passphrase{std::move(typed)}));
  }
  CHECK(phrase.count() == texts);
}
