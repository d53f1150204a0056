// kiem-faults: the experiments of tests/unit/store at length, and programs that are killed or whose network fails.
// Prints what goes on, then a table, and ends with 1 when anything was found. Behind ./dev faults.
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "tests/faults/damage.hpp"
#include "tests/faults/failing_calls.hpp"
#include "tests/faults/flood.hpp"
#include "tests/faults/kills.hpp"
#include "tests/faults/memory_failures.hpp"
#include "tests/faults/merge_stream.hpp"
#include "tests/faults/network.hpp"
#include "tests/faults/power_cut.hpp"

using namespace kiem::test;

namespace {

using Clock = std::chrono::steady_clock;

// One round of an experiment: everything in it comes from the seed.
using Round = void (*)(std::uint64_t seed, Findings& findings);

struct Experiment {
  const char* name;
  // Rounds are run with seeds seed, seed + 1, ... until there are so many cases; 0: one round is all there is.
  std::uint64_t cases;
  Round round;
};

CutPlan long_cut(std::uint64_t seed) { return {.seed = seed, .samples = 6, .every_subset_of = 6}; }

const Experiment kExperiments[] = {
    {"cut-everyday", 30'000, [](auto seed, auto& findings) { cut_everyday_work(long_cut(seed), 40, findings); }},
    {"cut-large", 8'000, [](auto seed, auto& findings) { cut_large_transaction(long_cut(seed), findings); }},
    {"cut-kills", 20'000,
     [](auto seed, auto& findings) {
       cut_after_kills({.seed = seed, .samples = 4, .every_subset_of = 5, .only_at_syncs = true}, 1, 1, findings);
     }},
    {"cut-merge", 15'000, [](auto seed, auto& findings) { cut_merge(long_cut(seed), 60, 1 + seed % 7, findings); }},
    {"cut-migration", 10'000, [](auto seed, auto& findings) { cut_migration(long_cut(seed), findings); }},
    {"cut-passphrase", 5'000, [](auto seed, auto& findings) { cut_new_passphrase(long_cut(seed), findings); }},
    {"cut-erasure", 10'000, [](auto seed, auto& findings) { cut_erasure(long_cut(seed), findings); }},
    {"cut-lying-disk", 8'000, [](auto seed, auto& findings) { cut_lying_disk(long_cut(seed), findings); }},
    {"fail-calls", 0,
     [](auto, auto& findings) {
       for (const auto& failure : all_failures()) {
         fail_each_call(failure, findings);
         fail_each_call_of_creation(failure, findings);
         fail_each_call_of_migration(failure, findings);
         fail_each_call_of_new_passphrase(failure, findings);
       }
     }},
    {"fail-memory", 0,
     [](auto, auto& findings) {
       fail_each_request(Memory::of_sqlite, findings);
       fail_each_request(Memory::our_own, findings);
     }},
    {"flip-bytes", 0, [](auto seed, auto& findings) { flip_each_byte({.seed = seed}, findings); }},
    {"swap-bytes", 0, [](auto seed, auto& findings) { swap_neighbouring_bytes({.seed = seed}, findings); }},
    {"hurt-sectors", 0, [](auto seed, auto& findings) { zero_and_double_sectors({.seed = seed}, findings); }},
    {"misplace-pages", 0, [](auto seed, auto& findings) { misplace_pages({.seed = seed}, findings); }},
    {"put-back-older", 0, [](auto seed, auto& findings) { put_back_older({.seed = seed}, findings); }},
    {"cut-lengths", 0, [](auto seed, auto& findings) { cut_at_each_length({.seed = seed}, findings); }},
    {"key-file", 0, [](auto, auto& findings) { damage_key_file(findings); }},
    {"kill-merge", 3'000, [](auto seed, auto& findings) { kill_merging_child(seed, 500, findings); }},
    {"kill-kiem", 300, [](auto seed, auto& findings) { kill_kiem_while_it_syncs(seed, 100, findings); }},
    {"network-silence", 0, [](auto seed, auto& findings) { go_silent_in_the_middle(seed, findings); }},
    {"network-slow", 0, [](auto seed, auto& findings) { sync_over_slow_lines(seed, findings); }},
    {"network-deaf", 0, [](auto seed, auto& findings) { hear_nothing_more(seed, findings); }},
    {"network-flood", 0, [](auto seed, auto& findings) { flood_with_strangers(seed, findings); }},
    {"network-cuts", 0, [](auto seed, auto& findings) { cut_again_and_again(seed, findings); }},
};

int usage() {
  std::fputs(
      "kiem-faults [--seed N] [--only NAME] [--minutes N]\n"
      "  --seed N     the first seed of every experiment (1); a problem tells the seed that plays it again\n"
      "  --only NAME  one experiment, or all whose names begin so\n"
      "  --minutes N  each experiment goes on with further seeds for so long\n"
      "experiments:",
      stderr);
  for (const auto& experiment : kExperiments) std::fprintf(stderr, " %s", experiment.name);
  std::fputs("\n", stderr);
  return 2;
}

struct Row {
  std::string name;
  Findings findings;
  double seconds = 0;
};

Row run(const Experiment& experiment, std::uint64_t seed, double minutes) {
  Row row{experiment.name, {}, 0};
  const auto begin = Clock::now();
  const auto seconds = [&] { return std::chrono::duration<double>(Clock::now() - begin).count(); };
  double shown = 0;
  row.findings.is_enough = [&](const Findings& so_far) {
    const double now = seconds();
    if (now - shown >= 5) {
      shown = now;
      std::fprintf(stderr, "%s: %llu cases, %zu found, %.0f s\n", experiment.name,
                   static_cast<unsigned long long>(so_far.cases), so_far.problems.size(), now);
    }
    return minutes > 0 && now >= minutes * 60;
  };
  std::fprintf(stderr, "%s: seed %llu\n", experiment.name, static_cast<unsigned long long>(seed));
  do {
    experiment.round(seed++, row.findings);
  } while (!row.findings.is_over() && (minutes > 0 || row.findings.cases < experiment.cases));
  row.seconds = seconds();
  for (const auto& problem : row.findings.problems) std::fprintf(stderr, "FOUND: %s\n", problem.c_str());
  return row;
}

}  // namespace

int main(int count, char** arguments) {
  // What starts other programs is shared with tests and speaks doctest.
  doctest::Context context;
  context.setAsDefaultForAssertsOutOfTestCases();
  use_failing_memory();
  std::uint64_t seed = 1;
  double minutes = 0;
  std::string_view only;
  for (int i = 1; i < count; i += 2) {
    const std::string_view name = arguments[i];
    if (i + 1 == count) return usage();
    if (name == "--seed") {
      seed = std::strtoull(arguments[i + 1], nullptr, 10);
    } else if (name == "--only") {
      only = arguments[i + 1];
    } else if (name == "--minutes") {
      minutes = std::strtod(arguments[i + 1], nullptr);
    } else {
      return usage();
    }
  }
  std::vector<Row> rows;
  for (const auto& experiment : kExperiments) {
    if (std::string_view(experiment.name).starts_with(only)) rows.push_back(run(experiment, seed, minutes));
  }
  if (rows.empty()) return usage();
  std::printf("%-16s %10s %8s %9s  how cases ended\n", "experiment", "cases", "found", "seconds");
  std::size_t found = 0;
  std::uint64_t cases = 0;
  for (const auto& row : rows) {
    found += row.findings.problems.size();
    cases += row.findings.cases;
    std::printf("%-16s %10llu %8zu %9.1f ", row.name.c_str(), static_cast<unsigned long long>(row.findings.cases),
                row.findings.problems.size(), row.seconds);
    for (const auto& [end, number] : row.findings.ends) {
      std::printf(" %s: %llu;", end.c_str(), static_cast<unsigned long long>(number));
    }
    std::puts("");
  }
  std::printf("%-16s %10llu %8zu\n", "all", static_cast<unsigned long long>(cases), found);
  return found == 0 ? 0 : 1;
}
