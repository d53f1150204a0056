// `kiem sync` over a network that fails in ways that take their time: silence in the middle, slow lines, ends that hear
// nothing, cuts. Two homes on this disk, a node at one of them, a proxy between. Where the network fails is drawn from
// the seed; what had come by then is the machine's to say.
//
// One thread, and the proxy's.
#pragma once

#include "tests/faults/findings.hpp"

namespace kiem::test {

// At three fifths of a transfer nothing comes for forty seconds. Whatever the sync made of it, the next one brings no
// more than what was missing.
void go_silent_in_the_middle(std::uint64_t seed, Findings& findings);

// Lines of 16 KB to 500 bytes a second, slower than heartbeats and silences are long for a whole transfer: each brings
// all over one connection.
void sync_over_slow_lines(std::uint64_t seed, Findings& findings);

// Bytes are taken and nothing comes back, or nothing comes there: the sync ends by itself, and the node goes on.
void hear_nothing_more(std::uint64_t seed, Findings& findings);

// The connection is cut twenty times before all is there.
void cut_again_and_again(std::uint64_t seed, Findings& findings);

}  // namespace kiem::test
