// Two laptops and more, meeting: what both must have afterwards, what it costs, and what breaks without harm.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/simulation/village.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

// The founder is laptop 0; all names are given once.
struct Village {
  explicit Village(std::size_t count, std::uint64_t seed = 1) : world(seed) {
    constexpr std::array kNames{"Anneke V.", "Bram O.", "Chantal D.", "Daan K.", "Els P."};
    for (std::size_t i = 0; i < count; ++i) world.add(kNames.at(i));
    world.found(0, "Sociaal Tuinieren");
  }
  void must_agree() {
    const auto first = world[0].dump();
    for (std::size_t i = 1; i < world.size(); ++i) CHECK(first_difference(first, world[i].dump()) == "");
  }
  SimWorld world;
};

}  // namespace

TEST_CASE("who is let in has what the initiative has, and nothing is only here afterwards") {
  SimWorld world(7);
  world.add("Anneke V.");
  world.add("Bram O.");
  world[0].ask<InitiativeCreated>(CreateInitiative{"Sociaal Tuinieren"});
  world[0].add_task("Heg knippen", 2);
  CHECK(world[0].only_here() > 0);
  const Meeting joined = world.join(0, 1);
  CHECK(joined.level);
  CHECK(first_difference(world[0].dump(), world[1].dump()) == "");
  CHECK(world[0].only_here() == 0);
  CHECK(world[1].only_here() == 0);
  const auto people = world[1].ask<People>(ListPeople{}).people;
  REQUIRE(people.size() == 2);
  CHECK(std::any_of(people.begin(), people.end(), [](const PersonRow& row) { return row.person.name == "Bram O."; }));
  const auto status = world[1].ask<StatusAnswer>(ShowStatus{});
  REQUIRE(status.initiatives.size() == 1);
  REQUIRE(status.initiatives[0].meetings.size() == 1);
  CHECK(status.initiatives[0].meetings[0].person.name == "Anneke V.");
  CHECK(status.initiatives[0].my_role == Role::volunteer);
}

TEST_CASE("a second meeting with nothing new costs one Hello each way") {
  Village village(2);
  village.world.meet(0, 1);
  const Meeting again = village.world.meet(1, 0);
  CHECK(again.level);
  CHECK(again.traffic.frames[0] == 1);
  CHECK(again.traffic.frames[1] == 1);
  CHECK(again.traffic.all_segment_bytes() == 0);
  MESSAGE("bytes of a meeting with nothing new: ", again.traffic.bytes[0], " out, ", again.traffic.bytes[1], " in");
  CHECK(again.traffic.all_bytes() <= 400);
}

TEST_CASE("one new operation costs its segment, and nothing that is there is sent again") {
  Village village(2);
  village.world[0].add_task("Heg knippen");
  const Meeting first = village.world.meet(0, 1);
  CHECK(first.traffic.segment_bytes[0] > 0);
  CHECK(first.traffic.segment_bytes[0] < 1024);
  CHECK(first.traffic.segment_bytes[1] == 0);
  MESSAGE("bytes of a meeting with one new operation: ", first.traffic.all_bytes());
  village.must_agree();
}
