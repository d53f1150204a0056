#include "core/crypto/secret.hpp"

#include <sodium.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <bitset>
#include <mutex>
#include <utility>

#include "core/base/check.hpp"
#include "core/crypto/sodium.hpp"

namespace kiem {
namespace {

// Keys are 32 bytes, and a piece of guarded memory costs a dozen system calls and a page under the limit of locked
// memory. So small secrets share one piece, taken at the first and kept while the process lives.
class SmallSecrets {
 public:
  static constexpr std::size_t kSize = 64;

  // Nothing when all are in use.
  [[nodiscard]] std::uint8_t* take() {
    const std::lock_guard guard(mutex_);
    if (memory_ == nullptr) {
      memory_ = static_cast<std::uint8_t*>(sodium_malloc(kCount * kSize));
      KIEM_CHECK(memory_ != nullptr);
    }
    for (std::size_t i = 0; i < kCount; ++i) {
      if (used_[i]) continue;
      used_.set(i);
      return memory_ + i * kSize;
    }
    return nullptr;
  }
  // False: not one of ours.
  [[nodiscard]] bool give_back(std::uint8_t* secret) {
    const std::lock_guard guard(mutex_);
    const auto at = reinterpret_cast<std::uintptr_t>(secret) - reinterpret_cast<std::uintptr_t>(memory_);
    if (memory_ == nullptr || at >= kCount * kSize) return false;
    sodium_memzero(secret, kSize);
    used_.reset(at / kSize);
    return true;
  }

 private:
  static constexpr std::size_t kCount = 64;
  std::mutex mutex_;
  std::uint8_t* memory_ = nullptr;
  std::bitset<kCount> used_;
};

// Never destroyed: a secret with static lifetime may go after it.
SmallSecrets& small_secrets() {
  static SmallSecrets* const all = new SmallSecrets;
  return *all;
}

}  // namespace

SecretBytes::SecretBytes(std::size_t size) : size_(size) {
  if (size == 0) return;
  ensure_sodium();
  // sodium_malloc locks its pages where RLIMIT_MEMLOCK allows and goes on unlocked where it does not; guard pages and
  // wiping hold in both cases.
  if (size <= SmallSecrets::kSize) data_ = small_secrets().take();
  if (data_ == nullptr) data_ = static_cast<std::uint8_t*>(sodium_malloc(size));
  KIEM_CHECK(data_ != nullptr);
  sodium_memzero(data_, size);
}

SecretBytes::~SecretBytes() {
  if (data_ != nullptr && !small_secrets().give_back(data_)) sodium_free(data_);
}

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
