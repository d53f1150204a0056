#include "core/domain/membership_acts.hpp"

#include <algorithm>

#include "core/base/check.hpp"
#include "core/crypto/hash.hpp"
#include "core/domain/people.hpp"
#include "core/domain/registers.hpp"

namespace kiem {
namespace {

void add_act(Draft& draft, ActBody body) {
  Mutation mutation;
  mutation.collection = {std::nullopt, collection::kAccess};
  mutation.kind = static_cast<std::uint32_t>(MutationKind::authority);
  mutation.authority = encode(Act{std::move(body), {}});
  draft.add(std::move(mutation));
}

}  // namespace

SigningKey invitation_key(ByteView seed) {
  KIEM_CHECK(seed.size() == kInvitationSeedBytes);
  Hash32 grown = hash_of("kiem.invite.0", {seed});
  SigningKey key = SigningKey::from_seed(view(grown));
  wipe(grown.bytes);
  return key;
}

InvitationLabel label_of(const VerifyKey& invitation) {
  const Hash32 hash = hash_of("kiem.knock.0", {view(invitation)});
  InvitationLabel label;
  std::copy_n(hash.bytes.begin(), InvitationLabel::kSize, label.bytes.begin());
  return label;
}

Hash32 join_challenge(const Hash32& fresh, const BoxPublicKey& admitting, const BoxPublicKey& joining) {
  return hash_of("kiem.join.0", {view(fresh), view(admitting), view(joining)});
}

Result<OpId> write_invite(const UserAct& act, const VerifyKey& invitation, Role role) {
  Draft draft = act.draft_in(CircleNumber::access);
  add_act(draft, act::Invite{invitation, static_cast<Number>(role)});
  return act.write(draft);
}

Result<OpId> write_admission(const UserAct& act, const act::Admit& admit, bool confirms) {
  Draft draft = act.draft_in(CircleNumber::access);
  add_act(draft, admit);
  if (confirms) add_act(draft, act::ConfirmMember{admit.person});
  return act.write(draft);
}

Result<OpId> write_confirmation(const UserAct& act, const PersonId& person) {
  Draft draft = act.draft_in(CircleNumber::access);
  add_act(draft, act::ConfirmMember{person});
  return act.write(draft);
}

Status write_name(const UserAct& act, const PersonId& person, std::string_view name) {
  const PrincipalId principal = principal_of(person);
  KIEM_TRY_GET(const auto known,
               live_writes(act, record_of(principal), collection::kPrincipal, principal_field::kName));
  if (!known.empty()) return {};
  Draft draft = act.draft_in(CircleNumber::members);
  draft_person(draft, principal, principal_kind::kPerson, {std::string(name), {}, {}, {}, {}});
  KIEM_TRY(act.write(draft));
  return {};
}

}  // namespace kiem
