// What somebody wrote out of sight while being removed: it is set aside on every laptop, by whichever way it comes and
// whatever the remover writes after having met it.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "core/access/cut_matter.hpp"
#include "core/oplog/spaces.hpp"
#include "tests/support/sim_world.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

constexpr std::size_t kAnneke = 0, kBram = 1, kSven = 2;

bool shows(SimLaptop& laptop, const std::string& title) {
  const auto tasks = laptop.ask<Tasks>(ListTasks{}).tasks;
  return std::ranges::any_of(tasks, [&](const TaskCard& card) { return card.title == title; });
}

// Nothing more of Sven counts in any circle but what the remover had seen.
act::RemovePerson removal_of_sven(SimWorld& world) {
  act::RemovePerson removal;
  removal.person = world[kSven].replica().keys().person;
  const SpaceId space = world[kAnneke].replica().spaces()->back().id;
  for (std::uint32_t circle = 0; circle < kCircles; ++circle) {
    removal.cut.push_back({circle_id(space, circle), {}, {}});
  }
  std::ranges::sort(removal.cut, {}, &CircleHeads::circle);
  return removal;
}

}  // namespace

TEST_CASE(
    "what the remover meets after the removal is not seen before it, though other acts of membership came since") {
  SimWorld world(seed_for("removed", 61));
  for (const char* name : {"Anneke V.", "Bram O.", "Sven L."}) world.add(name);
  world.found(kAnneke, "Sociaal Tuinieren");
  world[kSven].add_task("Vroeg");
  world.heal();
  REQUIRE(shows(world[kAnneke], "Vroeg"));
  // Anneke has written behind it, so it is inside.
  world[kAnneke].add_task("Erna");

  world[kAnneke].write_act(removal_of_sven(world));
  world[kSven].add_task("Laat");
  REQUIRE(world.meet(kSven, kBram).level);
  CHECK(shows(world[kBram], "Laat"));
  // The removal is no head of the graph any more.
  world[kAnneke].write_act(act::Invite{SigningKey::generate(world.chance()).verify_key(), 2});
  REQUIRE(world.meet(kBram, kAnneke).level);
  for (const std::size_t each : {kAnneke, kBram}) {
    CHECK(shows(world[each], "Vroeg"));
    CHECK_FALSE(shows(world[each], "Laat"));
  }
  // What Anneke writes now has Sven's late work in its past, and does not let it in.
  world[kAnneke].add_task("Nu");
  CHECK_FALSE(shows(world[kAnneke], "Laat"));
  REQUIRE(world.meet(kBram, kAnneke).level);
  CHECK_FALSE(shows(world[kBram], "Laat"));
  // An act that has all data judged anew comes to the same.
  world[kAnneke].write_act(act_of_cut({}).body);
  CHECK_FALSE(shows(world[kAnneke], "Laat"));
  CHECK(shows(world[kAnneke], "Vroeg"));
}

TEST_CASE("what the remover had seen counts also when that it was seen comes before it does") {
  SimWorld world(seed_for("removed", 62));
  for (const char* name : {"Anneke V.", "Bram O.", "Sven L."}) world.add(name);
  world.found(kAnneke, "Sociaal Tuinieren");
  world.heal();
  world[kSven].add_task("Vroeg");
  REQUIRE(world.meet(kSven, kAnneke).level);
  world[kAnneke].add_task("Erna");
  world[kAnneke].write_act(removal_of_sven(world));
  // Bram hears of Anneke's chains first, then of Sven's.
  std::map<std::pair<bool, std::int64_t>, std::vector<UnverifiedOperation>> chains;
  world[kAnneke].from_below([&](Connection& db, const DeviceKeys& keys, Ingest&) {
    const auto rows = operations_of(db, all_spaces(db)->back().row);
    REQUIRE(rows);
    for (const std::int64_t row : *rows) {
      const auto stored = load_operation(db, row);
      REQUIRE(stored);
      if (stored->header.prev.is_zero() && stored->circle.number == 0 && stored->header.access_heads.empty()) continue;
      chains[{stored->device.id != keys.device, stored->chain}].push_back(*export_operation(db, row));
    }
  });
  world[kBram].from_below([&](Connection&, const DeviceKeys&, Ingest& ingest) {
    for (const auto& each : chains) CHECK(ingest.take(each.second, Source::peer));
  });
  CHECK(shows(world[kBram], "Vroeg"));
  REQUIRE(world.meet(kBram, kAnneke).level);
  CHECK(shows(world[kBram], "Vroeg"));
}
