// A village at random: people add tasks, claim, sign off and edit; laptops meet, are cut, restarted, deaf, years off;
// in the end the network heals and everybody must show the same (tests/simulation, kiem-sim).
#pragma once

#include <string>

#include "tests/support/sim_world.hpp"

namespace kiem::test {

struct VillageOptions {
  std::size_t laptops = 4;
  std::size_t acts = 40;
  unsigned cut_percent = 2;
  bool copies = false;    // one laptop's home is copied half way, and both go on
  bool restores = false;  // a backup is made early and late comes back as one more device of its person
  bool clocks = false;    // laptops live at the ends of what clocks can tell: 1970, 2038, 2106
};

struct VillageResult {
  std::uint64_t acts = 0, meetings = 0, cuts = 0, restarts = 0, restores = 0;
  std::uint64_t bytes = 0, operations = 0;
  std::string difference;  // empty when all dumps are equal
};

[[nodiscard]] VillageResult run_village(std::uint64_t seed, const VillageOptions& options);

// The first line that one dump has and the other lacks; empty when they are equal.
[[nodiscard]] std::string first_difference(const std::vector<std::string>& a, const std::vector<std::string>& b);

// What is not as it must be once these laptops have met: their dumps differ, or something is on one alone, or the log
// of one of them gives other views than it has. Empty when all is well.
[[nodiscard]] std::string what_differs(SimWorld& world, const std::vector<std::size_t>& laptops);

}  // namespace kiem::test
