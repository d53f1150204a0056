// When to try an unreachable peer again: 250 ms, doubling to 30 s, each a little earlier by lot.
//
// The lot keeps laptops that lost the same access point from coming back in step. A value; one thread at a time. It
// lives with whoever decides whom to meet (the transport tries once), so that the simulator plays it too.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

#include "core/base/env.hpp"

namespace kiem {

class Backoff {
 public:
  static constexpr std::uint32_t kFirstMs = 250;
  static constexpr std::uint32_t kLongestMs = 30'000;

  // The wait before the next attempt: between half of the interval and all of it.
  [[nodiscard]] std::uint32_t next_ms(Rng& rng) {
    std::array<std::uint8_t, 2> lot{};
    rng.fill(lot);
    const std::uint32_t half = interval_ms_ / 2;
    const std::uint32_t drawn = (static_cast<std::uint32_t>(lot[0]) << 8U) | lot[1];
    const std::uint32_t wait = interval_ms_ - half + half * drawn / 65'535U;
    interval_ms_ = std::min(interval_ms_ * 2, kLongestMs);
    return wait;
  }
  // After a link that truly worked.
  void reset() { interval_ms_ = kFirstMs; }

 private:
  std::uint32_t interval_ms_ = kFirstMs;
};

}  // namespace kiem
