// What a hostile or broken peer costs: nothing is taken from it, and the next meeting with an honest one just works.
#include <doctest/doctest.h>

#include "tests/simulation/village.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

struct Hostile {
  explicit Hostile(std::uint64_t seed) : world(seed) {
    world.add("Anneke V.");
    world.add("Bram O.");
    world.found(0, "Sociaal Tuinieren");
    world[0].add_task("Heg knippen");
    world[1].add_task("Soep rondbrengen");
  }
  std::unique_ptr<Session> end(std::size_t at, bool dialled) {
    SessionOptions options;
    options.peer = world[1 - at].key();
    options.dialled = dialled;
    return std::make_unique<Session>(world[at].replica(), std::move(options), 0);
  }
  SimWorld world;
};

Bytes bent(Bytes frame, SeededRng& chance) {
  switch (chance.below(5)) {
    case 0:
      frame[chance.below(frame.size())] ^= static_cast<std::uint8_t>(1U << chance.below(8));
      break;
    case 1:
      frame.resize(chance.below(frame.size()));
      break;
    case 2:
      frame.push_back(static_cast<std::uint8_t>(chance.below(256)));
      break;
    case 3:
      for (auto& byte : frame) byte = static_cast<std::uint8_t>(chance.below(256));
      break;
    default:
      frame.insert(frame.begin() + static_cast<std::ptrdiff_t>(chance.below(frame.size() + 1)),
                   static_cast<std::uint8_t>(chance.below(256)));
  }
  return frame;
}

}  // namespace

TEST_CASE("bent, doubled and misplaced frames cost a session and nothing else") {
  const std::uint64_t seed = seed_for("hostile", 300);
  Hostile story(seed);
  auto& world = story.world;
  SeededRng chance(seed);
  std::vector<Bytes> old;  // frames of earlier sessions
  int ended = 0;
  for (int round = 0; round < 150; ++round) {
    CAPTURE(round);
    // Bram is honest up to some frame; from there on his laptop is somebody else's.
    auto honest = story.end(0, false);
    auto rogue = story.end(1, true);
    const std::uint64_t good = chance.below(12);
    std::uint64_t frames = 0;
    for (int turn = 0; turn < 60 && !honest->end(); ++turn) {
      while (auto frame = honest->next_frame()) rogue->receive(*frame, 0);
      auto frame = rogue->next_frame();
      if (!frame && old.empty()) break;
      if (frame) old.push_back(*frame);
      Bytes next = frame ? *frame : old[chance.below(old.size())];
      if (++frames > good) {
        if (chance.chance(50)) next = old[chance.below(old.size())];
        if (chance.chance(70)) next = bent(std::move(next), chance);
      }
      honest->receive(next, 0);
    }
    if (honest->end()) {
      ++ended;
      CHECK(honest->end()->reason != EndReason::failed);
      CHECK(honest->end()->reason != EndReason::other);
    }
    if (old.size() > 200) old.erase(old.begin(), old.begin() + 100);
    if (round % 10 == 0) world[chance.below(2)].add_task("Taak " + std::to_string(round));
  }
  CHECK(ended > 75);
  CHECK(world.meet(0, 1).level);
  CHECK(first_difference(world[0].dump(), world[1].dump()) == "");
  const auto health = world[0].ask<DoctorAnswer>(RunDoctor{});
  CHECK(health.healthy());
}
