#include "core/crypto/keys.hpp"

#include <sodium.h>

#include "core/base/check.hpp"
#include "core/crypto/sodium.hpp"

namespace kiem {
namespace {

// What Ed25519 signs: the tag with its length, then the message, so that no message is valid under two tags.
Bytes tagged(std::string_view tag, ByteView message) {
  KIEM_CHECK(tag.size() < 256);
  Bytes bytes;
  bytes.reserve(1 + tag.size() + message.size());
  bytes.push_back(static_cast<std::uint8_t>(tag.size()));
  append(bytes, view(tag));
  append(bytes, message);
  return bytes;
}

}  // namespace

SigningKey SigningKey::generate(Rng& rng) { return from_seed(SecretBytes::random(kSeedBytes, rng).view()); }

SigningKey SigningKey::from_seed(ByteView seed) {
  ensure_sodium();
  KIEM_CHECK(seed.size() == kSeedBytes);
  SigningKey key;
  key.seed_ = SecretBytes::copy_of(seed);
  key.secret_ = SecretBytes(crypto_sign_SECRETKEYBYTES);
  crypto_sign_seed_keypair(key.public_.bytes.data(), key.secret_.edit().data(), seed.data());
  return key;
}

Signature SigningKey::sign(std::string_view tag, ByteView message) const {
  KIEM_CHECK(!secret_.empty());
  const Bytes bytes = tagged(tag, message);
  Signature signature;
  crypto_sign_detached(signature.bytes.data(), nullptr, bytes.data(), bytes.size(), secret_.view().data());
  return signature;
}

bool verify(const VerifyKey& key, std::string_view tag, ByteView message, const Signature& signature) {
  ensure_sodium();
  const Bytes bytes = tagged(tag, message);
  return crypto_sign_verify_detached(signature.bytes.data(), bytes.data(), bytes.size(), key.bytes.data()) == 0;
}

BoxKeyPair BoxKeyPair::generate(Rng& rng) { return from_secret(SecretBytes::random(32, rng).view()); }

BoxKeyPair BoxKeyPair::from_secret(ByteView secret) {
  ensure_sodium();
  KIEM_CHECK(secret.size() == crypto_scalarmult_SCALARBYTES);
  BoxKeyPair pair;
  pair.secret = SecretBytes::copy_of(secret);
  crypto_scalarmult_base(pair.public_key.bytes.data(), secret.data());
  return pair;
}

}  // namespace kiem
