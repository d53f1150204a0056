// Key pairs: Ed25519 to sign (SigningKey, VerifyKey) and X25519 for transport and sealing (BoxSecretKey, BoxPublicKey).
//
// Public halves are values. Secret halves live in SecretBytes and move. Any thread on distinct objects. Signing always
// names a domain tag: what was signed for one purpose is worthless for another (engines.md, Quiet #3436).
#pragma once

#include <string_view>

#include "core/base/bytes.hpp"
#include "core/crypto/secret.hpp"

namespace kiem {

using VerifyKey = Id<struct VerifyKeyTag>;
using BoxPublicKey = Id<struct BoxPublicKeyTag>;
using Signature = Id<struct SignatureTag, 64>;

class SigningKey {
 public:
  static constexpr std::size_t kSeedBytes = 32;
  SigningKey() = default;

  [[nodiscard]] static SigningKey generate(Rng& rng);
  // seed: exactly kSeedBytes, else a broken promise.
  [[nodiscard]] static SigningKey from_seed(ByteView seed);

  [[nodiscard]] const VerifyKey& verify_key() const { return public_; }
  // Ed25519 over len(tag) || tag || message (RFC 8032; FORMAT.md 3).
  [[nodiscard]] Signature sign(std::string_view tag, ByteView message) const;
  [[nodiscard]] const SecretBytes& seed() const { return seed_; }

 private:
  SecretBytes seed_;
  SecretBytes secret_;
  VerifyKey public_;
};

[[nodiscard]] bool verify(const VerifyKey& key, std::string_view tag, ByteView message, const Signature& signature);

struct BoxKeyPair {
  SecretBytes secret;
  BoxPublicKey public_key;
  [[nodiscard]] static BoxKeyPair generate(Rng& rng);
  // secret: exactly 32 bytes, else a broken promise.
  [[nodiscard]] static BoxKeyPair from_secret(ByteView secret);
};

}  // namespace kiem
