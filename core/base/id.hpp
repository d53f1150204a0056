// Strong identifiers.
//
// Every noun of the engine that is named by a hash has a type of its own over the same 32 bytes, so that a device can
// never be passed where a person is meant. There is no conversion between them; where one thing truly is another (a
// record is its creating operation, D4), a named function says so.
//
// Values: copy freely, no ownership, any thread. The all-zero value means "none" in the founding operation only.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>

namespace kiem {

template <class Tag, std::size_t Size = 32>
struct Id {
  static constexpr std::size_t kSize = Size;
  std::array<std::uint8_t, Size> bytes{};

  auto operator<=>(const Id&) const = default;
  [[nodiscard]] bool is_zero() const {
    for (auto byte : bytes) {
      if (byte != 0) return false;
    }
    return true;
  }
};

using OpId = Id<struct OpTag>;
using SpaceId = Id<struct SpaceTag>;
using CircleId = Id<struct CircleTag>;
using DeviceId = Id<struct DeviceTag>;
using PersonId = Id<struct PersonTag>;
using RecordId = Id<struct RecordTag>;
// For whom something counts: a person, a card (somebody without Kiem) or an organisation (D5).
using PrincipalId = Id<struct PrincipalTag>;
using Hash32 = Id<struct HashTag>;
// One user act over several circles is several operations with one random act number (D2).
using ActId = Id<struct ActTag, 16>;

template <class To, class From>
[[nodiscard]] To same_bytes(const From& from) {
  static_assert(To::kSize == From::kSize);
  To to;
  to.bytes = from.bytes;
  return to;
}

// A record without a derived id is its creating operation (D4).
[[nodiscard]] inline RecordId record_of(const OpId& op) { return same_bytes<RecordId>(op); }
// A person's id is the id of the founding operation of the person's own space (D5).
[[nodiscard]] inline PersonId person_of(const OpId& founding) { return same_bytes<PersonId>(founding); }
[[nodiscard]] inline SpaceId space_of(const OpId& founding) { return same_bytes<SpaceId>(founding); }
[[nodiscard]] inline PrincipalId principal_of(const PersonId& person) { return same_bytes<PrincipalId>(person); }
[[nodiscard]] inline PrincipalId principal_of(const RecordId& card) { return same_bytes<PrincipalId>(card); }
// The record that holds what the members' circle knows of a principal (its name) has the principal's bytes.
[[nodiscard]] inline RecordId record_of(const PrincipalId& principal) { return same_bytes<RecordId>(principal); }

}  // namespace kiem

template <class Tag, std::size_t Size>
struct std::hash<kiem::Id<Tag, Size>> {
  // Ids are uniformly distributed hashes already: their first bytes are as good as any hash of them.
  std::size_t operator()(const kiem::Id<Tag, Size>& id) const noexcept {
    std::size_t value = 0;
    std::memcpy(&value, id.bytes.data(), sizeof value);
    return value;
  }
};
