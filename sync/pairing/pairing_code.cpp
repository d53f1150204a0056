#include "sync/pairing/pairing_code.hpp"

#include "core/crypto/hash.hpp"

namespace kiem {
namespace {

constexpr std::size_t kDigits = 8;

}  // namespace

PairingCode draw_pairing_code(Rng& rng) {
  PairingCode code;
  rng.fill(code.bytes);
  return code;
}

std::string write_pairing_code(const PairingCode& code) { return to_base32(view(code)).insert(kDigits / 2, "-"); }

std::optional<PairingCode> read_pairing_code(std::string_view text) {
  std::string digits;
  for (const char letter : text) {
    if (letter == ' ' || letter == '-') continue;
    digits.push_back(letter);
    if (digits.size() > kDigits) return std::nullopt;
  }
  if (digits.size() != kDigits) return std::nullopt;
  const auto bytes = from_base32(digits);
  return bytes ? id_from<PairingCode>(*bytes) : std::nullopt;
}

SecretBytes pairing_key(const PairingCode& code) {
  const Hash32 key = hash_of("kiem.pairing.key.0", {view(code)});
  return SecretBytes::copy_of(view(key));
}

}  // namespace kiem
