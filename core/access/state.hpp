// Membership at one point, told person by person: what screens show, what `status` prints and what rights are read
// from. Plain values, sorted, equal for equal sets of acts. Any thread.
#pragma once

#include <optional>
#include <vector>

#include "core/access/acts.hpp"
#include "core/oplog/standing.hpp"
#include "core/schema/circles.hpp"

namespace kiem {

enum class Belonging : std::uint8_t {
  member,
  probation,   // admitted, not yet confirmed (rule 6)
  contested,   // one of two persons whom one invitation admitted: a coordinator confirms one
  unanchored,  // the act that admitted this person has fallen with its author: re-admitted in one step (rule 3)
  removed,     // by an effective removal
  left,        // by itself
};

struct DeviceState {
  DeviceId device;
  Certificate certificate;
  std::vector<BoxPublicKey> prekeys;  // those of the certificate, then later ones
  bool works = false;                 // enrolled and not removed
  bool operator==(const DeviceState&) const = default;
};

struct MandateState {
  OpId grant;  // the operation, and which of its acts, that gave it
  Number act = 0;
  act::GrantMandate mandate;
  bool operator==(const MandateState&) const = default;
};

struct PersonState {
  PersonId person;
  Belonging belonging = Belonging::probation;
  std::vector<Role> roles;              // ascending, the named ones; empty for who is no member
  std::optional<std::uint32_t> rank;    // of a coordinator: the founder's is 0, the lowest wins a conflict (rule 5)
  std::uint32_t generation = 0;         // how often this person was removed or left before (rule 4)
  std::optional<PersonId> admitted_by;  // the author of the standing admission
  std::vector<MandateState> mandates;   // other than the named roles
  std::vector<DeviceState> devices;     // ascending
  std::vector<CircleNumber> circles;    // that this person reads and writes; a coordinator all of them
  [[nodiscard]] bool is_coordinator() const { return rank.has_value(); }
  [[nodiscard]] bool belongs() const { return belonging == Belonging::member || belonging == Belonging::probation; }
  bool operator==(const PersonState&) const = default;
};

struct InvitationState {
  enum class Use : std::uint8_t {
    open,       // admits the next one who proves it
    used,       // by `admitted`
    contested,  // by several at once
    closed,     // its maker is no coordinator any more, or the act has fallen
  };
  OpId invitation;
  VerifyKey key;
  Role role = Role::none;
  PersonId inviter;
  Use use = Use::open;
  std::vector<PersonId> admitted;  // ascending
  bool operator==(const InvitationState&) const = default;
};

// A proposal that lacks a signature: promotions, removals, demotions, raises.
struct ProposalState {
  OpId proposal;
  PersonId author;
  std::optional<PersonId> target;
  std::uint32_t signatures = 0;
  std::uint32_t needed = 0;
  bool operator==(const ProposalState&) const = default;
};

struct MembershipState {
  std::vector<PersonState> persons;          // ascending; everybody who was ever admitted by an act in the set
  std::vector<InvitationState> invitations;  // ascending
  std::vector<ProposalState> proposals;      // ascending
  [[nodiscard]] const PersonState* find(const PersonId& person) const;
  bool operator==(const MembershipState&) const = default;
};

}  // namespace kiem
