#include <doctest/doctest.h>

#include "gui/kit/widget.hpp"

namespace kiem::gui {
namespace {

Widget make(Role role, std::string label, Rect rect, bool actionable) {
  Widget widget;
  widget.role = role;
  widget.label = std::move(label);
  widget.rect = widget.visible = rect;
  widget.actionable = actionable;
  return widget;
}
Widget button(std::string label, Rect rect) { return make(Role::button, std::move(label), rect, true); }
Widget text(std::string label, Rect rect) { return make(Role::text, std::move(label), rect, false); }

std::string faults(std::vector<Widget> widgets) {
  Frame frame;
  frame.size = {400, 300};
  frame.widgets = std::move(widgets);
  std::string all;
  for (const auto& fault : layout_faults(frame)) all += fault.substr(0, fault.find(':')) + ";";
  return all;
}

TEST_CASE("a good layout has no faults") {
  CHECK(faults({}).empty());
  CHECK(faults({button("a", {0, 0, 100, 48}), button("b", {100, 0, 100, 48}), text("c", {0, 48, 100, 20})}).empty());
}

TEST_CASE("things that overlap are told, texts too") {
  CHECK(faults({button("a", {0, 0, 100, 48}), button("b", {99, 0, 100, 48})}) == "overlap;");
  CHECK(faults({text("a", {0, 0, 100, 20}), text("b", {0, 19, 100, 20})}) == "overlap;");
  CHECK(faults({button("a", {0, 0, 100, 48}), text("b", {10, 10, 20, 20})}) == "overlap;");
}

TEST_CASE("a card holds what stands inside it, and nothing that sticks out") {
  const Widget card = make(Role::card, "kaart", {0, 0, 200, 100}, true);
  CHECK(faults({card, button("a", {10, 10, 100, 48})}).empty());
  CHECK(faults({card, button("a", {10, 60, 100, 48})}) == "overlap;");
}

TEST_CASE("cut text, small targets, empty labels and what lies outside are told") {
  Widget cut = text("a", {0, 0, 100, 20});
  cut.cut = true;
  CHECK(faults({cut}) == "text is cut;");
  CHECK(faults({button("a", {0, 0, 100, 43})}) == "smaller than a finger;");
  CHECK(faults({button("a", {0, 0, 43, 48})}) == "smaller than a finger;");
  CHECK(faults({button("a", {0, 0, 44, 44})}).empty());
  CHECK(faults({button("a", {350, 0, 100, 48})}) == "outside the window and not to be scrolled to;");
  CHECK(faults({text("a", {0, 290, 100, 20})}) == "outside the window and not to be scrolled to;");
  CHECK(faults({button("", {0, 0, 100, 48})}) == "without a label;");
}

TEST_CASE("what scrolls may lie below the window, not beside it") {
  Widget below = text("a", {0, 1000, 100, 20});
  below.area = 1;
  below.visible = {0, 300, 100, 0};
  CHECK(faults({below}).empty());
  Widget wide = text("a", {0, 0, 100, 20});
  wide.area = 1;
  wide.visible = {0, 0, 80, 20};
  CHECK(faults({wide}) == "wider than its scroll area;");
}

TEST_CASE("things of one area that overlap are told also out of sight") {
  Widget first = text("a", {0, 1000, 100, 20});
  Widget second = text("b", {0, 1010, 100, 20});
  first.area = second.area = 1;
  first.visible = second.visible = {0, 300, 100, 0};
  CHECK(faults({first, second}) == "overlap;");
  second.area = 2;
  CHECK(faults({first, second}).empty());
}

TEST_CASE("what lies over the page is compared with its own kind") {
  Widget toast = make(Role::status, "gelukt", {0, 0, 300, 100}, false);
  toast.over = true;
  CHECK(faults({button("a", {10, 60, 100, 48}), toast}).empty());
}

TEST_CASE("two of one name in one group are told, in two groups not") {
  Widget first = button("Ik doe mee", {0, 0, 100, 48});
  Widget second = button("Ik doe mee", {100, 0, 100, 48});
  CHECK(faults({first, second}) == "two of one name;");
  second.group = "Soep";
  CHECK(faults({first, second}).empty());
}

TEST_CASE("a frame is found and told by labels") {
  Frame frame;
  frame.widgets = {text("Soep koken", {0, 0, 100, 20}), button("Ik doe mee", {0, 20, 100, 48}),
                   button("Ik doe mee", {100, 20, 100, 48})};
  frame.widgets[2].group = "Soep";
  frame.widgets[2].focused = true;
  frame.widgets[2].enabled = false;
  CHECK(find(frame, "Ik doe mee") == &frame.widgets[1]);
  CHECK(find(frame, "Ik doe mee", "Soep") == &frame.widgets[2]);
  CHECK(find(frame, "Soep koken") == nullptr);
  CHECK(find(frame, "Ik doe mee", "Taart") == nullptr);
  CHECK(focused(frame) == &frame.widgets[2]);
  CHECK(says(frame, "koken"));
  CHECK_FALSE(says(frame, "taart"));
  CHECK(describe(frame) ==
        "text \"Soep koken\"\nbutton \"Ik doe mee\"\nbutton \"Ik doe mee\" in \"Soep\" focused disabled\n");
}

}  // namespace
}  // namespace kiem::gui
