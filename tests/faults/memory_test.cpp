// No memory, at every request that SQLite makes and at every one of our own: a program of its own, for it stands in
// place of both allocators.
#include <doctest/doctest.h>

#include "tests/faults/check_findings.hpp"
#include "tests/faults/memory_failures.hpp"

using namespace kiem::test;

TEST_CASE(
    "without memory for SQLite at any request a store says so, shows nothing changed, leaks nothing and is whole") {
  use_failing_memory();
  Findings findings;
  fail_each_request(Memory::of_sqlite, findings);
  check(findings, 300);
}

TEST_CASE("without memory for ourselves at any request no exception passes through SQLite, and the store is whole") {
  use_failing_memory();
  Findings findings;
  fail_each_request(Memory::our_own, findings);
  check(findings, 300);
}
