// The tables of core/views beside a naive model in memory (record_model.hpp); `./dev sim --model` does so at length.
#include <doctest/doctest.h>

#include "tests/simulation/record_model.hpp"

using namespace kiem;
using namespace kiem::test;

TEST_CASE("lists with filters, orders and pages are those of a naive reader of the log") {
  const std::uint64_t seed = seed_for("model", 1);
  ComparedQueries all;
  for (std::uint64_t i = 0; i < 8; ++i) {
    const auto compared = run_model_history(seed + i);
    all.queries += compared.queries;
    all.records += compared.records;
    CAPTURE(seed + i);
    REQUIRE(compared.difference == "");
  }
  CHECK(all.queries == 8 * kActsOfHistory);
  CHECK(all.records > all.queries / 2);
}
