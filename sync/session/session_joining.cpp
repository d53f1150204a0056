// The anteroom: a newcomer with an invitation, and whoever lets it in (DESIGN D5.7, D9).
#include <algorithm>

#include "sync/session/session.hpp"

namespace kiem {
namespace {

EndReason reason_for(JoinRefusal refusal) {
  switch (refusal) {
    case JoinRefusal::unknown_invitation:
      return EndReason::unknown_invitation;
    case JoinRefusal::used_invitation:
      return EndReason::used_invitation;
    case JoinRefusal::closed_invitation:
      return EndReason::closed_invitation;
    case JoinRefusal::bad_proof:
      return EndReason::bad_proof;
    case JoinRefusal::already_member:
      return EndReason::already_member;
    case JoinRefusal::other_practice:
      return EndReason::other_practice;
    case JoinRefusal::cannot_admit:
      return EndReason::cannot_admit;
    case JoinRefusal::bad_name:
      return EndReason::bad_name;
  }
  return EndReason::other;
}

InvitationLabel label_in(const SecretBytes& seed) { return label_of(invitation_key(seed.view()).verify_key()); }

// What a Join takes beside name and copies.
constexpr std::size_t kJoinHead = 512;

}  // namespace

// --- the newcomer ----------------------------------------------------------------------------------------------------

wire::Message Session::knock() const {
  return wire::Knock{{wire::kVersion}, same_bytes<Short>(label_in(invitation_)), replica_.is_practice()};
}

Step Session::on(const wire::Challenge& challenge) {
  if (phase_ != SessionPhase::joining || challenge_ || reply_) return stop(EndReason::wrong_state);
  challenge_ = challenge;
  const Hash32 bound = join_challenge(challenge.fresh, peer_key_, replica_.keys().transport.public_key);
  KIEM_STEP_GET(const JoinRequest request,
                replica_.ask_to_join(invitation_.view(), challenge.space, challenge.invitation, bound));
  std::size_t bytes = kJoinHead + request.name.size();
  for (const auto& copy : request.present) bytes += copy.size() + 4;
  if (bytes > wire::kMaxFrame || request.present.size() > kMaxPresentCopies) return stop(EndReason::too_much);
  reply_ = wire::Join{request.device, request.proof, request.consent, request.present, request.name};
  return {};
}

Step Session::on(const wire::Admitted& admitted) {
  if (phase_ != SessionPhase::joining || !challenge_ || reply_) return stop(EndReason::wrong_state);
  KIEM_STEP_GET(const auto space, replica_.enter(admitted.founding, challenge_->space, label_in(invitation_)));
  if (!space) return stop(EndReason::bad_operation);
  joined_ = space->id;
  challenge_.reset();
  phase_ = SessionPhase::opening;
  return offer();
}

// --- who lets in -----------------------------------------------------------------------------------------------------

Step Session::on(const wire::Knock& knock) {
  if (phase_ != SessionPhase::opening || dialled_ || their_hello_ || has_knocked_) return stop(EndReason::wrong_state);
  if (std::find(knock.versions.begin(), knock.versions.end(), wire::kVersion) == knock.versions.end()) {
    return stop(EndReason::version);
  }
  has_knocked_ = true;
  KIEM_STEP_GET(const auto found,
                replica_.look_up_invitation(same_bytes<InvitationLabel>(knock.label), peer_key_, knock.practice));
  if (found.refusal) return stop(reason_for(*found.refusal));
  challenge_ = wire::Challenge{replica_.draw_hash(), found.space, found.invitation};
  reply_ = *challenge_;
  return {};
}

Step Session::on(const wire::Join& join) {
  if (phase_ != SessionPhase::opening || dialled_ || !challenge_ || reply_) return stop(EndReason::wrong_state);
  if (join.name.size() > wire::kMaxNameBytes) return stop(EndReason::too_much);
  JoinRequest request;
  request.invitation = challenge_->invitation;
  request.challenge = join_challenge(challenge_->fresh, replica_.keys().transport.public_key, peer_key_);
  request.device = join.device;
  request.proof = join.proof;
  request.consent = join.consent;
  request.present = join.present;
  request.name = join.name;
  challenge_.reset();
  KIEM_STEP_GET(auto admitted, replica_.admit(request, peer_key_));
  if (admitted.refusal) return stop(reason_for(*admitted.refusal));
  reply_ = wire::Admitted{std::move(admitted.founding)};
  return {};
}

}  // namespace kiem
