#include "gui/host/away.hpp"

namespace kiem::gui {
namespace {

constexpr std::uint64_t kMsOfMinute = 60'000;

}  // namespace

std::uint64_t away_at_ms(const LastSeen& seen, std::uint16_t minutes) {
  return seen.monotonic_ms + minutes * kMsOfMinute;
}

bool is_away(const LastSeen& seen, const LastSeen& now, std::uint16_t minutes) {
  if (now.monotonic_ms >= away_at_ms(seen, minutes)) return true;
  if (now.wall <= seen.wall) return false;
  // Two moments can lie farther apart than a signed number tells.
  const std::uint64_t passed = static_cast<std::uint64_t>(now.wall.ms) - static_cast<std::uint64_t>(seen.wall.ms);
  return passed >= minutes * kMsOfMinute;
}

}  // namespace kiem::gui
