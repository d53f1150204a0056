// Scripts drawn at random (tests/support/sim_script.hpp), some hundred of them; tests/fuzz/history_fuzz.cpp goes on
// where these stop, and `./dev sim --scripts` at length. KIEM_SEED plays others.
#include <doctest/doctest.h>

#include "tests/support/sim_script.hpp"

using namespace kiem;
using namespace kiem::test;

TEST_CASE("whatever members sign, two laptops that hear it in two orders show the same, and so does a rebuild") {
  ScriptStage stage;
  const std::uint64_t seed = seed_for("scripts", 1);
  std::size_t offered = 0, taken = 0, parked = 0;
  for (std::uint64_t i = 0; i < 150; ++i) {
    const auto result = stage.play(draw_script(seed + i));
    offered += result.offered;
    taken += result.taken;
    parked += result.parked;
  }
  // Scripts that are refused, or taken, altogether prove nothing.
  CHECK(taken > offered / 4);
  CHECK(taken < offered);
  CHECK(parked > 0);
}

TEST_CASE("scripts that once told two laptops apart tell them apart no more") {
  ScriptStage stage;
  // A fork that made a removal wait; a run whose second operation named another space; an operation that a cut names,
  // come after the removal; an erase in a collection that nobody knows.
  for (const std::uint64_t seed : {1344U, 1590U, 2030U, 32026U}) CHECK(stage.play(draw_script(seed)).taken > 0);
}
