// One laptop lies in a drawer for a year. Its owner signs up for this and that on it all the while, and nobody knows.
#include <doctest/doctest.h>

#include "tests/simulation/record_acts.hpp"
#include "tests/simulation/village.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

constexpr std::int64_t kWeekMs = 7LL * 24 * 3600 * 1000;
constexpr int kWeeks = 52;
constexpr std::uint64_t kStanding = 12;  // tasks that were there before

struct Year {
  explicit Year(std::uint64_t seed) : world(seed), records(world.chance()) {
    for (const char* name : {"Anneke V.", "Bram O.", "Chantal D.", "Daan K."}) world.add(name);
    world.found(0, "Sociaal Tuinieren");
    for (std::uint64_t i = 0; i < kStanding; ++i) world[0].add_task(standing(i), 2);
    world.heal();
  }

  static std::string standing(std::uint64_t number) { return "Vaste taak " + std::to_string(number); }

  // Everybody but `away` works and meets; whoever is away signs up for something once in four weeks. Half way somebody
  // joins, and in the autumn `leaver` is removed, who does not know either.
  void pass(std::size_t away, std::size_t leaver) {
    for (int week = 0; week < kWeeks; ++week) {
      for (std::size_t i = 0; i < world.size(); ++i) world[i].fake().clock.advance(kWeekMs);
      if (week % 20 == 10) records.extend(world[0]);
      if (week == kWeeks / 2) {
        const std::size_t newcomer = world.add("Els P.");
        REQUIRE(world.join(0, newcomer).level);
        present.push_back(newcomer);
      }
      if (week == 40) {
        world[0].write_act(act::RemovePerson{world[leaver].replica().keys().person, {}, {}});
        std::erase(present, leaver);
      }
      if (week > 40 && week % 4 == 0) world[leaver].add_task("Van wie weg is, week " + std::to_string(week));
      for (const std::size_t laptop : present) work(laptop, week);
      if (week % 4 == 0) world[away].claim(standing(alone++ % kStanding));
      meet_somebody();
    }
  }

  void work(std::size_t laptop, int week) {
    auto& chance = world.chance();
    if (chance.chance(40)) records.act(world[laptop]);
    if (chance.chance(30)) world[laptop].add_task("Week " + std::to_string(week) + ", " + std::to_string(laptop), 3);
    if (!chance.chance(30)) return;
    const auto answer = world[laptop].community().perform(ClaimTask{{}, {standing(chance.below(kStanding))}, 1, {}});
    CHECK((answer || answer.error().fault == Fault::person));
  }

  void meet_somebody() {
    for (int i = 0; i < 2; ++i) {
      const auto a = present.at(world.chance().below(present.size()));
      const auto b = present.at(world.chance().below(present.size()));
      if (a != b) CHECK(world.meet(a, b).level);
    }
  }

  // Every pair of `who`, until all of it is everywhere.
  void bring_together(const std::vector<std::size_t>& who) {
    for (int round = 0; round < 2; ++round) {
      for (const std::size_t a : who) {
        for (const std::size_t b : who) {
          if (a < b) CHECK(world.meet(a, b).level);
        }
      }
    }
  }

  SimWorld world;
  RecordActs records;
  std::vector<std::size_t> present{0, 1, 3};
  std::uint64_t alone = 0;
};

}  // namespace

TEST_CASE("a laptop that was away for a year comes back with what was written on it, and everyone agrees") {
  constexpr std::size_t kAway = 2, kLeaver = 3;
  Year year(seed_for("a year away", 61));
  auto& world = year.world;
  year.pass(kAway, kLeaver);
  REQUIRE(year.alone == kWeeks / 4);

  // The first it meets is the one who was removed, which neither has heard of.
  CHECK(world.meet(kAway, kLeaver).level);
  const Meeting home = world.meet(kAway, 0);
  CHECK(home.level);
  MESSAGE("a year, both ways: " << home.traffic.all_segment_bytes() << " bytes of operations, "
                                << home.traffic.all_bytes() - home.traffic.all_segment_bytes() << " to say which");
  CHECK_FALSE(world.meet(kAway, kLeaver).level);

  auto members = year.present;
  members.push_back(kAway);
  year.bring_together(members);
  const auto dump = world[0].dump();
  for (const std::size_t member : members) {
    CAPTURE(member);
    CHECK(first_difference(dump, world[member].dump()) == "");
    CHECK(world[member].only_here() == 0);
  }
  CHECK(world[kAway].ask<DoctorAnswer>(RunDoctor{}).views_equal);
  // What was written in the drawer is there, with its state and its reason.
  for (std::uint64_t i = 0; i < kStanding; ++i) {
    const auto claims = world[1].claims(Year::standing(i));
    CHECK(std::any_of(claims.begin(), claims.end(), [](const auto& each) { return each.starts_with("Chantal D. "); }));
  }
  // And that was all: who meets again has nothing to say.
  CHECK(world.meet(kAway, 1).traffic.all_segment_bytes() == 0);
}
