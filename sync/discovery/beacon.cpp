#include "sync/discovery/beacon.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include "core/base/check.hpp"

namespace kiem {
namespace {

constexpr std::string_view kTagBeacon = "kiem.beacon.0";
constexpr std::uint8_t kVersion = 0;
constexpr std::uint8_t kAsks = 1;

using Content = std::array<std::uint8_t, kBeaconContentBytes>;

// A slot that was moved to another place does not open.
Bytes associated(std::size_t slot) {
  Bytes bytes = to_bytes(view(kTagBeacon));
  bytes.push_back(static_cast<std::uint8_t>(slot));
  return bytes;
}

Content write_content(const BeaconContent& content) {
  Content bytes{};
  bytes[0] = kVersion;
  bytes[1] = content.asks ? kAsks : 0;
  bytes[2] = static_cast<std::uint8_t>(content.port & 0xFFU);
  bytes[3] = static_cast<std::uint8_t>(content.port >> 8U);
  std::copy(content.key.bytes.begin(), content.key.bytes.end(), bytes.begin() + 4);
  return bytes;
}

std::optional<BeaconContent> read_content(const Content& bytes) {
  if (bytes[0] != kVersion || (bytes[1] & ~kAsks) != 0) return std::nullopt;
  BeaconContent content;
  content.asks = bytes[1] == kAsks;
  content.port = static_cast<std::uint16_t>(bytes[2] | (bytes[3] << 8U));
  std::copy(bytes.begin() + 4, bytes.end(), content.key.bytes.begin());
  return content;
}

// 16 bits a lot, of at most 8 places: the bias is below 1 in 8000.
std::array<std::size_t, kBeaconSlots> slots_by_lot(Rng& rng) {
  std::array<std::size_t, kBeaconSlots> slots{};
  std::iota(slots.begin(), slots.end(), 0);
  std::array<std::uint8_t, kBeaconSlots * 2> lots{};
  rng.fill(lots);
  for (std::size_t i = kBeaconSlots; i > 1; --i) {
    const std::size_t drawn = static_cast<std::size_t>(lots[2 * i - 2] << 8U | lots[2 * i - 1]) % i;
    std::swap(slots[i - 1], slots[drawn]);
  }
  return slots;
}

}  // namespace

Bytes write_beacon(const BeaconContent& content, std::span<const ByteView> keys, Rng& rng) {
  KIEM_CHECK(keys.size() <= kBeaconSlots);
  Bytes bytes(kBeaconBytes);
  rng.fill(bytes);
  const std::span<std::uint8_t> all(bytes);
  const auto slots = slots_by_lot(rng);
  const Content plain = write_content(content);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const auto slot = all.subspan(kAeadNonceBytes + slots[i] * kBeaconSlotBytes, kBeaconSlotBytes);
    aead_seal(keys[i], all.first(kAeadNonceBytes), associated(slots[i]), plain, slot.first(kBeaconContentBytes),
              slot.subspan(kBeaconContentBytes));
  }
  return bytes;
}

std::vector<HeardSlot> read_beacon(ByteView bytes, std::span<const ByteView> keys) {
  std::vector<HeardSlot> opened;
  if (bytes.size() != kBeaconBytes) return opened;
  const ByteView nonce = bytes.first(kAeadNonceBytes);
  for (std::size_t place = 0; place < kBeaconSlots; ++place) {
    const ByteView slot = bytes.subspan(kAeadNonceBytes + place * kBeaconSlotBytes, kBeaconSlotBytes);
    const Bytes bound = associated(place);
    for (std::size_t key = 0; key < keys.size(); ++key) {
      Content plain{};
      if (!aead_open(keys[key], nonce, bound, slot.first(kBeaconContentBytes), slot.subspan(kBeaconContentBytes),
                     plain)) {
        continue;
      }
      if (const auto content = read_content(plain)) opened.push_back({key, *content});
      break;
    }
  }
  return opened;
}

}  // namespace kiem
