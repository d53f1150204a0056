// Key slots: one random data key, wrapped once for each secret that may open the store (FORMAT.md section 11).
//
// The data key never changes with a passphrase, so changing one writes the header and no page. A slot is sealed under
// a key from its secret, with the store id, the slot's number and its first 32 bytes (kind, cost, salt) as associated
// data. A secret is tried at slots of its own kind alone; slots of kinds that this version does not know are kept.
//
// A passphrase is bytes here, as they were typed: a letter written in two ways (NFC, NFD) gives two passphrases. Trying
// both would make each guess of a thief worth two, and keyboards of one system give one form.
// Free functions, any thread.
#pragma once

#include <optional>

#include "core/crypto/pwhash.hpp"
#include "core/store/header.hpp"
#include "core/store/store.hpp"

namespace kiem {

constexpr std::size_t kDataKeyBytes = 32;

using Slots = std::array<Slot, kSlots>;

// cost is that of the passphrase kind. A random secret that has not the length of its kind is a broken promise here.
// Fails: as pwhash does, and empty_text for an empty passphrase.
[[nodiscard]] Result<Slot> make_slot(const Unlock& unlock, ByteView data_key, const StoreId& store, std::size_t number,
                                     PwhashCost cost, Rng& rng);

struct OpenedSlot {
  SecretBytes data_key;
  std::size_t number = 0;
};
// The data key from the first slot that this secret opens. Fails: no_slot_opens, or what pwhash failed with when that
// kept a slot from being tried.
[[nodiscard]] Result<OpenedSlot> open_slots(const StoreHeader& header, const Unlock& unlock);

[[nodiscard]] SlotKind kind_of(const Slot& slot);
[[nodiscard]] SlotKind kind_of(const Unlock& unlock);
[[nodiscard]] SlotKinds kinds_of(const Slots& slots);
// What a passphrase slot costs to try, as it says itself.
[[nodiscard]] PwhashCost cost_of(const Slot& slot);

// Where a slot of this kind is to be put: over the first of its kind, else where none is; absent when all are taken.
[[nodiscard]] std::optional<std::size_t> place_for(const Slots& slots, SlotKind kind);
// Empties all slots of this kind.
void drop_kind(Slots& slots, SlotKind kind);

}  // namespace kiem
