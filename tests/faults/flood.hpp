// Strangers by the thousand at a whole node: connections that say nothing, half a greeting, garbage, and hellos that
// are none, from many addresses of this machine, twice as many at once as the node may have descriptors.
//
// One thread. What the strangers say is drawn from the seed.
#pragma once

#include "tests/faults/findings.hpp"

namespace kiem::test {

// Ten thousand connections of each kind. Meanwhile a member syncs; afterwards the node has let go of descriptors and
// memory, and is at rest.
void flood_with_strangers(std::uint64_t seed, Findings& findings);

}  // namespace kiem::test
