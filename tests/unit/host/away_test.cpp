#include "gui/host/away.hpp"

#include <doctest/doctest.h>

#include <limits>

namespace kiem::gui {
namespace {

TEST_CASE("who did nothing for so long is away, by either clock and not a moment sooner") {
  const LastSeen seen{1000, {50'000}};
  CHECK(away_at_ms(seen, 5) == 301'000);
  CHECK_FALSE(is_away(seen, {300'999, {50'000}}, 5));
  CHECK(is_away(seen, {301'000, {50'000}}, 5));
  CHECK_FALSE(is_away(seen, {1000, {349'999}}, 5));
  CHECK(is_away(seen, {1000, {350'000}}, 5));
}

TEST_CASE("a wall clock that was set back makes nobody present for ever, and none makes a number overflow") {
  const LastSeen seen{1000, {50'000}};
  CHECK_FALSE(is_away(seen, {2000, {-9'000'000}}, 5));
  CHECK(is_away(seen, {301'000, {-9'000'000}}, 5));
  constexpr std::int64_t kFirst = std::numeric_limits<std::int64_t>::min();
  constexpr std::int64_t kLast = std::numeric_limits<std::int64_t>::max();
  CHECK(is_away({1000, {kFirst}}, {1000, {kLast}}, 60));
  CHECK_FALSE(is_away({1000, {kLast}}, {1000, {kFirst}}, 60));
}

}  // namespace
}  // namespace kiem::gui
