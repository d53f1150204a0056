#include "sync/discovery/beacon_schedule.hpp"

#include <algorithm>
#include <array>

namespace kiem {
namespace {

constexpr int kQuickOnes = 3;

}  // namespace

void BeaconSchedule::restart(std::uint64_t now_ms) {
  quick_left_ = kQuickOnes;
  regular_ms_ = now_ms;
}

void BeaconSchedule::answer(std::uint64_t now_ms) {
  if (answer_ms_ || (answered_ms_ && now_ms - *answered_ms_ < kAnswerPauseMs)) return;
  answer_ms_ = now_ms + lot(kAnswerWithinMs);
}

std::optional<BeaconSchedule::Due> BeaconSchedule::take(std::uint64_t now_ms) {
  const bool is_regular = regular_ms_ && *regular_ms_ <= now_ms;
  const bool is_answer = answer_ms_ && *answer_ms_ <= now_ms;
  if (!is_regular && !is_answer) return std::nullopt;
  Due due;
  if (is_regular) {
    due.asks = quick_left_ > 0;
    if (quick_left_ > 0) --quick_left_;
    switch (quick_left_) {
      case 2:
        regular_ms_ = now_ms + kSecondMs;
        break;
      case 1:
        regular_ms_ = now_ms + kThirdMs;
        break;
      default:
        regular_ms_ = now_ms + kPauseMs - kJitterMs + lot(2 * kJitterMs);
    }
  }
  // Whatever was due serves as the answer too.
  if (answer_ms_) {
    answer_ms_.reset();
    answered_ms_ = now_ms;
  }
  return due;
}

std::optional<std::uint64_t> BeaconSchedule::next_ms() const {
  if (!regular_ms_ || !answer_ms_) return regular_ms_ ? regular_ms_ : answer_ms_;
  return std::min(*regular_ms_, *answer_ms_);
}

std::uint64_t BeaconSchedule::lot(std::uint64_t below) {
  std::array<std::uint8_t, 3> drawn{};
  rng_.fill(drawn);
  const std::uint64_t value = std::uint64_t{drawn[0]} | std::uint64_t{drawn[1]} << 8U | std::uint64_t{drawn[2]} << 16U;
  return value % below;
}

}  // namespace kiem
