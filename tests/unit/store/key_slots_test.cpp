#include "core/store/key_slots.hpp"

#include <doctest/doctest.h>

#include "tests/unit/store/home.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

struct Slots {
  SeededRng rng{3};
  StoreHeader header;
  SecretBytes data_key = SecretBytes::random(kDataKeyBytes, rng);

  Slots() { rng.fill(header.id.bytes); }
  void put(std::size_t number, const Unlock& unlock) {
    auto slot = make_slot(unlock, data_key.view(), header.id, number, {1, 64}, rng);
    REQUIRE(slot);
    header.slots[number] = *slot;
  }
  bool opens(const Unlock& unlock) {
    const auto key = open_slots(header, unlock);
    return key && equal_secrets(key->view(), data_key.view());
  }
};

}  // namespace

TEST_CASE("every slot opens to the same data key with its own secret, wherever it stands") {
  Slots it;
  const auto file = SecretBytes::random(kKeyFileBytes, it.rng);
  it.put(0, words("een"));
  it.put(3, words("twee"));
  it.put(kSlots - 1, KeyFile{file.clone()});
  CHECK(it.opens(words("een")));
  CHECK(it.opens(words("twee")));
  CHECK(it.opens(KeyFile{file.clone()}));
  CHECK(code_of(open_slots(it.header, words("drie"))) == ErrorCode::no_slot_opens);
  CHECK(code_of(open_slots(it.header, KeyFile{SecretBytes::random(32, it.rng)})) == ErrorCode::no_slot_opens);
}

TEST_CASE("a store without slots opens with nothing") {
  Slots it;
  CHECK(code_of(open_slots(it.header, words(""))) == ErrorCode::no_slot_opens);
}

TEST_CASE("a slot belongs to its store and its place") {
  Slots it;
  it.put(1, words());
  auto moved = it.header;
  std::swap(moved.slots[1], moved.slots[2]);
  CHECK_FALSE(open_slots(moved, words()));
  auto other = it.header;
  other.id.bytes[0] ^= 1U;
  CHECK_FALSE(open_slots(other, words()));
  CHECK(it.opens(words()));
}

TEST_CASE("a flipped bit in a slot keeps it shut, and a cost beyond the cap is refused before memory is taken") {
  Slots it;
  it.put(0, words());
  std::size_t opened = 0;
  for (std::size_t i = 0; i < 104; ++i) {
    it.header.slots[0][i] ^= 0x80U;
    const auto key = open_slots(it.header, words());
    opened += key ? 1U : 0U;
    // The topmost bits of passes and memory ask for more than the cap.
    if (i == 7 || i == 11) CHECK(code_of(key) == ErrorCode::kdf_too_costly);
    it.header.slots[0][i] ^= 0x80U;
  }
  CHECK(opened == 0);
  CHECK(it.opens(words()));
}

TEST_CASE("one slot with an impossible cost does not keep another from opening") {
  Slots it;
  it.put(0, words("een"));
  it.put(1, words("twee"));
  it.header.slots[0][11] = 0xFF;
  CHECK(it.opens(words("twee")));
  CHECK(code_of(open_slots(it.header, words("drie"))) == ErrorCode::kdf_too_costly);
}

TEST_CASE("an empty passphrase makes no slot and opens none") {
  Slots it;
  const auto slot = make_slot(words(""), it.data_key.view(), it.header.id, 0, {1, 64}, it.rng);
  CHECK(code_of(slot) == ErrorCode::empty_text);
  it.put(0, words());
  CHECK(code_of(open_slots(it.header, words(""))) == ErrorCode::no_slot_opens);
}

TEST_CASE("making a slot at a cost beyond the cap fails before anything is made") {
  Slots it;
  CHECK(code_of(make_slot(words(), it.data_key.view(), it.header.id, 0, {1, kPwhashMaxMemoryKib + 1}, it.rng)) ==
        ErrorCode::kdf_too_costly);
}
