#include "tests/simulation/scenarios.hpp"

#include <algorithm>

#include "core/base/check.hpp"
#include "tests/simulation/scenario_parts.hpp"

namespace kiem::test {
namespace {

constexpr std::array kScenarios{
    Scenario{"halves", play_halves},     Scenario{"bridge", play_bridge},     Scenario{"cut-ring", play_cut_ring},
    Scenario{"one-way", play_one_way},   Scenario{"flapping", play_flapping}, Scenario{"islands", play_islands},
    Scenario{"restored", play_restored}, Scenario{"liars", play_liars},       Scenario{"newcomer", play_newcomer},
    Scenario{"clocks", play_clocks},     Scenario{"torn", play_torn},
};

}  // namespace

std::span<const Scenario> scenarios() { return kScenarios; }

ScenarioResult play_scenario(const std::string& name, std::uint64_t seed) {
  const auto found =
      std::find_if(kScenarios.begin(), kScenarios.end(), [&](const Scenario& each) { return name == each.name; });
  KIEM_CHECK(found != kScenarios.end());
  return found->play(seed, Size::brief, [](const std::string&) {});
}

}  // namespace kiem::test
