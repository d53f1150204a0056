// The record of a claim: derived, so that the same claim made twice is one (FORMAT.md section 5.4).
//
// A pure function, any thread.
#pragma once

#include "core/crypto/hash.hpp"

namespace kiem {

[[nodiscard]] inline RecordId claim_record(const RecordId& occurrence, const PrincipalId& principal) {
  return id_of<RecordId>("kiem.claim.0", {view(occurrence), view(principal)});
}

}  // namespace kiem
