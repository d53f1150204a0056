// BLAKE2b-256, always under a tag that says what is hashed, so that no two uses can be confused.
//
// The hash of the parts p1..pn under TAG is BLAKE2b-256(len(TAG) as one byte || TAG || p1 || ... || pn): parts are
// concatenated, so a caller with more than one part of variable length writes lengths between them (FORMAT.md 2).
// Values, any thread, cannot fail.
#pragma once

#include <initializer_list>
#include <string_view>

#include "core/base/bytes.hpp"

namespace kiem {

[[nodiscard]] Hash32 hash_of(std::string_view tag, std::initializer_list<ByteView> parts);
// The same, keyed: for ids that only those who hold the key may recompute. key: 16 to 64 bytes.
[[nodiscard]] Hash32 keyed_hash_of(ByteView key, std::string_view tag, std::initializer_list<ByteView> parts);

template <class IdType>
[[nodiscard]] IdType id_of(std::string_view tag, std::initializer_list<ByteView> parts) {
  return same_bytes<IdType>(hash_of(tag, parts));
}

// Little-endian bytes of an integer, as hashed everywhere in FORMAT.md.
[[nodiscard]] std::array<std::uint8_t, 8> le64(std::uint64_t value);
[[nodiscard]] std::array<std::uint8_t, 4> le32(std::uint32_t value);

}  // namespace kiem
