// The single scenarios, for the list of them (scenarios.cpp).
#pragma once

#include "tests/simulation/neighbourhood.hpp"
#include "tests/simulation/scenarios.hpp"

namespace kiem::test {

using Told = std::function<void(const std::string&)>;

inline constexpr unsigned kWriters = 60;  // percent of those present, each round

// After everything was written all must be equal within so many rounds in which each calls one other: what is written
// last goes to the assigner, and what it decides comes back.
inline constexpr std::size_t kMostRounds = 40;

// A network in parts (partitions.cpp).
[[nodiscard]] ScenarioResult play_halves(std::uint64_t seed, Size size, const Told& told);
[[nodiscard]] ScenarioResult play_bridge(std::uint64_t seed, Size size, const Told& told);
[[nodiscard]] ScenarioResult play_cut_ring(std::uint64_t seed, Size size, const Told& told);
[[nodiscard]] ScenarioResult play_one_way(std::uint64_t seed, Size size, const Told& told);
[[nodiscard]] ScenarioResult play_flapping(std::uint64_t seed, Size size, const Told& told);
[[nodiscard]] ScenarioResult play_torn(std::uint64_t seed, Size size, const Told& told);
[[nodiscard]] ScenarioResult play_islands(std::uint64_t seed, Size size, const Told& told);

// Laptops and people (misfortunes.cpp).
[[nodiscard]] ScenarioResult play_restored(std::uint64_t seed, Size size, const Told& told);
[[nodiscard]] ScenarioResult play_liars(std::uint64_t seed, Size size, const Told& told);
[[nodiscard]] ScenarioResult play_newcomer(std::uint64_t seed, Size size, const Told& told);
[[nodiscard]] ScenarioResult play_clocks(std::uint64_t seed, Size size, const Told& told);

}  // namespace kiem::test
