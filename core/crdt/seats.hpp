// The seats of one occurrence (one role): who has one, who waits, and why (DESIGN D6).
//
// Invariants; the laws in tests/property/seats_laws_test.cpp hold each of them:
// 1. The answer is a function of the set of facts given; order and repetition change nothing.
// 2. Every claim that has an attempt is in the answer exactly once, in exactly one state with a reason.
// 3. Confirmed is placed: no claim of another person takes a confirmed seat away by arriving. More confirmed than seats
//    is told (overbooked) and has no automatic victim. Only the person's own withdrawal or smaller total, a
//    confirmation that falls (verdict), or a cancelled task ends it.
// 4. Filling is strict: along the order, the first attempt that does not fit stops all behind it, until a person
//    decides. An attempt that takes as many as fit takes what is left, so nobody behind it is placed either.
// 5. What the assigner should confirm never asks for more seats than are free, and having confirmed it leaves nothing
//    more to confirm.
//
// How heads are counted. An attempt names the *total* its claim wants. Its **worth** is that total; less when a live
// attempt lowers it (it keeps its rank and its confirmation, and is worth what the lowering one is); nothing when it is
// withdrawn or without effect. A claim wants its largest worth, never the sum. Each attempt in the order asks only for
// what its claim did not ask for before, so "two, and later three" is two at the first rank and one at the second:
// "bevestigd 2, 1 wacht". A claim's state is that of the heads it has got: it waits, is unplaced or late only when it
// has none.
//
// A confirmation that is set aside (its author was removed) confirms nothing; its live attempts come first, hold their
// seats provisionally and are never in the list to confirm: a coordinator decides. It is no longer given here once one
// has. A confirmed attempt that is not here holds the seats its confirmation says, at least one.
//
// Pure, any thread, cannot fail. (n + names) log n for n attempts.
#pragma once

#include <optional>
#include <span>

#include "core/crdt/claim_order.hpp"
#include "core/crdt/claim_state.hpp"

namespace kiem {

struct ConfirmedAttempt {
  MutationId attempt;
  std::optional<std::uint32_t> heads;  // the claim's total that this confirms; absent: all that the attempt is worth
};

struct SeatConfirmation {
  MutationId id;
  std::vector<ConfirmedAttempt> attempts;      // in the order the rule gave
  SeatVerdict verdict = SeatVerdict::applies;  // no_effect too when a later act took it back
};

struct SeatsInput {
  RecordId occurrence;
  std::optional<std::uint32_t> seats;  // absent: no bound
  bool cancelled = false;              // the task's or occurrence's state
  std::span<const ClaimAttempt> attempts;
  std::span<const SeatConfirmation> confirmations;
  // Of an occurrence that was closed: the attempts inside the closing, in any order; with several closings, inside any.
  std::optional<std::span<const MutationId>> closing;
};

struct ClaimStanding {
  RecordId claim;
  PrincipalId principal;
  ClaimState state = ClaimState::withdrawn;
  ClaimReason reason = ClaimReason::no_effect;
  // On the waiting list, from 1 and without gaps over all claims of which heads wait; a confirmed or provisional claim
  // of which some heads wait has one too. Else 0, and 0 in a cancelled task.
  std::uint32_t position = 0;
  std::uint32_t wanted_count = 0;  // 0 when withdrawn
  std::uint32_t confirmed_count = 0;
  std::uint32_t placed_count = 0;   // provisionally, beside the confirmed ones
  std::uint32_t waiting_count = 0;  // on the waiting list; what is left of wanted_count is late or unplaced
  // The attempts that are worth something, ascending: what a withdrawal or a smaller total must supersede.
  std::vector<MutationId> attempts;
  bool operator==(const ClaimStanding&) const = default;
};

struct ConfirmableAttempt {
  MutationId attempt;
  std::uint32_t heads = 0;  // the claim's total once this is confirmed
  bool operator==(const ConfirmableAttempt&) const = default;
};

struct SeatsFold {
  // Confirmed, provisional, waiting, unplaced, late, withdrawn; within each by the order, then by claim id. All
  // cancelled when the task is, in the same order.
  std::vector<ClaimStanding> claims;
  std::uint64_t confirmed_total = 0;        // heads, also of attempts not here
  std::optional<std::uint32_t> free_seats;  // not confirmed; absent without bound
  std::optional<std::uint32_t> open_seats;  // neither confirmed nor provisionally taken
  bool overbooked = false;                  // more confirmed than seats, of a task that is not cancelled
  // In filling order; empty when cancelled. Whether now is the time (a window, whose device this is) is the caller's.
  std::vector<ConfirmableAttempt> confirmable;
  bool operator==(const SeatsFold&) const = default;
};

[[nodiscard]] SeatsFold fold_seats(const SeatsInput& input);

// Turns provisional into seen for every claim all of whose attempts the assigner's device is known to have: a remark of
// this node, kept out of the canonical dump. seen: in any order.
void mark_seen(SeatsFold& fold, std::span<const MutationId> seen);

}  // namespace kiem
