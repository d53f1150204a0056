// Clocks that lie and laptops that sleep: nothing is ordered by a clock, and nothing waits for one that stands still.
#include <doctest/doctest.h>

#include <cstdlib>
#include <limits>

#include "tests/simulation/village.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

struct Two {
  explicit Two(std::uint64_t seed) : world(seed) {
    world.add("Anneke V.");
    world.add("Bram O.");
    world.found(0, "Sociaal Tuinieren");
  }
  void rename(std::size_t at, const std::string& from, const std::string& to) {
    EditTask edit;
    edit.task = {from};
    edit.title = to;
    world[at].ask<TaskChanged>(edit);
  }
  SimWorld world;
};

constexpr std::int64_t kHourMs = 3600LL * 1000;
constexpr std::int64_t kDayMs = 24LL * 3600 * 1000;

}  // namespace

TEST_CASE("a clock three hours slow is told on both laptops until it is set right, and nothing is refused") {
  Two two(53);
  auto& world = two.world;
  const auto ahead = [&](std::size_t at) {
    return world[at].ask<StatusAnswer>(ShowStatus{}).initiatives.at(0).meetings.at(0).clock_ahead_s;
  };
  // Laptops of a simulated world begin years apart.
  world[1].fake().clock.set_wall(world[0].fake().env().clock.wall().ms);
  world[0].add_task("Koffie");
  CHECK(world.meet(0, 1).level);
  CHECK(ahead(0) == 0);
  CHECK(ahead(1) == 0);
  const std::int64_t right = world[0].fake().env().clock.wall().ms;
  world[1].fake().clock.set_wall(right - 3 * kHourMs);
  world[1].add_task("Heg knippen");
  CHECK(world.meet(1, 0).level);
  CHECK(std::abs(ahead(0) + 3 * 3'600) < 60);
  CHECK(std::abs(ahead(1) - 3 * 3'600) < 60);
  CHECK(world[0].ask<Tasks>(ListTasks{}).tasks.size() == 2);
  // With nothing new nothing is said, and what was known stays.
  CHECK(world.meet(0, 1).level);
  CHECK(ahead(0) != 0);
  world[1].fake().clock.set_wall(world[0].fake().env().clock.wall().ms);
  world[0].add_task("Bladeren harken");
  CHECK(world.meet(0, 1).level);
  CHECK(ahead(0) == 0);
  CHECK(ahead(1) == 0);
}

TEST_CASE("whatever year a laptop's clock says, what it writes comes over and what is written after it wins") {
  Two two(51);
  auto& world = two.world;
  world[0].add_task("Heg knippen 0");
  CHECK(world.meet(0, 1).level);
  int turn = 0;
  // 1970, before it, 2038, 2106, the year 9999, and as far as the clock of a store goes.
  for (const std::int64_t ms :
       {std::int64_t{0}, -kDayMs, std::int64_t{2'147'483'648'000}, std::int64_t{4'294'967'296'000},
        std::int64_t{253'402'300'799'000}, std::int64_t{1} << 52U}) {
    CAPTURE(ms);
    const std::string before = "Heg knippen " + std::to_string(turn);
    const std::string wrong = before + "?";
    const std::string after = "Heg knippen " + std::to_string(++turn);
    world[1].fake().clock.set_wall(ms);
    two.rename(1, before, wrong);
    CHECK(world.meet(0, 1).level);
    two.rename(0, wrong, after);
    CHECK(world.meet(1, 0).level);
    CHECK(world[1].ask<Tasks>(ListTasks{}).tasks.at(0).title == after);
    CHECK(first_difference(world[0].dump(), world[1].dump()) == "");
  }
}

TEST_CASE(
    "a laptop that sleeps for thirty days in the middle of a meeting wakes to a broken link, and the next works") {
  for (std::uint64_t frames = 1; frames < 8; ++frames) {
    CAPTURE(frames);
    Two two(52);
    auto& world = two.world;
    world[0].add_task("Heg knippen");
    world[1].add_task("Soep rondbrengen");
    SimLink& link = world.connect(0, 1);
    world.run_until([&] { return link.traffic().frames[0] + link.traffic().frames[1] >= frames; }, 10'000);
    world[0].fake().clock.advance(30 * kDayMs);
    const std::uint64_t woken = world.now_ms() + static_cast<std::uint64_t>(30 * kDayMs);
    const bool was_level = link.dialler().is_level();
    link.dialler().tick(woken);
    if (!was_level && link.is_up()) {
      REQUIRE(link.dialler().end());
      CHECK(link.dialler().end()->reason == EndReason::silent);
    }
    link.cut();
    world.forget_links();
    CHECK(world.meet(1, 0).level);
    CHECK(first_difference(world[0].dump(), world[1].dump()) == "");
  }
}
