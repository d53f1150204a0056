// The laws of claims and seats (DESIGN D6) on random histories: devices that saw part of what others did, liars that
// name what they like, attempts that never came, groups, smaller and larger totals, withdrawals, removals, closings.
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "core/crdt/seats.hpp"
#include "tests/property/law.hpp"
#include "tests/support/mutation_ids.hpp"
#include "tests/support/seats_model.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

struct History {
  std::optional<std::uint32_t> seats;
  bool cancelled = false;
  std::vector<ClaimAttempt> attempts;
  std::vector<SeatConfirmation> confirmations;
  std::optional<std::vector<MutationId>> closing;

  [[nodiscard]] SeatsInput input() const {
    SeatsInput input{record(1), seats, cancelled, attempts, confirmations, {}};
    if (closing) input.closing = *closing;
    return input;
  }
  [[nodiscard]] SeatsFold fold() const { return fold_seats(input()); }
};

template <class T>
std::vector<T> some_of(const std::vector<T>& all, int one_out_of) {
  std::vector<T> some;
  for (const auto& item : all) {
    if (one_in(one_out_of)) some.push_back(item);
  }
  return some;
}

ClaimAttempt draw_attempt(std::uint64_t number, const std::vector<ClaimAttempt>& earlier, int principals) {
  ClaimAttempt made;
  made.id = mutation(number);
  made.principal = principal(static_cast<std::uint64_t>(draw(principals)));
  made.claim = record_of(made.principal);
  made.count = static_cast<std::uint32_t>(one_in(3) ? draw(6) : 1);
  if (one_in(6)) {  // a liar: anything, itself, what comes later, what never was
    for (int i = draw(4); i > 0; --i) made.named.push_back(mutation(static_cast<std::uint64_t>(draw(20))));
  } else {  // an honest device, that has about half of what others made
    made.named = names_for_new_attempt(record(1), some_of(earlier, 2));
  }
  for (const auto& other : earlier) {
    if (one_in(other.claim == made.claim ? 3 : 20)) made.lowers.push_back(other.id);
  }
  if (one_in(12)) made.verdict = one_in(2) ? SeatVerdict::set_aside : SeatVerdict::no_effect;
  made.withdrawn = one_in(6);
  made.offer = one_in(10);
  made.as_many_as_fit = one_in(6);
  return made;
}

History draw_history() {
  History history;
  if (!one_in(10)) history.seats = static_cast<std::uint32_t>(draw(9));
  history.cancelled = one_in(20);
  std::vector<ClaimAttempt> all;
  const int principals = 1 + draw(8);
  for (int i = draw(17); i > 0; --i) all.push_back(draw_attempt(all.size(), all, principals));
  for (const auto& attempt : all) {
    if (!one_in(8)) history.attempts.push_back(attempt);  // the rest is not here yet
  }
  for (int i = draw(4); i > 0; --i) {
    SeatConfirmation confirmation{mutation(100 + history.confirmations.size()), {}, SeatVerdict::applies};
    if (one_in(4)) confirmation.verdict = one_in(3) ? SeatVerdict::no_effect : SeatVerdict::set_aside;
    for (const auto& attempt : some_of(all, 5)) {
      confirmation.attempts.push_back({attempt.id, {}});
      if (one_in(4)) confirmation.attempts.back().heads = static_cast<std::uint32_t>(draw(5));
    }
    history.confirmations.push_back(std::move(confirmation));
  }
  if (one_in(4)) {
    history.closing.emplace();
    for (const auto& attempt : all) {
      if (!one_in(3)) history.closing->push_back(attempt.id);
    }
  }
  return history;
}

const ClaimStanding* find_claim(const SeatsFold& fold, const RecordId& claim) {
  for (const auto& standing : fold.claims) {
    if (standing.claim == claim) return &standing;
  }
  return nullptr;
}

// What is left of `longer` when only the elements of `shorter` are kept.
std::vector<MutationId> restricted(const std::vector<MutationId>& longer, const std::vector<MutationId>& shorter) {
  std::vector<MutationId> kept;
  for (const auto& id : longer) {
    if (std::find(shorter.begin(), shorter.end(), id) != shorter.end()) kept.push_back(id);
  }
  return kept;
}

// Everything that no claim of an occurrence may ever break.
void check_invariants(const History& history, const SeatsFold& fold) {
  std::set<RecordId> claimants;
  for (const auto& attempt : history.attempts) claimants.insert(attempt.claim);
  std::set<RecordId> shown;
  std::set<std::uint32_t> positions;
  std::uint64_t confirmed = 0;
  std::uint64_t placed = 0;
  for (const auto& claim : fold.claims) {
    RC_ASSERT(shown.insert(claim.claim).second);
    confirmed += claim.confirmed_count;
    placed += claim.placed_count;
    RC_ASSERT(claim.confirmed_count + claim.placed_count + claim.waiting_count <= claim.wanted_count);
    RC_ASSERT((claim.position > 0) == (claim.waiting_count > 0 && !history.cancelled));
    if (claim.position > 0) RC_ASSERT(positions.insert(claim.position).second);
    RC_ASSERT((claim.wanted_count == 0) == claim.attempts.empty());
  }
  RC_ASSERT(shown == claimants);
  if (!positions.empty()) RC_ASSERT(*positions.rbegin() == positions.size());
  RC_ASSERT(confirmed <= fold.confirmed_total);
  if (history.seats) {
    RC_ASSERT(fold.overbooked == (!history.cancelled && fold.confirmed_total > *history.seats));
    RC_ASSERT(placed + *fold.open_seats == *fold.free_seats);
  }
  std::map<MutationId, RecordId> claim_of;
  for (const auto& attempt : history.attempts) claim_of[attempt.id] = attempt.claim;
  std::map<RecordId, std::uint32_t> newly;
  for (const auto& next : fold.confirmable) {
    auto& heads = newly[claim_of.at(next.attempt)];
    heads = std::max(heads, next.heads - find_claim(fold, claim_of.at(next.attempt))->confirmed_count);
  }
  std::uint64_t asked = 0;
  for (const auto& [claim, heads] : newly) asked += heads;
  if (fold.free_seats) RC_ASSERT(asked <= *fold.free_seats);
}

}  // namespace

TEST_CASE("the fold agrees with the model written from the design's own words") {
  CHECK(law("model", [] {
    const auto history = draw_history();
    const SeatsModel model(history.input());
    const auto order = claim_order(record(1), history.attempts);
    RC_ASSERT(order.placed == model.order());
    RC_ASSERT(names_for_new_attempt(record(1), history.attempts) == model.tips());
    const auto fold = history.fold();
    const auto expected = model.fold();
    RC_ASSERT(fold.claims.size() == expected.claims.size());
    for (std::size_t i = 0; i < fold.claims.size(); ++i) {
      RC_ASSERT(code(fold.claims[i].state) == code(expected.claims[i].state));
      RC_ASSERT(code(fold.claims[i].reason) == code(expected.claims[i].reason));
      RC_ASSERT((fold.claims[i] == expected.claims[i]));
    }
    RC_ASSERT((fold == expected));
  }));
}

TEST_CASE("every claimant is in exactly one state, and never more is to be confirmed than is free") {
  CHECK(law("invariants", [] {
    const auto history = draw_history();
    check_invariants(history, history.fold());
  }));
}

TEST_CASE("neither order nor repetition of what arrives changes anything") {
  CHECK(law("order and repetition", [] {
    auto history = draw_history();
    const auto fold = history.fold();
    const auto order = claim_order(record(1), history.attempts);
    const auto names = names_for_new_attempt(record(1), history.attempts);
    shuffle_and_repeat(history.attempts);
    shuffle_and_repeat(history.confirmations);
    if (history.closing) shuffle_and_repeat(*history.closing);
    for (auto& attempt : history.attempts) {
      shuffle_and_repeat(attempt.named);
      shuffle_and_repeat(attempt.lowers);
    }
    RC_ASSERT((history.fold() == fold));
    RC_ASSERT(claim_order(record(1), history.attempts).placed == order.placed);
    RC_ASSERT(claim_order(record(1), history.attempts).unplaced == order.unplaced);
    RC_ASSERT(names_for_new_attempt(record(1), history.attempts) == names);
  }));
}

TEST_CASE("whatever arrives late is only inserted, and never reshuffles the others") {
  CHECK(law("insertion", [] {
    const auto history = draw_history();
    const auto before = claim_order(record(1), some_of(history.attempts, 2));
    const auto after = claim_order(record(1), history.attempts);
    RC_ASSERT(restricted(after.placed, before.placed) == before.placed);
  }));
}

TEST_CASE("a new claimant leaves the others' order on the list as it was, and moves nobody forward") {
  CHECK(law("a new claimant", [] {
    auto history = draw_history();
    // An offer waits in front of people who have a seat; were they to lose it they would stand behind the offer again.
    for (auto& attempt : history.attempts) attempt.offer = false;
    const auto before = history.fold();
    auto late = draw_attempt(50, history.attempts, 1);
    late.principal = principal(99);
    late.claim = record_of(late.principal);
    late.lowers = {};
    history.attempts.push_back(late);
    if (history.closing && one_in(2)) history.closing->push_back(late.id);
    const auto after = history.fold();
    std::vector<RecordId> order_before;
    std::vector<RecordId> order_after;
    const auto on_list = [](const ClaimStanding& claim) {
      return claim.state == ClaimState::provisional || claim.state == ClaimState::waiting;
    };
    for (const auto& claim : before.claims) {
      if (on_list(claim)) order_before.push_back(claim.claim);
      const auto* now = find_claim(after, claim.claim);
      RC_ASSERT(now != nullptr);
      RC_ASSERT(now->confirmed_count == claim.confirmed_count);
      RC_ASSERT(now->placed_count <= claim.placed_count);
      RC_ASSERT(now->wanted_count == claim.wanted_count);
    }
    for (const auto& claim : after.claims) {
      if (on_list(claim) && claim.claim != late.claim) order_after.push_back(claim.claim);
    }
    // Who was placed and now waits stands behind those still placed, as before.
    RC_ASSERT(order_after == order_before);
  }));
}

TEST_CASE("confirmed is placed: no attempt of anybody else, and no larger one of the own claim, takes it away") {
  CHECK(law("confirmed stays", [] {
    auto history = draw_history();
    const auto before = history.fold();
    for (int i = 1 + draw(4); i > 0; --i) {
      auto more = draw_attempt(50 + static_cast<std::uint64_t>(i), history.attempts, 9);
      more.lowers = {};
      history.attempts.push_back(std::move(more));
    }
    const auto after = history.fold();
    for (const auto& claim : before.claims) {
      if (claim.state != ClaimState::confirmed) continue;
      const auto* now = find_claim(after, claim.claim);
      RC_ASSERT(now != nullptr);
      RC_ASSERT(code(now->state) == code(ClaimState::confirmed));
      RC_ASSERT(now->confirmed_count == claim.confirmed_count);
    }
  }));
}

TEST_CASE("having confirmed what was confirmable, all of it is confirmed and nothing more is confirmable") {
  CHECK(law("confirming", [] {
    auto history = draw_history();
    const auto before = history.fold();
    SeatConfirmation confirmation{mutation(500), {}, SeatVerdict::applies};
    for (const auto& next : before.confirmable) confirmation.attempts.push_back({next.attempt, next.heads});
    history.confirmations.push_back(confirmation);
    const auto after = history.fold();
    RC_ASSERT(after.confirmable.empty());
    RC_ASSERT(after.open_seats == before.open_seats);
    RC_ASSERT(after.overbooked == before.overbooked);
    for (const auto& claim : before.claims) {
      const auto* now = find_claim(after, claim.claim);
      RC_ASSERT(now->confirmed_count + now->placed_count == claim.confirmed_count + claim.placed_count);
      RC_ASSERT(now->waiting_count == claim.waiting_count);
      RC_ASSERT(now->position == claim.position);
    }
  }));
}

TEST_CASE("strict filling: behind one that does not fit nobody has a seat, however small the wish") {
  CHECK(law("strict", [] {
    auto history = draw_history();
    history.cancelled = false;
    for (auto& attempt : history.attempts) attempt.as_many_as_fit = attempt.offer = false;
    for (auto& confirmation : history.confirmations) {
      if (confirmation.verdict == SeatVerdict::set_aside) confirmation.verdict = SeatVerdict::no_effect;
    }
    const auto fold = history.fold();
    const auto order = claim_order(record(1), history.attempts).placed;
    const auto first_rank = [&](const ClaimStanding& claim) {
      const auto timely = history.closing ? restricted(claim.attempts, *history.closing) : claim.attempts;
      return std::find_first_of(order.begin(), order.end(), timely.begin(), timely.end()) - order.begin();
    };
    std::map<RecordId, std::size_t> attempts_of;
    for (const auto& attempt : history.attempts) ++attempts_of[attempt.claim];
    for (const auto& claim : fold.claims) {
      // All or nothing: heads that stand at one rank are not parted.
      if (attempts_of[claim.claim] == 1) RC_ASSERT(claim.placed_count == 0U || claim.waiting_count == 0U);
      if (claim.state != ClaimState::waiting) continue;
      for (const auto& next : fold.confirmable) {
        RC_ASSERT(std::find(order.begin(), order.end(), next.attempt) - order.begin() < first_rank(claim));
      }
      // And the first on the list does not fit, or it would not wait.
      if (claim.position == 1 && attempts_of[claim.claim] == 1) RC_ASSERT(claim.waiting_count > *fold.open_seats);
    }
  }));
}

TEST_CASE("withdrawing moves nobody back, and the seat that falls free goes to the first on the list that fits") {
  CHECK(law("withdrawing", [] {
    auto history = draw_history();
    history.cancelled = false;
    for (auto& attempt : history.attempts) attempt.as_many_as_fit = attempt.offer = false;
    const auto before = history.fold();
    RC_PRE(!before.claims.empty());
    const auto& gone = before.claims[static_cast<std::size_t>(draw(static_cast<int>(before.claims.size())))];
    const auto order_before = claim_order(record(1), history.attempts).placed;
    for (auto& attempt : history.attempts) attempt.withdrawn = attempt.withdrawn || attempt.claim == gone.claim;
    const auto after = history.fold();
    RC_ASSERT(claim_order(record(1), history.attempts).placed == order_before);
    RC_ASSERT(code(find_claim(after, gone.claim)->state) == code(ClaimState::withdrawn));
    for (const auto& claim : before.claims) {
      if (claim.claim == gone.claim) continue;
      const auto* now = find_claim(after, claim.claim);
      RC_ASSERT(now->confirmed_count == claim.confirmed_count);
      RC_ASSERT(now->placed_count >= claim.placed_count);
      // Who is placed now may still wait with the rest of a larger total, further down the list.
      if (now->placed_count == claim.placed_count) RC_ASSERT(now->position <= claim.position);
      if (after.free_seats && claim.position == 1 && claim.state == ClaimState::waiting &&
          claim.waiting_count <= *after.free_seats && before.free_seats == 0U) {
        RC_ASSERT(code(now->state) == code(ClaimState::provisional));
      }
    }
  }));
}

TEST_CASE(
    "honest devices that name what they have are never unplaced where they claim, and stand behind all they saw") {
  CHECK(law("honest", [] {
    const auto history = draw_history();
    auto attempts = some_of(history.attempts, 2);
    const auto order = claim_order(record(1), attempts);
    auto mine = draw_attempt(60, {}, 9);
    mine.named = names_for_new_attempt(record(1), attempts);
    attempts.push_back(mine);
    const auto with_mine = claim_order(record(1), attempts);
    RC_ASSERT(!with_mine.placed.empty());
    RC_ASSERT(with_mine.placed.back() == mine.id);
    RC_ASSERT(with_mine.unplaced == order.unplaced);
  }));
}
