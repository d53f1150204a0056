// What stood on the screen in one frame: a list of everything drawn, in the order of reading.
//
// The same list serves the keyboard (order of focus), tests (find by label, layout without overlap) and reading aloud.
// Values and free functions, any thread; a list may be kept after its Ui is gone.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gui/kit/geometry.hpp"

namespace kiem::gui {

enum class Role : std::uint8_t {
  // clang-format off
  text, heading, chip, badge, picture, progress, status,  // said, not done
  button, filter, tab, row, card, checkbox, field,        // done: the walk of the keyboard is made of these
  // clang-format on
};

// Names a widget from frame to frame: of its label, its role, and the groups it stands in.
using WidgetId = std::uint32_t;

struct Widget {
  WidgetId id = 0;
  Role role = Role::text;
  std::string label;        // in the person's language, whole, also where the screen shows it shortened
  std::string value;        // what a field holds (never of a secret one), "3 van 5" of progress
  std::string problem;      // what is wrong with a field's content
  std::string group;        // label of the innermost Group, such as a task's title
  Rect rect;                // where it stands, in logical pixels
  Rect visible;             // the part of it inside its scroll area and the window
  bool actionable = false;  // the mouse and the keyboard reach it
  bool enabled = true;
  bool focused = false;
  bool selected = false;  // filter that is on, tab that is shown, box that is ticked
  std::uint8_t area = 0;  // which scroll area of the page it stands in, from 1, and so may lie outside it; 0: none
  bool over = false;      // lies over the page (a toast)
  bool cut = false;       // its text did not fit its place: a fault of the layout
};

struct Frame {
  std::string page;  // Ui::enter_page
  Vec size;          // of the window, in logical pixels
  std::vector<Widget> widgets;
};

// The first actionable one with this label, inside the group when one is named; nullptr when there is none.
[[nodiscard]] const Widget* find(const Frame& frame, std::string_view label, std::string_view group = {});
// The focused one, or nullptr.
[[nodiscard]] const Widget* focused(const Frame& frame);
// Whether anything on the screen says TEXT, whole or as part of its label.
[[nodiscard]] bool says(const Frame& frame, std::string_view text);
// One line a widget: `button "Ik doe mee" in "Bladeren harken" focused`. For tests' messages and for looking.
[[nodiscard]] std::string describe(const Frame& frame);

// What is wrong with the layout, a sentence each: two actionable things that overlap without one being inside the
// other, texts that overlap, text that is cut, anything outside the window that cannot be scrolled to, anything
// actionable lower than 44 logical pixels. Empty when all is well.
[[nodiscard]] std::vector<std::string> layout_faults(const Frame& frame);

}  // namespace kiem::gui
