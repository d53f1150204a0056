#include "core/store/key_slots.hpp"

#include <doctest/doctest.h>

#include "tests/unit/store/home.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

struct SlotTable {
  SeededRng rng{3};
  StoreHeader header;
  SecretBytes data_key = SecretBytes::random(kDataKeyBytes, rng);

  SlotTable() { rng.fill(header.id.bytes); }
  void put(std::size_t number, const Unlock& unlock) {
    auto slot = make_slot(unlock, data_key.view(), header.id, number, {1, 64}, rng);
    REQUIRE(slot);
    header.slots[number] = *slot;
  }
  bool opens(const Unlock& unlock) {
    const auto key = open_slots(header, unlock);
    return key && equal_secrets(key->data_key.view(), data_key.view());
  }
};

}  // namespace

TEST_CASE("every slot opens to the same data key with its own secret, wherever it stands") {
  SlotTable it;
  const auto file = SecretBytes::random(kKeyFileBytes, it.rng);
  const auto held = SecretBytes::random(kHeldKeyBytes, it.rng);
  const auto code = SecretBytes::random(kRecoveryCodeBytes, it.rng);
  it.put(0, words("een"));
  it.put(2, RecoveryCode{code.clone()});
  it.put(3, words("twee"));
  it.put(4, HeldKey{held.clone()});
  it.put(kSlots - 1, KeyFile{file.clone()});
  CHECK(it.opens(words("een")));
  CHECK(it.opens(words("twee")));
  CHECK(it.opens(KeyFile{file.clone()}));
  CHECK(it.opens(RecoveryCode{code.clone()}));
  CHECK(it.opens(HeldKey{held.clone()}));
  CHECK(open_slots(it.header, HeldKey{held.clone()})->number == 4);
  CHECK(code_of(open_slots(it.header, words("drie"))) == ErrorCode::no_slot_opens);
  CHECK(code_of(open_slots(it.header, KeyFile{SecretBytes::random(32, it.rng)})) == ErrorCode::no_slot_opens);
  CHECK(code_of(open_slots(it.header, RecoveryCode{SecretBytes::random(16, it.rng)})) == ErrorCode::no_slot_opens);
  CHECK(code_of(open_slots(it.header, HeldKey{SecretBytes::random(32, it.rng)})) == ErrorCode::no_slot_opens);
}

TEST_CASE("the same bytes as another kind of secret open nothing, also in a slot that is called that kind") {
  SlotTable it;
  const auto key = SecretBytes::random(32, it.rng);
  it.put(0, KeyFile{key.clone()});
  CHECK_FALSE(it.opens(HeldKey{key.clone()}));
  CHECK_FALSE(it.opens(Passphrase{key.clone()}));
  it.header.slots[0][0] = static_cast<std::uint8_t>(SlotKind::held);
  CHECK_FALSE(it.opens(HeldKey{key.clone()}));
  CHECK_FALSE(it.opens(KeyFile{key.clone()}));
}

TEST_CASE("a random secret of another length than its kind has is a wrong one") {
  SlotTable it;
  it.put(0, KeyFile{SecretBytes::random(kKeyFileBytes, it.rng)});
  it.put(1, RecoveryCode{SecretBytes::random(kRecoveryCodeBytes, it.rng)});
  it.put(2, HeldKey{SecretBytes::random(kHeldKeyBytes, it.rng)});
  for (const std::size_t size : {0U, 1U, 15U, 16U, 17U, 31U, 32U, 33U, 64U, 65U}) {
    CHECK(code_of(open_slots(it.header, KeyFile{SecretBytes(size)})) == ErrorCode::no_slot_opens);
    CHECK(code_of(open_slots(it.header, RecoveryCode{SecretBytes(size)})) == ErrorCode::no_slot_opens);
    CHECK(code_of(open_slots(it.header, HeldKey{SecretBytes(size)})) == ErrorCode::no_slot_opens);
  }
}

TEST_CASE("a secret is put over the first slot of its kind, else where none is, else nowhere") {
  SlotTable it;
  it.put(1, words());
  it.put(3, RecoveryCode{SecretBytes::random(kRecoveryCodeBytes, it.rng)});
  CHECK(place_for(it.header.slots, SlotKind::passphrase) == 1);
  CHECK(place_for(it.header.slots, SlotKind::recovery) == 3);
  CHECK(place_for(it.header.slots, SlotKind::key_file) == 0);
  for (auto& slot : it.header.slots) {
    if (kind_of(slot) == SlotKind::empty) slot[0] = 200;
  }
  CHECK(place_for(it.header.slots, SlotKind::passphrase) == 1);
  CHECK_FALSE(place_for(it.header.slots, SlotKind::key_file));
  drop_kind(it.header.slots, SlotKind::passphrase);
  CHECK(it.header.slots[1] == Slot{});
  CHECK(kind_of(it.header.slots[0]) == static_cast<SlotKind>(200));
  const auto kinds = kinds_of(it.header.slots);
  CHECK(kinds.recovery);
  CHECK_FALSE(kinds.passphrase);
  CHECK_FALSE(kinds.key_file);
  CHECK_FALSE(kinds.held);
}

TEST_CASE("a store without slots opens with nothing") {
  SlotTable it;
  CHECK(code_of(open_slots(it.header, words(""))) == ErrorCode::no_slot_opens);
}

TEST_CASE("a slot belongs to its store and its place") {
  SlotTable it;
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
  SlotTable it;
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
  SlotTable it;
  it.put(0, words("een"));
  it.put(1, words("twee"));
  it.header.slots[0][11] = 0xFF;
  CHECK(it.opens(words("twee")));
  CHECK(code_of(open_slots(it.header, words("drie"))) == ErrorCode::kdf_too_costly);
}

TEST_CASE("an empty passphrase makes no slot and opens none") {
  SlotTable it;
  const auto slot = make_slot(words(""), it.data_key.view(), it.header.id, 0, {1, 64}, it.rng);
  CHECK(code_of(slot) == ErrorCode::empty_text);
  it.put(0, words());
  CHECK(code_of(open_slots(it.header, words(""))) == ErrorCode::no_slot_opens);
}

TEST_CASE("making a slot at a cost beyond the cap fails before anything is made") {
  SlotTable it;
  CHECK(code_of(make_slot(words(), it.data_key.view(), it.header.id, 0, {1, kPwhashMaxMemoryKib + 1}, it.rng)) ==
        ErrorCode::kdf_too_costly);
}
