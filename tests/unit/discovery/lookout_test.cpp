#include "sync/discovery/lookout.hpp"

#include <doctest/doctest.h>

#include "sync/discovery/beacon.hpp"
#include "tests/support/fakes.hpp"

namespace kiem::test {
namespace {

SpaceId space_of(std::uint8_t number) {
  SpaceId space;
  space.bytes.fill(number);
  return space;
}
SecretBytes key_of(std::uint8_t number) { return SecretBytes::copy_of(Bytes(32, number)); }
BoxPublicKey transport_of(std::uint8_t number) {
  BoxPublicKey key;
  key.bytes.fill(number);
  return key;
}

// keys: the newest first.
DiscoveryKeys initiative(std::uint8_t number, std::initializer_list<std::uint8_t> keys) {
  DiscoveryKeys made{space_of(number), {}};
  for (const std::uint8_t key : keys) made.keys.push_back(key_of(key));
  return made;
}
std::vector<DiscoveryKeys> just(DiscoveryKeys one) {
  std::vector<DiscoveryKeys> all;
  all.push_back(std::move(one));
  return all;
}

struct Laptop {
  explicit Laptop(std::uint8_t number) : rng(number), lookout(transport_of(number), rng) { lookout.let_in_at(7'000); }
  Bytes beacon(std::uint64_t now_ms) {
    lookout.look(now_ms);
    auto bytes = lookout.next_beacon(now_ms);
    REQUIRE(bytes.has_value());
    return *std::move(bytes);
  }
  SeededRng rng;
  Lookout lookout;
};

TEST_CASE("two of one initiative see each other, a third of another one sees nobody") {
  Laptop noor(1);
  Laptop piet(2);
  Laptop ria(3);
  noor.lookout.know(just(initiative(1, {10})));
  piet.lookout.know(just(initiative(1, {10})));
  ria.lookout.know(just(initiative(2, {20})));
  const auto seen = piet.lookout.hear(noor.beacon(0), "10.0.0.1", 0);
  REQUIRE(seen.has_value());
  CHECK(seen->key == transport_of(1));
  CHECK(seen->address == Endpoint{"10.0.0.1", 7'000});
  CHECK(seen->newest);
  CHECK_FALSE(seen->by_code);
  REQUIRE(piet.lookout.seen(0).size() == 1);
  CHECK(piet.lookout.seen(0).front().spaces == std::vector{space_of(1)});

  CHECK_FALSE(ria.lookout.hear(noor.beacon(0), "10.0.0.1", 0).has_value());
  CHECK(ria.lookout.seen(0).empty());
  CHECK(ria.lookout.tally().foreign == 1);
}

TEST_CASE("what is sealed under an older key is heard and said to be so; what is older than four is not") {
  Laptop noor(1);
  Laptop piet(2);
  piet.lookout.know(just(initiative(1, {15, 14, 13, 12})));
  const auto heard = [&](std::uint8_t key) {
    noor.lookout.know(just(initiative(1, {key})));
    return piet.lookout.hear(noor.beacon(0), "10.0.0.1", 0);
  };
  CHECK(heard(15)->newest);
  CHECK_FALSE(heard(14)->newest);
  CHECK_FALSE(heard(12)->newest);
  CHECK_FALSE(heard(11).has_value());
}

TEST_CASE("a laptop that lets nobody in is seen and not called; its question is answered all the same") {
  Laptop noor(1);
  Laptop piet(2);
  for (Laptop* const each : {&noor, &piet}) each->lookout.know(just(initiative(1, {10})));
  noor.lookout.let_in_at(0);
  CHECK_FALSE(piet.lookout.next_ms().has_value());
  CHECK_FALSE(piet.lookout.hear(noor.beacon(0), "10.0.0.1", 0).has_value());
  CHECK(piet.lookout.seen(0).size() == 1);
  REQUIRE(piet.lookout.next_ms().has_value());
  CHECK(*piet.lookout.next_ms() < BeaconSchedule::kAnswerWithinMs);
  // A beacon that answers asks nobody.
  const auto answer = piet.lookout.next_beacon(*piet.lookout.next_ms());
  REQUIRE(answer.has_value());
  CHECK(noor.lookout.hear(*answer, "10.0.0.2", 600).has_value());
}

TEST_CASE("what no key opens is never answered") {
  Laptop piet(2);
  piet.lookout.know(just(initiative(1, {10})));
  SeededRng rng(9);
  for (int i = 0; i < 3; ++i) {
    Bytes noise(kBeaconBytes);
    rng.fill(noise);
    CHECK_FALSE(piet.lookout.hear(noise, "10.0.0.9", 0).has_value());
  }
  CHECK_FALSE(piet.lookout.next_ms().has_value());
  CHECK(piet.lookout.tally().foreign == 3);
}

TEST_CASE("the own beacon that comes back is counted and nothing else") {
  Laptop noor(1);
  noor.lookout.know(just(initiative(1, {10})));
  const Bytes beacon = noor.beacon(0);
  CHECK_FALSE(noor.lookout.hear(beacon, "10.0.0.1", 0).has_value());
  CHECK(noor.lookout.tally().own == 1);
  CHECK(noor.lookout.tally().sent == 1);
  CHECK(noor.lookout.seen(0).empty());
}

TEST_CASE("a beacon that was heard is not believed a second time, from wherever it comes") {
  Laptop noor(1);
  Laptop piet(2);
  for (Laptop* const each : {&noor, &piet}) each->lookout.know(just(initiative(1, {10})));
  const Bytes beacon = noor.beacon(0);
  CHECK(piet.lookout.hear(beacon, "10.0.0.1", 0).has_value());
  CHECK_FALSE(piet.lookout.hear(beacon, "10.0.0.66", 60'000).has_value());
  CHECK(piet.lookout.seen(60'000).front().address.host == "10.0.0.1");
}

TEST_CASE("of one host five a second are looked at, of all together two hundred") {
  Laptop noor(1);
  Laptop piet(2);
  for (Laptop* const each : {&noor, &piet}) each->lookout.know(just(initiative(1, {10})));
  int taken = 0;
  for (int i = 0; i < 20; ++i) taken += piet.lookout.hear(noor.beacon(0), "10.0.0.1", 500).has_value() ? 1 : 0;
  CHECK(taken == 5);
  // Another host has its own turn, and the same one in the next second.
  CHECK(piet.lookout.hear(noor.beacon(0), "10.0.0.2", 500).has_value());
  CHECK(piet.lookout.hear(noor.beacon(0), "10.0.0.1", 1'000).has_value());
  taken = 0;
  for (int host = 0; host < 300; ++host) {
    taken += piet.lookout.hear(noor.beacon(0), "10.1.0." + std::to_string(host), 2'000).has_value() ? 1 : 0;
  }
  CHECK(taken == 200);
}

TEST_CASE("who was last heard two minutes ago has gone, and no more than 64 are remembered") {
  Laptop noor(1);
  Laptop piet(2);
  for (Laptop* const each : {&noor, &piet}) each->lookout.know(just(initiative(1, {10})));
  REQUIRE(piet.lookout.hear(noor.beacon(0), "10.0.0.1", 0).has_value());
  CHECK(piet.lookout.seen(119'999).size() == 1);
  CHECK(piet.lookout.seen(120'000).empty());
  for (std::uint8_t number = 100; number < 200; ++number) {
    Laptop one(number);
    one.lookout.know(just(initiative(1, {10})));
    REQUIRE(piet.lookout.hear(one.beacon(0), "10.0.1." + std::to_string(number), 1'000).has_value());
  }
  CHECK(piet.lookout.seen(1'000).size() == Lookout::kMaxSeen);
  CHECK(piet.lookout.seen(1'000).front().key == transport_of(199));
}

TEST_CASE("in more initiatives than there are slots all of them get their turn") {
  Laptop noor(1);
  std::vector<DiscoveryKeys> many;
  for (std::uint8_t i = 1; i <= 12; ++i) many.push_back(initiative(i, {i}));
  noor.lookout.know(std::move(many));
  std::vector<int> heard(13, 0);
  for (int turn = 0; turn < 60; ++turn) {
    const Bytes beacon = noor.beacon(0);
    std::size_t opened = 0;
    for (std::uint8_t i = 1; i <= 12; ++i) {
      const SecretBytes key = key_of(i);
      const std::array<ByteView, 1> keys{key.view()};
      if (read_beacon(beacon, keys).empty()) continue;
      ++opened;
      ++heard[i];
    }
    CHECK(opened == kBeaconSlots);
  }
  for (std::uint8_t i = 1; i <= 12; ++i) CHECK(heard[i] > 20);
}

TEST_CASE("without an initiative nothing is sent; under a pairing code one is found by whoever has it") {
  Laptop noor(1);
  Laptop new_one(2);
  noor.lookout.look(0);
  CHECK_FALSE(noor.lookout.next_beacon(0).has_value());
  noor.lookout.know(just(initiative(1, {10})));
  noor.lookout.pair_under(key_of(77));
  new_one.lookout.pair_under(key_of(77));
  const auto found = new_one.lookout.hear(noor.beacon(0), "10.0.0.1", 0);
  REQUIRE(found.has_value());
  CHECK(found->by_code);
  CHECK_FALSE(found->newest);
  // It is in no initiative with anybody here.
  CHECK(new_one.lookout.seen(0).empty());
  new_one.lookout.pair_under({});
  CHECK_FALSE(new_one.lookout.hear(noor.beacon(0), "10.0.0.1", 0).has_value());
}

TEST_CASE("who joins contents of two laptops in one beacon is one of them at most") {
  Laptop piet(2);
  std::vector<DiscoveryKeys> two;
  two.push_back(initiative(1, {10}));
  two.push_back(initiative(2, {20}));
  piet.lookout.know(std::move(two));
  SeededRng rng(8);
  const SecretBytes first = key_of(10);
  const SecretBytes second = key_of(20);
  const std::array<ByteView, 1> one{first.view()};
  Bytes beacon = write_beacon({transport_of(5), 1, false}, one, rng);
  // Another slot of the same datagram, sealed under the other key.
  const std::span<std::uint8_t> all(beacon);
  std::size_t free_slot = 0;
  for (std::size_t place = 0; place < kBeaconSlots; ++place) {
    Bytes broken = beacon;
    broken[kAeadNonceBytes + place * kBeaconSlotBytes] ^= 1;
    if (!read_beacon(broken, one).empty()) free_slot = place;
  }
  Bytes content(kBeaconContentBytes, 6);
  content[0] = 0;
  content[1] = 0;
  Bytes bound = to_bytes(view("kiem.beacon.0"));
  bound.push_back(static_cast<std::uint8_t>(free_slot));
  const auto slot = all.subspan(kAeadNonceBytes + free_slot * kBeaconSlotBytes, kBeaconSlotBytes);
  aead_seal(second.view(), all.first(kAeadNonceBytes), bound, content, slot.first(kBeaconContentBytes),
            slot.subspan(kBeaconContentBytes));
  REQUIRE(piet.lookout.hear(beacon, "10.0.0.5", 0).has_value());
  REQUIRE(piet.lookout.seen(0).size() == 1);
  CHECK(piet.lookout.seen(0).front().spaces.size() == 1);
}

}  // namespace
}  // namespace kiem::test
