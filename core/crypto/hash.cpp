#include "core/crypto/hash.hpp"

#include <sodium.h>

#include "core/base/check.hpp"
#include "core/crypto/sodium.hpp"

namespace kiem {
namespace {

Hash32 blake2b(ByteView key, std::string_view tag, std::initializer_list<ByteView> parts) {
  ensure_sodium();
  KIEM_CHECK(tag.size() < 256);
  crypto_generichash_state state;
  crypto_generichash_init(&state, key.empty() ? nullptr : key.data(), key.size(), Hash32::kSize);
  const auto length = static_cast<std::uint8_t>(tag.size());
  crypto_generichash_update(&state, &length, 1);
  crypto_generichash_update(&state, view(tag).data(), tag.size());
  for (auto part : parts) crypto_generichash_update(&state, part.data(), part.size());
  Hash32 hash;
  crypto_generichash_final(&state, hash.bytes.data(), Hash32::kSize);
  return hash;
}

template <std::size_t Size>
std::array<std::uint8_t, Size> little_endian(std::uint64_t value) {
  std::array<std::uint8_t, Size> bytes{};
  for (auto& byte : bytes) {
    byte = static_cast<std::uint8_t>(value & 255U);
    value >>= 8U;
  }
  return bytes;
}

}  // namespace

Hash32 hash_of(std::string_view tag, std::initializer_list<ByteView> parts) { return blake2b({}, tag, parts); }

Hash32 keyed_hash_of(ByteView key, std::string_view tag, std::initializer_list<ByteView> parts) {
  KIEM_CHECK(key.size() >= crypto_generichash_KEYBYTES_MIN && key.size() <= crypto_generichash_KEYBYTES_MAX);
  return blake2b(key, tag, parts);
}

std::array<std::uint8_t, 8> le64(std::uint64_t value) { return little_endian<8>(value); }
std::array<std::uint8_t, 4> le32(std::uint32_t value) { return little_endian<4>(value); }

}  // namespace kiem
