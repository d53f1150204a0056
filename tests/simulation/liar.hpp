// A member's laptop that is honest until both are level; from then on whoever holds one of these speaks in its place.
//
// Borrows the world, owns the two sessions. No network and no clock of the world between them: `now` is this meeting's.
#pragma once

#include "tests/support/sim_world.hpp"

namespace kiem::test {

class Liar {
 public:
  Liar(SimWorld& world, std::size_t honest, std::size_t liar, const SessionLimits& limits = {});

  // Both sessions anew, until they are level.
  void begin(const SessionLimits& limits);
  // Frames to and fro until neither has one.
  void talk();
  void say(const wire::Message& message) { honest->receive(wire::encode(message), now); }
  // What the honest one says until it waits.
  std::vector<wire::Message> listen();

  // Heads of one chain of the liar's own with an end that is nowhere.
  [[nodiscard]] wire::Heads promise();
  // A message of a kind that nobody knows yet: it may be said at any time.
  [[nodiscard]] static Bytes idle_talk();
  // The liar's own work in the open circle, which the honest one has.
  struct Known {
    Bytes segment;
    std::size_t operations = 0;
  };
  [[nodiscard]] Known known();

  std::unique_ptr<Session> honest, own;
  std::uint64_t now = 0;

 private:
  SimWorld& world_;
  std::array<std::size_t, 2> laptops_;
};

// The digest that is told at the end of a round; null when it is not among these.
[[nodiscard]] const wire::Level* level_in(const std::vector<wire::Message>& heard);

}  // namespace kiem::test
