// When a beacon is due: three quick ones at the start and whenever the network changes, then one in about 30 seconds,
// and one soon after somebody asked. The lot keeps laptops that woke together from speaking together.
//
// Pure but for chance; a value of the node's thread. It is told the time and says when to come back.
#pragma once

#include <cstdint>
#include <optional>

#include "core/base/env.hpp"

namespace kiem {

class BeaconSchedule {
 public:
  static constexpr std::uint64_t kSecondMs = 1'000;       // after the first
  static constexpr std::uint64_t kThirdMs = 2'000;        // after the second
  static constexpr std::uint64_t kPauseMs = 30'000;       // then, give or take
  static constexpr std::uint64_t kJitterMs = 5'000;       // either way
  static constexpr std::uint64_t kAnswerWithinMs = 500;   // by lot
  static constexpr std::uint64_t kAnswerPauseMs = 2'000;  // between two answers

  explicit BeaconSchedule(Rng& rng) : rng_(rng) {}

  // The start, another network, or a person who looks around: three quick ones, the first now.
  void restart(std::uint64_t now_ms);
  // Somebody asked. Nothing happens while an answer is under way or has only just gone out.
  void answer(std::uint64_t now_ms);

  struct Due {
    bool asks = false;  // quick ones ask others to answer
  };
  // What is due now; once for all that is.
  [[nodiscard]] std::optional<Due> take(std::uint64_t now_ms);
  // When to ask take() again; nothing before restart().
  [[nodiscard]] std::optional<std::uint64_t> next_ms() const;

 private:
  [[nodiscard]] std::uint64_t lot(std::uint64_t below);

  Rng& rng_;
  int quick_left_ = 0;
  std::optional<std::uint64_t> regular_ms_, answer_ms_, answered_ms_;
};

}  // namespace kiem
