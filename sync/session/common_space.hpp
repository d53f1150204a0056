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
  CircleSet recalled;             // without Hellos: the circles that Again and Known speak of
  // By circle: my counter up to which the peer says it has everything, and what is worth remembering of this meeting.
  Replica::Since since{};
  std::array<std::optional<CircleMark>, kCircles> marks;
};

// How a Round finds out who lacks what.
enum class RoundKind : std::uint8_t {
  recalled,  // known beforehand, from Again and Known
  frontier,  // one tells how much it has of each chain, at a first contact
  changed,   // both tell the heads that changed since the last meeting
  full,      // both tell all heads, with ids
};

// The circles of a phase among those that are shared.
[[nodiscard]] inline CircleSet circles_in(const Sharing& sharing, wire::Phase phase) {
  return phase == wire::Phase::access ? sharing.circles.both(CircleSet::access()) : sharing.circles.without_access();
}

// Those that a round of this kind is over. What was not spoken of in Again waits for a full round; the last recalled
// round is over the access circles too, since nothing else looks at those that had not grown.
[[nodiscard]] inline CircleSet circles_in(const CommonSpace& space, wire::Phase phase, RoundKind kind) {
  const CircleSet all = circles_in(space.sharing, phase);
  if (kind != RoundKind::recalled) return all;
  return phase == wire::Phase::data ? space.sharing.circles.both(space.recalled) : all.both(space.recalled);
}

// The space that both read this circle of; nullptr when there is none.
[[nodiscard]] inline const CommonSpace* find_common(const std::vector<CommonSpace>& spaces, std::int64_t row,
                                                    std::uint32_t circle) {
  for (const auto& each : spaces) {
    if (each.space.row == row && each.sharing.circles.has(circle)) return &each;
  }
  return nullptr;
}
[[nodiscard]] inline Replica::Counts shared_of(const std::vector<CommonSpace>& spaces) {
  return [&spaces](std::int64_t, std::int64_t space, std::uint32_t circle) {
    return find_common(spaces, space, circle) != nullptr;
  };
}

}  // namespace kiem
