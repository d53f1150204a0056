#include "gui/kit/focus.hpp"

#include <doctest/doctest.h>

namespace kiem::gui {
namespace {

Widget at(WidgetId id, Rect rect, bool actionable = true, bool enabled = true) {
  Widget widget;
  widget.id = id;
  widget.role = actionable ? Role::button : Role::text;
  widget.label = std::to_string(id);
  widget.rect = widget.visible = rect;
  widget.actionable = actionable;
  widget.enabled = enabled;
  return widget;
}

// 1 2    a text stands between, 4 is disabled
// 3 4
// 5
Frame grid() {
  Frame frame;
  frame.size = {300, 300};
  frame.widgets = {at(1, {0, 0, 100, 50}),
                   at(2, {110, 0, 100, 50}),
                   at(9, {0, 55, 100, 20}, false),
                   at(3, {0, 80, 100, 50}),
                   at(4, {110, 80, 100, 50}, true, false),
                   at(5, {0, 160, 300, 50})};
  return frame;
}

TEST_CASE("Tab goes through what can be pressed in the order of reading, round at the end") {
  const Frame frame = grid();
  CHECK(step_from(frame, 0, Step::next) == 1);
  CHECK(step_from(frame, 1, Step::next) == 2);
  CHECK(step_from(frame, 2, Step::next) == 3);
  CHECK(step_from(frame, 3, Step::next) == 5);
  CHECK(step_from(frame, 5, Step::next) == 1);
  CHECK(step_from(frame, 0, Step::previous) == 5);
  CHECK(step_from(frame, 1, Step::previous) == 5);
  CHECK(step_from(frame, 5, Step::previous) == 3);
}

TEST_CASE("arrows go to the nearest that lies that way") {
  const Frame frame = grid();
  CHECK(step_from(frame, 1, Step::right) == 2);
  CHECK(step_from(frame, 2, Step::left) == 1);
  CHECK(step_from(frame, 1, Step::down) == 3);
  CHECK(step_from(frame, 2, Step::down) == 3);  // 4 is passed over, and 5 lies farther
  CHECK(step_from(frame, 5, Step::up) == 3);
  CHECK(step_from(frame, 1, Step::up) == 0);
  CHECK(step_from(frame, 1, Step::left) == 0);
  CHECK(step_from(frame, 0, Step::down) == 1);
}

TEST_CASE("with nothing to press there is nowhere to go") {
  Frame frame;
  CHECK(step_from(frame, 0, Step::next) == 0);
  CHECK(step_from(frame, 0, Step::down) == 0);
  frame.widgets = {at(9, {0, 0, 10, 10}, false), at(4, {0, 20, 10, 10}, true, false)};
  CHECK(step_from(frame, 4, Step::next) == 0);
  CHECK(step_from(frame, 4, Step::previous) == 0);
  CHECK(step_from(frame, 4, Step::up) == 0);
}

TEST_CASE("a lone widget is its own neighbour") {
  Frame frame;
  frame.widgets = {at(7, {0, 0, 10, 10})};
  CHECK(step_from(frame, 7, Step::next) == 7);
  CHECK(step_from(frame, 7, Step::previous) == 7);
}

TEST_CASE("what was drawn last is hit first, and what lies over the page covers it") {
  Frame frame = grid();
  CHECK(widget_at(frame, {50, 25}) == 1);
  CHECK(widget_at(frame, {105, 25}) == 0);
  frame.widgets.push_back(at(6, {20, 10, 20, 20}));
  CHECK(widget_at(frame, {25, 15}) == 6);
  CHECK(widget_at(frame, {50, 60}) == 0);
  Widget toast = at(8, {0, 0, 300, 300}, false);
  toast.role = Role::status;
  toast.over = true;
  frame.widgets.push_back(toast);
  CHECK(widget_at(frame, {25, 15}) == 0);
}

TEST_CASE("what is scrolled out of sight is not hit") {
  Frame frame = grid();
  frame.widgets[0].visible = {0, 30, 100, 20};
  CHECK(widget_at(frame, {50, 20}) == 0);
  CHECK(widget_at(frame, {50, 35}) == 1);
}

}  // namespace
}  // namespace kiem::gui
