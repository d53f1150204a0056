// Inviting, admitting, confirming: the acts by which somebody comes in (DESIGN D5, rules 5 to 7).
//
// An invitation is a 16-byte seed in a code; the act in the access circle holds the public half of the key that grows
// from it. Who joins proves the code and agrees, both over a challenge that is fresh and bound to the transport keys of
// both ends, so that an overheard joining is of no use over any other link. Whether an act counts is the membership
// graph's to say (core/access/membership.hpp); these functions write what it can accept.
// The functions that take a UserAct write inside its transaction; the others are pure. One thread.
#pragma once

#include "core/access/proofs.hpp"
#include "core/domain/user_act.hpp"
#include "core/oplog/standing.hpp"

namespace kiem {

constexpr std::size_t kInvitationSeedBytes = 16;

// The beginning of a hash of the invitation's public key: what a newcomer knocks with.
using InvitationLabel = Id<struct InvitationLabelTag, 16>;

// seed: exactly kInvitationSeedBytes, else a broken promise. hash_of("kiem.invite.0", {seed}) is the Ed25519 seed.
[[nodiscard]] SigningKey invitation_key(ByteView seed);
// The first 16 bytes of hash_of("kiem.knock.0", {key}).
[[nodiscard]] InvitationLabel label_of(const VerifyKey& invitation);
// hash_of("kiem.join.0", {fresh, admitting, joining}): the challenge that the admission carries.
[[nodiscard]] Hash32 join_challenge(const Hash32& fresh, const BoxPublicKey& admitting, const BoxPublicKey& joining);

// What a newcomer says of itself.
struct JoinRequest {
  OpId invitation;
  Hash32 challenge;
  DeviceId device;
  Signature proof;    // by the invitation's key
  Signature consent;  // by the device's
  std::vector<Bytes> present;
  std::string name;
};

enum class JoinRefusal : std::uint8_t {
  unknown_invitation,  // no such code here, or not yet
  used_invitation,
  closed_invitation,  // its maker is no coordinator any more
  bad_proof,          // the code, the consent or the copies do not hold, or are for another link
  already_member,
  other_practice,  // practice and earnest do not mix
  cannot_admit,    // this node's person is not a confirmed member
  bad_name,
};

[[nodiscard]] Result<OpId> write_invite(const UserAct& act, const VerifyKey& invitation, Role role);
// With `confirms` one operation admits and confirms: of a coordinator who made the invitation.
[[nodiscard]] Result<OpId> write_admission(const UserAct& act, const act::Admit& admit, bool confirms);
[[nodiscard]] Result<OpId> write_confirmation(const UserAct& act, const PersonId& person);
// Writes down in the members' circle what somebody is called, unless the circle knows already.
[[nodiscard]] Status write_name(const UserAct& act, const PersonId& person, std::string_view name);

}  // namespace kiem
