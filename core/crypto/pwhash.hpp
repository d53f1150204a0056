// From a passphrase to a key: Argon2id (RFC 9106) through libsodium's crypto_pwhash.
#pragma once

#include <string_view>

#include "core/base/result.hpp"
#include "core/crypto/secret.hpp"

namespace kiem {

struct PwhashCost {
  std::uint32_t passes = 3;
  std::uint32_t memory_kib = 256 * 1024;
  auto operator<=>(const PwhashCost&) const = default;
};

constexpr std::size_t kPwhashSaltBytes = 16;
// A damaged header that asks for more is refused before any memory is taken.
constexpr std::uint32_t kPwhashMaxMemoryKib = 2 * 1024 * 1024;
constexpr std::uint32_t kPwhashMaxPasses = 16;

// 32 bytes. Takes about 0.4 s at the default cost. Fails: kdf_too_costly above the caps (or below libsodium's own
// floor of 1 pass and 8 KiB, which only a damaged header names), out_of_memory when the machine has not that much.
[[nodiscard]] Result<SecretBytes> pwhash(const SecretBytes& passphrase, ByteView salt, PwhashCost cost);

}  // namespace kiem
