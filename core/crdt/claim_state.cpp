#include "core/crdt/claim_state.hpp"

#include "core/base/check.hpp"

namespace kiem {

std::string_view code(ClaimState state) {
  switch (state) {
    case ClaimState::cancelled:
      return "cancelled";
    case ClaimState::withdrawn:
      return "withdrawn";
    case ClaimState::confirmed:
      return "confirmed";
    case ClaimState::late:
      return "late";
    case ClaimState::unplaced:
      return "unplaced";
    case ClaimState::waiting:
      return "waiting";
    case ClaimState::seen:
      return "seen";
    case ClaimState::provisional:
      return "provisional";
  }
  KIEM_UNREACHABLE("a claim state has a code");
}

std::string_view code(ClaimReason reason) {
  switch (reason) {
    case ClaimReason::task_cancelled:
      return "task-cancelled";
    case ClaimReason::withdrawn_by_claimant:
      return "withdrawn";
    case ClaimReason::set_aside:
      return "set-aside";
    case ClaimReason::no_effect:
      return "no-effect";
    case ClaimReason::confirmed_by_assigner:
      return "confirmed-by-assigner";
    case ClaimReason::overbooked:
      return "overbooked";
    case ClaimReason::after_closing:
      return "after-closing";
    case ClaimReason::waits_for_named_attempt:
      return "waits-for-named-attempt";
    case ClaimReason::taken_by_confirmed:
      return "taken-by-confirmed";
    case ClaimReason::taken_by_earlier:
      return "taken-by-earlier";
    case ClaimReason::count_does_not_fit:
      return "count-does-not-fit";
    case ClaimReason::behind_one_that_does_not_fit:
      return "behind-one-that-does-not-fit";
    case ClaimReason::offered:
      return "offered";
    case ClaimReason::seat_free:
      return "seat-free";
    case ClaimReason::confirm_again:
      return "confirm-again";
  }
  KIEM_UNREACHABLE("a claim reason has a code");
}

}  // namespace kiem
