// The two halves of a frame that are not drawing: what was fed is taken before, focus is brought into sight after. Of
// the kit's own sources alone.
#pragma once

#include "gui/kit/ui.hpp"

namespace kiem::gui {

inline constexpr float kScrollBarReach = 14;  // beside a scroll area, where its bar is
inline constexpr float kRevealMargin = 16;

// Moves focus and scroll, and says in `fired` what was pressed, by the widget list of the frame before.
void take_events(Ui::State& state);
// Scrolls so far that the widget `reveal` is in sight.
void reveal_focus(Ui::State& state);

}  // namespace kiem::gui
