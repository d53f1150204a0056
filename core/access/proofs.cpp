#include "core/access/proofs.hpp"

#include "core/crypto/hash.hpp"

namespace kiem {
namespace {

// Every part has a fixed length, so their concatenation has one reading.
Bytes joined(std::initializer_list<ByteView> parts) {
  Bytes all;
  for (const auto part : parts) append(all, part);
  return all;
}

Bytes invitation_message(const SpaceId& space, const DeviceId& joiner, const Hash32& challenge) {
  return joined({view(space), view(joiner), view(challenge)});
}

Bytes consent_message(const SpaceId& space, const OpId& invitation, const PersonId& person, const DeviceId& joiner,
                      const Hash32& challenge) {
  return joined({view(space), view(invitation), view(person), view(joiner), view(challenge)});
}

template <class Body>
concept Recoverable = requires(Body& body) {
  body.recovery.reset();
};

Act without_recovery(Act act) {
  std::visit(
      [](auto& body) {
        if constexpr (Recoverable<decltype(body)>) body.recovery.reset();
      },
      act.body);
  return act;
}

// The act comes last, as the only part of variable length.
Bytes recovery_message(RecoveryOf of, const ActPosition& position, const Act& act) {
  return joined({le32(static_cast<std::uint32_t>(of)), view(position.space), view(position.device), view(position.prev),
                 le64(position.seq), encode(without_recovery(act))});
}

}  // namespace

Signature prove_invitation(const SigningKey& invitation, const SpaceId& space, const DeviceId& joiner,
                           const Hash32& challenge) {
  return invitation.sign(kTagInvitation, invitation_message(space, joiner, challenge));
}

bool holds_invitation(const VerifyKey& invitation, const SpaceId& space, const DeviceId& joiner,
                      const Hash32& challenge, const Signature& proof) {
  return verify(invitation, kTagInvitation, invitation_message(space, joiner, challenge), proof);
}

Signature give_consent(const SigningKey& joiner_key, const SpaceId& space, const OpId& invitation,
                       const PersonId& person, const DeviceId& joiner, const Hash32& challenge) {
  return joiner_key.sign(kTagConsent, consent_message(space, invitation, person, joiner, challenge));
}

bool has_consent(const VerifyKey& joiner_key, const SpaceId& space, const OpId& invitation, const PersonId& person,
                 const DeviceId& joiner, const Hash32& challenge, const Signature& consent) {
  return verify(joiner_key, kTagConsent, consent_message(space, invitation, person, joiner, challenge), consent);
}

Signature prove_enrolment(const SigningKey& new_device, const PersonId& person) {
  return new_device.sign(kTagEnrol, view(person));
}

bool agrees_to_enrolment(const VerifyKey& new_device, const PersonId& person, const Signature& proof) {
  return verify(new_device, kTagEnrol, view(person), proof);
}

Recovery recover(const SigningKey& words, RecoveryOf of, const ActPosition& position, const Act& act) {
  return {static_cast<Number>(of), words.sign(kTagRecovery, recovery_message(of, position, act)), {}};
}

bool is_recovered(const VerifyKey& words, RecoveryOf of, const ActPosition& position, const Act& act) {
  const Recovery* recovery = recovery_of(act);
  return recovery != nullptr && recovery->of == static_cast<Number>(of) &&
         verify(words, kTagRecovery, recovery_message(of, position, act), recovery->signature);
}

const Recovery* recovery_of(const Act& act) {
  return std::visit(
      [](const auto& body) -> const Recovery* {
        if constexpr (requires { body.recovery->signature; }) {
          if (body.recovery) return &*body.recovery;
        }
        return nullptr;
      },
      act.body);
}

}  // namespace kiem
