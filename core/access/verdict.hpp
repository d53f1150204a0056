// What became of an act of membership, and why (DESIGN D3, D5). Plain values, any thread.
#pragma once

#include <cstdint>
#include <string_view>

namespace kiem {

enum class Verdict : std::uint8_t {
  applied,
  waiting,  // for a second signature, a coordinator, another device of the person: it may still apply
  none,     // void: written without the right; kept, not counted
  unknown,  // of a later version, or of a kind that this version keeps without acting on it
};

enum class Reason : std::uint8_t {
  applied,
  // waiting
  needs_signature,       // rule 5: one more coordinator signs, or its author's recovery words stand behind it
  contested_invitation,  // rule 6: one invitation admitted two persons at once; a coordinator confirms one
  forked_branch,         // D2: another device of the person, or a coordinator, continues it, or somebody builds on it
  needs_upgrade,         // rule 9: after a raise to a kind that this version does not know
  // unknown
  unknown_kind,
  kept_only,  // a kind whose effect this version does not compute
  // void
  no_person,          // no copy tells whose device wrote it
  not_member,         // its author was not a member in its own past
  device_removed,     // its device was not one of its author's working devices in its own past
  not_confirmed,      // its author was on probation
  not_coordinator,    // its author was no coordinator in its own past
  outside_cut,        // rule 3: its author was removed and the cut does not contain it
  rests_on_void,      // rule 3: what gave its author or subject the right has fallen
  bad_proof,          // a signature or digest in it is missing or wrong
  bad_copies,         // the copies of a person's acts in it do not prove themselves
  misplaced,          // an act that stands elsewhere: a founding act that founds nothing, an own-space act here
  no_invitation,      // the invitation is not in its past, or is for another role
  invitation_used,    // somebody was admitted by it before
  invitation_closed,  // its maker was no longer a coordinator, or it is older than the joiner's removal
  already_so,         // the person is a member already, confirmed, a coordinator
  no_such_target,     // the person, device or mandate it names is not there to be acted upon
  not_allowed,        // not a matter for its author
  last_coordinator,   // rule 5: would leave no coordinator with a working device
  last_device,        // rule 5: would leave a person without a device
};

[[nodiscard]] Verdict verdict_of(Reason reason);
// A short name in English for logs, dumps and tests; never shown to people.
[[nodiscard]] std::string_view name_of(Reason reason);

struct Judgement {
  Verdict verdict = Verdict::unknown;
  Reason reason = Reason::unknown_kind;
  bool operator==(const Judgement&) const = default;
};

}  // namespace kiem
