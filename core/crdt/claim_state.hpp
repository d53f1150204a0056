// The one visible state of a claim and the reason for it (DESIGN D6): nobody is dropped, everybody hears why.
//
// Values, any thread. The codes are what `--json` prints and what l10n's sentences are found by; they never change.
#pragma once

#include <cstdint>
#include <string_view>

namespace kiem {

// The first that holds, in this order.
enum class ClaimState : std::uint8_t {
  cancelled,    // afgelast: the task is
  withdrawn,    // afgemeld: no live attempt
  confirmed,    // bevestigd
  late,         // te laat: every live attempt lies outside the closing
  unplaced,     // nog niet te plaatsen: no live attempt inside the closing has all it names here
  waiting,      // wachtlijst
  seen,         // gezien: provisional, and the assigner's device has it; a remark of this node
  provisional,  // voorlopig
};

enum class ClaimReason : std::uint8_t {
  // cancelled
  task_cancelled,
  // withdrawn
  withdrawn_by_claimant,
  set_aside,  // its author was removed; a coordinator may adopt it
  no_effect,  // written without the right: screens leave it out
  // confirmed
  confirmed_by_assigner,
  overbooked,  // confirmed, and more are confirmed than there are seats: a person decides
  // late
  after_closing,
  // unplaced
  waits_for_named_attempt,
  // waiting
  taken_by_confirmed,  // every seat is confirmed to others
  taken_by_earlier,    // those before it fill what is left, some provisionally: this may still change
  count_does_not_fit,  // seats are left, but fewer than it asks
  behind_one_that_does_not_fit,
  offered,  // offered to somebody who has not said yes
  // provisional, seen
  seat_free,
  // provisional, seen or waiting
  confirm_again,  // confirmed by somebody later removed: a coordinator decides
};

// "cancelled", "withdrawn", ...
[[nodiscard]] std::string_view code(ClaimState state);
// "task-cancelled", "seat-free", ...
[[nodiscard]] std::string_view code(ClaimReason reason);

}  // namespace kiem
