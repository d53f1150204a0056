// What breaks: links, laptops, backups, peers. Nothing is lost, nothing is sent twice, and the next meeting just works.
#include <doctest/doctest.h>

#include <algorithm>

#include "core/oplog/author.hpp"
#include "tests/simulation/village.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

struct Pair {
  explicit Pair(std::uint64_t seed = 3, std::size_t count = 2) : world(seed) {
    constexpr std::array kNames{"Anneke V.", "Bram O.", "Chantal D."};
    for (std::size_t i = 0; i < count; ++i) world.add(kNames.at(i));
    world.found(0, "Sociaal Tuinieren");
  }
  void must_agree() {
    const auto first = world[0].dump();
    for (std::size_t i = 1; i < world.size(); ++i) CHECK(first_difference(first, world[i].dump()) == "");
  }
  SimWorld world;
};

// Enough for several windows.
Bytes many_tasks(int count, const std::string& batch) {
  std::string csv = "id;titel;plekken\n";
  for (int i = 0; i < count; ++i) {
    csv += batch + std::to_string(i) + ";Klus " + batch + " nummer " + std::to_string(i) + " aan de lange haag;2\n";
  }
  return to_bytes(view(csv));
}

void import(SimLaptop& laptop, int count, const std::string& batch = "t") {
  ImportFile file;
  file.file_name = batch + ".csv";
  file.contents = many_tasks(count, batch);
  laptop.ask<ImportAnswer>(file);
}

// All operations of the initiative on this laptop, each run cut as short as its signatures allow.
std::vector<Bytes> all_segments(SimLaptop& laptop, const PeerDevice& peer) {
  std::vector<Bytes> segments;
  Replica& replica = laptop.replica();
  const auto spaces = *replica.spaces();
  for (const auto& space : spaces) {
    if (space.kind != SpaceKind::initiative) continue;
    const Sharing shared = *replica.sharing(space, peer);
    const auto heads = *replica.heads(space, shared.circles);
    for (const auto& head : heads) {
      const auto runs = *replica.runs_after(head.chain, {});
      for (const auto& run : runs) {
        std::size_t at = 0;
        // The founding operation comes with the admission, never in a segment.
        if (head.circle == 0 && head.device == replica.keys().device) at = 1;
        while (at < run.rows.size()) {
          const auto exported = *replica.export_run(std::span(run.rows).subspan(at), peer, 1, true);
          REQUIRE(exported.count > 0);
          segments.push_back(exported.segment);
          at += exported.count;
        }
      }
    }
  }
  return segments;
}

}  // namespace

TEST_CASE("a link cut twenty times resends at most a window each time") {
  Pair clean(21), broken(21);
  import(clean.world[0], 3000);
  import(broken.world[0], 3000);
  const std::uint64_t needed = clean.world.meet(0, 1).traffic.all_segment_bytes();
  CHECK(needed > 100'000);
  std::uint64_t sent = 0;
  auto& world = broken.world;
  int cuts = 0;
  for (; cuts < 20; ++cuts) {
    SimLink& link = world.connect(0, 1);
    const std::uint64_t until = needed / 40 + world.chance().below(needed / 30);
    world.run_until([&] { return link.traffic().all_segment_bytes() >= until || link.is_level(); });
    sent += link.traffic().all_segment_bytes();
    link.cut();
  }
  world.forget_links();
  const Meeting last = world.meet(0, 1);
  CHECK(last.level);
  sent += last.traffic.all_segment_bytes();
  CHECK(sent <= needed + needed / 50 + 20 * SessionLimits{}.window);
  MESSAGE("needed ", needed, " bytes of segments, sent ", sent, " over 20 cuts");
  broken.must_agree();
}

TEST_CASE("either laptop may be restarted after any frame") {
  for (std::size_t victim = 0; victim < 2; ++victim) {
    for (std::uint64_t frames = 0;; ++frames) {
      CAPTURE(victim);
      CAPTURE(frames);
      Pair pair(22);
      auto& world = pair.world;
      world[0].add_task("Heg knippen", 1);
      world[0].add_task("Gieters nakijken", 2);
      world[1].add_task("Soep rondbrengen", 2);
      SimLink& link = world.connect(1, 0);
      const bool stopped =
          world.run_until([&] { return link.traffic().frames[0] + link.traffic().frames[1] >= frames; }, 10'000);
      if (!stopped) break;  // the whole meeting takes fewer frames
      world[victim].restart();
      CHECK(world.meet(0, 1).level);
      pair.must_agree();
      CHECK(world[0].only_here() == 0);
      CHECK(frames < 60);
      // Each world costs two stores; every third step is looked at for the second laptop.
      if (victim == 1) frames += 2;
    }
  }
}

TEST_CASE("a peer that stops in the middle is let go of, and the next meeting just works") {
  for (const std::size_t direction : {0U, 1U}) {
    Pair pair(23);
    auto& world = pair.world;
    world[0].add_task("Heg knippen");
    world[1].add_task("Soep rondbrengen");
    SimLink& link = world.connect(0, 1);
    link.block(direction, true);
    CHECK(world.run_until([&] { return !link.is_up(); }, 60'000));
    const bool silent =
        link.dialler().end()->reason == EndReason::silent || link.accepter().end()->reason == EndReason::silent;
    CHECK(silent);
    world.forget_links();
    CHECK(world.meet(0, 1).level);
    pair.must_agree();
  }
}

TEST_CASE("a restored copy that went on is a fork, and both branches end everywhere") {
  Pair pair(24);
  auto& world = pair.world;
  world[1].add_task("Voor de kopie");
  const std::size_t copy = world.copy(1);
  world[1].add_task("Van het origineel");
  world[1].claim("Van het origineel");
  world[copy].add_task("Van de kopie");
  world[copy].claim("Voor de kopie");
  CHECK(world.meet(1, 0).level);
  CHECK(world.meet(copy, 0).level);
  CHECK(world.meet(1, 0).level);
  // By its own operations, which came back to it: what it wrote itself is more than what the other one remembered.
  CHECK(world[copy].ask<StatusAnswer>(ShowStatus{}).initiatives[0].older);
  CHECK_FALSE(world[0].ask<StatusAnswer>(ShowStatus{}).initiatives[0].older);
  pair.must_agree();
  CHECK(world[0].ask<Tasks>(ListTasks{}).tasks.size() == 3);
  // And on: the forked device writes on one branch, meets its twin itself, and nothing wedges.
  world[1].add_task("Verder na de vork");
  world[copy].add_task("Ook verder");
  CHECK(world.meet(1, copy).level);
  CHECK(world.meet(0, copy).level);
  pair.must_agree();
  const Meeting quiet = world.meet(0, copy);
  CHECK(quiet.traffic.all_segment_bytes() == 0);
}

TEST_CASE("a home put back from an old backup gets back what it lost, its own operations too") {
  Pair pair(25);
  auto& world = pair.world;
  const std::size_t backup = world.copy(1);
  for (int i = 0; i < 40; ++i) world[1].add_task("Taak " + std::to_string(i));
  CHECK(world.meet(1, 0).level);
  // The original is gone; the backup goes on as if nothing was there.
  const auto older = [&](std::size_t laptop) {
    return world[laptop].ask<StatusAnswer>(ShowStatus{}).initiatives[0].older;
  };
  CHECK_FALSE(older(backup));
  CHECK(world.meet(backup, 0).level);
  // And is told who knew more of it, which nobody else is.
  REQUIRE(older(backup));
  CHECK(older(backup)->device == world[0].ask<StatusAnswer>(ShowStatus{}).device);
  CHECK(older(backup)->person.name == "Anneke V.");
  CHECK_FALSE(older(0));
  CHECK(first_difference(world[0].dump(), world[backup].dump()) == "");
  world[backup].add_task("Na het terugzetten");
  CHECK(world.meet(backup, 0).level);
  CHECK(world[0].ask<Tasks>(ListTasks{}).tasks.size() == 41);
}

TEST_CASE("operations that arrive doubled and in any order give the same") {
  Pair pair(26);
  auto& world = pair.world;
  import(world[0], 30);
  world[0].add_task("Heg knippen", 1);
  world[0].claim("Heg knippen");
  auto segments = all_segments(world[0], world[1].as_peer());
  const auto doubled = segments;
  segments.insert(segments.end(), doubled.begin(), doubled.end());
  auto& chance = world.chance();
  for (int pass = 0; pass < 40; ++pass) {
    for (std::size_t i = segments.size(); i > 1; --i) std::swap(segments[i - 1], segments[chance.below(i)]);
    for (const auto& segment : segments) {
      const auto taken = world[1].replica().take({&segment, 1}, world[0].as_peer());
      REQUIRE(taken);
      CHECK(taken->front().outcome != Taken::Outcome::refused);
    }
    if (world[1].dump() == world[0].dump()) break;
  }
  pair.must_agree();
}

TEST_CASE("what is written while both are connected is pushed, and confirmed at once by the assigner") {
  Pair pair(27, 3);
  auto& world = pair.world;
  world[0].add_task("Soep rondbrengen", 1);
  SimLink& one = world.connect(1, 0);
  SimLink& two = world.connect(2, 0);
  REQUIRE(world.run_until([&] { return one.is_level() && two.is_level(); }));
  world[1].claim("Soep rondbrengen");
  REQUIRE(world.run_until(
      [&] { return world[2].claims("Soep rondbrengen") == std::vector<std::string>{"Bram O. 2 0"}; }, 5'000));
  world[2].claim("Soep rondbrengen");
  REQUIRE(world.run_until([&] { return world[1].claims("Soep rondbrengen").size() == 2; }, 5'000));
  REQUIRE(world.run_until([&] { return one.is_level() && two.is_level(); }, 5'000));
  world.run(3'000);
  pair.must_agree();
  CHECK(world[1].only_here() == 0);
}

TEST_CASE(
    "the commit that resolves a removal ends every session with the removed device, and nothing goes there any more") {
  Pair pair(29, 3);
  auto& world = pair.world;
  const PersonId bram = world[1].replica().keys().person;
  SimLink& link = world.connect(1, 2);
  REQUIRE(world.run_until([&] { return link.is_level(); }));
  world[0].write_act(act::RemovePerson{bram, {}, {}});
  SimLink& news = world.connect(0, 2);
  REQUIRE(world.run_until([&] { return link.accepter().end().has_value(); }));
  CHECK(link.accepter().end()->reason == EndReason::removed);
  world[2].add_task("Niet voor Bram");
  REQUIRE(world.run_until([&] { return news.is_level() && !link.is_up(); }));
  CHECK(link.dialler().end()->by_peer);
  CHECK(world[0].ask<Tasks>(ListTasks{}).tasks.size() == 1);
  CHECK(world[1].ask<Tasks>(ListTasks{}).tasks.empty());
  // Not at the next meeting either, whoever calls.
  const Meeting called = world.meet(1, 2);
  CHECK_FALSE(called.level);
  CHECK(called.accepter->reason == EndReason::removed);
  CHECK(called.traffic.all_segment_bytes() == 0);
  const Meeting calls = world.meet(0, 1);
  CHECK_FALSE(calls.level);
  CHECK(calls.traffic.all_bytes() == 0);
}

TEST_CASE("somebody on probation gets the other circles in the session in which the confirmation comes") {
  SimWorld world(28);
  for (const char* name : {"Anneke V.", "Bram O.", "Chantal D."}) world.add(name);
  world[0].ask<InitiativeCreated>(CreateInitiative{"Sociaal Tuinieren"});
  AddTask task;
  task.title = "Heg knippen";
  task.note = "De sleutel hangt in de schuur.";
  world[0].ask<TaskAdded>(task);
  CHECK(world.join(0, 1).level);
  // Anneke invites, and is away when Chantal knocks at Bram's: he passes the proof on, and she is on probation.
  auto invitation = world[0].replica().invite({}, Role::volunteer);
  REQUIRE(invitation);
  CHECK(world.meet(0, 1).level);
  SimLink& link = world.connect(2, 1, std::move(invitation->seed));
  REQUIRE(world.run_until([&] { return link.is_level(); }));
  CHECK(world[2].ask<Tasks>(ListTasks{}).tasks[0].note == "");
  SimLink& home = world.connect(0, 1);
  REQUIRE(world.run_until([&] { return home.is_level(); }));
  CHECK(world[0].ask<People>(ListPeople{}).people.size() == 3);
  link.cut();
  CHECK(world.meet(2, 0).level);
  CHECK(world[2].ask<Tasks>(ListTasks{}).tasks[0].note == "");
  // The confirmation reaches her through a session that is level already.
  SimLink& live = world.connect(2, 0);
  REQUIRE(world.run_until([&] { return live.is_level(); }));
  const PersonId chantal = world[2].replica().keys().person;
  REQUIRE(world[0].replica().confirm({}, chantal));
  CHECK(world.run_until([&] { return world[2].ask<Tasks>(ListTasks{}).tasks[0].note == task.note; }, 20'000));
  REQUIRE(world.run_until([&] { return live.is_level() && home.is_level(); }, 20'000));
  CHECK(first_difference(world[0].dump(), world[2].dump()) == "");
}
