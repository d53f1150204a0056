// The provisional order of the attempts of one occurrence (DESIGN D6): who asked before whom, as far as anybody can
// tell without a clock, and by lot where nobody can.
//
// Kahn's algorithm with the lot as priority: among the attempts whose named attempts all stand in the order, the lowest
// lot goes next. Three things follow, and the laws in tests/property/seats_laws_test.cpp hold them:
// 1. It is a function of the set of attempts: order of arrival and repetition change nothing.
// 2. A late attempt is only inserted. It cannot be named by one that already stands in the order (those have all they
//    name), so it makes no other attempt wait and the others keep their order among each other.
// 3. It cannot be ground: the lot is drawn from occurrence and principal, both fixed before the claim exists. Naming
//    nothing buys a ticket in the lottery, never a better place than the lot gives.
// An attempt that names a missing one is unplaced until that comes, and so is whoever names it; an honest device names
// only placed attempts, so one liar stops nobody else. Attempts that name each other cannot be made (an id is a hash of
// what it names); given such a circle, all of it stays unplaced.
//
// Rejected: a total order by claimed time (wrong clocks, back-dating); the operation's id as lot (an author can try
// again until it is low); running the order over live attempts only (a withdrawal would then reshuffle the others).
//
// Pure, any thread, cannot fail. One attempt given twice must be equal both times.
#pragma once

#include <span>
#include <string_view>

#include "core/crdt/claim_attempt.hpp"

namespace kiem {

inline constexpr std::string_view kTagClaimLot = "kiem.lot.0";
constexpr std::size_t kMaxNamedAttempts = 64;

// hash_of(kTagClaimLot, {occurrence, principal}); the lowest goes first.
[[nodiscard]] Hash32 claim_lot(const RecordId& occurrence, const PrincipalId& principal);

struct ClaimOrder {
  std::vector<MutationId> placed;    // first to last; attempts of one principal with nothing between them go by id
  std::vector<MutationId> unplaced;  // ascending
};

// Every attempt once, in one of the two lists. (n + names) log n.
[[nodiscard]] ClaimOrder claim_order(const RecordId& occurrence, std::span<const ClaimAttempt> attempts);

// What a new attempt made on this device must name: the placed attempts that no other placed one names, directly or
// through others, first to last. Above kMaxNamedAttempts the last ones in the order: who names an attempt stands behind
// it, and so behind everything that stands before it.
[[nodiscard]] std::vector<MutationId> names_for_new_attempt(const RecordId& occurrence,
                                                            std::span<const ClaimAttempt> attempts);

}  // namespace kiem
