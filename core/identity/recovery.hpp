// Recovery words: twelve words on paper that stand for 128 random bits, and the keys that grow from them (D5).
//
// The words are the bits, most significant first, followed by the first 4 bits of hash_of("kiem.words.0", {bits}):
// 132 bits are 12 words of 11 bits (words.hpp). A mistake in one word is noticed 15 times out of 16.
// Owns its bits in guarded memory and moves. One thread at a time. Text made of the words is the caller's to wipe.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/crypto/keys.hpp"
#include "core/crypto/secret.hpp"

namespace kiem {

constexpr std::size_t kRecoveryWords = 12;
constexpr std::size_t kRecoveryBytes = 16;

class RecoveryWords {
 public:
  [[nodiscard]] static RecoveryWords generate(Rng& rng);
  // bits: exactly kRecoveryBytes, else a broken promise.
  [[nodiscard]] static RecoveryWords from_bits(ByteView bits);

  // What somebody typed from paper: twelve words, whole or from their fourth letter on cut short, in either case,
  // between spaces, line ends, dots, commas, semicolons; numbers in front of words ("1. zon") are passed over.
  // Fails with wrong_words, args: {position from 1, what stood there} for the first word that is not in the list;
  // {how many there are} when there are not twelve; {} when the words do not belong together (checksum).
  [[nodiscard]] static Result<RecoveryWords> parse(std::string_view text);

  // The twelve words with one space between them. The one string that is returned holds the secret: wipe() it.
  [[nodiscard]] std::string to_text() const;

  [[nodiscard]] const SecretBytes& bits() const { return bits_; }

 private:
  explicit RecoveryWords(SecretBytes bits) : bits_(std::move(bits)) {}
  SecretBytes bits_;
};

// The signing key for one purpose: Ed25519 from the seed hash_of("kiem.recovery.0", {bits, purpose}). The same words
// give keys without relation for a person and for an initiative. purpose: not empty, else a broken promise.
[[nodiscard]] SigningKey recovery_key(const RecoveryWords& words, std::string_view purpose);

}  // namespace kiem
