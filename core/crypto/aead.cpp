#include "core/crypto/aead.hpp"

#include <sodium.h>

#include "core/base/check.hpp"
#include "core/crypto/hash.hpp"
#include "core/crypto/sodium.hpp"

namespace kiem {

void aead_seal(ByteView key, ByteView nonce, ByteView associated, ByteView plain, std::span<std::uint8_t> cipher,
               std::span<std::uint8_t> tag) {
  ensure_sodium();
  KIEM_CHECK(key.size() == kAeadKeyBytes && nonce.size() == kAeadNonceBytes && tag.size() == kAeadTagBytes);
  KIEM_CHECK(cipher.size() == plain.size());
  crypto_aead_xchacha20poly1305_ietf_encrypt_detached(cipher.data(), tag.data(), nullptr, plain.data(), plain.size(),
                                                      associated.data(), associated.size(), nullptr, nonce.data(),
                                                      key.data());
}

bool aead_open(ByteView key, ByteView nonce, ByteView associated, ByteView cipher, ByteView tag,
               std::span<std::uint8_t> plain) {
  ensure_sodium();
  KIEM_CHECK(key.size() == kAeadKeyBytes && nonce.size() == kAeadNonceBytes && tag.size() == kAeadTagBytes);
  KIEM_CHECK(cipher.size() == plain.size());
  return crypto_aead_xchacha20poly1305_ietf_decrypt_detached(plain.data(), nullptr, cipher.data(), cipher.size(),
                                                             tag.data(), associated.data(), associated.size(),
                                                             nonce.data(), key.data()) == 0;
}

Bytes aead_box(ByteView key, ByteView associated, ByteView plain, Rng& rng) {
  Bytes boxed(kAeadNonceBytes + plain.size() + kAeadTagBytes);
  const std::span<std::uint8_t> all(boxed);
  rng.fill(all.first(kAeadNonceBytes));
  aead_seal(key, all.first(kAeadNonceBytes), associated, plain, all.subspan(kAeadNonceBytes, plain.size()),
            all.last(kAeadTagBytes));
  return boxed;
}

std::optional<SecretBytes> aead_unbox(ByteView key, ByteView associated, ByteView boxed) {
  if (boxed.size() < kAeadNonceBytes + kAeadTagBytes) return std::nullopt;
  SecretBytes plain(boxed.size() - kAeadNonceBytes - kAeadTagBytes);
  if (!aead_open(key, boxed.first(kAeadNonceBytes), associated, boxed.subspan(kAeadNonceBytes, plain.size()),
                 boxed.last(kAeadTagBytes), plain.edit())) {
    return std::nullopt;
  }
  return plain;
}

SecretBytes derive_key(ByteView master, std::string_view tag, std::uint64_t number) {
  KIEM_CHECK(master.size() == 32);
  auto hash = keyed_hash_of(master, tag, {le64(number)});
  auto key = SecretBytes::copy_of(view(hash));
  wipe(hash.bytes);
  return key;
}

void NoncePool::draw(std::span<std::uint8_t, kAeadNonceBytes> nonce) {
  if (used_ + kAeadNonceBytes > pool_.size()) {
    rng_.fill(pool_);
    used_ = 0;
  }
  std::copy_n(pool_.begin() + static_cast<std::ptrdiff_t>(used_), kAeadNonceBytes, nonce.begin());
  used_ += kAeadNonceBytes;
}

}  // namespace kiem
