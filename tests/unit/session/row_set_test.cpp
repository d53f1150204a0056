#include "sync/session/row_set.hpp"

#include <doctest/doctest.h>

#include <set>

#include "tests/support/fakes.hpp"

using namespace kiem;

TEST_CASE("a set of rows holds exactly what was added, in as few ranges as there are gaps") {
  test::SeededRng rng(3);
  for (int round = 0; round < 50; ++round) {
    RowSet rows;
    std::set<std::int64_t> model;
    for (int i = 0; i < 60; ++i) {
      const auto row = static_cast<std::int64_t>(rng.below(80));
      rows.add(row);
      model.insert(row);
    }
    std::size_t ranges = 0;
    for (std::int64_t row = -1; row < 82; ++row) {
      CHECK(rows.has(row) == model.contains(row));
      if (model.contains(row) && !model.contains(row - 1)) ++ranges;
    }
    CHECK(rows.ranges() == ranges);
  }
}

TEST_CASE("rows that are passed are forgotten once their whole range is") {
  RowSet rows;
  for (const std::int64_t row : {1, 2, 3, 7}) rows.add(row);
  rows.forget_up_to(2);
  CHECK(rows.has(3));
  rows.forget_up_to(3);
  CHECK_FALSE(rows.has(3));
  CHECK(rows.has(7));
}
