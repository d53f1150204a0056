// Inviting somebody, letting in who knocks, and knocking oneself (DESIGN D5, rules 6 and 7).
#include <algorithm>

#include "core/base/check.hpp"
#include "core/community.hpp"
#include "core/domain/founding.hpp"
#include "core/domain/text_rules.hpp"
#include "core/oplog/author.hpp"
#include "core/replica.hpp"

namespace kiem {
namespace {

struct FoundInvitation {
  SpaceRow space;
  InvitationState state;
};

template <class Matches>
Result<std::optional<FoundInvitation>> find_invitation(Connection& db, SpaceMembers& members, const Matches& matches) {
  KIEM_TRY_GET(const auto spaces, all_spaces(db));
  for (const auto& space : spaces) {
    if (space.kind != SpaceKind::initiative) continue;
    KIEM_TRY_GET(const Membership* membership, members.of(space.row));
    const MembershipState state = membership->state();
    for (const auto& invitation : state.invitations) {
      if (matches(invitation)) return std::optional(FoundInvitation{space, invitation});
    }
  }
  return std::optional<FoundInvitation>{};
}

std::optional<JoinRefusal> refusal_of(InvitationState::Use use) {
  switch (use) {
    case InvitationState::Use::open:
      return std::nullopt;
    case InvitationState::Use::closed:
      return JoinRefusal::closed_invitation;
    case InvitationState::Use::used:
    case InvitationState::Use::contested:
      return JoinRefusal::used_invitation;
  }
  return JoinRefusal::closed_invitation;
}

// The working device of somebody whom this invitation admitted.
bool admitted_before(const MembershipState& members, const InvitationState& invitation, const BoxPublicKey& key) {
  return std::any_of(invitation.admitted.begin(), invitation.admitted.end(), [&](const PersonId& person) {
    const PersonState* state = members.find(person);
    return state != nullptr && state->belongs() &&
           std::any_of(state->devices.begin(), state->devices.end(),
                       [&](const DeviceState& device) { return device.works && device.certificate.transport == key; });
  });
}

Result<std::vector<Bytes>> copies_of_me(Connection& db, const PersonId& person) {
  KIEM_TRY_GET(const auto space, find_space(db, same_bytes<SpaceId>(person)));
  if (!space) return fail(ErrorCode::record_damaged, Fault::damage, {"own space"});
  KIEM_TRY_GET(const auto rows, access_operations(db, space->row));
  std::vector<Bytes> copies;
  for (const std::int64_t row : rows) {
    KIEM_TRY_GET(const auto operation, export_operation(db, row));
    copies.push_back(copy_for_present(operation));
  }
  return copies;
}

// The first operation of the space as it was signed, flesh and all.
Result<Bytes> founding_of(Connection& db, const SpaceRow& space) {
  KIEM_TRY_GET(const auto row, find_operation(db, same_bytes<OpId>(space.id)));
  if (!row) return fail(ErrorCode::record_damaged, Fault::damage, {"founding"});
  KIEM_TRY_GET(const auto operation, export_operation(db, *row));
  return encode(operation);
}

// Everything that the request itself must show; the person it speaks of when it does.
std::optional<PersonId> proven_person(const JoinRequest& request, const InvitationState& invitation,
                                      const SpaceId& space, const BoxPublicKey& peer) {
  const auto facts = verify_present(request.present);
  if (!facts) return std::nullopt;
  const auto working = working_devices(*facts);
  if (!std::binary_search(working.begin(), working.end(), request.device)) return std::nullopt;
  const auto enrolment = std::find_if(facts->enrolments.begin(), facts->enrolments.end(),
                                      [&](const auto& each) { return each.device == request.device; });
  if (enrolment == facts->enrolments.end() || enrolment->certificate.transport != peer) return std::nullopt;
  const bool good = holds_invitation(invitation.key, space, request.device, request.challenge, request.proof) &&
                    has_consent(enrolment->certificate.signing, space, invitation.invitation, facts->person,
                                request.device, request.challenge, request.consent);
  return good ? std::optional(facts->person) : std::nullopt;
}

Replica::Admitted refused(JoinRefusal why) { return {why, {}}; }

}  // namespace

Result<Replica::Invitation> Replica::invite(const InitiativeNaming& initiative, Role role) {
  KIEM_TRY_GET(const SpaceRow space, impl_.initiative(initiative));
  KIEM_TRY_GET(const Membership* membership, impl_.ingest.members().of(space.row));
  if (!membership->is_coordinator(keys().person, membership->heads())) {
    return fail(ErrorCode::not_allowed, Fault::person, {"invite"});
  }
  Invitation invitation;
  invitation.space = space.id;
  invitation.seed = SecretBytes::random(kInvitationSeedBytes, impl_.env.rng);
  KIEM_TRY(impl_.in_transaction([&]() -> Status {
    KIEM_TRY_GET(invitation.operation,
                 write_invite(impl_.begin_act(space), invitation_key(invitation.seed.view()).verify_key(), role));
    return {};
  }));
  return invitation;
}

Status Replica::confirm(const InitiativeNaming& initiative, const PersonId& person) {
  KIEM_TRY_GET(const SpaceRow space, impl_.initiative(initiative));
  return impl_.in_transaction([&]() -> Status {
    KIEM_TRY_GET(const OpId operation, write_confirmation(impl_.begin_act(space), person));
    KIEM_TRY_GET(const Membership* now, impl_.ingest.members().of(space.row));
    const auto verdict = now->verdict(operation);
    if (verdict && verdict->verdict == Verdict::applied) return {};
    return fail(ErrorCode::not_allowed, Fault::person, {"confirm"});
  });
}

Result<Replica::Knocked> Replica::look_up_invitation(const InvitationLabel& label, const BoxPublicKey& peer,
                                                     bool practice) {
  KIEM_TRY_GET(const auto found, find_invitation(impl_.db, impl_.ingest.members(), [&](const InvitationState& state) {
                 return label_of(state.key) == label;
               }));
  if (!found) return Knocked{JoinRefusal::unknown_invitation, {}, {}};
  const Knocked knocked{std::nullopt, found->space.id, found->state.invitation};
  const auto refuse = [&](JoinRefusal why) { return Knocked{why, knocked.space, knocked.invitation}; };
  if (practice != found->space.practice) return refuse(JoinRefusal::other_practice);
  KIEM_TRY_GET(const Membership* membership, impl_.ingest.members().of(found->space.row));
  if (admitted_before(membership->state(), found->state, peer)) return knocked;
  const auto refusal = refusal_of(found->state.use);
  return refusal ? refuse(*refusal) : knocked;
}

Result<Replica::Admitted> Replica::admit(const JoinRequest& request, const BoxPublicKey& peer) {
  KIEM_TRY_GET(const auto found, find_invitation(impl_.db, impl_.ingest.members(), [&](const InvitationState& state) {
                 return state.invitation == request.invitation;
               }));
  if (!found) return refused(JoinRefusal::unknown_invitation);
  const SpaceRow& space = found->space;
  const auto person = proven_person(request, found->state, space.id, peer);
  if (!person) return refused(JoinRefusal::bad_proof);
  const auto name = checked_title("name", request.name);
  if (!name) return refused(JoinRefusal::bad_name);

  KIEM_TRY_GET(const Membership* membership, impl_.ingest.members().of(space.row));
  const MembershipState state = membership->state();
  Admitted admitted;
  KIEM_TRY_GET(admitted.founding, founding_of(impl_.db, space));
  if (admitted_before(state, found->state, peer)) return admitted;
  if (const auto refusal = refusal_of(found->state.use)) return refused(*refusal);
  const PersonState* joiner = state.find(*person);
  if (joiner != nullptr && joiner->belongs()) return refused(JoinRefusal::already_member);
  const PersonState* me = state.find(keys().person);
  if (me == nullptr || me->belonging != Belonging::member) return refused(JoinRefusal::cannot_admit);

  // Who invited knows whom; everybody else only passes the proof on, and a coordinator confirms later.
  const bool confirms = me->is_coordinator() && found->state.inviter == keys().person;
  act::Admit admit;
  admit.person = *person;
  admit.device = request.device;
  admit.role = static_cast<Number>(found->state.role);
  admit.invitation = request.invitation;
  admit.challenge = request.challenge;
  admit.proof = request.proof;
  admit.consent = request.consent;
  admit.present = request.present;
  std::optional<JoinRefusal> void_act;
  const Status written = impl_.in_transaction([&]() -> Status {
    const UserAct act = impl_.begin_act(space);
    KIEM_TRY_GET(const OpId operation, write_admission(act, admit, confirms));
    KIEM_TRY_GET(const Membership* now, impl_.ingest.members().of(space.row));
    const auto verdict = now->verdict(operation);
    if (!verdict || verdict->verdict != Verdict::applied) {
      void_act = JoinRefusal::closed_invitation;
      return fail(ErrorCode::not_allowed, Fault::person, {"admit"});
    }
    return write_name(act, *person, *name);
  });
  if (void_act) return refused(*void_act);
  if (!written) return tl::unexpected<Error>(written.error());
  return admitted;
}

Result<bool> Replica::has_used(const InvitationLabel& label) {
  KIEM_TRY_GET(Statement * find, impl_.db.cached("SELECT 1 FROM used_invitation WHERE label = ?"));
  find->bind(1, label);
  KIEM_TRY_GET(const bool found, find->step());
  find->reset();
  return found;
}

Result<JoinRequest> Replica::ask_to_join(ByteView seed, const SpaceId& space, const OpId& invitation,
                                         const Hash32& challenge) {
  if (impl_.enrolment_due) return fail(ErrorCode::not_enrolled);
  JoinRequest request;
  request.invitation = invitation;
  request.challenge = challenge;
  request.device = keys().device;
  request.proof = prove_invitation(invitation_key(seed), space, keys().device, challenge);
  request.consent = give_consent(keys().signing, space, invitation, keys().person, keys().device, challenge);
  KIEM_TRY_GET(request.present, copies_of_me(impl_.db, keys().person));
  request.name = impl_.my_name;
  return request;
}

Result<std::optional<SpaceRow>> Replica::enter(ByteView bytes, const SpaceId& promised, const InvitationLabel& label) {
  const std::optional<SpaceRow> refusal;
  auto operation = decode_operation(bytes);
  if (!operation || space_of(op_id(operation->header)) != promised) return refusal;
  const auto header = decode_header(operation->header);
  const auto bones = decode_bones(operation->bones);
  if (!header || !bones || !check_whole(*operation, *header, *bones)) return refusal;
  const auto founder = founder_of(op_id(operation->header), *header, *bones);
  if (!founder || founder->own_space || founder->practice != is_practice()) return refusal;
  const auto founding = read_founding(std::move(*operation));
  if (!founding) return refusal;
  const auto name = checked_title("name", founding->name);
  if (!name) return refusal;
  std::optional<SpaceRow> entered;
  const Status done = impl_.in_transaction([&]() -> Status {
    KIEM_TRY_GET(entered, impl_.ingest.take_founding(founding->operation, *name, founding->secret.view()));
    KIEM_TRY_GET(Statement * put, impl_.db.cached("INSERT OR REPLACE INTO used_invitation(label, space) VALUES(?, ?)"));
    put->bind(1, label).bind(2, entered->row);
    return put->run();
  });
  if (!done && done.error().fault == Fault::peer) return refusal;
  if (!done) return tl::unexpected<Error>(done.error());
  return entered;
}

}  // namespace kiem
