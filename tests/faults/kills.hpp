// A process is killed (SIGKILL) at any moment while it merges: the next one finds all that was acknowledged, and a
// whole store. Moments are drawn from the seed; what a process had done by then is the machine's to say, so that a seed
// plays the moments again and not the outcome.
//
// One thread.
#pragma once

#include "tests/faults/findings.hpp"

namespace kiem::test {

// A child of our own ingests a stream of operations and says after each commit how many it has. Each round goes on from
// what the last one left behind, until all is merged; then a new store begins.
void kill_merging_child(std::uint64_t seed, std::uint64_t rounds, Findings& findings);

// `kiem sync` takes in a neighbour's tasks; after each kill `kiem doctor` calls the store whole, it can be written to,
// and at the end all is there.
void kill_kiem_while_it_syncs(std::uint64_t seed, std::uint64_t rounds, Findings& findings);

}  // namespace kiem::test
