#include "sync/discovery/beacon.hpp"

#include <doctest/doctest.h>

#include "tests/support/fakes.hpp"

namespace kiem::test {
namespace {

struct Keys {
  explicit Keys(std::size_t count, SeededRng& rng) {
    for (std::size_t i = 0; i < count; ++i) {
      held.emplace_back(32);
      rng.fill(held.back());
      views.emplace_back(held.back());
    }
  }
  std::vector<Bytes> held;
  std::vector<ByteView> views;
};

BeaconContent some_content(SeededRng& rng) {
  BeaconContent content;
  rng.fill(content.key.bytes);
  content.port = static_cast<std::uint16_t>(rng.below(65'536));
  content.asks = rng.chance(50);
  return content;
}

TEST_CASE("a beacon says the same to every key that it was sealed under, and nothing to any other") {
  SeededRng rng(1);
  for (std::size_t count = 0; count <= kBeaconSlots; ++count) {
    const Keys keys(count, rng);
    const Keys others(4, rng);
    const BeaconContent content = some_content(rng);
    const Bytes beacon = write_beacon(content, keys.views, rng);
    CHECK(beacon.size() == kBeaconBytes);
    const auto opened = read_beacon(beacon, keys.views);
    CHECK(opened.size() == count);
    std::vector<bool> told(count, false);
    for (const HeardSlot& slot : opened) {
      CHECK(slot.content == content);
      told[slot.key] = true;
    }
    CHECK(std::count(told.begin(), told.end(), true) == static_cast<std::ptrdiff_t>(count));
    CHECK(read_beacon(beacon, others.views).empty());
  }
}

TEST_CASE("every bit of a slot is sealed, and so is the place it stands in") {
  SeededRng rng(2);
  const Keys keys(1, rng);
  const Bytes beacon = write_beacon(some_content(rng), keys.views, rng);
  std::size_t sensitive = 0;
  for (std::size_t bit = 0; bit < beacon.size() * 8; ++bit) {
    Bytes changed = beacon;
    changed[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    if (read_beacon(changed, keys.views).empty()) ++sensitive;
  }
  // The nonce and the one slot; the others hold what nobody reads.
  CHECK(sensitive == (kAeadNonceBytes + kBeaconSlotBytes) * 8);

  Bytes turned = beacon;
  std::rotate(turned.begin() + kAeadNonceBytes, turned.begin() + kAeadNonceBytes + kBeaconSlotBytes, turned.end());
  CHECK(read_beacon(turned, keys.views).empty());
}

TEST_CASE("another length is no beacon: empty, one byte, one short, one more, two of them") {
  SeededRng rng(3);
  const Keys keys(1, rng);
  const Bytes beacon = write_beacon(some_content(rng), keys.views, rng);
  for (const std::size_t length :
       {std::size_t{0}, std::size_t{1}, kBeaconBytes - 1, kBeaconBytes + 1, 2 * kBeaconBytes}) {
    Bytes other = beacon;
    other.resize(length);
    CHECK(read_beacon(other, keys.views).empty());
  }
  CHECK(read_beacon(beacon, {}).empty());
}

TEST_CASE("a content of a later version, or with a flag that is not known, is for somebody else") {
  SeededRng rng(4);
  const Keys keys(1, rng);
  const auto sealed = [&](std::uint8_t version, std::uint8_t flags) {
    Bytes beacon = write_beacon({}, {}, rng);
    const std::span<std::uint8_t> all(beacon);
    Bytes content(kBeaconContentBytes, 0);
    content[0] = version;
    content[1] = flags;
    Bytes bound = to_bytes(view("kiem.beacon.0"));
    bound.push_back(3);
    const auto slot = all.subspan(kAeadNonceBytes + 3 * kBeaconSlotBytes, kBeaconSlotBytes);
    aead_seal(keys.views[0], all.first(kAeadNonceBytes), bound, content, slot.first(kBeaconContentBytes),
              slot.subspan(kBeaconContentBytes));
    return read_beacon(beacon, keys.views).size();
  };
  CHECK(sealed(0, 0) == 1);
  CHECK(sealed(0, 1) == 1);
  CHECK(sealed(1, 0) == 0);
  CHECK(sealed(0, 2) == 0);
  CHECK(sealed(0, 0x81) == 0);
}

// Of two beacons of one laptop a stranger sees as many equal bytes as of any two random texts: one in 256 of them, and
// at no place more often than elsewhere.
TEST_CASE("two beacons with one content have no more bytes in common than chance gives") {
  constexpr std::uint64_t kPairs = 4'000;
  SeededRng rng(5);
  const Keys keys(3, rng);
  const BeaconContent content = some_content(rng);
  std::vector<std::uint64_t> same(kBeaconBytes, 0);
  std::array<std::uint64_t, 256> values{};
  Bytes before = write_beacon(content, keys.views, rng);
  for (std::uint64_t pair = 0; pair < kPairs; ++pair) {
    const Bytes now = write_beacon(content, keys.views, rng);
    for (std::size_t i = 0; i < kBeaconBytes; ++i) {
      if (now[i] == before[i]) ++same[i];
      ++values[now[i]];
    }
    before = now;
  }
  std::uint64_t all = 0;
  std::uint64_t most = 0;
  for (const std::uint64_t each : same) {
    all += each;
    most = std::max(most, each);
  }
  // Binomial: 1 in 256 of 1 760 000, six standard deviations (83) around it; at one place 15.6, and nowhere 45.
  CHECK(all > 6'875 - 498);
  CHECK(all < 6'875 + 498);
  CHECK(most < 45);
  // And no value of a byte is rarer or more frequent: 6 875 of each, six standard deviations.
  for (const std::uint64_t each : values) {
    CHECK(each > 6'875 - 498);
    CHECK(each < 6'875 + 498);
  }
}

TEST_CASE("which slot a beacon uses is by lot") {
  SeededRng rng(6);
  const Keys keys(1, rng);
  std::array<int, kBeaconSlots> used{};
  for (int i = 0; i < 8'000; ++i) {
    const Bytes beacon = write_beacon({}, keys.views, rng);
    for (std::size_t place = 0; place < kBeaconSlots; ++place) {
      Bytes broken = beacon;
      broken[kAeadNonceBytes + place * kBeaconSlotBytes] ^= 1;
      if (read_beacon(broken, keys.views).empty()) ++used[place];
    }
  }
  for (const int each : used) {
    CHECK(each > 820);
    CHECK(each < 1'180);
  }
}

}  // namespace
}  // namespace kiem::test
