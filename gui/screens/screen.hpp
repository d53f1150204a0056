// Draws the window of a model and collects what the person asks: model -> draw -> intents.
//
// Nothing is decided here and no word is written here; a screen deals out places and passes intents on. Layout follows
// the logical width (gui/kit/geometry.hpp): from kWideLeast on a sidebar, a list and, where there is room, the open
// task beside it; below that one column with a bar. Thread: that of the Ui. Nothing fails.
#pragma once

#include <vector>

#include "gui/kit/ui.hpp"
#include "gui/model/screen.hpp"

namespace kiem::gui {

inline constexpr float kWideLeast = 700;
inline constexpr float kSidebarWidth = 250;
inline constexpr float kDetailsWidth = 388;
inline constexpr float kListLeast = 620;  // narrower, and the open task takes the place of the list

// In the order in which they were asked; mostly none or one.
[[nodiscard]] std::vector<model::Intent> draw_screen(Ui& ui, const model::ScreenModel& screen);

[[nodiscard]] Theme theme_of(model::Theme theme);

}  // namespace kiem::gui
