// Short forms of the experiments that need more than the store: merges, and programs that are killed.
#include <doctest/doctest.h>

#include "tests/faults/check_findings.hpp"
#include "tests/faults/kills.hpp"
#include "tests/faults/merge_stream.hpp"
#include "tests/simulation/village.hpp"
#include "tests/support/connection_trace.hpp"

using namespace kiem::test;

TEST_CASE("a store that merges has at every cut of the power what was acknowledged, and the views of just that") {
  Findings findings;
  cut_merge({.seed = 4, .samples = 1}, 24, 4, findings);
  check(findings, 120);
}

TEST_CASE("a process that is killed while it merges leaves a whole store with everything that it said it had") {
  Findings findings;
  kill_merging_child(11, 40, findings);
  check(findings, 40);
  CHECK(findings.ends["killed amid commits"] > 0);
}

TEST_CASE("the program, killed while it takes in a neighbour's tasks, leaves a store that doctor calls whole") {
  Findings findings;
  kill_kiem_while_it_syncs(12, 6, findings);
  check(findings, 6);
}

TEST_CASE("over whole villages of meetings and restarts each store has one connection that can write") {
  const ConnectionTrace trace;
  std::uint64_t restarts = 0;
  for (std::uint64_t seed = 21; seed < 24; ++seed) {
    const auto result = run_village(seed, {.laptops = 4, .acts = 25, .cut_percent = 3});
    CAPTURE(seed);
    CHECK(result.difference.empty());
    restarts += result.restarts;
  }
  const auto files = ConnectionTrace::files();
  CHECK(files.size() >= 12);
  std::uint64_t opened = 0;
  for (const auto& each : files) {
    const auto& file = each.second;
    CAPTURE(each.first);
    CHECK(file.most_writers == 1);
    CHECK(file.writers_now == 0);
    CHECK(file.readers_now == 0);
    opened += static_cast<std::uint64_t>(file.writers_ever);
  }
  // No more than each store's making and its openings.
  CHECK(opened >= files.size() + restarts);
  CHECK(opened <= 2 * (files.size() + restarts));
}
