#include "core/crypto/sodium.hpp"

#include <sodium.h>

#include "core/base/check.hpp"
#include "core/crypto/system_rng.hpp"

namespace kiem {

void ensure_sodium() {
  static const bool started = [] {
    KIEM_CHECK(sodium_init() >= 0);
    return true;
  }();
  KIEM_CHECK(started);
}

void SystemRng::fill(std::span<std::uint8_t> bytes) {
  ensure_sodium();
  randombytes_buf(bytes.data(), bytes.size());
}

}  // namespace kiem
