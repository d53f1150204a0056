#include "core/crdt/claim_order.hpp"

#include <doctest/doctest.h>

#include "core/crdt/mutation_set.hpp"
#include "tests/support/fakes.hpp"
#include "tests/support/mutation_ids.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

const RecordId kOccurrence = record(1);

ClaimAttempt attempt(std::uint64_t number, std::vector<MutationId> named = {}, std::uint64_t who = 0) {
  ClaimAttempt made;
  made.id = mutation(number);
  made.principal = principal(who == 0 ? number : who);
  made.claim = record_of(made.principal);
  made.named = std::move(named);
  return made;
}

std::vector<MutationId> placed(const std::vector<ClaimAttempt>& attempts) {
  return claim_order(kOccurrence, attempts).placed;
}

}  // namespace

TEST_CASE("of nothing there is no order and nothing to name") {
  CHECK(claim_order(kOccurrence, {}).placed.empty());
  CHECK(names_for_new_attempt(kOccurrence, {}).empty());
}

TEST_CASE("attempts that did not see each other stand by lot, and the lot falls anew for each occurrence") {
  std::vector<ClaimAttempt> attempts;
  for (std::uint64_t i = 1; i <= 20; ++i) attempts.push_back(attempt(i));
  std::sort(attempts.begin(), attempts.end(), [](const auto& a, const auto& b) {
    return hash_of("kiem.lot.0", {view(kOccurrence), view(a.principal)}) <
           hash_of("kiem.lot.0", {view(kOccurrence), view(b.principal)});
  });
  std::vector<MutationId> expected;
  for (const auto& one : attempts) expected.push_back(one.id);
  CHECK(placed(attempts) == expected);
  CHECK(claim_order(record(2), attempts).placed != expected);
}

TEST_CASE("who saw another stands behind it, whatever the lot says") {
  for (std::uint64_t i = 1; i < 20; ++i) {
    CHECK(placed({attempt(i, {mutation(i + 1)}), attempt(i + 1)}) == std::vector{mutation(i + 1), mutation(i)});
  }
}

TEST_CASE("attempts of one principal that do not name each other stand by id") {
  const auto order = placed({attempt(1, {}, 5), attempt(2, {}, 5)});
  CHECK(order == std::vector{std::min(mutation(1), mutation(2)), std::max(mutation(1), mutation(2))});
}

TEST_CASE("an attempt whose named one is missing waits, and so does who names it, until it comes") {
  std::vector<ClaimAttempt> attempts{attempt(1, {mutation(9)}), attempt(2, {mutation(1)}), attempt(3)};
  auto order = claim_order(kOccurrence, attempts);
  CHECK(order.placed == std::vector{mutation(3)});
  CHECK(order.unplaced == std::vector{std::min(mutation(1), mutation(2)), std::max(mutation(1), mutation(2))});
  attempts.push_back(attempt(9));
  order = claim_order(kOccurrence, attempts);
  CHECK(order.unplaced.empty());
  std::erase(order.placed, mutation(3));
  CHECK(order.placed == std::vector{mutation(9), mutation(1), mutation(2)});
}

TEST_CASE("naming one attempt twice is naming it once") {
  CHECK(placed({attempt(1, {mutation(2), mutation(2)}), attempt(2)}) == std::vector{mutation(2), mutation(1)});
}

TEST_CASE("attempts that name each other or themselves stay unplaced, and stop nobody else") {
  const std::vector<ClaimAttempt> attempts{attempt(1, {mutation(2)}), attempt(2, {mutation(1)}),
                                           attempt(3, {mutation(3)}), attempt(4)};
  const auto order = claim_order(kOccurrence, attempts);
  CHECK(order.placed == std::vector{mutation(4)});
  CHECK(order.unplaced.size() == 3);
  CHECK(names_for_new_attempt(kOccurrence, attempts) == std::vector{mutation(4)});
}

TEST_CASE("withdrawn attempts and those without effect keep their place in the order") {
  auto gone = attempt(1);
  gone.withdrawn = true;
  auto nothing = attempt(2, {mutation(1)});
  nothing.verdict = SeatVerdict::no_effect;
  CHECK(placed({attempt(3, {mutation(2)}), gone, nothing}) == std::vector{mutation(1), mutation(2), mutation(3)});
}

TEST_CASE("a new attempt names the tips: not what others name, not what is unplaced") {
  const std::vector<ClaimAttempt> attempts{attempt(1), attempt(2, {mutation(1)}), attempt(3),
                                           attempt(4, {mutation(3), mutation(9)})};
  auto names = names_for_new_attempt(kOccurrence, attempts);
  std::sort(names.begin(), names.end());
  // Attempt 4 names 3 but is not placed, so that 3 is still a tip.
  CHECK(names == std::vector{std::min(mutation(2), mutation(3)), std::max(mutation(2), mutation(3))});
}

TEST_CASE(
    "at 64 tips all are named, at 65 all but the first in the order, and who names them stands last all the same") {
  std::vector<ClaimAttempt> attempts;
  for (std::uint64_t i = 1; i <= 64; ++i) attempts.push_back(attempt(i));
  CHECK(names_for_new_attempt(kOccurrence, attempts) == placed(attempts));
  for (std::uint64_t i = 65; i <= 90; ++i) {
    attempts.push_back(attempt(i));
    const auto order = placed(attempts);
    const auto names = names_for_new_attempt(kOccurrence, attempts);
    REQUIRE(names.size() == kMaxNamedAttempts);
    CHECK(std::equal(names.rbegin(), names.rend(), order.rbegin()));
    auto extended = attempts;
    extended.push_back(attempt(1000 + i, names));
    CHECK(placed(extended).back() == mutation(1000 + i));
  }
}

TEST_CASE("ten thousand attempts are ordered, in one chain, all apart, and each naming 64") {
  constexpr std::uint64_t kMany = 10'000;
  std::vector<ClaimAttempt> chain;
  std::vector<ClaimAttempt> apart;
  std::vector<ClaimAttempt> dense;
  for (std::uint64_t i = 0; i < kMany; ++i) {
    chain.push_back(attempt(i, i == 0 ? std::vector<MutationId>{} : std::vector{mutation(i - 1)}, 1 + i % 50));
    apart.push_back(attempt(i, {}, i + 1));
    std::vector<MutationId> named;
    for (std::uint64_t back = 1; back <= std::min<std::uint64_t>(i, 64); ++back) named.push_back(mutation(i - back));
    dense.push_back(attempt(i, std::move(named), i + 1));
  }
  CHECK(placed(apart).size() == kMany);
  for (const auto* attempts : {&chain, &dense}) {
    const auto order = placed(*attempts);
    REQUIRE(order.size() == kMany);
    CHECK(order.front() == mutation(0));
    CHECK(order.back() == mutation(kMany - 1));
    CHECK(names_for_new_attempt(kOccurrence, *attempts) == std::vector{mutation(kMany - 1)});
  }
}
