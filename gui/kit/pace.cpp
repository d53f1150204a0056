#include "gui/kit/pace.hpp"

#include <algorithm>
#include <string_view>

namespace kiem::gui {

Pace pace_of(const Moment& moment) {
  std::optional<std::uint64_t> until = moment.act_again_ms;
  const auto wait = [&]() -> Pace {
    if (!until) return {};
    return {.draw = false, .wait_ms = *until - std::min(*until, moment.now_ms)};
  };
  if (moment.hidden) return wait();  // it is drawn when it is shown again
  const bool clock = moment.look_again_ms && *moment.look_again_ms <= moment.now_ms;
  if (moment.due || clock) return {.draw = true, .wait_ms = {}};
  const auto no_later_than = [&](std::uint64_t at) { until = std::min(until.value_or(at), at); };
  if (moment.look_again_ms) no_later_than(*moment.look_again_ms);
  if (moment.pointer_moved) {
    const std::uint64_t next_move = moment.painted_ms + moment.move_gap_ms;
    if (next_move <= moment.now_ms) return {.draw = true, .wait_ms = {}};
    no_later_than(next_move);
  }
  return wait();
}

std::uint64_t move_gap_for(const char* renderer) {
  const std::string_view name = renderer == nullptr ? "" : renderer;
  for (const std::string_view software : {"llvmpipe", "softpipe", "swrast", "Software"}) {
    if (name.find(software) != std::string_view::npos) return 33;
  }
  return 16;
}

}  // namespace kiem::gui
