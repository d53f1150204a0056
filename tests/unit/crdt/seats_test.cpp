#include "core/crdt/seats.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <set>

#include "tests/support/mutation_ids.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

// One occurrence and what was said about it. Attempts name each other in the order they are made, unless told
// otherwise, so that a test can say who came first.
struct Task {
  std::optional<std::uint32_t> seats = 1;
  bool cancelled = false;
  std::vector<ClaimAttempt> attempts;
  std::vector<SeatConfirmation> confirmations;
  std::optional<std::vector<MutationId>> closing;

  ClaimAttempt& claim(std::uint64_t who, std::uint32_t count = 1) {
    ClaimAttempt made;
    made.id = mutation(attempts.size() + 1);
    made.principal = principal(who);
    made.claim = record_of(made.principal);
    made.count = count;
    if (!attempts.empty()) made.named = {attempts.back().id};
    return attempts.emplace_back(std::move(made));
  }
  // number: of the attempt, from 1 in the order they were made.
  void confirm(std::uint64_t number, std::optional<std::uint32_t> heads = {}) {
    confirmations.push_back({mutation(1000 + confirmations.size()), {{mutation(number), heads}}, SeatVerdict::applies});
  }
  [[nodiscard]] SeatsFold fold() const {
    SeatsInput input{record(1), seats, cancelled, attempts, confirmations, {}};
    if (closing) input.closing = *closing;
    return fold_seats(input);
  }
};

const ClaimStanding& of(const SeatsFold& fold, std::uint64_t who) {
  for (const auto& claim : fold.claims) {
    if (claim.principal == principal(who)) return claim;
  }
  REQUIRE_MESSAGE(false, "no claim of this principal");
  return fold.claims.front();
}

// "state reason wanted/confirmed/placed/waiting #position"
std::string say(const SeatsFold& fold, std::uint64_t who) {
  const auto& claim = of(fold, who);
  std::string said = std::string(code(claim.state)) + " " + std::string(code(claim.reason)) + " " +
                     std::to_string(claim.wanted_count) + "/" + std::to_string(claim.confirmed_count) + "/" +
                     std::to_string(claim.placed_count) + "/" + std::to_string(claim.waiting_count);
  if (claim.position > 0) said += " #" + std::to_string(claim.position);
  return said;
}

std::vector<ConfirmableAttempt> confirmable(std::initializer_list<std::pair<std::uint64_t, std::uint32_t>> list) {
  std::vector<ConfirmableAttempt> attempts;
  for (const auto& [number, heads] : list) attempts.push_back({mutation(number), heads});
  return attempts;
}

}  // namespace

TEST_CASE("an occurrence without claims has all seats free and nothing to confirm") {
  Task task;
  task.seats = 3;
  const auto fold = task.fold();
  CHECK(fold.claims.empty());
  CHECK(fold.free_seats == 3U);
  CHECK(fold.open_seats == 3U);
  CHECK(fold.confirmable.empty());
  CHECK_FALSE(fold.overbooked);
}

TEST_CASE("the first claim is provisional and to be confirmed; the second waits behind it, provisionally") {
  Task task;
  task.claim(1);
  task.claim(2);
  const auto fold = task.fold();
  CHECK(say(fold, 1) == "provisional seat-free 1/0/1/0");
  CHECK(say(fold, 2) == "waiting taken-by-earlier 1/0/0/1 #1");
  CHECK(fold.confirmable == confirmable({{1, 1}}));
  CHECK(fold.free_seats == 1U);
  CHECK(fold.open_seats == 0U);
}

TEST_CASE("of two that did not see each other the same one gets the seat in either order of arrival") {
  Task task;
  task.claim(1);
  task.claim(2).named = {};
  const auto fold = task.fold();
  std::swap(task.attempts[0], task.attempts[1]);
  CHECK(task.fold() == fold);
  CHECK(fold.confirmable.size() == 1);
  CHECK(fold.claims[0].state == ClaimState::provisional);
  CHECK(fold.claims[1].state == ClaimState::waiting);
  CHECK(claim_lot(record(1), fold.claims[0].principal) < claim_lot(record(1), fold.claims[1].principal));
}

TEST_CASE("a confirmed claim stays when an earlier one arrives after it, and that one waits") {
  Task task;
  task.claim(1);
  task.claim(2);
  task.confirm(2);
  const auto fold = task.fold();
  CHECK(say(fold, 2) == "confirmed confirmed-by-assigner 1/1/0/0");
  CHECK(say(fold, 1) == "waiting taken-by-confirmed 1/0/0/1 #1");
  CHECK(fold.confirmable.empty());
}

TEST_CASE("withdrawing beats confirming, frees the seat, and the next is to be confirmed") {
  Task task;
  task.claim(1);
  task.claim(2);
  task.confirm(1);
  task.attempts[0].withdrawn = true;
  const auto fold = task.fold();
  CHECK(say(fold, 1) == "withdrawn withdrawn 0/0/0/0");
  CHECK(say(fold, 2) == "provisional seat-free 1/0/1/0");
  CHECK(fold.confirmable == confirmable({{2, 1}}));
  CHECK(of(fold, 1).attempts.empty());
}

TEST_CASE("claiming again after withdrawing is a new attempt with a new rank, and is not confirmed by the old one") {
  Task task;
  task.claim(1);
  task.claim(2);
  task.claim(1);
  task.attempts[0].withdrawn = true;
  task.confirm(1);
  const auto fold = task.fold();
  CHECK(say(fold, 2) == "provisional seat-free 1/0/1/0");
  CHECK(say(fold, 1) == "waiting taken-by-earlier 1/0/0/1 #1");
  CHECK(of(fold, 1).attempts == std::vector{mutation(3)});
}

TEST_CASE("cancelling beats everything, keeps the claims and what was confirmed, and asks nothing") {
  Task task;
  task.claim(1);
  task.claim(2);
  task.claim(3);
  task.attempts[2].withdrawn = true;
  task.confirm(1);
  task.confirm(2);
  task.cancelled = true;
  const auto fold = task.fold();
  CHECK(say(fold, 1) == "cancelled task-cancelled 1/1/0/0");
  CHECK(say(fold, 2) == "cancelled task-cancelled 1/1/0/0");
  CHECK(say(fold, 3) == "cancelled task-cancelled 0/0/0/0");
  CHECK(fold.confirmable.empty());
  CHECK_FALSE(fold.overbooked);
}

TEST_CASE("a cancelled task has no waiting list") {
  Task task;
  task.claim(1);
  task.claim(2);
  task.cancelled = true;
  CHECK(say(task.fold(), 2) == "cancelled task-cancelled 1/0/0/1");
  CHECK(task.fold().confirmable.empty());
}

TEST_CASE("more confirmed than seats is told, names no victim, and leaves nothing free") {
  Task task;
  task.seats = 2;
  for (std::uint64_t who = 1; who <= 4; ++who) task.claim(who);
  for (std::uint64_t number = 1; number <= 3; ++number) task.confirm(number);
  const auto fold = task.fold();
  CHECK(fold.overbooked);
  CHECK(fold.confirmed_total == 3);
  CHECK(fold.free_seats == 0U);
  for (std::uint64_t who = 1; who <= 3; ++who) CHECK(say(fold, who) == "confirmed overbooked 1/1/0/0");
  CHECK(say(fold, 4) == "waiting taken-by-confirmed 1/0/0/1 #1");
}

TEST_CASE("exactly as many confirmed as seats is not overbooked") {
  Task task;
  task.seats = 2;
  task.claim(1, 2);
  task.confirm(1);
  CHECK_FALSE(task.fold().overbooked);
  CHECK(task.fold().free_seats == 0U);
}

TEST_CASE("without a bound everybody is placed; with no seats at all everybody waits") {
  Task task;
  task.claim(1, std::numeric_limits<std::uint32_t>::max());
  task.claim(2, std::numeric_limits<std::uint32_t>::max());
  task.seats = {};
  auto fold = task.fold();
  CHECK(fold.confirmable.size() == 2);
  CHECK_FALSE(fold.free_seats);
  CHECK_FALSE(fold.open_seats);
  task.seats = 0;
  fold = task.fold();
  CHECK(fold.confirmable.empty());
  CHECK(of(fold, 1).reason == ClaimReason::taken_by_confirmed);
}

TEST_CASE("heads beyond 32 bits are counted") {
  Task task;
  task.seats = std::numeric_limits<std::uint32_t>::max();
  task.claim(1, std::numeric_limits<std::uint32_t>::max());
  task.claim(2, std::numeric_limits<std::uint32_t>::max());
  task.confirm(1);
  CHECK_FALSE(task.fold().overbooked);
  task.confirm(2);
  CHECK(task.fold().overbooked);
  CHECK(task.fold().confirmed_total == 2ULL * std::numeric_limits<std::uint32_t>::max());
}

TEST_CASE("filling is strict: a group that does not fit stops all behind it, and a seat stays open") {
  Task task;
  task.seats = 3;
  task.claim(1, 2);
  task.claim(2, 2);
  task.claim(3);
  const auto fold = task.fold();
  CHECK(say(fold, 1) == "provisional seat-free 2/0/2/0");
  CHECK(say(fold, 2) == "waiting count-does-not-fit 2/0/0/2 #1");
  CHECK(say(fold, 3) == "waiting behind-one-that-does-not-fit 1/0/0/1 #2");
  CHECK(fold.confirmable == confirmable({{1, 2}}));
  CHECK(fold.open_seats == 1U);
}

TEST_CASE("who takes as many as fit takes what is left; the rest of the group waits") {
  Task task;
  task.seats = 6;
  task.claim(1, 9).as_many_as_fit = true;
  task.claim(2);
  const auto fold = task.fold();
  CHECK(say(fold, 1) == "provisional seat-free 9/0/6/3 #1");
  CHECK(say(fold, 2) == "waiting taken-by-earlier 1/0/0/1 #2");
  CHECK(fold.confirmable == confirmable({{1, 6}}));
  task.confirm(1, 6);
  CHECK(say(task.fold(), 1) == "confirmed confirmed-by-assigner 9/6/0/3 #1");
  CHECK(task.fold().confirmable.empty());
  task.seats = 7;
  CHECK(task.fold().confirmable == confirmable({{1, 7}}));
}

TEST_CASE("a larger total is a new attempt: what was confirmed stays, the rest waits at the new rank") {
  Task task;
  task.seats = 3;
  task.claim(1, 2);
  task.claim(2);
  task.claim(1, 3);
  task.confirm(1);
  auto fold = task.fold();
  CHECK(say(fold, 1) == "confirmed confirmed-by-assigner 3/2/0/1 #1");
  CHECK(say(fold, 2) == "provisional seat-free 1/0/1/0");
  CHECK(fold.confirmable == confirmable({{2, 1}}));
  task.seats = 4;
  fold = task.fold();
  CHECK(fold.confirmable == confirmable({{2, 1}, {3, 3}}));
  CHECK(say(fold, 1) == "confirmed confirmed-by-assigner 3/2/1/0");
}

TEST_CASE("a claim counts for its largest total, never for the sum, and a smaller one beside it adds nothing") {
  Task task;
  task.seats = 10;
  task.claim(1, 4);
  task.claim(1, 2);
  const auto fold = task.fold();
  CHECK(say(fold, 1) == "provisional seat-free 4/0/4/0");
  CHECK(fold.open_seats == 6U);
  CHECK(fold.confirmable == confirmable({{1, 4}}));
}

TEST_CASE("a group that lowers its total keeps its rank and its confirmation, and frees the difference") {
  Task task;
  task.seats = 9;
  task.claim(1, 9);
  task.claim(2);
  task.claim(1, 8).lowers = {mutation(1)};
  CHECK(say(task.fold(), 1) == "provisional seat-free 8/0/8/0");
  CHECK(task.fold().confirmable == confirmable({{1, 8}, {2, 1}}));
  task.confirm(1);
  const auto fold = task.fold();
  CHECK(say(fold, 1) == "confirmed confirmed-by-assigner 8/8/0/0");
  CHECK(fold.confirmable == confirmable({{2, 1}}));
  CHECK(of(fold, 1).attempts.size() == 2);
}

TEST_CASE("lowering twice counts the last, and lowering apart counts the larger of the two") {
  Task task;
  task.seats = 9;
  task.claim(1, 9);
  task.claim(1, 8).lowers = {mutation(1)};
  task.claim(1, 5).lowers = {mutation(2)};
  task.confirm(1);
  CHECK(say(task.fold(), 1) == "confirmed confirmed-by-assigner 5/5/0/0");
  task.attempts[2].lowers = {mutation(1)};
  CHECK(say(task.fold(), 1) == "confirmed confirmed-by-assigner 8/8/0/0");
}

TEST_CASE("withdrawing the lowered attempt ends all of it; withdrawing only what came before leaves the unseen one") {
  Task task;
  task.seats = 9;
  task.claim(1, 9);
  task.claim(1, 8).lowers = {mutation(1)};
  task.confirm(1);
  task.attempts[1].withdrawn = true;
  CHECK(say(task.fold(), 1) == "withdrawn withdrawn 0/0/0/0");
  task.attempts[1].withdrawn = false;
  task.attempts[0].withdrawn = true;
  CHECK(say(task.fold(), 1) == "provisional seat-free 8/0/8/0");
  CHECK(task.fold().confirmable == confirmable({{2, 8}}));
}

TEST_CASE("lowering counts only downwards, in the own claim, and when it applies") {
  Task task;
  task.seats = 20;
  task.claim(1, 2);
  auto& second = task.claim(1, 9);
  second.lowers = {mutation(1), mutation(99), second.id};
  task.confirm(1);
  CHECK(say(task.fold(), 1) == "confirmed confirmed-by-assigner 9/2/7/0");
  task.attempts[1].count = 2;
  CHECK(say(task.fold(), 1) == "confirmed confirmed-by-assigner 2/2/0/0");
  task.claim(2).lowers = {mutation(1)};
  CHECK(say(task.fold(), 1) == "confirmed confirmed-by-assigner 2/2/0/0");
  task.attempts.pop_back();
  task.claim(1, 1).lowers = {mutation(1), mutation(2)};
  CHECK(say(task.fold(), 1) == "confirmed confirmed-by-assigner 1/1/0/0");
  for (const auto verdict : {SeatVerdict::set_aside, SeatVerdict::no_effect}) {
    task.attempts[2].verdict = verdict;
    CHECK(say(task.fold(), 1) == "confirmed confirmed-by-assigner 2/2/0/0");
  }
}

TEST_CASE("attempts that claim to lower each other are worth their totals") {
  Task task;
  task.seats = 5;
  task.claim(1, 3).lowers = {mutation(2)};
  task.claim(1, 3).lowers = {mutation(1)};
  CHECK(say(task.fold(), 1) == "provisional seat-free 3/0/3/0");
}

TEST_CASE("a total of nothing is read as one") {
  Task task;
  task.claim(1, 0);
  CHECK(say(task.fold(), 1) == "provisional seat-free 1/0/1/0");
}

TEST_CASE("an attempt whose named one is missing is unplaced and stops nobody; with that one it is inserted before") {
  Task task;
  task.seats = 1;
  task.claim(1).named = {mutation(77)};
  task.claim(2).named = {};
  auto fold = task.fold();
  CHECK(say(fold, 1) == "unplaced waits-for-named-attempt 1/0/0/0");
  CHECK(say(fold, 2) == "provisional seat-free 1/0/1/0");
  task.confirm(1);
  CHECK(say(task.fold(), 1) == "confirmed confirmed-by-assigner 1/1/0/0");
}

TEST_CASE(
    "an attempt outside the closing is late, though seats are free, and a confirmation by hand still confirms it") {
  Task task;
  task.seats = 3;
  task.claim(1);
  task.claim(2);
  task.closing = std::vector{mutation(1), mutation(1)};
  auto fold = task.fold();
  CHECK(say(fold, 1) == "provisional seat-free 1/0/1/0");
  CHECK(say(fold, 2) == "late after-closing 1/0/0/0");
  CHECK(fold.confirmable == confirmable({{1, 1}}));
  task.confirm(2);
  CHECK(say(task.fold(), 2) == "confirmed confirmed-by-assigner 1/1/0/0");
}

TEST_CASE("late goes before unplaced, and a claim with an attempt in time is neither") {
  Task task;
  task.seats = 9;
  task.claim(1).named = {mutation(77)};
  task.claim(2).named = {};
  task.claim(2, 3);
  task.closing = std::vector{mutation(2)};
  CHECK(say(task.fold(), 1) == "late after-closing 1/0/0/0");
  CHECK(say(task.fold(), 2) == "provisional seat-free 3/0/1/0");
  task.closing = std::vector<MutationId>{};
  CHECK(say(task.fold(), 2) == "late after-closing 3/0/0/0");
  task.closing = std::vector{mutation(1)};
  CHECK(say(task.fold(), 1) == "unplaced waits-for-named-attempt 1/0/0/0");
}

TEST_CASE("a removed person's claim is shown with its reason and takes no seat, and one void has no effect") {
  Task task;
  task.claim(1).verdict = SeatVerdict::set_aside;
  task.claim(2).verdict = SeatVerdict::no_effect;
  task.claim(3);
  task.confirm(1);
  task.confirm(2);
  const auto fold = task.fold();
  CHECK(say(fold, 1) == "withdrawn set-aside 0/0/0/0");
  CHECK(say(fold, 2) == "withdrawn no-effect 0/0/0/0");
  CHECK(say(fold, 3) == "provisional seat-free 1/0/1/0");
}

TEST_CASE("of a claim withdrawn and claimed again by a person since removed, the removal is the reason") {
  Task task;
  task.claim(1).withdrawn = true;
  task.claim(1).verdict = SeatVerdict::set_aside;
  CHECK(say(task.fold(), 1) == "withdrawn set-aside 0/0/0/0");
  task.attempts[1].verdict = SeatVerdict::no_effect;
  CHECK(say(task.fold(), 1) == "withdrawn withdrawn 0/0/0/0");
}

TEST_CASE("attempts inside a removed person's cut still count") {
  Task task;
  task.seats = 5;
  task.claim(1, 2);
  task.claim(1, 4).verdict = SeatVerdict::set_aside;
  CHECK(say(task.fold(), 1) == "provisional seat-free 2/0/2/0");
}

TEST_CASE("what a removed person confirmed comes first, holds its seats, and waits for a coordinator") {
  Task task;
  task.seats = 2;
  task.claim(1);
  task.claim(2);
  task.claim(3);
  task.confirm(3);
  task.confirmations[0].verdict = SeatVerdict::set_aside;
  auto fold = task.fold();
  CHECK(say(fold, 3) == "provisional confirm-again 1/0/1/0");
  CHECK(say(fold, 1) == "provisional seat-free 1/0/1/0");
  CHECK(say(fold, 2) == "waiting taken-by-earlier 1/0/0/1 #1");
  CHECK(fold.claims[0].principal == principal(3));
  CHECK(fold.confirmable == confirmable({{1, 1}}));
  task.confirm(3);  // the coordinator decides
  CHECK(say(task.fold(), 3) == "confirmed confirmed-by-assigner 1/1/0/0");
}

TEST_CASE("what a removed person confirmed waits, first on the list, when the seats are confirmed to others") {
  Task task;
  task.seats = 1;
  task.claim(1);
  task.claim(2);
  task.claim(3);
  task.confirm(1);
  task.confirm(3);
  task.confirmations[1].verdict = SeatVerdict::set_aside;
  const auto fold = task.fold();
  CHECK(say(fold, 3) == "waiting confirm-again 1/0/0/1 #1");
  CHECK(say(fold, 2) == "waiting taken-by-confirmed 1/0/0/1 #2");
}

TEST_CASE("a claim to be confirmed again is never confirmed by the way of its larger total") {
  Task task;
  task.seats = 5;
  task.claim(1, 1);
  task.claim(1, 3);
  task.confirm(1);
  task.confirmations[0].verdict = SeatVerdict::set_aside;
  CHECK(say(task.fold(), 1) == "provisional confirm-again 3/0/3/0");
  CHECK(task.fold().confirmable.empty());
}

TEST_CASE("a confirmation without effect, taken back or written without the right, confirms nothing") {
  Task task;
  task.claim(1);
  task.confirm(1);
  task.confirmations[0].verdict = SeatVerdict::no_effect;
  CHECK(say(task.fold(), 1) == "provisional seat-free 1/0/1/0");
}

TEST_CASE("a confirmed attempt that is not here holds at least one seat, or what its confirmation says") {
  Task task;
  task.seats = 3;
  task.claim(1);
  task.confirm(50);
  task.confirm(50);
  CHECK(task.fold().free_seats == 2U);
  task.confirm(50, 3);
  CHECK(task.fold().free_seats == 0U);
  CHECK(say(task.fold(), 1) == "waiting taken-by-confirmed 1/0/0/1 #1");
}

TEST_CASE("an offer waits until a yes, takes no seat and stops nobody; the yes has its own rank") {
  Task task;
  task.seats = 4;
  task.claim(1, 2).offer = true;
  task.claim(2, 2);
  auto fold = task.fold();
  CHECK(say(fold, 1) == "waiting offered 2/0/0/2 #1");
  CHECK(say(fold, 2) == "provisional seat-free 2/0/2/0");
  CHECK(fold.confirmable == confirmable({{2, 2}}));
  task.claim(1, 2);
  CHECK(say(task.fold(), 1) == "provisional seat-free 2/0/2/0");
  CHECK(task.fold().confirmable == confirmable({{2, 2}, {3, 2}}));
}

TEST_CASE("an offer that a coordinator confirms, having heard the yes, is confirmed") {
  Task task;
  task.claim(1).offer = true;
  task.confirm(1);
  CHECK(say(task.fold(), 1) == "confirmed confirmed-by-assigner 1/1/0/0");
}

TEST_CASE("raising the seats places the waiting ones in order; lowering them moves the last to the list") {
  Task task;
  for (std::uint64_t who = 1; who <= 5; ++who) task.claim(who);
  for (std::uint32_t seats = 0; seats <= 5; ++seats) {
    task.seats = seats;
    const auto fold = task.fold();
    for (std::uint32_t who = 1; who <= 5; ++who) {
      CHECK(of(fold, who).position == (who > seats ? who - seats : 0));
    }
    CHECK(fold.confirmable.size() == seats);
  }
}

TEST_CASE("seen is said of a provisional claim alone, when the assigner has all its attempts") {
  Task task;
  task.seats = 3;
  task.claim(1);
  task.claim(1, 2);
  task.claim(2);
  task.claim(3, 3);
  task.confirm(3);
  auto fold = task.fold();
  mark_seen(fold, std::vector{mutation(1), mutation(3), mutation(4)});
  CHECK(of(fold, 1).state == ClaimState::provisional);
  mark_seen(fold, std::vector{mutation(2), mutation(1)});
  CHECK(of(fold, 1).state == ClaimState::seen);
  CHECK(of(fold, 1).reason == ClaimReason::seat_free);
  CHECK(of(fold, 2).state == ClaimState::confirmed);
  CHECK(of(fold, 3).state == ClaimState::waiting);
}

TEST_CASE("two claims for the last seat, one confirmed, give the same on every store in every order of arrival") {
  Task task;
  task.seats = 3;
  task.claim(1, 2);
  task.claim(2).named = {};
  task.claim(3).named = {};
  task.claim(4);
  task.confirm(1);
  const auto expected = task.fold();
  std::vector<std::size_t> order{0, 1, 2, 3};
  do {
    Task other;
    other.seats = 3;
    for (const auto i : order) other.attempts.push_back(task.attempts[i]);
    other.confirmations = task.confirmations;
    CHECK(other.fold() == expected);
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST_CASE("ten thousand claims are each in one state") {
  Task task;
  task.seats = 500;
  for (std::uint64_t who = 0; who < 10'000; ++who) task.claim(who, who % 3 == 0 ? 2 : 1);
  for (std::uint64_t number = 1; number <= 100; ++number) task.confirm(number * 7);
  const auto fold = task.fold();
  CHECK(fold.claims.size() == 10'000);
  std::set<RecordId> once;
  for (const auto& claim : fold.claims) once.insert(claim.claim);
  CHECK(once.size() == 10'000);
}

TEST_CASE("every state and reason has a code of its own") {
  std::set<std::string_view> states;
  for (int i = 0; i <= static_cast<int>(ClaimState::provisional); ++i) states.insert(code(static_cast<ClaimState>(i)));
  CHECK(states.size() == 8);
  std::set<std::string_view> reasons;
  for (int i = 0; i <= static_cast<int>(ClaimReason::confirm_again); ++i) {
    reasons.insert(code(static_cast<ClaimReason>(i)));
  }
  CHECK(reasons.size() == 15);
}
