// A restored copy is a new device of the same person: nothing forks, nothing is lost, and whom others removed stays
// out.
#include <set>

#include "tests/unit/node/village.hpp"

namespace kiem::test {
namespace {

ErrorCode refusal(SimLaptop& laptop, const Request& request) {
  const auto answer = laptop.community().perform(request);
  REQUIRE_FALSE(answer);
  return answer.error().code;
}

AddTask task(const std::string& title) {
  AddTask add;
  add.title = title;
  return add;
}

std::int64_t number(SimLaptop& laptop, const char* sql) {
  auto reader = laptop.community().open_reader();
  REQUIRE(reader);
  auto ask = (*reader)->prepare(sql);
  REQUIRE(ask);
  const auto row = ask->step();
  REQUIRE((row && *row));
  return ask->integer(0);
}

std::int64_t forks(SimLaptop& laptop) {
  return number(laptop, "SELECT count(*) FROM (SELECT chain FROM tip GROUP BY chain HAVING count(*) > 1)");
}

std::uint32_t members(SimLaptop& laptop) { return laptop.ask<StatusAnswer>(ShowStatus{}).initiatives.at(0).members; }

std::set<std::string> titles(SimLaptop& laptop) {
  std::set<std::string> titles;
  for (const auto& card : laptop.ask<Tasks>(ListTasks{}).tasks) titles.insert(card.title);
  return titles;
}

// Noor founded, Piet and Ria came in; Noor is the one who restores.
struct Garden {
  explicit Garden(std::uint64_t seed)
      : world(seed), noor(world.add("Noor")), piet(world.add("Piet")), ria(world.add("Ria")) {
    world.found(noor, "Tuin");
    for (const std::size_t each : {piet, ria}) REQUIRE(world.meet(noor, each).level);
  }
  void all_meet() {
    // Twice: what the last one brought has to reach the first.
    for (int round = 0; round < 2; ++round) {
      for (std::size_t a = 0; a < world.size(); ++a) {
        for (std::size_t b = a + 1; b < world.size(); ++b) static_cast<void>(world.meet(a, b));
      }
    }
  }
  void check_same(std::initializer_list<std::size_t> laptops) {
    const auto first = world[*laptops.begin()].dump();
    for (const std::size_t each : laptops) {
      CHECK(world[each].dump() == first);
      CHECK(forks(world[each]) == 0);
    }
  }

  SimWorld world;
  std::size_t noor, piet, ria;
};

TEST_CASE("a restored copy can be read, and writes nothing before it was given the recovery words") {
  Garden garden(1);
  SimWorld& world = garden.world;
  world[garden.noor].add_task("Snoeien");
  const auto backup = world[garden.noor].back_up("copy");
  const std::size_t copy = world.restore(garden.noor, backup);
  SimLaptop& restored = world[copy];
  CHECK_FALSE(restored.community().is_enrolled());
  CHECK(restored.dump() == world[garden.noor].dump());
  const DeviceId device = restored.replica().keys().device;
  CHECK(device != world[garden.noor].replica().keys().device);
  CHECK(restored.key() != world[garden.noor].key());

  const auto operations = number(restored, "SELECT count(*) FROM operation");
  const auto refuses_all = [&] {
    CHECK(refusal(restored, task("Harken")) == ErrorCode::not_enrolled);
    CHECK(refusal(restored, ClaimTask{{}, {"Snoeien"}, 1, {}}) == ErrorCode::not_enrolled);
    CHECK(refusal(restored, CancelTask{{}, {"Snoeien"}, "regen"}) == ErrorCode::not_enrolled);
    CHECK(refusal(restored, AddPlace{{}, "Plein", {}, {}, {}, {}}) == ErrorCode::not_enrolled);
    CHECK(refusal(restored, CreateInitiative{"Tweede"}) == ErrorCode::not_enrolled);
    CHECK(refusal(restored, ImportFile{{}, "taken.csv", to_bytes(view("titel\nHarken\n")), false}) ==
          ErrorCode::not_enrolled);
    CHECK(restored.replica().invite({}, Role::volunteer).error().code == ErrorCode::not_enrolled);
    CHECK(restored.replica().ask_to_join(Bytes(16), {}, {}, {}).error().code == ErrorCode::not_enrolled);
  };
  refuses_all();
  const auto others_words = world[garden.piet].words();
  CHECK(refusal(restored, others_words) == ErrorCode::wrong_words);
  CHECK(refusal(restored, EnrolCopy{}) == ErrorCode::wrong_words);
  restored.restart();
  CHECK_FALSE(restored.community().is_enrolled());
  CHECK(restored.replica().keys().device == device);
  refuses_all();
  CHECK(number(restored, "SELECT count(*) FROM operation") == operations);

  const auto enrolled = restored.ask<CopyEnrolled>(restored.words());
  CHECK(enrolled.device == device);
  CHECK(enrolled.initiatives == 1);
  CHECK(restored.community().is_enrolled());
  CHECK(refusal(restored, restored.words()) == ErrorCode::nothing_to_change);
  restored.add_task("Harken");
  restored.restart();
  CHECK(restored.community().is_enrolled());
  CHECK(titles(restored) == std::set<std::string>{"Harken", "Snoeien"});
  CHECK(refusal(world[garden.noor], world[garden.noor].words()) == ErrorCode::nothing_to_change);
}

TEST_CASE("old and new device both write on, everything comes together and no chain forks") {
  Garden garden(2);
  SimWorld& world = garden.world;
  SimLaptop& noor = world[garden.noor];
  world[garden.piet].add_task("Snoeien", 2);
  REQUIRE(world.meet(garden.piet, garden.noor).level);
  noor.claim("Snoeien");
  noor.add_task("Harken");
  const auto backup = noor.back_up("copy");
  // The other laptop goes on after the backup, and others hear of it.
  noor.add_task("Gieten");
  REQUIRE(world.meet(garden.noor, garden.piet).level);
  noor.add_task("Wieden");

  const std::size_t copy = world.restore(garden.noor, backup);
  world[copy].ask<CopyEnrolled>(world[copy].words());
  world[copy].add_task("Zaaien");
  // The claim is the person's: the new device may lower and withdraw what the old one claimed.
  CHECK(world[copy].claims("Snoeien").size() == 1);
  world[copy].withdraw("Snoeien");
  REQUIRE(world.meet(copy, garden.piet).level);
  CHECK(titles(world[garden.piet]) == std::set<std::string>{"Gieten", "Harken", "Snoeien", "Zaaien"});
  CHECK(titles(world[copy]) == std::set<std::string>{"Gieten", "Harken", "Snoeien", "Zaaien"});
  garden.all_meet();
  garden.check_same({garden.noor, garden.piet, garden.ria, copy});
  CHECK(titles(world[copy]).contains("Wieden"));
  CHECK(members(world[garden.piet]) == 3);

  // Both go on, beside each other and after.
  noor.claim("Zaaien");
  world[copy].claim("Wieden");
  world[copy].add_task("Oogsten");
  garden.all_meet();
  garden.check_same({garden.noor, garden.piet, garden.ria, copy});
  CHECK(noor.claims("Wieden") == world[garden.ria].claims("Wieden"));
  CHECK(noor.claims("Wieden").size() == 1);
  // Somebody who comes later hears of both devices.
  const std::size_t late = world.add("Sam");
  REQUIRE(world.join(copy, late).level);
  garden.all_meet();
  garden.check_same({garden.noor, garden.piet, garden.ria, copy, late});
}

TEST_CASE("two restores of the same backup are two devices, also when one never meets the old laptop") {
  Garden garden(3);
  SimWorld& world = garden.world;
  world[garden.noor].add_task("Snoeien");
  const auto backup = world[garden.noor].back_up("copy");
  const std::size_t one = world.restore(garden.noor, backup);
  const std::size_t other = world.restore(garden.noor, backup);
  for (const std::size_t each : {one, other}) {
    world[each].ask<CopyEnrolled>(world[each].words());
    world[each].add_task("Harken " + std::to_string(each));
  }
  CHECK(world[one].replica().keys().device != world[other].replica().keys().device);
  REQUIRE(world.meet(one, garden.piet).level);
  REQUIRE(world.meet(other, garden.piet).level);
  REQUIRE(world.meet(one, garden.piet).level);
  garden.check_same({one, other, garden.piet});
  // A backup of the restored one, restored again, is a third.
  const std::size_t third = world.restore(one, world[one].back_up("copy"));
  world[third].ask<CopyEnrolled>(world[third].words());
  world[third].add_task("Gieten");
  garden.all_meet();
  garden.check_same({garden.noor, garden.piet, garden.ria, one, other, third});
}

TEST_CASE("a copy restored twice over without words in between is a copy of the first device") {
  Garden garden(4);
  SimWorld& world = garden.world;
  const std::size_t waiting = world.restore(garden.noor, world[garden.noor].back_up("copy"));
  const std::size_t copy = world.restore(waiting, world[waiting].back_up("copy"));
  CHECK_FALSE(world[copy].community().is_enrolled());
  CHECK(world[copy].replica().keys().device != world[waiting].replica().keys().device);
  for (const std::size_t each : {copy, waiting}) {
    world[each].ask<CopyEnrolled>(world[each].words());
    world[each].add_task("Harken " + std::to_string(each));
  }
  garden.all_meet();
  garden.check_same({garden.noor, garden.piet, garden.ria, copy, waiting});
}

TEST_CASE("the restored copy of a member who was removed meanwhile lets nobody back in") {
  for (const bool meets_the_unknowing_first : {false, true}) {
    CAPTURE(meets_the_unknowing_first);
    Garden garden(5);
    SimWorld& world = garden.world;
    const auto backup = world[garden.piet].back_up("copy");
    act::RemovePerson removal;
    removal.person = world[garden.piet].replica().keys().person;
    // Nothing more of that person counts in any circle but what the remover had seen.
    const SpaceId tuin = world[garden.noor].replica().spaces()->back().id;
    for (std::uint32_t circle = 0; circle < kCircles; ++circle)
      removal.cut.push_back({circle_id(tuin, circle), {}, {}});
    std::ranges::sort(removal.cut, {}, &CircleHeads::circle);
    world[garden.noor].write_act(removal);
    CHECK(members(world[garden.noor]) == 2);

    const std::size_t copy = world.restore(garden.piet, backup);
    CHECK(world[copy].ask<CopyEnrolled>(world[copy].words()).initiatives == 1);
    world[copy].add_task("Terug van weggeweest");
    if (meets_the_unknowing_first) {
      // Ria has not heard of it and takes what is told; the removal outweighs it once it comes.
      REQUIRE(world.meet(copy, garden.ria).level);
      CHECK(titles(world[garden.ria]).contains("Terug van weggeweest"));
    }
    static_cast<void>(world.meet(copy, garden.noor));
    CHECK(members(world[garden.noor]) == 2);
    CHECK_FALSE(titles(world[garden.noor]).contains("Terug van weggeweest"));
    REQUIRE(world.meet(garden.noor, garden.ria).level);
    static_cast<void>(world.meet(copy, garden.ria));
    static_cast<void>(world.meet(copy, garden.noor));
    for (const std::size_t each : {garden.noor, garden.ria}) {
      CHECK(members(world[each]) == 2);
      CHECK_FALSE(titles(world[each]).contains("Terug van weggeweest"));
      const auto sharing = world[each].replica().sharing(world[each].replica().spaces()->back(),
                                                         {world[copy].replica().keys().device, world[copy].key(), {}});
      REQUIRE(sharing);
      CHECK(sharing->circles.empty());
    }
    CHECK(world[garden.noor].dump() == world[garden.ria].dump());
    // It has heard of the removal by now, and a second copy of that backup gets no further.
    CHECK(members(world[copy]) == 2);
    const std::size_t again = world.restore(garden.piet, backup);
    world[again].ask<CopyEnrolled>(world[again].words());
    static_cast<void>(world.meet(again, garden.ria));
    CHECK(members(world[garden.ria]) == 2);
    CHECK(members(world[again]) == 2);
  }
}

TEST_CASE("a coordinator's copy of before a removal takes nobody back, and learns of it at its first meeting") {
  Garden garden(6);
  SimWorld& world = garden.world;
  const auto backup = world[garden.noor].back_up("copy");
  act::RemovePerson removal;
  removal.person = world[garden.piet].replica().keys().person;
  world[garden.noor].write_act(removal);
  REQUIRE(world.meet(garden.noor, garden.ria).level);

  const std::size_t copy = world.restore(garden.noor, backup);
  world[copy].ask<CopyEnrolled>(world[copy].words());
  CHECK(members(world[copy]) == 3);
  world[copy].add_task("Snoeien");
  REQUIRE(world.meet(copy, garden.ria).level);
  CHECK(members(world[copy]) == 2);
  CHECK(members(world[garden.ria]) == 2);
  REQUIRE(world.meet(copy, garden.noor).level);
  garden.check_same({garden.noor, garden.ria, copy});
}

TEST_CASE("a node makes a backup between its other work, once for each who asks, and gives up what is forgotten") {
  Village village(7);
  const std::size_t noor = village.add("Noor");
  const std::size_t piet = village.add("Piet");
  for (const std::size_t each : {noor, piet}) village.start(each);
  village.listen(noor);
  village.found(noor, {piet});
  for (int i = 0; i < 60; ++i) village.add_task(noor, "Taak " + std::to_string(i));
  village.settle();

  const auto folder = village.world[noor].home().parent_path();
  const auto file = [&](const char* name) { return (folder / name).string(); };
  std::optional<Result<NodeAnswer>> first, forgotten;
  Node& node = village.node(noor);
  node.ask(Request(BackUp{file("one")}), [&](Result<NodeAnswer> given) { first = std::move(given); });
  const Ticket ticket =
      node.ask(Request(BackUp{file("two")}), [&](Result<NodeAnswer> given) { forgotten = std::move(given); });
  CHECK_FALSE(first.has_value());
  CHECK(node.next_ms() == village.world[noor].fake().clock.monotonic_ms());
  REQUIRE(node.turn());
  REQUIRE_FALSE(first.has_value());
  node.forget(ticket);
  CHECK_FALSE(std::filesystem::exists(file("two.part")));
  // Meanwhile others are met, and what they write comes in.
  village.add_task(piet, "Ondertussen");
  int turns = 1;
  while (!first) {
    village.settle();
    ++turns;
    REQUIRE(turns < 10'000);
  }
  CHECK_FALSE(forgotten.has_value());
  REQUIRE(first->has_value());
  const auto& made = std::get<BackedUp>(std::get<Answer>(**first));
  CHECK(made.file == file("one"));
  CHECK(made.bytes == std::filesystem::file_size(file("one")));
  CHECK_FALSE(std::filesystem::exists(file("two")));
  CHECK(village.same(noor, piet));
  CHECK(node.next_ms() != village.world[noor].fake().clock.monotonic_ms());

  CHECK(village.refused(noor, Request(BackUp{file("one")})) == ErrorCode::file_exists);
  CHECK(village.refused(noor, Request(BackUp{file("no/such/folder")})) == ErrorCode::file_missing);
  // A node that ends answers whoever waits.
  std::optional<Result<NodeAnswer>> cut;
  node.ask(Request(BackUp{file("three")}), [&](Result<NodeAnswer> given) { cut = std::move(given); });
  node.abandon();
  REQUIRE(cut.has_value());
  REQUIRE_FALSE(cut->has_value());
  CHECK(cut->error().code == ErrorCode::peer_lost);
  CHECK_FALSE(std::filesystem::exists(file("three.part")));
}

}  // namespace
}  // namespace kiem::test
