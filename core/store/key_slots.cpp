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

// A secret of random bytes and the tag that tells its kind from the others.
struct RandomSecret {
  const SecretBytes& bytes;
  std::size_t length;  // of its kind
  std::string_view tag;
};

// Not for a passphrase.
RandomSecret random_secret(const Unlock& unlock) {
  if (const auto* file = std::get_if<KeyFile>(&unlock)) return {file->key, kKeyFileBytes, "kiem.store.keyfile.0"};
  if (const auto* code = std::get_if<RecoveryCode>(&unlock)) {
    return {code->bits, kRecoveryCodeBytes, "kiem.store.recovery.0"};
  }
  return {std::get<HeldKey>(unlock).key, kHeldKeyBytes, "kiem.store.held.0"};
}

// The key that wraps the data key in this slot.
Result<SecretBytes> wrapping_key(const Slot& slot, const Unlock& unlock) {
  const auto salt = ByteView(slot).subspan(kSaltAt, kPwhashSaltBytes);
  if (const auto* passphrase = std::get_if<Passphrase>(&unlock)) {
    return pwhash(passphrase->words, salt, cost_of(slot));
  }
  // No slow derivation: nobody guesses 16 random bytes.
  const RandomSecret secret = random_secret(unlock);
  auto hash = keyed_hash_of(secret.bytes.view(), secret.tag, {salt});
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

// No slot is ever made for such a secret: a wrong one like any other.
bool was_never_ours(const Unlock& unlock) {
  if (const auto* passphrase = std::get_if<Passphrase>(&unlock)) return passphrase->words.empty();
  const RandomSecret secret = random_secret(unlock);
  return secret.bytes.size() != secret.length;
}

}  // namespace

SlotKind kind_of(const Slot& slot) { return static_cast<SlotKind>(slot[0]); }

SlotKind kind_of(const Unlock& unlock) {
  if (std::holds_alternative<Passphrase>(unlock)) return SlotKind::passphrase;
  if (std::holds_alternative<KeyFile>(unlock)) return SlotKind::key_file;
  return std::holds_alternative<RecoveryCode>(unlock) ? SlotKind::recovery : SlotKind::held;
}

SlotKinds kinds_of(const Slots& slots) {
  const auto has = [&slots](SlotKind kind) {
    return std::ranges::any_of(slots, [kind](const Slot& slot) { return kind_of(slot) == kind; });
  };
  return {has(SlotKind::passphrase), has(SlotKind::key_file), has(SlotKind::recovery), has(SlotKind::held)};
}

PwhashCost cost_of(const Slot& slot) { return {little_endian_32(slot, kPassesAt), little_endian_32(slot, kMemoryAt)}; }

std::optional<std::size_t> place_for(const Slots& slots, SlotKind kind) {
  for (const auto wanted : {kind, SlotKind::empty}) {
    const auto found = std::ranges::find(slots, wanted, [](const Slot& slot) { return kind_of(slot); });
    if (found != slots.end()) return static_cast<std::size_t>(found - slots.begin());
  }
  return std::nullopt;
}

void drop_kind(Slots& slots, SlotKind kind) {
  for (auto& slot : slots) {
    if (kind_of(slot) == kind) slot = Slot{};
  }
}

Result<Slot> make_slot(const Unlock& unlock, ByteView data_key, const StoreId& store, std::size_t number,
                       PwhashCost cost, Rng& rng) {
  KIEM_CHECK(data_key.size() == kDataKeyBytes && number < kSlots);
  Slot slot{};
  slot[0] = static_cast<std::uint8_t>(kind_of(unlock));
  if (const auto* passphrase = std::get_if<Passphrase>(&unlock)) {
    if (passphrase->words.empty()) return fail(ErrorCode::empty_text, Fault::person, {"passphrase"});
    put(slot, kPassesAt, le32(cost.passes));
    put(slot, kMemoryAt, le32(cost.memory_kib));
  } else {
    const RandomSecret secret = random_secret(unlock);
    KIEM_CHECK(secret.bytes.size() == secret.length);
  }
  rng.fill(std::span<std::uint8_t>(slot).subspan(kSaltAt, kPwhashSaltBytes));
  KIEM_TRY_GET(const SecretBytes key, wrapping_key(slot, unlock));
  put(slot, kWrappedAt, aead_box(key.view(), associated_data(slot, store, number), data_key, rng));
  return slot;
}

Result<OpenedSlot> open_slots(const StoreHeader& header, const Unlock& unlock) {
  Error refused{ErrorCode::no_slot_opens, Fault::person, {}};
  if (was_never_ours(unlock)) return tl::unexpected<Error>(std::move(refused));
  for (std::size_t number = 0; number < kSlots; ++number) {
    const auto& slot = header.slots[number];
    if (kind_of(slot) != kind_of(unlock)) continue;
    auto key = wrapping_key(slot, unlock);
    if (!key) {
      refused = std::move(key).error();
      continue;
    }
    auto data_key = aead_unbox(key->view(), associated_data(slot, header.id, number),
                               ByteView(slot).subspan(kWrappedAt, kWrappedBytes));
    if (data_key) return OpenedSlot{std::move(*data_key), number};
  }
  return tl::unexpected<Error>(std::move(refused));
}

}  // namespace kiem
