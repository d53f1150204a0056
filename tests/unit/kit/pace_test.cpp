#include "gui/kit/pace.hpp"

#include <doctest/doctest.h>

namespace kiem::gui {
namespace {

TEST_CASE("an idle window waits without end") {
  const Pace pace = pace_of({.now_ms = 1000, .painted_ms = 990, .look_again_ms = {}});
  CHECK_FALSE(pace.draw);
  CHECK_FALSE(pace.wait_ms.has_value());
}

TEST_CASE("what is due is drawn at once") { CHECK(pace_of({.now_ms = 1000, .due = true, .look_again_ms = {}}).draw); }

TEST_CASE("a hidden window is not drawn, whatever is due") {
  const Pace pace = pace_of({.now_ms = 1000, .hidden = true, .due = true, .pointer_moved = true, .look_again_ms = 5});
  CHECK_FALSE(pace.draw);
  CHECK_FALSE(pace.wait_ms.has_value());
}

TEST_CASE("a moment to look again is waited for and then drawn") {
  const Pace before = pace_of({.now_ms = 1000, .look_again_ms = 1500});
  CHECK_FALSE(before.draw);
  CHECK(before.wait_ms == 500);
  CHECK(pace_of({.now_ms = 1500, .look_again_ms = 1500}).draw);
  CHECK(pace_of({.now_ms = 1501, .look_again_ms = 1500}).draw);
}

TEST_CASE("a moment to act is waited for in sight and hidden, and nothing is drawn for it") {
  for (const bool hidden : {false, true}) {
    const Moment moment{.now_ms = 1000, .hidden = hidden, .look_again_ms = 9000, .act_again_ms = 1500};
    CHECK_FALSE(pace_of(moment).draw);
    CHECK(pace_of(moment).wait_ms == 500);
    Moment late = moment;
    late.now_ms = 1501;
    CHECK_FALSE(pace_of(late).draw);
    CHECK(pace_of(late).wait_ms == 0);
  }
  CHECK(pace_of({.now_ms = 1000, .look_again_ms = 1200, .act_again_ms = 1500}).wait_ms == 200);
  CHECK(pace_of({.now_ms = 1000, .hidden = true, .look_again_ms = 1200, .act_again_ms = 1500}).wait_ms == 500);
}

TEST_CASE("frames that follow the pointer keep their distance") {
  const Moment moment{
      .now_ms = 1010, .pointer_moved = true, .painted_ms = 1000, .move_gap_ms = 33, .look_again_ms = {}};
  const Pace pace = pace_of(moment);
  CHECK_FALSE(pace.draw);
  CHECK(pace.wait_ms == 23);
  Moment later = moment;
  later.now_ms = 1032;
  CHECK(pace_of(later).wait_ms == 1);
  later.now_ms = 1033;
  CHECK(pace_of(later).draw);
}

TEST_CASE("the earlier of two reasons to wake counts") {
  const Moment moment{
      .now_ms = 1010, .pointer_moved = true, .painted_ms = 1000, .move_gap_ms = 33, .look_again_ms = 1015};
  CHECK(pace_of(moment).wait_ms == 5);
}

TEST_CASE("software renderers get fewer frames") {
  CHECK(move_gap_for("llvmpipe (LLVM 15.0.6, 256 bits)") == 33);
  CHECK(move_gap_for("softpipe") == 33);
  CHECK(move_gap_for("Mesa Intel(R) UHD Graphics 620 (KBL GT2)") == 16);
  CHECK(move_gap_for("") == 16);
  CHECK(move_gap_for(nullptr) == 16);
}

}  // namespace
}  // namespace kiem::gui
