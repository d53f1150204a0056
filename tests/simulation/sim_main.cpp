// kiem-sim: villages at random, many of them, each from one seed; prints a line each and stops at the first that does
// not agree with itself.
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "tests/simulation/village.hpp"

namespace {

int usage() {
  std::fputs(
      "kiem-sim [--seed N] [--rounds N] [--laptops N] [--acts N] [--cut PERCENT] [--copies]\n"
      "  runs villages from seeds N, N+1, ... and compares all laptops after healing\n",
      stderr);
  return 2;
}

}  // namespace

int main(int count, char** arguments) {
  std::uint64_t seed = 1, rounds = 20;
  kiem::test::VillageOptions options;
  for (int i = 1; i < count; ++i) {
    const std::string_view name = arguments[i];
    if (name == "--copies") {
      options.copies = true;
      continue;
    }
    if (i + 1 == count) return usage();
    const std::uint64_t value = std::strtoull(arguments[++i], nullptr, 10);
    if (name == "--seed") {
      seed = value;
    } else if (name == "--rounds") {
      rounds = value;
    } else if (name == "--laptops" && value >= 2 && value <= 8) {
      options.laptops = value;
    } else if (name == "--acts") {
      options.acts = value;
    } else if (name == "--cut" && value <= 100) {
      options.cut_percent = static_cast<unsigned>(value);
    } else {
      return usage();
    }
  }
  std::puts("      seed   acts  meetings   cut  restarts  operations       bytes  equal");
  for (std::uint64_t i = 0; i < rounds; ++i) {
    const auto result = kiem::test::run_village(seed + i, options);
    const auto number = [](std::uint64_t value) { return static_cast<unsigned long long>(value); };
    std::printf("%10llu %6llu %9llu %5llu %9llu %11llu %11llu  %s\n", number(seed + i), number(result.acts),
                number(result.meetings), number(result.cuts), number(result.restarts), number(result.operations),
                number(result.bytes), result.difference.empty() ? "yes" : "NO");
    std::fflush(stdout);
    if (result.difference.empty()) continue;
    std::printf("%s\nplay it again with --seed %llu --rounds 1\n", result.difference.c_str(), number(seed + i));
    return 1;
  }
  return 0;
}
