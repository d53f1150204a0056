// What damage takes of the log is asked of others again: the doctor marks it, the next meeting brings it.
#include <iostream>

#include "tests/unit/node/damaged_laptop.hpp"
#include "tests/unit/node/village.hpp"

namespace kiem::test {
namespace {

DoctorAnswer doctor(SimLaptop& laptop, bool repair) { return laptop.ask<DoctorAnswer>(RunDoctor{repair}); }

// Noor and Piet have the same, written by both, on several pages.
struct Pair {
  explicit Pair(std::uint64_t seed) : world(seed), noor(world.add("Noor")), piet(world.add("Piet")) {
    world.found(noor, "Tuin");
    REQUIRE(world.meet(noor, piet).level);
    for (int i = 0; i < 12; ++i) {
      world[noor].add_task("Van Noor " + std::to_string(i) + std::string(60, 'n'), 2);
      world[piet].add_task("Van Piet " + std::to_string(i) + std::string(60, 'p'), 2);
    }
    meet();
    for (int i = 0; i < 6; ++i) {
      world[noor].claim("Van Piet " + std::to_string(i) + std::string(60, 'p'));
      world[piet].claim("Van Noor " + std::to_string(i) + std::string(60, 'n'));
    }
    meet();
    meet();
    REQUIRE(world[noor].dump() == world[piet].dump());
  }
  void meet() { REQUIRE(world.meet(noor, piet).level); }

  SimWorld world;
  std::size_t noor, piet;
};

}  // namespace

TEST_CASE("whichever page is damaged, the doctor makes the store whole and the next meeting brings what was lost") {
  Pair two(31);
  SimLaptop& noor = two.world[two.noor];
  const auto whole = noor.dump();
  const std::string image = take_image(noor);
  const auto owners = owners_of_pages(noor);
  std::uint64_t lost = 0;
  int mended = 0;
  std::string left_alone;
  for (const auto& each : owners) {
    const std::string& owner = each.second;
    if (owner == "sqlite_schema" || owner == "local") continue;  // does not open
    CAPTURE(each.first);
    CAPTURE(owner);
    put_image(noor, with_damage(image, each.first));
    const auto found = doctor(noor, false);
    CHECK(found.damaged_pages == std::vector<std::uint32_t>{each.first});
    const auto repaired = doctor(noor, true);
    if (!repaired.pages_rewritten) {
      // Nothing was changed: what these say cannot be done without.
      left_alone += (left_alone.empty() ? "" : " ") + owner;
      CHECK(repaired.damaged_pages == found.damaged_pages);
      continue;
    }
    CHECK(repaired.damaged_pages.empty());
    CHECK_FALSE(repaired.replaced_pages);
    CHECK(repaired.structure.empty());
    CHECK(repaired.damaged_operations == 0);
    CHECK(repaired.views_equal);
    CHECK((repaired.lost_operations > 0) == !repaired.healthy());
    CHECK((repaired.lost_operations == 0 || owner == "operation" || owner == "part"));
    lost += repaired.lost_operations;
    noor.restart();
    two.meet();
    const auto after = doctor(noor, false);
    CHECK(after.lost_operations == 0);
    CHECK_MESSAGE(after.healthy(), after.first_difference);
    CHECK(noor.dump() == whole);
    CHECK(two.world[two.piet].dump() == whole);
    ++mended;
  }
  std::cout << "pages made whole " << mended << ", left alone: " << left_alone << "; operations lost and brought back "
            << lost << "\n";
  CHECK(lost > 10);
  // What nothing can be said without; and of the log the top of its tree, and the page with the space's own beginning.
  CHECK(left_alone == "space circle device chain operation operation");
}

TEST_CASE("who writes on before the lost ones are back forks nothing, and is heard once they are") {
  Pair two(32);
  SimLaptop& noor = two.world[two.noor];
  const std::string image = take_image(noor);
  int written = 0;
  for (const auto& each : owners_of_pages(noor)) {
    if (each.second != "operation") continue;
    CAPTURE(each.first);
    put_image(noor, with_damage(image, each.first));
    const auto repaired = doctor(noor, true);
    if (!repaired.pages_rewritten) continue;
    CHECK(repaired.lost_operations > 0);
    noor.add_task("Nieuw " + std::to_string(each.first));
    CHECK(doctor(noor, false).lost_operations == repaired.lost_operations);
    two.meet();
    two.meet();
    CHECK(doctor(noor, false).healthy());
    CHECK(noor.dump() == two.world[two.piet].dump());
    const auto forks = [&](std::size_t laptop) {
      auto reader = two.world[laptop].community().open_reader();
      REQUIRE(reader);
      auto find = (*reader)->prepare("SELECT count(*) FROM (SELECT chain FROM tip GROUP BY chain HAVING count(*) > 1)");
      REQUIRE((find && *find->step()));
      return find->integer(0);
    };
    CHECK(forks(two.noor) == 0);
    CHECK(forks(two.piet) == 0);
    CHECK_FALSE(noor.ask<StatusAnswer>(ShowStatus{}).initiatives.at(0).older);
    ++written;
    break;
  }
  CHECK(written == 1);
}

}  // namespace kiem::test
