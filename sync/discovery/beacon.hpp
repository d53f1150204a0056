// The datagram by which devices of one initiative find each other (sync/PROTOCOL.md section 13;
// tests/vectors/beacon.json).
//
//   beacon  = nonce (24) || kBeaconSlots slots
//   slot    = content sealed under one key, or as many random bytes
//   content = version (1) || flags (1) || port (2, little-endian) || transport key (32)
//
// All of it looks random to who has no key, and its length never changes: nobody else learns a name, a key, in how many
// initiatives its sender is, or that two beacons are of one laptop. Free functions; any thread.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/base/env.hpp"
#include "core/crypto/aead.hpp"
#include "core/crypto/keys.hpp"

namespace kiem {

inline constexpr std::size_t kBeaconSlots = 8;
inline constexpr std::size_t kBeaconContentBytes = 1 + 1 + 2 + BoxPublicKey::kSize;
inline constexpr std::size_t kBeaconSlotBytes = kBeaconContentBytes + kAeadTagBytes;
inline constexpr std::size_t kBeaconBytes = kAeadNonceBytes + kBeaconSlots * kBeaconSlotBytes;

struct BeaconContent {
  BoxPublicKey key;        // of the sender's links
  std::uint16_t port = 0;  // where it lets peers in, at the address it sent from; 0: nowhere
  bool asks = false;       // whoever hears it is to send one too
  bool operator==(const BeaconContent&) const = default;
};

// Seals the content under each of the keys (32 bytes each), in slots by lot. More keys than slots are a broken promise.
[[nodiscard]] Bytes write_beacon(const BeaconContent& content, std::span<const ByteView> keys, Rng& rng);

struct HeardSlot {
  std::size_t key = 0;  // which of the keys that were tried
  BeaconContent content;
};
// The slots that one of the keys opens, at most one a slot; empty for whatever is not for them: another length, other
// keys, or a content that no write_beacon of this version makes.
[[nodiscard]] std::vector<HeardSlot> read_beacon(ByteView bytes, std::span<const ByteView> keys);

}  // namespace kiem
