// From what the workers measured to the table that is printed, and whether every bound held. Values, any thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tests/bench/phases.hpp"

namespace kiem::bench {

enum EngineIndex : std::size_t { kPlain, kKiem, kSqlcipher };
constexpr std::size_t kEngines = 3;

// CPU seconds, and the size of the file in bytes, of each round; empty for an engine that is not here.
using Rounds = std::vector<double>;
struct Figures {
  std::array<std::array<Rounds, kEngines>, kPhaseCount> seconds;
  std::array<double, kEngines> file_bytes{};
};

[[nodiscard]] double median(std::vector<double> values);
// The median of the rounds' ratios: each round's two figures are from the same minute. Nothing without both.
[[nodiscard]] std::optional<double> paired_ratio(const Rounds& above, const Rounds& below);

struct Table {
  std::string text;
  // Titles of what was missed.
  std::vector<std::string> missed;
};
// judged: false prints the figures without bounds or verdicts (a run too short to mean anything).
[[nodiscard]] Table make_table(const Figures& figures, bool judged);

}  // namespace kiem::bench
