// What befalls a neighbourhood, one thing at a time: its network falls apart and heals, its islands have one traveller,
// its laptops come back from old backups, some of its members lie, somebody joins over a line that breaks again and
// again, its clocks jump. Whatever it was, in the end all show the same.
//
// Each comes from one seed, at two sizes: short ones are tests, those at length are played by kiem-sim --scenarios.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>

namespace kiem::test {

struct ScenarioResult {
  std::size_t laptops = 0;
  std::uint64_t operations = 0;
  std::uint64_t meetings = 0;
  std::uint64_t bytes = 0;   // over all links, both ways
  std::uint64_t given = 0;   // operations that were sent
  std::uint64_t taken = 0;   // and those of them that were new where they came
  std::uint64_t rounds = 0;  // of meetings after all was written, until all were equal
  std::string wrong;         // empty when all is as it must be
};

enum class Size : std::uint8_t { brief, long_form };

struct Scenario {
  const char* name;
  // `told` hears how far it is, now and then.
  ScenarioResult (*play)(std::uint64_t seed, Size size, const std::function<void(const std::string&)>& told);
};

[[nodiscard]] std::span<const Scenario> scenarios();
// By name; which must be one.
[[nodiscard]] ScenarioResult play_scenario(const std::string& name, std::uint64_t seed);

}  // namespace kiem::test
