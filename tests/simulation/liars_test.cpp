// Members gone bad: what they claim and do not bring, what they bring too often, and more of it than anybody may. Each
// costs a bounded piece of work and is laid at the right door.
#include <doctest/doctest.h>

#include "tests/simulation/liar.hpp"
#include "tests/simulation/village.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

struct Neighbours {
  explicit Neighbours(std::uint64_t seed) : world(seed) {
    world.add("Anneke V.");
    world.add("Bram O.");
    world.found(0, "Sociaal Tuinieren");
    world[1].add_task("Soep rondbrengen");
  }
  SimWorld world;
};

// Anneke (0) is honest; Bram's laptop (1) lies.
struct Gone : Neighbours, Liar {
  explicit Gone(std::uint64_t seed, const SessionLimits& limits = {}) : Neighbours(seed), Liar(world, 0, 1, limits) {
    REQUIRE(honest->is_level());
  }
  [[nodiscard]] std::uint64_t counter(std::size_t at) {
    return static_cast<std::uint64_t>(*world[at].replica().counter());
  }
};

}  // namespace

TEST_CASE("who tells of operations that do not exist is asked once, and it is laid at that door") {
  Gone gone(41);
  const std::uint64_t work = gone.world[0].replica().work();
  gone.say(gone.promise());
  const auto heard = gone.listen();
  const bool asked = std::any_of(heard.begin(), heard.end(), [](const wire::Message& message) {
    const auto* const want = std::get_if<wire::Want>(&message);
    return want != nullptr && want->wants.size() == 1;
  });
  CHECK(asked);
  gone.say(wire::Want{{}, true});
  gone.say(wire::Done{1, 5});
  CHECK(level_in(gone.listen()) != nullptr);
  gone.say(wire::Level{1, {}, false, {}});
  CHECK(gone.honest->unserved() == 1);
  CHECK_FALSE(gone.honest->end());
  CHECK(gone.honest->phase() == SessionPhase::live);
  CHECK(gone.world[0].replica().work() - work < 20'000);
  // Nothing is remembered of it, and an honest meeting just works.
  gone.own->lost();
  CHECK(gone.world.meet(1, 0).level);
  CHECK(first_difference(gone.world[0].dump(), gone.world[1].dump()) == "");
}

TEST_CASE(
    "who promises and then talks of other things is let go after a minute, who says nothing after twenty seconds") {
  for (const bool talks : {true, false}) {
    Gone gone(42);
    gone.say(gone.promise());
    gone.listen();
    gone.say(wire::Want{{}, true});
    const Bytes idle = Liar::idle_talk();
    while (!gone.honest->end() && gone.now < 200'000) {
      gone.now += 5'000;
      if (talks) gone.honest->receive(idle, gone.now);
      gone.honest->tick(gone.now);
    }
    REQUIRE(gone.honest->end());
    CHECK(gone.honest->end()->reason == (talks ? EndReason::unserved : EndReason::silent));
    CHECK(gone.honest->unserved() == (talks ? 1 : 0));
    CHECK(gone.now == (talks ? 65'000 : 25'000));
  }
}

TEST_CASE("lists that tell nothing and never end are not listened to") {
  Gone gone(43);
  gone.say(wire::Heads{1, {}, false});
  REQUIRE(gone.honest->end());
  CHECK(gone.honest->end()->reason == EndReason::wrong_state);
  Gone asking(43);
  asking.say(asking.promise());
  asking.say(wire::Want{{}, false});
  REQUIRE(asking.honest->end());
  CHECK(asking.honest->end()->reason == EndReason::wrong_state);
}

TEST_CASE("rounds that bring nothing are joined sixteen times and no more") {
  Gone gone(44);
  const std::uint64_t work = gone.world[0].replica().work();
  std::uint32_t rounds = 0;
  for (; rounds < 40 && !gone.honest->end(); ++rounds) {
    gone.say(wire::Heads{1, {}, true});
    gone.listen();
    gone.say(wire::Want{{}, true});
    gone.say(wire::Done{1, 5});
    const auto heard = gone.listen();
    const auto* const level = level_in(heard);
    REQUIRE(level != nullptr);
    gone.say(wire::Level{1, level->digest, false, {}});
  }
  REQUIRE(gone.honest->end());
  CHECK(gone.honest->end()->reason == EndReason::too_much);
  CHECK(rounds == SessionLimits{}.max_idle_rounds + 1);
  CHECK(gone.world[0].replica().work() - work < 200'000);
}

TEST_CASE("a digest that does not match costs one round with all heads and no more") {
  Gone gone(45);
  for (int time = 0; time < 3; ++time) {
    gone.say(wire::Heads{1, {}, true});
    gone.listen();
    gone.say(wire::Want{{}, true});
    gone.say(wire::Done{1, 5});
    gone.listen();
    gone.say(wire::Level{1, {}, false, {}});
    // No further round is begun from here.
    CHECK(gone.listen().empty());
    CHECK(gone.honest->phase() == SessionPhase::live);
  }
}

TEST_CASE("what is here already is taken so often and no more") {
  SessionLimits limits;
  limits.max_repeated = 10;
  Gone gone(46, limits);
  gone.world[1].add_task("Heg knippen");
  gone.talk();
  const Liar::Known known = gone.known();
  const std::uint64_t taken = gone.honest->operations_taken();
  std::uint64_t times = 0;
  for (; times < 100 && !gone.honest->end(); ++times) gone.say(wire::Piece{known.segment, true});
  REQUIRE(gone.honest->end());
  CHECK(gone.honest->end()->reason == EndReason::too_much);
  // Each brings the whole chain again.
  CHECK(times * known.operations <= 10 + 2 * taken + 2 * known.operations);
  CHECK(times > 1);
}

TEST_CASE("what one person may bring has a bound that empties with the days, and nothing is lost by it") {
  SessionLimits limits;
  limits.author.operations = 40;
  limits.author.operations_a_day = 10;
  Gone gone(47, limits);
  // Joining and the first task are in it already.
  const std::uint64_t before = gone.counter(0);
  for (int i = 0; i < 60; ++i) {
    gone.world[1].add_task("Taak " + std::to_string(i));
    gone.talk();
  }
  REQUIRE_FALSE(gone.honest->end());
  const std::uint64_t taken = gone.counter(0) - before;
  CHECK(taken > 20);
  CHECK(taken <= 40);
  // The others are told of what was taken alone, and a new session takes no more today.
  gone.own->lost();
  gone.honest->lost();
  gone.begin({});
  CHECK(gone.counter(0) - before == gone.counter(1) - before);
  CHECK(first_difference(gone.world[0].dump(), gone.world[1].dump()) == "");
}
