#include "core/access/verdict.hpp"

namespace kiem {

Verdict verdict_of(Reason reason) {
  switch (reason) {
    case Reason::applied:
      return Verdict::applied;
    case Reason::needs_signature:
    case Reason::contested_invitation:
    case Reason::forked_branch:
    case Reason::needs_upgrade:
      return Verdict::waiting;
    case Reason::unknown_kind:
    case Reason::kept_only:
      return Verdict::unknown;
    default:
      return Verdict::none;
  }
}

std::string_view name_of(Reason reason) {
  switch (reason) {
    case Reason::applied:
      return "applied";
    case Reason::needs_signature:
      return "needs-signature";
    case Reason::contested_invitation:
      return "contested-invitation";
    case Reason::forked_branch:
      return "forked-branch";
    case Reason::needs_upgrade:
      return "needs-upgrade";
    case Reason::unknown_kind:
      return "unknown-kind";
    case Reason::kept_only:
      return "kept-only";
    case Reason::no_person:
      return "no-person";
    case Reason::not_member:
      return "not-member";
    case Reason::device_removed:
      return "device-removed";
    case Reason::not_confirmed:
      return "not-confirmed";
    case Reason::not_coordinator:
      return "not-coordinator";
    case Reason::outside_cut:
      return "outside-cut";
    case Reason::rests_on_void:
      return "rests-on-void";
    case Reason::bad_proof:
      return "bad-proof";
    case Reason::bad_copies:
      return "bad-copies";
    case Reason::misplaced:
      return "misplaced";
    case Reason::no_invitation:
      return "no-invitation";
    case Reason::invitation_used:
      return "invitation-used";
    case Reason::invitation_closed:
      return "invitation-closed";
    case Reason::already_so:
      return "already-so";
    case Reason::no_such_target:
      return "no-such-target";
    case Reason::not_allowed:
      return "not-allowed";
    case Reason::last_coordinator:
      return "last-coordinator";
    case Reason::last_device:
      return "last-device";
  }
  return "";
}

}  // namespace kiem
