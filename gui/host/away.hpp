// Whether somebody is still there: when a person was last seen at the keyboard or the pointer, and for how long not.
// Functions on values, any thread.
//
// By both clocks. The monotonic one stands still while a laptop sleeps, so that the wall clock tells of a closed lid;
// the wall clock can be set back, so that it alone would let somebody wait for ever.
#pragma once

#include <cstdint>

#include "core/base/env.hpp"

namespace kiem::gui {

struct LastSeen {
  std::uint64_t monotonic_ms = 0;
  WallTime wall;
};

[[nodiscard]] bool is_away(const LastSeen& seen, const LastSeen& now, std::uint16_t minutes);
// When that will be on the monotonic clock, if nobody comes.
[[nodiscard]] std::uint64_t away_at_ms(const LastSeen& seen, std::uint16_t minutes);

}  // namespace kiem::gui
