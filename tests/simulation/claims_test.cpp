// The last free seat: who gets it must not depend on who met whom first, as long as nobody confirmed anything.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "tests/simulation/village.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

constexpr const char* kTask = "Soep rondbrengen";

// Four laptops that know each other; everybody but the assigner (0) claimed the one seat while apart.
struct ThreeClaims {
  explicit ThreeClaims(std::uint64_t seed) : world(seed) {
    for (const char* name : {"Anneke V.", "Bram O.", "Chantal D.", "Daan K."}) world.add(name);
    world[0].ask<InitiativeCreated>(CreateInitiative{"Sociaal Tuinieren"});
    world[0].add_task(kTask, 1);
    for (std::size_t i = 1; i < 4; ++i) KIEM_CHECK(world.join(0, i).level);
    for (std::size_t i = 1; i < 4; ++i) world[i].claim(kTask);
  }
  SimWorld world;
};

using Order = std::vector<std::pair<std::size_t, std::size_t>>;

std::vector<Order> orders_of(Order pairs) {
  std::sort(pairs.begin(), pairs.end());
  std::vector<Order> all;
  do {
    all.push_back(pairs);
  } while (std::next_permutation(pairs.begin(), pairs.end()));
  return all;
}

}  // namespace

TEST_CASE("two claims on the last seat: after meeting in either order both laptops show the same winner") {
  for (const bool turned : {false, true}) {
    ThreeClaims story(11);
    auto& world = story.world;
    CHECK(world.meet(turned ? 2 : 1, turned ? 1 : 2).level);
    CHECK(world[1].claims(kTask) == world[2].claims(kTask));
    CHECK(world[1].claims(kTask).size() == 2);
  }
}

TEST_CASE("while nothing is confirmed the order of meeting changes nothing") {
  std::set<std::vector<std::string>> outcomes;
  // Three meetings in every order; then once more round, so that the first pair hears of the last claim too.
  for (const auto& order : orders_of({{1, 2}, {1, 3}, {2, 3}})) {
    ThreeClaims story(12);
    for (int turn = 0; turn < 2; ++turn) {
      for (const auto& [a, b] : order) CHECK(story.world.meet(a, b).level);
    }
    const auto first = story.world[1].claims(kTask);
    CHECK(first.size() == 3);
    CHECK(story.world[2].claims(kTask) == first);
    CHECK(story.world[3].claims(kTask) == first);
    outcomes.insert(first);
  }
  CHECK(outcomes.size() == 1);
}

TEST_CASE("three claims, one seat, four laptops: after every order of meeting all show the same winner and list") {
  // The assigner confirms what it meets first, so who wins may differ from order to order, never from laptop to laptop.
  for (const auto& order : orders_of({{0, 1}, {0, 2}, {0, 3}})) {
    ThreeClaims story(13);
    auto& world = story.world;
    for (const auto& [a, b] : order) CHECK(world.meet(a, b).level);
    CHECK(world[0].claims(kTask).front() == world[order.front().second].name() + " 2 0");
    world.heal();
    const auto shown = world[0].claims(kTask);
    CHECK(shown.size() == 3);
    for (std::size_t i = 1; i < 4; ++i) CHECK(world[i].claims(kTask) == shown);
    for (std::size_t i = 1; i < 4; ++i) CHECK(first_difference(world[0].dump(), world[i].dump()) == "");
    CHECK(shown.front() == world[order.front().second].name() + " 2 0");
  }
}

TEST_CASE("laptops that were let in apart meet although neither has heard of the other") {
  ThreeClaims story(14);
  auto& world = story.world;
  // Bram (1) joined before Chantal (2) and Daan (3) did, and has met nobody since.
  CHECK(world.meet(3, 1).level);
  CHECK(world.meet(1, 2).level);
  CHECK(world[1].claims(kTask).size() == 3);
  CHECK(world[1].claims(kTask) == world[2].claims(kTask));
}
