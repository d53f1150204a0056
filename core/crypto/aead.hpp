// Authenticated encryption: XChaCha20-Poly1305 (IETF) with 24-byte random nonces (draft-irtf-cfrg-xchacha-03), and the
// few primitives the store's page cipher is made of.
//
// Nonce policy: every nonce is drawn from the Rng handed in; 192 bits make a repeat impossible to meet. Callers that
// write very often draw from NoncePool, which asks the Rng for 4 KiB at a time. Any thread on distinct objects.
#pragma once

#include <optional>

#include "core/base/bytes.hpp"
#include "core/crypto/secret.hpp"

namespace kiem {

constexpr std::size_t kAeadKeyBytes = 32;
constexpr std::size_t kAeadNonceBytes = 24;
constexpr std::size_t kAeadTagBytes = 16;

// Detached: cipher has the size of plain; tag has kAeadTagBytes. In place (cipher == plain) is allowed.
void aead_seal(ByteView key, ByteView nonce, ByteView associated, ByteView plain, std::span<std::uint8_t> cipher,
               std::span<std::uint8_t> tag);
// False when the tag does not fit; the contents of `plain` are then zeros and mean nothing. In place is allowed.
[[nodiscard]] bool aead_open(ByteView key, ByteView nonce, ByteView associated, ByteView cipher, ByteView tag,
                             std::span<std::uint8_t> plain);

// nonce || cipher || tag in one piece, for small things such as key slots.
[[nodiscard]] Bytes aead_box(ByteView key, ByteView associated, ByteView plain, Rng& rng);
[[nodiscard]] std::optional<SecretBytes> aead_unbox(ByteView key, ByteView associated, ByteView boxed);

// A subkey of `master` (32 bytes): keyed BLAKE2b-256 of the tag and the number.
[[nodiscard]] SecretBytes derive_key(ByteView master, std::string_view tag, std::uint64_t number = 0);

class NoncePool {
 public:
  explicit NoncePool(Rng& rng) : rng_(rng) {}
  void draw(std::span<std::uint8_t, kAeadNonceBytes> nonce);

 private:
  Rng& rng_;
  std::array<std::uint8_t, 4080> pool_{};  // 170 nonces
  std::size_t used_ = 4080;
};

}  // namespace kiem
