// The vectors of sync/PROTOCOL.md section 13, in the shape of tests/vectors/README.md: beacons with the keys that open
// them and what they then say, beacons that say nothing, and how a discovery key is made.
#pragma once

#include "tests/unit/wire/session_vectors.hpp"

namespace kiem::test {

[[nodiscard]] std::vector<SessionVector> make_discovery_vectors();

}  // namespace kiem::test
