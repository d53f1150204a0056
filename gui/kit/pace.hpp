// When to draw: a pure decision, so that it can be tested. Nothing is drawn without a reason; an idle window waits
// without end.
#pragma once

#include <cstdint>
#include <optional>

namespace kiem::gui {

struct Moment {
  std::uint64_t now_ms = 0;
  bool hidden = false;             // minimised
  bool due = false;                // key, click, wheel, size, posted value: draw now
  bool pointer_moved = false;      // only that
  std::uint64_t painted_ms = 0;    // when the last frame was painted
  std::uint64_t move_gap_ms = 16;  // least time between frames that only follow the pointer
  std::optional<std::uint64_t> look_again_ms;
  std::optional<std::uint64_t> act_again_ms = {};  // hidden or not, without drawing
};
struct Pace {
  bool draw = false;
  std::optional<std::uint64_t> wait_ms;  // if not drawing; nothing: until something happens
};
[[nodiscard]] Pace pace_of(const Moment& moment);

// 33 under a software renderer (llvmpipe, softpipe, swrast in GL_RENDERER), where a frame costs 20 to 40 ms; else 16.
[[nodiscard]] std::uint64_t move_gap_for(const char* renderer);

}  // namespace kiem::gui
