#include "core/crypto/base64.hpp"

#include <sodium.h>

#include "core/crypto/sodium.hpp"

namespace kiem {
namespace {
constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
}

std::string to_base64url(ByteView bytes) {
  ensure_sodium();
  std::string word(sodium_base64_encoded_len(bytes.size(), kVariant), '\0');
  sodium_bin2base64(word.data(), word.size(), bytes.data(), bytes.size(), kVariant);
  word.pop_back();  // the zero that ends a C string
  return word;
}

std::optional<Bytes> from_base64url(std::string_view word) {
  ensure_sodium();
  Bytes bytes(word.size() / 4 * 3 + 3);
  std::size_t size = 0;
  // Without a place for the end of what was read, anything that is left over is an error.
  if (sodium_base642bin(bytes.data(), bytes.size(), word.data(), word.size(), nullptr, &size, nullptr, kVariant) != 0) {
    return std::nullopt;
  }
  bytes.resize(size);
  return bytes;
}

}  // namespace kiem
