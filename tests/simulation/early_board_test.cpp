// A newcomer of an initiative that has been at it for a while: what is on the board comes first, and how far it is can
// be told.
#include <doctest/doctest.h>

#include "tests/support/sim_world.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

constexpr std::uint32_t kTasks = 150;
constexpr std::uint64_t kAnyTime = 600'000;

// As many bytes as people write about a task, of words that do not pack into nothing.
std::string note(SeededRng& chance) {
  std::string text;
  while (text.size() < 400) text += std::to_string(chance.below(1'000'000'000)) + " ";
  return text;
}

std::uint32_t open_tasks(SimLaptop& laptop) {
  const auto status = laptop.ask<StatusAnswer>(ShowStatus{});
  return status.initiatives.empty() ? 0 : status.initiatives[0].open_tasks;
}

}  // namespace

TEST_CASE("the board of a newcomer is whole before what only members read has come, and how far it is can be told") {
  SimWorld world(seed_for("early board", 11));
  world.network.room = 1;  // a slow network: nothing waits on the way, so bytes that were sent have come
  world.add("Anneke V.");
  world.add("Bram O.");
  world[0].ask<InitiativeCreated>(CreateInitiative{"Sociaal Tuinieren"});
  for (std::uint32_t i = 0; i < kTasks; ++i) {
    AddTask task;
    task.title = "Tuin " + std::to_string(i);
    task.seats = 2;
    task.note = note(world.chance());
    world[0].ask<TaskAdded>(task);
  }
  auto invitation = world[0].replica().invite({}, Role::volunteer);
  REQUIRE(invitation.has_value());
  auto& link = world.connect(1, 0, std::move(invitation->seed));
  std::optional<Session::Progress> seen;
  const auto look = [&] {
    const auto now = link.dialler().progress();
    if (!now) return;
    CHECK(now->came <= now->of);
    if (seen) {
      CHECK(now->of == seen->of);
      CHECK(now->came >= seen->came);
    }
    seen = now;
  };
  const bool has_board = world.run_until(
      [&] {
        look();
        return open_tasks(world[1]) == kTasks;
      },
      kAnyTime);
  REQUIRE(has_board);
  const std::uint64_t until_board = link.traffic().all_bytes();
  const auto then = seen;
  const bool is_level = world.run_until(
      [&] {
        look();
        return link.is_level();
      },
      kAnyTime);
  REQUIRE(is_level);
  MESSAGE(until_board, " bytes until the board is whole, ", link.traffic().all_bytes(),
          " in all; operations: ", then ? then->came : 0, " of ", then ? then->of : 0);
  CHECK(until_board < link.traffic().all_bytes() / 2);
  // A task and its note are two operations.
  REQUIRE(then);
  CHECK(then->of >= 2 * kTasks);
  CHECK(then->came >= kTasks);
  CHECK(then->came < then->of);
  CHECK_FALSE(link.dialler().progress());
  CHECK_FALSE(link.accepter().progress());
}
