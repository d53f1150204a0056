#include "core/crypto/secret.hpp"

#include <sodium.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <utility>

#include "core/base/check.hpp"
#include "core/crypto/sodium.hpp"

namespace kiem {

SecretBytes::SecretBytes(std::size_t size) : size_(size) {
  if (size == 0) return;
  ensure_sodium();
  // sodium_malloc locks its pages where RLIMIT_MEMLOCK allows and goes on unlocked where it does not; guard pages and
  // wiping hold in both cases.
  data_ = static_cast<std::uint8_t*>(sodium_malloc(size));
  KIEM_CHECK(data_ != nullptr);
  sodium_memzero(data_, size);
}

SecretBytes::~SecretBytes() { sodium_free(data_); }

SecretBytes::SecretBytes(SecretBytes&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

SecretBytes& SecretBytes::operator=(SecretBytes&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

SecretBytes SecretBytes::random(std::size_t size, Rng& rng) {
  SecretBytes secret(size);
  rng.fill(secret.edit());
  return secret;
}

SecretBytes SecretBytes::copy_of(ByteView bytes) {
  SecretBytes secret(bytes.size());
  std::copy(bytes.begin(), bytes.end(), secret.data_);
  return secret;
}

SecretBytes SecretBytes::clone() const { return copy_of(view()); }

bool equal_secrets(ByteView a, ByteView b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

void wipe(std::span<std::uint8_t> bytes) { sodium_memzero(bytes.data(), bytes.size()); }

void wipe(std::string& text) {
  sodium_memzero(text.data(), text.size());
  text.clear();
}

void harden_process() {
  // Both may be refused by a container; the store is no weaker on disk for it, so the answer is not needed.
  static_cast<void>(prctl(PR_SET_DUMPABLE, 0));
  const rlimit none{0, 0};
  static_cast<void>(setrlimit(RLIMIT_CORE, &none));
}

}  // namespace kiem
