#include "core/crdt/live.hpp"

#include <doctest/doctest.h>

#include "tests/support/mutation_ids.hpp"

using namespace kiem;
using kiem::test::mutation;

namespace {
std::vector<MutationId> sorted(std::vector<MutationId> ids) {
  sort_once(ids);
  return ids;
}
}  // namespace

TEST_CASE("of nothing, nothing is live") { CHECK(live_mutations({}, {}).empty()); }

TEST_CASE("a superseded mutation is not live, and does not come back when its successor is superseded") {
  const std::vector<MutationVerdict> all{{mutation(1), true}, {mutation(2), true}, {mutation(3), true}};
  const std::vector<SupersedeEdge> edges{{mutation(2), mutation(1)}, {mutation(3), mutation(2)}};
  CHECK(live_mutations(all, edges) == std::vector{mutation(3)});
}

TEST_CASE("a mutation that does not apply is not live and supersedes nothing") {
  const std::vector<MutationVerdict> all{{mutation(1), true}, {mutation(2), false}};
  const std::vector<SupersedeEdge> edges{{mutation(2), mutation(1)}};
  CHECK(live_mutations(all, edges) == std::vector{mutation(1)});
}

TEST_CASE("an edge from a mutation that is not here counts for nothing, and to one that is not here harms nothing") {
  const std::vector<MutationVerdict> all{{mutation(1), true}};
  CHECK(live_mutations(all, std::vector<SupersedeEdge>{{mutation(9), mutation(1)}}) == std::vector{mutation(1)});
  CHECK(live_mutations(all, std::vector<SupersedeEdge>{{mutation(1), mutation(9)}}) == std::vector{mutation(1)});
}

TEST_CASE("a mutation that comes after the one that replaced it arrives superseded") {
  const std::vector<SupersedeEdge> edges{{mutation(2), mutation(1)}};
  CHECK(live_mutations(std::vector<MutationVerdict>{{mutation(2), true}}, edges) == std::vector{mutation(2)});
  CHECK(live_mutations(std::vector<MutationVerdict>{{mutation(2), true}, {mutation(1), true}}, edges) ==
        std::vector{mutation(2)});
}

TEST_CASE("mutations of one operation are told apart by their index") {
  const std::vector<MutationVerdict> all{{mutation(1, 0), true}, {mutation(1, 1), true}};
  CHECK(live_mutations(all, std::vector<SupersedeEdge>{{mutation(1, 1), mutation(1, 0)}}) ==
        std::vector{mutation(1, 1)});
}

TEST_CASE("concurrent mutations are both live, in ascending order and once each") {
  const std::vector<MutationVerdict> all{{mutation(1), true}, {mutation(2), true}, {mutation(1), true}};
  CHECK(live_mutations(all, {}) == sorted({mutation(1), mutation(2)}));
}

TEST_CASE("a mutation given with both verdicts does not apply, and one that names itself stays") {
  const std::vector<MutationVerdict> both{{mutation(1), true}, {mutation(1), false}};
  CHECK(live_mutations(both, {}).empty());
  const std::vector<MutationVerdict> one{{mutation(1), true}};
  CHECK(live_mutations(one, std::vector<SupersedeEdge>{{mutation(1), mutation(1)}}) == std::vector{mutation(1)});
}
