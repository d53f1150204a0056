// The walk of the keyboard over a frame's widgets, as a pure function of the list. Any thread, nothing fails.
#pragma once

#include "gui/kit/widget.hpp"

namespace kiem::gui {

enum class Step : std::uint8_t { next, previous, left, right, up, down };

// Where the keyboard goes from the widget FROM: next and previous in the order of reading, round at the ends; the
// arrows to the nearest one that lies that way, straight ahead before aside. Only enabled actionable widgets count.
// Without FROM in the list the first one, or the last for `previous`. 0 when there is nowhere to go.
[[nodiscard]] WidgetId step_from(const Frame& frame, WidgetId from, Step step);

// The actionable widget under POINT, what was drawn later first; 0 for none, or when something that lies over the page
// covers it.
[[nodiscard]] WidgetId widget_at(const Frame& frame, Vec point);

}  // namespace kiem::gui
