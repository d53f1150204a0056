// A naive reader of the log beside the tables of core/views: it takes all operations of the initiative into memory and
// folds the records of the collection of record_acts.hpp by rules written out here (DESIGN D3), without SQL and without
// core/views or core/crdt; then it filters, orders and pages by walking. What a laptop answers must be the same.
#pragma once

#include <string>

#include "tests/support/sim_world.hpp"

namespace kiem::test {

struct ComparedQueries {
  std::uint64_t queries = 0, records = 0;  // asked, and told in the answers
  std::string difference;                  // empty: all were alike
};

// Asks so many random lists and the record of each answer; for a village of honest laptops.
[[nodiscard]] ComparedQueries compare_with_model(SimLaptop& laptop, SeededRng& chance, std::size_t queries);

// A history of so many acts of two laptops that meet now and then, one of which is compared after every act: what was
// done so far is a history as well.
constexpr std::size_t kActsOfHistory = 60;
[[nodiscard]] ComparedQueries run_model_history(std::uint64_t seed);

}  // namespace kiem::test
