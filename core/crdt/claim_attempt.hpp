// What is known of one attempt to claim seats of an occurrence (DESIGN D6), as the views hand it to the rules.
//
// A claim is (occurrence, principal) and holds attempts. An attempt names the total of heads wanted and the attempts
// its author had seen. The rules need every attempt ever made of the occurrence, also withdrawn ones, those set aside
// and those without effect: others stand in the order behind them. Parked ones are not given, they are not here. Plain
// values, any thread.
#pragma once

#include <vector>

#include "core/crdt/mutation_id.hpp"

namespace kiem {

enum class SeatVerdict : std::uint8_t {
  applies,    // verdict applied or late
  set_aside,  // outside the cut of its later removed author (D5.3)
  no_effect,  // void or unknown
};

struct ClaimAttempt {
  MutationId id;
  RecordId claim;
  PrincipalId principal;
  std::uint32_t count = 1;  // the total wanted, with the claimant; 0 is read as 1
  // The attempts its author names as seen. In any order; those not here, or of another occurrence, are missing ones.
  std::vector<MutationId> named;
  // The attempts of the same claim that this one supersedes to ask for less. An edge to an attempt that is absent, of
  // another claim, or that does not ask for more than this one counts for nothing.
  std::vector<MutationId> lowers;
  SeatVerdict verdict = SeatVerdict::applies;
  bool withdrawn = false;       // a withdrawal that applies supersedes it
  bool offer = false;           // made for somebody who did not ask for this occurrence and has not said yes
  bool as_many_as_fit = false;  // takes what is left when the whole does not fit; else all or nothing
};

}  // namespace kiem
