#include "gui/kit/geometry.hpp"

#include <doctest/doctest.h>

namespace kiem::gui {
namespace {

TEST_CASE("a piece cut off leaves the rest, less the gap") {
  Rect rect{10, 20, 100, 200};
  CHECK(cut_top(rect, 30, 5) == Rect{10, 20, 100, 30});
  CHECK(rect == Rect{10, 55, 100, 165});
  CHECK(cut_bottom(rect, 15, 10) == Rect{10, 205, 100, 15});
  CHECK(rect == Rect{10, 55, 100, 140});
  CHECK(cut_left(rect, 40, 10) == Rect{10, 55, 40, 140});
  CHECK(rect == Rect{60, 55, 50, 140});
  CHECK(cut_right(rect, 20, 5) == Rect{90, 55, 20, 140});
  CHECK(rect == Rect{60, 55, 25, 140});
}

TEST_CASE("no more is cut off than there is") {
  Rect rect{0, 0, 50, 50};
  CHECK(cut_top(rect, 80, 5) == Rect{0, 0, 50, 50});
  CHECK(rect.h == 0);
  CHECK(cut_right(rect, 49, 5) == Rect{1, 50, 49, 0});
  CHECK(rect.w == 0);
}

TEST_CASE("an inset that leaves nothing is empty, not negative") {
  CHECK(Rect{0, 0, 10, 30}.inset(5) == Rect{5, 5, 0, 20});
  CHECK(Rect{0, 0, 10, 30}.inset(6) == Rect{6, 6, 0, 18});
}

TEST_CASE("rectangles that touch do not overlap") {
  const Rect rect{0, 0, 10, 10};
  CHECK_FALSE(rect.overlaps({10, 0, 10, 10}));
  CHECK(rect.overlaps({9, 9, 10, 10}));
  CHECK(rect.clipped_to({20, 20, 5, 5}).w == 0);
  CHECK(rect.contains(Vec{0, 0}));
  CHECK_FALSE(rect.contains(Vec{10, 10}));
}

TEST_CASE("a flow goes on in the next line when a line is full") {
  Flow flow({100, 50, 100, 0}, 10);
  CHECK(flow.take({45, 20}) == Rect{100, 50, 45, 20});
  CHECK(flow.take({45, 30}) == Rect{155, 50, 45, 30});
  CHECK(flow.take({1, 20}) == Rect{100, 90, 1, 20});
  CHECK(flow.height() == 60);
}

TEST_CASE("what is wider than a line of a flow is made as wide as the line") {
  Flow flow({0, 0, 100, 0}, 10);
  CHECK(flow.take({300, 20}) == Rect{0, 0, 100, 20});
  CHECK(flow.take({300, 20}) == Rect{0, 30, 100, 20});
}

TEST_CASE("a column deals out places under each other") {
  Column column(Rect{5, 6, 70, 800});
  CHECK(column.take(10, 3) == Rect{5, 6, 70, 10});
  column.skip(1);
  CHECK(column.take(10) == Rect{5, 20, 70, 10});
}

}  // namespace
}  // namespace kiem::gui
