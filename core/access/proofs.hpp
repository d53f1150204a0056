// The signatures that acts of membership carry, beside the operation's own: what exactly is signed, under which tag
// (FORMAT.md section 14.3). Making and checking stand side by side, so that both always mean the same bytes.
//
// Pure functions, any thread, no failures: a proof is good or it is not.
#pragma once

#include "core/access/acts.hpp"

namespace kiem {

inline constexpr std::string_view kTagInvitation = "kiem.invitation.0";
inline constexpr std::string_view kTagConsent = "kiem.consent.0";
inline constexpr std::string_view kTagEnrol = "kiem.enrol.0";
inline constexpr std::string_view kTagRecovery = "kiem.recovered.0";

// Where an operation stands; no two operations of an honest device share one, so a recovery signature fits only here.
struct ActPosition {
  SpaceId space;  // zeros in a founding operation
  DeviceId device;
  OpId prev;
  std::uint64_t seq = 0;
};

// Rule 7: the code's secret speaks for one device and one challenge, so an overheard proof admits nobody else.
[[nodiscard]] Signature prove_invitation(const SigningKey& invitation, const SpaceId& space, const DeviceId& joiner,
                                         const Hash32& challenge);
[[nodiscard]] bool holds_invitation(const VerifyKey& invitation, const SpaceId& space, const DeviceId& joiner,
                                    const Hash32& challenge, const Signature& proof);

// The joiner's device agrees to be admitted as this person, by this invitation, to this challenge.
[[nodiscard]] Signature give_consent(const SigningKey& joiner_key, const SpaceId& space, const OpId& invitation,
                                     const PersonId& person, const DeviceId& joiner, const Hash32& challenge);
[[nodiscard]] bool has_consent(const VerifyKey& joiner_key, const SpaceId& space, const OpId& invitation,
                               const PersonId& person, const DeviceId& joiner, const Hash32& challenge,
                               const Signature& consent);

// A new device agrees to be this person's.
[[nodiscard]] Signature prove_enrolment(const SigningKey& new_device, const PersonId& person);
[[nodiscard]] bool agrees_to_enrolment(const VerifyKey& new_device, const PersonId& person, const Signature& proof);

// Recovery words behind the act at this position. The act is signed as it stands without its recovery field.
[[nodiscard]] Recovery recover(const SigningKey& words, RecoveryOf of, const ActPosition& position, const Act& act);
// False too when the act carries no recovery signature, or one of another kind than `of`.
[[nodiscard]] bool is_recovered(const VerifyKey& words, RecoveryOf of, const ActPosition& position, const Act& act);

// The act's recovery field; nullptr when its kind has none or it is empty.
[[nodiscard]] const Recovery* recovery_of(const Act& act);

}  // namespace kiem
