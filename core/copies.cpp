// Copies of the store: making one, and making a device of its own of one that was restored (DESIGN D2, D5).
//
// A restored copy has the chains of the device it was copied from. Were it to write on, one chain would have two ends,
// so it gets keys of its own first. That these keys are the person's is said by an act in the person's own space, which
// only whoever holds the recovery words can sign, and passed on to every initiative as a Present.
#include <algorithm>

#include "core/access/proofs.hpp"
#include "core/base/check.hpp"
#include "core/community.hpp"
#include "core/domain/founding.hpp"

namespace kiem {
namespace {

// Pages between two looks at nothing: perform(BackUp) has nobody to tell how far it is.
constexpr std::uint32_t kPagesAtOnce = 1024;

Certificate certificate_of(const DeviceKeys& keys, const DeviceId& predecessor) {
  Certificate certificate;
  certificate.signing = keys.signing.verify_key();
  certificate.transport = keys.transport.public_key;
  certificate.prekeys = {keys.sealing.public_key};
  certificate.predecessor = predecessor;
  return certificate;
}

// The person's own founding, enrolments and removals, as every initiative keeps copies of them.
Result<std::vector<Bytes>> copies_of_person(Connection& db, const SpaceRow& own) {
  KIEM_TRY_GET(const auto rows, access_operations(db, own.row));
  std::vector<Bytes> copies;
  for (const std::int64_t row : rows) {
    KIEM_TRY_GET(const auto operation, export_operation(db, row));
    copies.push_back(copy_for_present(operation));
  }
  return copies;
}

void add_act(Draft& draft, const Act& act) {
  Mutation mutation;
  mutation.collection = {std::nullopt, collection::kAccess};
  mutation.kind = static_cast<std::uint32_t>(MutationKind::authority);
  mutation.authority = encode(act);
  draft.add(std::move(mutation));
}

Status write_enrolment(const UserAct& act, const DeviceId& predecessor, const SigningKey& words) {
  act::EnrolDevice enrol;
  enrol.certificate = certificate_of(act.keys, predecessor);
  enrol.proof = prove_enrolment(act.keys.signing, act.keys.person);
  // The first operation of a chain, which is this device's alone.
  const ActPosition position{act.space.id, act.keys.device, {}, 0};
  enrol.recovery = recover(words, RecoveryOf::person, position, Act{enrol, {}});
  Draft draft = act.draft_in(CircleNumber::access);
  add_act(draft, {std::move(enrol), {}});
  KIEM_TRY(act.write(draft));
  return {};
}

Status write_present(const UserAct& act, const std::vector<Bytes>& copies) {
  Draft draft = act.draft_in(CircleNumber::access);
  add_act(draft, {act::Present{copies}, {}});
  KIEM_TRY(act.write(draft));
  return {};
}

}  // namespace

// --- making one ------------------------------------------------------------------------------------------------------

Result<Answer> Community::Impl::perform(const BackUp& request) {
  KIEM_TRY_GET(const auto backup, Backup::begin(*store, request.file));
  while (true) {
    KIEM_TRY_GET(const bool finished, backup->step(kPagesAtOnce));
    if (finished) return BackedUp{request.file, backup->bytes()};
  }
}

// --- a device of its own ---------------------------------------------------------------------------------------------

Status Community::Impl::become_new_device() {
  // A copy of a copy that was no device yet is one of the device before it.
  const DeviceId copied_from = enrolment_due.value_or(keys.device);
  DeviceKeys fresh = DeviceKeys::generate(env.rng);
  fresh.person = keys.person;
  fresh.device = device_id(certificate_of(fresh, copied_from));
  const auto body = [&]() -> Status {
    KIEM_TRY(set_local_value(db, kLocalKeys, fresh.to_stored().view()));
    KIEM_TRY(set_local_value(db, kLocalEnrolment, view(copied_from)));
    // What was true of the device that was copied, and what others remember of it: drawn and learnt anew.
    for (const char* const sql :
         {"DELETE FROM local WHERE name IN ('epoch', 'older') OR name GLOB 'clock of *'", "DELETE FROM peer",
          "DELETE FROM peer_circle", "DELETE FROM covered", "DELETE FROM node_port", "DELETE FROM peer_fault",
          "DELETE FROM author_quota", "INSERT OR IGNORE INTO unseen SELECT chain FROM chain"}) {
      KIEM_TRY(db.execute(sql));
    }
    return {};
  };
  KIEM_TRY(in_transaction(body));
  keys = std::move(fresh);
  enrolment_due = copied_from;
  return {};
}

Result<SigningKey> Community::Impl::person_words(const SharedSecret& given) {
  if (given.bytes == nullptr || given.bytes->size() != kRecoveryBytes) return fail(ErrorCode::wrong_words);
  SigningKey words = recovery_key(RecoveryWords::from_bits(given.bytes->view()), kPersonRecovery);
  KIEM_TRY_GET(const auto own, find_space(db, same_bytes<SpaceId>(keys.person)));
  if (!own) return fail(ErrorCode::record_damaged, Fault::damage, {"own space"});
  KIEM_TRY_GET(const auto copies, copies_of_person(db, *own));
  const auto facts = verify_present(copies);
  if (!facts) return fail(ErrorCode::record_damaged, Fault::damage, {"own space"});
  if (facts->recovery != words.verify_key()) return fail(ErrorCode::wrong_words);
  return words;
}

Result<Answer> Community::Impl::perform(const EnrolCopy& request) {
  if (!enrolment_due) return fail(ErrorCode::nothing_to_change);
  KIEM_TRY_GET(const SigningKey words, person_words(request.words));
  KIEM_TRY_GET(const auto own, find_space(db, same_bytes<SpaceId>(keys.person)));
  if (!own) return fail(ErrorCode::record_damaged, Fault::damage, {"own space"});

  CopyEnrolled answer{keys.device, 0};
  const DeviceId copied_from = *std::exchange(enrolment_due, std::nullopt);
  const Status written = in_transaction([&]() -> Status {
    KIEM_TRY(write_enrolment(begin_act(*own), copied_from, words));
    KIEM_TRY_GET(const auto copies, copies_of_person(db, *own));
    KIEM_TRY_GET(const auto spaces, all_spaces(db));
    for (const auto& space : spaces) {
      if (space.kind != SpaceKind::initiative) continue;
      KIEM_TRY_GET(const Membership* membership, ingest.members().of(space.row));
      const MembershipState members = membership->state();
      const PersonState* const me = members.find(keys.person);
      // Whoever is known here to have gone has nothing to say there any more.
      if (me == nullptr || !me->belongs()) continue;
      KIEM_TRY(write_present(begin_act(space), copies));
      ++answer.initiatives;
    }
    KIEM_TRY_GET(Statement done, db.prepare("DELETE FROM local WHERE name = ?"));
    done.bind(1, kLocalEnrolment);
    return done.run();
  });
  if (!written) {
    enrolment_due = copied_from;
    return tl::unexpected<Error>(written.error());
  }
  return answer;
}

}  // namespace kiem
