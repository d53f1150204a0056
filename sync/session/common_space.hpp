// One space that both ends of a session hold, as this end sees it. A plain value of the session's thread.
#pragma once

#include <array>
#include <optional>

#include "core/replica.hpp"
#include "sync/wire/messages.hpp"

namespace kiem {

struct CommonSpace {
  SpaceRow space;
  Short my_tag, their_tag;
  Sharing sharing;
  wire::SpaceOffer mine, theirs;  // as the two Hellos had it
  // By circle: my counter up to which the peer says it has everything, and what is worth remembering of this meeting.
  Replica::Since since{};
  std::array<std::optional<CircleMark>, kCircles> marks;
};

// The circles of a phase among those that are shared.
[[nodiscard]] inline CircleSet circles_in(const Sharing& sharing, wire::Phase phase) {
  return phase == wire::Phase::access ? sharing.circles.both(CircleSet::access()) : sharing.circles.without_access();
}

}  // namespace kiem
