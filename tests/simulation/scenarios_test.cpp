// Short forms of the scenarios; kiem-sim --scenarios plays them at length.
#include "tests/simulation/scenarios.hpp"

#include <doctest/doctest.h>

#include "tests/support/sim_world.hpp"

using namespace kiem::test;

namespace {

void must_hold(const std::string& name, std::uint64_t usual) {
  const std::uint64_t seed = seed_for(name.c_str(), usual);
  const ScenarioResult result = play_scenario(name, seed);
  CAPTURE(seed);
  CHECK(result.wrong == "");
  CHECK(result.operations > result.laptops);
  MESSAGE(name, ": ", result.laptops, " laptops, ", result.operations, " operations, ", result.meetings, " meetings, ",
          result.bytes, " bytes, equal after ", result.rounds, " rounds");
}

}  // namespace

TEST_CASE("two halves that lived apart agree once they meet") { must_hold("halves", 401); }

TEST_CASE("one laptop between two halves is enough for both") { must_hold("bridge", 402); }

TEST_CASE("a ring that is cut agrees along what is left of it") { must_hold("cut-ring", 403); }

TEST_CASE("pairs that hear each other in one direction only are gone round") { must_hold("one-way", 404); }

TEST_CASE("links that are up for fifty milliseconds at a time bring all to all") { must_hold("flapping", 405); }

TEST_CASE("islands that one traveller visits in a week agree, and never meet otherwise") { must_hold("islands", 406); }

TEST_CASE("laptops that come back from old backups in place of what is lost agree with all others") {
  must_hold("restored", 407);
}

TEST_CASE("members who promise, stall, flood and fork keep no honest laptop from agreeing with the others") {
  must_hold("liars", 408);
}

TEST_CASE("a newcomer whose line is cut every twenty seconds gets in and gets all, and little of it twice") {
  must_hold("newcomer", 409);
}

TEST_CASE("clocks that jump by days in the middle of it change nothing of what all agree on") {
  must_hold("clocks", 410);
}

TEST_CASE("after meetings that were torn or deaf a whole one sends nothing that is there already") {
  must_hold("torn", 411);
}
