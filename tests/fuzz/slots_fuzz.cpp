// libFuzzer over key slots: eight slots as they lie in a header, tried with each kind of secret. Costs are cut to the
// least, except those beyond the caps, which must be refused before any memory is taken. What opens is the data key.
#include <array>

#include "core/store/key_slots.hpp"
#include "tests/fuzz/seeds.hpp"
#include "tests/support/fakes.hpp"

namespace {

using namespace kiem;

constexpr std::size_t kCostAt = 4;

std::vector<Unlock> secrets() {
  std::vector<Unlock> all;
  all.emplace_back(Passphrase{SecretBytes::copy_of(view("zon en regen"))});
  all.emplace_back(KeyFile{SecretBytes::copy_of(Bytes(kKeyFileBytes, 1))});
  all.emplace_back(RecoveryCode{SecretBytes::copy_of(Bytes(kRecoveryCodeBytes, 2))});
  all.emplace_back(HeldKey{SecretBytes::copy_of(Bytes(kHeldKeyBytes, 3))});
  return all;
}

const Bytes kDataKey(kDataKeyBytes, 0x77);

void make_cheap(Slot& slot) {
  const auto cost = cost_of(slot);
  if (cost.passes > kPwhashMaxPasses || cost.memory_kib > kPwhashMaxMemoryKib) return;
  const Bytes least{1, 0, 0, 0, 8, 0, 0, 0};
  if (cost.passes > 0 && cost.memory_kib >= 8) std::copy(least.begin(), least.end(), slot.begin() + kCostAt);
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* count, char*** arguments) {
  test::SeededRng rng(7);
  std::vector<Bytes> seeds;
  Bytes all;
  const auto slot_of = [&](const Unlock& secret, std::size_t number) {
    const auto slot = make_slot(secret, kDataKey, StoreId{}, number, {1, 8}, rng);
    KIEM_CHECK(slot.has_value());
    return to_bytes(*slot);
  };
  std::size_t number = 0;
  for (const auto& secret : secrets()) {
    seeds.push_back(slot_of(secret, 0));
    append(all, slot_of(secret, number++));
  }
  seeds.push_back(all);
  test::plant_seeds(*count, *arguments, seeds);
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  StoreHeader header;
  for (std::size_t number = 0; number < kSlots && (number + 1) * kSlotBytes <= size; ++number) {
    std::copy_n(data + number * kSlotBytes, kSlotBytes, header.slots[number].begin());
    make_cheap(header.slots[number]);
  }
  static const auto kSecrets = secrets();
  for (const auto& secret : kSecrets) {
    const auto opened = open_slots(header, secret);
    if (opened) {
      KIEM_CHECK(text_view(opened->data_key.view()) == text_view(kDataKey));
      KIEM_CHECK(kind_of(header.slots.at(opened->number)) == kind_of(secret));
    } else {
      const auto code = opened.error().code;
      KIEM_CHECK(code == ErrorCode::no_slot_opens || code == ErrorCode::kdf_too_costly);
    }
  }
  return 0;
}
