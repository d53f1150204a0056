// Bytes, and the texts that people see in their place.
//
// Bytes own their memory, ByteView does not and must not outlive what it looks at. Nothing here is for secrets: those
// are crypto/secret.hpp's. Free functions, any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/id.hpp"

namespace kiem {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

[[nodiscard]] inline ByteView view(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
[[nodiscard]] inline std::string_view text_view(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
template <class Tag, std::size_t Size>
[[nodiscard]] ByteView view(const Id<Tag, Size>& id) {
  return {id.bytes.data(), Size};
}
[[nodiscard]] inline Bytes to_bytes(ByteView bytes) { return {bytes.begin(), bytes.end()}; }
inline void append(Bytes& to, ByteView more) { to.insert(to.end(), more.begin(), more.end()); }

// An id from exactly IdType::kSize bytes; nothing for any other length.
template <class IdType>
[[nodiscard]] std::optional<IdType> id_from(ByteView bytes) {
  if (bytes.size() != IdType::kSize) return std::nullopt;
  IdType id;
  std::copy(bytes.begin(), bytes.end(), id.bytes.begin());
  return id;
}

[[nodiscard]] std::string to_hex(ByteView bytes);
// Lower or upper case, an even number of digits; the empty text is the empty value; nothing for anything else.
[[nodiscard]] std::optional<Bytes> from_hex(std::string_view text);

// Crockford's base32 in lower case (no i, l, o, u), most significant bits first, the last digit zero-filled: 32 bytes
// are 52 digits. This is how ids are printed; any prefix of it is a prefix of the id's bits.
[[nodiscard]] std::string to_base32(ByteView bytes);
// Takes upper case too, and i, l as 1, o as 0, as people type them. Nothing for another character, for a digit that
// carries no whole byte, or when the zero fill is not zero.
[[nodiscard]] std::optional<Bytes> from_base32(std::string_view text);
template <class Tag, std::size_t Size>
[[nodiscard]] std::string to_text(const Id<Tag, Size>& id) {
  return to_base32(view(id));
}

}  // namespace kiem
