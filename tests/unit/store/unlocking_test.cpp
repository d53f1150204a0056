// What unlocking costs, what a wrong secret gets, and where keys lie in memory.
#include <doctest/doctest.h>

#include <fstream>

#include "tests/support/memory_scan.hpp"
#include "tests/unit/store/slots.hpp"

using namespace kiem;
using namespace kiem::test;

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
