// Findings in a test: any problem fails it, and how many cases there were stands in its output.
#pragma once

#include <doctest/doctest.h>

#include "tests/faults/findings.hpp"

namespace kiem::test {

inline void check(const Findings& findings, std::uint64_t least_cases) {
  std::string ends;
  for (const auto& [end, count] : findings.ends) ends += " " + end + " " + std::to_string(count) + ";";
  MESSAGE("cases: " << findings.cases << ends);
  for (const auto& problem : findings.problems) FAIL_CHECK(problem);
  CHECK(findings.cases >= least_cases);
}

}  // namespace kiem::test
