#include <doctest/doctest.h>

#include "core/crdt/live.hpp"
#include "core/crdt/set.hpp"
#include "core/crdt/tally.hpp"
#include "tests/support/mutation_ids.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {
constexpr auto kLeast = std::numeric_limits<std::int64_t>::min();
constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
}  // namespace

TEST_CASE("an element added twice is one element, in the order of the values, and an empty set is empty") {
  CHECK(fold_set({}).empty());
  const std::vector<SetAddition> live{{mutation(1), view("b")},
                                      {mutation(2), view("a")},
                                      {mutation(3), view("b")},
                                      {mutation(3), view("b")},
                                      {mutation(4), view("\xC3")}};
  const auto elements = fold_set(live);
  REQUIRE(elements.size() == 3);
  CHECK(text_view(elements[0].value) == "a");
  CHECK(text_view(elements[1].value) == "b");
  CHECK(text_view(elements[2].value) == "\xC3");
  std::vector<MutationId> both{mutation(1), mutation(3)};
  sort_once(both);
  CHECK(elements[1].additions == both);
}

TEST_CASE("adding wins over a removal that did not see it, and loses to one that did") {
  const std::vector<MutationVerdict> all{{mutation(1), true}, {mutation(2), true}, {mutation(3), true}};
  std::vector<SupersedeEdge> removal{{mutation(3), mutation(1)}};  // mutation 3 removes; 1 and 2 both added "a"
  const auto left = [&] {
    std::vector<SetAddition> live;
    for (const auto& id : live_mutations(all, removal)) {
      if (id != mutation(3)) live.push_back({id, view("a")});
    }
    return fold_set(live);
  };
  REQUIRE(left().size() == 1);
  CHECK(left()[0].additions == std::vector{mutation(2)});
  removal.push_back({mutation(3), mutation(2)});
  CHECK(left().empty());
}

TEST_CASE("entries add up, each once, also below zero") {
  CHECK(fold_tally({}) == Tally{});
  const std::vector<TallyEntry> live{{mutation(1), 90}, {mutation(2), -30}, {mutation(1), 90}};
  CHECK(fold_tally(live) == Tally{60, 2, false});
}

TEST_CASE("a correction takes the place of its entry, and two that did not see each other both stand") {
  const std::vector<MutationVerdict> all{{mutation(1), true}, {mutation(2), true}, {mutation(3), true}};
  const std::vector<SupersedeEdge> edges{{mutation(2), mutation(1)}, {mutation(3), mutation(1)}};
  std::vector<TallyEntry> live;
  for (const auto& id : live_mutations(all, edges)) live.push_back({id, id == mutation(2) ? 20 : 30});
  CHECK(fold_tally(live) == Tally{50, 2, false});
}

TEST_CASE("a sum is exact to the last that fits, and one beyond is told") {
  using Entries = std::vector<TallyEntry>;
  CHECK(fold_tally(Entries{{mutation(1), kMost}}) == Tally{kMost, 1, false});
  CHECK(fold_tally(Entries{{mutation(1), kLeast}}) == Tally{kLeast, 1, false});
  CHECK(fold_tally(Entries{{mutation(1), kMost}, {mutation(2), 1}}) == Tally{kMost, 2, true});
  CHECK(fold_tally(Entries{{mutation(1), kLeast}, {mutation(2), -1}}) == Tally{kLeast, 2, true});
  CHECK(fold_tally(Entries{{mutation(1), kMost}, {mutation(2), 1}, {mutation(3), -1}}) == Tally{kMost, 3, false});
  CHECK(fold_tally(Entries{{mutation(1), kMost}, {mutation(2), kMost}, {mutation(3), kLeast}, {mutation(4), kLeast}}) ==
        Tally{-2, 4, false});
}
