#include "core/store/key_slots.hpp"

#include <algorithm>

#include "core/base/check.hpp"
#include "core/crypto/hash.hpp"

namespace kiem {
namespace {

constexpr std::size_t kPassesAt = 4;
constexpr std::size_t kMemoryAt = 8;
constexpr std::size_t kSaltAt = 16;
constexpr std::size_t kWrappedAt = kSaltAt + kPwhashSaltBytes;
constexpr std::size_t kWrappedBytes = kAeadNonceBytes + kDataKeyBytes + kAeadTagBytes;

void put(Slot& slot, std::size_t at, ByteView value) {
  std::copy(value.begin(), value.end(), slot.begin() + static_cast<std::ptrdiff_t>(at));
}

std::uint32_t little_endian_32(const Slot& slot, std::size_t at) {
  return std::uint32_t{slot[at]} | std::uint32_t{slot[at + 1]} << 8U | std::uint32_t{slot[at + 2]} << 16U |
         std::uint32_t{slot[at + 3]} << 24U;
}

SlotKind kind_for(const Unlock& unlock) {
  return std::holds_alternative<Passphrase>(unlock) ? SlotKind::passphrase : SlotKind::key_file;
}

// No slot is ever made for nothing.
bool is_empty_passphrase(const Unlock& unlock) {
  const auto* passphrase = std::get_if<Passphrase>(&unlock);
  return passphrase != nullptr && passphrase->words.empty();
}

// The key that wraps the data key in this slot.
Result<SecretBytes> wrapping_key(const Slot& slot, const Unlock& unlock) {
  const auto salt = ByteView(slot).subspan(kSaltAt, kPwhashSaltBytes);
  if (const auto* passphrase = std::get_if<Passphrase>(&unlock)) {
    return pwhash(passphrase->words, salt, {little_endian_32(slot, kPassesAt), little_endian_32(slot, kMemoryAt)});
  }
  auto hash = keyed_hash_of(std::get<KeyFile>(unlock).key.view(), "kiem.store.keyfile.0", {salt});
  auto key = SecretBytes::copy_of(view(hash));
  wipe(hash.bytes);
  return key;
}

Bytes associated_data(const Slot& slot, const StoreId& store, std::size_t number) {
  Bytes associated = to_bytes(view("kiem.store.slot.0"));
  append(associated, view(store));
  append(associated, le32(static_cast<std::uint32_t>(number)));
  append(associated, ByteView(slot).first(kWrappedAt));
  return associated;
}

}  // namespace

SlotKind kind_of(const Slot& slot) { return static_cast<SlotKind>(slot[0]); }

Result<Slot> make_slot(const Unlock& unlock, ByteView data_key, const StoreId& store, std::size_t number,
                       PwhashCost cost, Rng& rng) {
  KIEM_CHECK(data_key.size() == kDataKeyBytes && number < kSlots);
  if (is_empty_passphrase(unlock)) return fail(ErrorCode::empty_text, Fault::person, {"passphrase"});
  Slot slot{};
  slot[0] = static_cast<std::uint8_t>(kind_for(unlock));
  if (std::holds_alternative<Passphrase>(unlock)) {
    put(slot, kPassesAt, le32(cost.passes));
    put(slot, kMemoryAt, le32(cost.memory_kib));
  } else {
    KIEM_CHECK(std::get<KeyFile>(unlock).key.size() == kKeyFileBytes);
  }
  rng.fill(std::span<std::uint8_t>(slot).subspan(kSaltAt, kPwhashSaltBytes));
  KIEM_TRY_GET(const SecretBytes key, wrapping_key(slot, unlock));
  put(slot, kWrappedAt, aead_box(key.view(), associated_data(slot, store, number), data_key, rng));
  return slot;
}

Result<SecretBytes> open_slots(const StoreHeader& header, const Unlock& unlock) {
  Error refused{ErrorCode::no_slot_opens, Fault::person, {}};
  // A key file of another length was never one of ours: a wrong secret like any other.
  const auto* file = std::get_if<KeyFile>(&unlock);
  const bool wrong_length = file != nullptr && file->key.size() != kKeyFileBytes;
  if (wrong_length || is_empty_passphrase(unlock)) return tl::unexpected<Error>(std::move(refused));
  for (std::size_t number = 0; number < kSlots; ++number) {
    const auto& slot = header.slots[number];
    if (kind_of(slot) != kind_for(unlock)) continue;
    auto key = wrapping_key(slot, unlock);
    if (!key) {
      refused = std::move(key).error();
      continue;
    }
    auto data_key = aead_unbox(key->view(), associated_data(slot, header.id, number),
                               ByteView(slot).subspan(kWrappedAt, kWrappedBytes));
    if (data_key) return std::move(*data_key);
  }
  return tl::unexpected<Error>(std::move(refused));
}

}  // namespace kiem
