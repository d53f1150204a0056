// Key slots: one random data key, wrapped once for each secret that may open the store (FORMAT.md section 11).
//
// The data key never changes with a passphrase, so changing one writes one header block and no page. A slot is sealed
// under a key from its secret, with the store id, the slot's number and its first 32 bytes (kind, cost, salt) as
// associated data. Free functions, any thread.
#pragma once

#include "core/crypto/pwhash.hpp"
#include "core/store/header.hpp"
#include "core/store/store.hpp"

namespace kiem {

enum class SlotKind : std::uint8_t {
  empty = 0,
  passphrase = 1,
  key_file = 2,
  // 3 recovery code and 4 desktop keyring are kept free.
};

constexpr std::size_t kKeyFileBytes = 32;
constexpr std::size_t kDataKeyBytes = 32;

// cost is that of the passphrase kind. A key file that is not kKeyFileBytes long is a broken promise here. Fails: as
// pwhash does, and empty_text for an empty passphrase.
[[nodiscard]] Result<Slot> make_slot(const Unlock& unlock, ByteView data_key, const StoreId& store, std::size_t number,
                                     PwhashCost cost, Rng& rng);

// The data key from the first slot that this secret opens. Fails: no_slot_opens, or what pwhash failed with when that
// kept a slot from being tried.
[[nodiscard]] Result<SecretBytes> open_slots(const StoreHeader& header, const Unlock& unlock);

[[nodiscard]] SlotKind kind_of(const Slot& slot);

}  // namespace kiem
