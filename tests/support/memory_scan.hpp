// Where in this process a secret lies readable, to show that it lies nowhere any more. Linux alone; one thread.
//
// A sanitizer keeps copies and shadows of its own, so that the question has no answer there: see kCanScanMemory.
#pragma once

#include <cstddef>

#include "core/base/bytes.hpp"

namespace kiem::test {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kCanScanMemory = false;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr bool kCanScanMemory = false;
#else
constexpr bool kCanScanMemory = true;
#endif
#else
constexpr bool kCanScanMemory = true;
#endif

// A secret that is looked for, kept so that looking for it does not find itself.
class Sought {
 public:
  // The source is its owner's to wipe.
  explicit Sought(ByteView secret);
  // How many times it lies in memory that this process can read: heap, stacks, data, guarded allocations.
  [[nodiscard]] std::size_t count() const;

 private:
  [[nodiscard]] std::size_t count_in(ByteView bytes) const;
  [[nodiscard]] bool is_at(const std::uint8_t* bytes) const;
  Bytes masked_;
};

}  // namespace kiem::test
