// Four persons of one initiative, and what tests ask about membership.
#pragma once

#include <doctest/doctest.h>

#include "tests/support/membership_world.hpp"

namespace kiem::test {

#define CHECK_REASON(membership, id, expected)                                    \
  do {                                                                            \
    const auto found = (membership).verdict(id);                                  \
    REQUIRE(found);                                                               \
    CHECK(std::string(name_of(found->reason)) == std::string(name_of(expected))); \
  } while (false)

inline Belonging belonging_of(const Membership& membership, const PersonId& person) {
  const auto state = membership.state();
  const PersonState* found = state.find(person);
  REQUIRE(found != nullptr);
  return found->belonging;
}

inline bool is_coordinator(const Membership& membership, const PersonId& person) {
  return membership.is_coordinator(person, membership.heads());
}

// Anna founded it; Bram and Carla are coordinators, Dirk is a volunteer; all know all of that.
struct Neighbourhood {
  MembershipWorld world;
  Laptop anna, bram, carla, dirk;

  Neighbourhood() {
    anna = world.found();
    for (int i = 0; i < 3; ++i) (void)world.add_person();
    bram = world.join_as_coordinator(anna, 1);
    carla = world.join_as_coordinator(anna, 2);
    dirk = world.join(anna, 3);
    bram.known = carla.known = dirk.known = anna.known;
  }
  [[nodiscard]] const PersonId& id(std::size_t person) const { return world.id(person); }
};

inline const auto kAlways = [](const DataCut&) { return true; };
inline const auto kNever = [](const DataCut&) { return false; };

}  // namespace kiem::test
