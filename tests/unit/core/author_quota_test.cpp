// How what a person brought empties with the days.
#include "core/author_quota.hpp"

#include <doctest/doctest.h>

using namespace kiem;

TEST_CASE("what was used comes back day by day, never below nothing, and not at all when the clock goes back") {
  AuthorLimits limits;
  limits.operations_a_day = 24;
  limits.bytes_a_day = 240;
  constexpr std::int64_t kHourMs = 3'600'000;
  const AuthorUse use{100, 1'000};
  CHECK(use_after(use, 0, limits) == use);
  CHECK(use_after(use, -kHourMs, limits) == use);
  CHECK(use_after(use, INT64_MIN, limits) == use);
  CHECK(use_after(use, kHourMs - 1, limits) == AuthorUse{100, 991});
  CHECK(use_after(use, kHourMs, limits) == AuthorUse{99, 990});
  CHECK(use_after(use, 25 * kHourMs, limits) == AuthorUse{75, 750});
  CHECK(use_after(use, 100 * kHourMs, limits) == AuthorUse{0, 0});
  CHECK(use_after(use, 100 * kHourMs - 1, limits) == AuthorUse{1, 1});
  CHECK(use_after(use, INT64_MAX, limits) == AuthorUse{0, 0});
}

TEST_CASE("where nothing comes back what was used stays") {
  AuthorLimits limits;
  limits.operations_a_day = 0;
  limits.bytes_a_day = 0;
  CHECK(use_after({5, 6}, INT64_MAX, limits) == AuthorUse{5, 6});
}
