// The one door: every operation enters the store here, whichever way it came (network, bundle, import, restore, or an
// act at this very keyboard).
//
// What is checked, in this order; each numbered rule is held by tests/unit/ingest:
//  1. Header and bones decode canonically, the bones have the hash and size that the header says, each part that is
//     here has the hash, size and canonical content that the bones say, and the whole is within kMaxOperationBytes.
//     Anything else is refused: not stored, and its chain ends before it on every node.
//  2. An operation that is here already is done: nothing is written twice. A part that was missing is added.
//  3. The space is known, or this is the founding operation of a space that somebody just joined.
//  4. The chain has no gap: prev is zero at seq 0, else an operation of the same chain with seq one lower. Several
//     operations with one prev are a fork; all branches are kept.
//  5. The author's certificate is known, or the chain begins with an act that brings and proves it (else
//     unknown_author: not taken, to be asked for again), and the signature of the last operation of the run holds under
//     it; it vouches for those before it, by prev. A signature that comes along inside the run is checked before it is
//     stored. One that this process has just made (OwnOperation) holds; that the certificate has its key is checked.
//  6. Access heads that are not here park the operation: stored, not shown, not forwarded, tried again when they come.
//  7. The verdict is judged at the operation's own access heads; whatever the verdict, it is stored. An operation with
//     something of a later version is *unknown*: stored and forwarded, not applied.
//  8. Operation, parts, tips, verdict and views change in the caller's one transaction. Nothing here commits.
//
// An act of membership may change verdicts of what is here; those operations are judged again by the next fold, in the
// same transaction.
//
// Ingest borrows the writer's connection and the Env; it caches memberships between calls, so call forget() when the
// transaction was rolled back. One thread, the writer's.
#pragma once

#include <map>
#include <span>
#include <string_view>
#include <vector>

#include "core/access/space_members.hpp"
#include "core/oplog/author.hpp"
#include "core/views/materialiser.hpp"

namespace kiem {

enum class Source : std::uint8_t { here, peer, bundle, restore };

struct IngestReport {
  std::uint32_t added = 0;    // new operations, parked ones included
  std::uint32_t already = 0;  // were here
  std::uint32_t parked = 0;
  std::vector<OpId> ids;           // of the run, in its order
  std::vector<std::int64_t> rows;  // theirs
};

class Ingest {
 public:
  Ingest(Connection& db, Env env) : db_(db), env_(env), members_(db), materialiser_(db) {}

  // Takes a run of operations of one chain, in its order; the last one has a signature. All or nothing.
  [[nodiscard]] Result<IngestReport> take(std::span<const UnverifiedOperation> run, Source source);
  // Takes an operation of this device that author() made in the same transaction.
  [[nodiscard]] Result<IngestReport> take(const OwnOperation& operation);
  // Takes an operation back that was here, was checked then, and was lost (core/oplog/lost.hpp): its id, which is
  // known, vouches for it as a signature would. False: it is none of those, or its bytes are not what its id says.
  [[nodiscard]] Result<bool> take_back(const UnverifiedOperation& operation);
  // Takes the first operation of a space that this device founds or joins. `name` and `secret` are from its flesh
  // (core/domain/founding.hpp). A space that is here already is answered as it is.
  [[nodiscard]] Result<SpaceRow> take_founding(const UnverifiedOperation& operation, std::string_view name,
                                               ByteView secret);

  // Brings the views up to date with all that was taken. fold() returns what was touched since it was last called, by
  // space; fold_now() only brings up to date and keeps that for the next fold().
  [[nodiscard]] Result<FoldedSpaces> fold();
  [[nodiscard]] Status fold_now();

  [[nodiscard]] SpaceMembers& members() { return members_; }
  // After a rollback: what is remembered of the transaction is dropped.
  void forget();

 private:
  [[nodiscard]] Result<VerifiedOperation> check_bytes(const UnverifiedOperation& bytes);
  // Rules 3 to 8 for a run that is new here. signed_by: whose signature is known to hold; nullptr: none is.
  [[nodiscard]] Status take_fresh(std::span<VerifiedOperation> run, const VerifyKey* signed_by, Source source,
                                  IngestReport& report);
  [[nodiscard]] Status check_signatures(const VerifyKey& key, std::span<const VerifiedOperation> run);
  [[nodiscard]] Result<ChainPosition> position_of(const Header& first, std::int64_t chain);
  // Whose run it is and where: the same for all of it.
  struct RunPlace {
    CircleRow circle;
    DeviceRow device;
    std::int64_t chain = 0;
  };
  [[nodiscard]] Status store(std::span<VerifiedOperation> run, const CircleRow& circle, const PersonId& person,
                             Source source, IngestReport& report);
  [[nodiscard]] Result<std::int64_t> store_one(VerifiedOperation& operation, const RunPlace& place, Insertion insertion,
                                               Source source, IngestReport& report);
  [[nodiscard]] Status settle(StoredOperation& operation);
  [[nodiscard]] Status settle_act(StoredOperation& operation);
  [[nodiscard]] Status move_tips(const StoredOperation& operation);
  [[nodiscard]] Status judge_spaces_again();
  [[nodiscard]] Status judge_again(std::span<const std::int64_t> rows);
  [[nodiscard]] Status judge_behind(const StoredOperation& operation, bool is_inside);
  [[nodiscard]] Status unpark(std::int64_t space);
  [[nodiscard]] Status add_missing_parts(std::int64_t row, const VerifiedOperation& operation);

  Connection& db_;
  Env env_;
  SpaceMembers members_;
  Materialiser materialiser_;
  FoldedSpaces folded_;
  // Spaces whose membership changed since the last fold, and whether data is to be judged again too.
  std::map<std::int64_t, bool> to_judge_;
};

}  // namespace kiem
