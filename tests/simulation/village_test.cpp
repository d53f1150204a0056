// Villages at random: whatever happened, after healing all laptops show the same.
#include "tests/simulation/village.hpp"

#include <doctest/doctest.h>

using namespace kiem;
using namespace kiem::test;

TEST_CASE("after healing the canonical dumps of all members are equal") {
  const std::uint64_t seed = seed_for("village", 100);
  for (std::uint64_t i = 0; i < 4; ++i) {
    CAPTURE(seed + i);
    VillageOptions options;
    options.laptops = 3 + i % 3;
    options.acts = 25;
    options.cut_percent = static_cast<unsigned>(3 * i);
    const auto result = run_village(seed + i, options);
    CHECK(result.operations > options.laptops);
    CHECK(result.difference == "");
  }
}

TEST_CASE("a copied home that goes on does not keep the village from agreeing") {
  const std::uint64_t seed = seed_for("village with a copy", 200);
  for (std::uint64_t i = 0; i < 2; ++i) {
    CAPTURE(seed + i);
    VillageOptions options;
    options.laptops = 3;
    options.acts = 24;
    options.copies = true;
    const auto result = run_village(seed + i, options);
    CHECK(result.difference == "");
  }
}

TEST_CASE("clocks at 1970, 2038 and 2106, a backup that comes back and a fork do not keep the village from agreeing") {
  const std::uint64_t seed = seed_for("village at the ends of time", 300);
  for (std::uint64_t i = 0; i < 2; ++i) {
    CAPTURE(seed + i);
    VillageOptions options;
    options.laptops = 4;
    options.acts = 28;
    options.clocks = options.restores = true;
    options.copies = i % 2 == 1;
    const auto result = run_village(seed + i, options);
    CHECK(result.restores == 1);
    CHECK(result.difference == "");
  }
}
