#include "core/ingest.hpp"

#include <set>
#include <utility>

#include "core/base/check.hpp"
#include "core/oplog/lost.hpp"
#include "core/oplog/set_aside.hpp"

namespace kiem {
namespace {

tl::unexpected<Error> refuse(ErrorCode code, std::vector<std::string> args = {}) {
  return fail(code, Fault::peer, std::move(args));
}

// Rule 1, the parts: as many as the bones list, each that is here with the size, hash and content they say.
Status check_parts(const UnverifiedOperation& operation, const Bones& bones) {
  if (operation.parts.size() != bones.parts.size()) return refuse(ErrorCode::not_canonical, {"0", "every listed part"});
  for (std::size_t i = 0; i < bones.parts.size(); ++i) {
    if (!operation.parts[i]) continue;
    const Bytes& bytes = *operation.parts[i];
    if (bytes.size() != bones.parts[i].size || part_hash(bytes) != bones.parts[i].hash) {
      return refuse(ErrorCode::not_canonical, {"0", "a part as the bones say"});
    }
    KIEM_TRY(decode_part(bytes));
  }
  return {};
}

Status check_size(const UnverifiedOperation& operation, const Bones& bones) {
  std::size_t size = operation.header.size() + operation.bones.size();
  for (const auto& part : bones.parts) size += part.size;
  if (size <= kMaxOperationBytes) return {};
  return refuse(ErrorCode::too_large, {"operation", std::to_string(kMaxOperationBytes)});
}

bool is_founding(const Header& header) { return header.space.is_zero(); }

Result<CircleRow> circle_of(Connection& db, const Header& header) {
  KIEM_TRY_GET(const auto circle, find_circle(db, header.circle));
  if (!circle) return refuse(ErrorCode::unknown_circle);
  KIEM_TRY_GET(const SpaceRow space, space_at(db, circle->space));
  // A circle's id is made of its space's, so a header that pairs it with another is a lie.
  if (space.id != header.space) return refuse(ErrorCode::not_canonical, {"0", "a circle of its space"});
  return *circle;
}

}  // namespace

Result<VerifiedOperation> Ingest::check_bytes(const UnverifiedOperation& bytes) {
  VerifiedOperation operation;
  KIEM_TRY_GET(operation.header, decode_header(bytes.header));
  if (bytes.bones.size() != operation.header.bones_size || bones_hash(bytes.bones) != operation.header.bones_hash) {
    return refuse(ErrorCode::not_canonical, {"0", "bones as the header says"});
  }
  KIEM_TRY_GET(operation.bones, decode_bones(bytes.bones));
  KIEM_TRY(check_size(bytes, operation.bones));
  KIEM_TRY(check_parts(bytes, operation.bones));
  operation.id = op_id(bytes.header);
  operation.bytes = bytes;
  return operation;
}

// Rule 5 for a run of one chain: the last one's signature vouches for all before it.
Status Ingest::check_signatures(const VerifyKey& key, std::span<const VerifiedOperation> run) {
  if (!run.back().bytes.signature) return refuse(ErrorCode::wrong_signature);
  for (const auto& operation : run) {
    if (!operation.bytes.signature) continue;
    const Bytes message = signed_message(operation.header.suite, operation.id);
    if (!verify(key, kTagSignature, message, *operation.bytes.signature)) return refuse(ErrorCode::wrong_signature);
  }
  return {};
}

Result<IngestReport> Ingest::take(std::span<const UnverifiedOperation> run, Source source) {
  KIEM_CHECK(!run.empty());
  IngestReport report;
  std::vector<VerifiedOperation> fresh;
  for (const auto& bytes : run) {
    KIEM_TRY_GET(VerifiedOperation operation, check_bytes(bytes));
    if (is_founding(operation.header)) return refuse(ErrorCode::not_canonical, {"0", "an operation of a known space"});
    // The first one's circle and space are looked up together; what follows is kept without either.
    if (!fresh.empty() && operation.header.space != fresh.back().header.space) {
      return refuse(ErrorCode::not_canonical, {"0", "a run of one space"});
    }
    if (!fresh.empty() &&
        (operation.header.circle != fresh.back().header.circle ||
         operation.header.device != fresh.back().header.device || operation.header.prev != fresh.back().id)) {
      return refuse(ErrorCode::chain_gap,
                    {std::to_string(fresh.back().header.seq + 1), std::to_string(operation.header.seq)});
    }
    report.ids.push_back(operation.id);
    if (fresh.empty()) {
      // What follows something new is new: nothing is here before the one that its prev names.
      KIEM_TRY_GET(const auto known, find_operation(db_, operation.id));
      if (known) {
        KIEM_TRY(add_missing_parts(*known, operation));
        report.rows.push_back(*known);
        ++report.already;
        continue;
      }
    }
    fresh.push_back(std::move(operation));
  }
  if (!fresh.empty()) KIEM_TRY(take_fresh(fresh, nullptr, source, report));
  return report;
}

Result<IngestReport> Ingest::take(const OwnOperation& operation) {
  // A draft may come to more than an operation holds, and salts are fresh: it is checked, and it is not here yet.
  KIEM_TRY_GET(VerifiedOperation checked, check_bytes(operation.bytes()));
  IngestReport report;
  report.ids.push_back(checked.id);
  KIEM_TRY(take_fresh({&checked, 1}, &operation.signed_by(), Source::here, report));
  return report;
}

Status Ingest::take_fresh(std::span<VerifiedOperation> run, const VerifyKey* signed_by, Source source,
                          IngestReport& report) {
  const Header& first = run.front().header;
  KIEM_TRY_GET(const CircleRow circle, circle_of(db_, first));
  KIEM_TRY_GET(auto author, members_.author(circle.space, first.device));
  if (!author && circle.number == 0) {
    const VerifiedOperation& begins = run.front();
    KIEM_TRY_GET(author, members_.introduced_by(circle.space, begins.id, begins.header, begins.bones));
  }
  if (!author) return refuse(ErrorCode::unknown_author);
  if (signed_by == nullptr) {
    KIEM_TRY(check_signatures(author->key, run));
  } else if (*signed_by != author->key) {
    return refuse(ErrorCode::wrong_signature);
  }
  KIEM_TRY(store(run, circle, author->person, source, report));
  // Only acts of membership are ever waited for.
  return circle.number == 0 ? unpark(circle.space) : Status{};
}

// Rule 4, for the first of a run.
Result<ChainPosition> Ingest::position_of(const Header& first, std::int64_t chain) {
  if (first.seq == 0) return ChainPosition{chain, 0};
  const auto gap = [&](const std::string& found) {
    return refuse(ErrorCode::chain_gap, {std::to_string(first.seq - 1), found});
  };
  KIEM_TRY_GET(auto prev, find_operation(db_, first.prev));
  if (!prev) {
    // One that is lost was here, and the chain goes on from it.
    KIEM_TRY_GET(const auto lost, find_lost(db_, first.prev));
    if (!lost) return gap("-");
    prev = lost->row;
  }
  KIEM_TRY_GET(const auto before, operation_place(db_, *prev));
  if (!before || before->chain != chain || before->seq + 1 != first.seq) {
    return gap(before ? std::to_string(before->seq) : "-");
  }
  return ChainPosition{chain, *prev};
}

Status Ingest::store(std::span<VerifiedOperation> run, const CircleRow& circle, const PersonId& person, Source source,
                     IngestReport& report) {
  const Header& first = run.front().header;
  RunPlace place{circle, {0, first.device, person}, 0};
  KIEM_TRY_GET(place.device.row, intern_device(db_, first.device, person));
  KIEM_TRY_GET(place.chain, intern_chain(db_, circle.row, place.device.row));
  KIEM_TRY_GET(const ChainPosition at, position_of(first, place.chain));
  Insertion insertion;
  insertion.at = at;
  insertion.received = env_.clock.wall();
  std::uint64_t seq = first.seq;
  for (auto& operation : run) {
    if (operation.header.seq != seq) {
      return refuse(ErrorCode::chain_gap, {std::to_string(operation.header.seq - 1), std::to_string(seq - 1)});
    }
    ++seq;
    insertion.is_last = &operation == &run.back();
    KIEM_TRY_GET(insertion.at.prev, store_one(operation, place, insertion, source, report));
    report.rows.push_back(insertion.at.prev);
  }
  return end_run(db_, at, report.rows.back());
}

// Decodes nothing again: what is judged and shown is what was checked.
Result<std::int64_t> Ingest::store_one(VerifiedOperation& operation, const RunPlace& place, Insertion insertion,
                                       Source source, IngestReport& report) {
  StoredOperation stored;
  stored.id = operation.id;
  stored.chain = place.chain;
  stored.prev = insertion.at.prev;
  stored.circle = place.circle;
  stored.device = place.device;
  stored.header = operation.header;
  stored.bones = std::move(operation.bones);
  stored.received_ms = insertion.received.ms;
  ++report.added;
  KIEM_TRY_GET(const bool here, members_.knows_heads(stored));
  // An own operation always names heads that are here; anything else is our own mistake.
  KIEM_CHECK(here || source != Source::here);
  // An act of membership is judged once it is in the graph, and may find that it has to stay parked.
  const bool is_act = place.circle.number == 0;
  bool is_inside = false;
  if (here && !is_act) {
    KIEM_TRY_GET(const Authority verdict, members_.judge(stored));
    is_inside = verdict.is_inside;
    insertion.standing = verdict.standing;
    insertion.role = verdict.role;
  }
  stored.standing = insertion.standing;
  stored.role = insertion.role;
  KIEM_TRY_GET(stored.row, insert_operation(db_, operation, place.circle, insertion));
  if (!here) {
    ++report.parked;
    return stored.row;
  }
  if (is_act) {
    KIEM_TRY(settle_act(stored));
  } else {
    KIEM_TRY(materialiser_.apply(stored));
    KIEM_TRY(judge_behind(stored, is_inside));
  }
  if (source == Source::here) KIEM_TRY(note_covered(db_, stored));
  return stored.row;
}

// Rules 6 to 8 for a stored operation whose access heads are here.
Status Ingest::settle(StoredOperation& operation) {
  if (operation.circle.number == 0) return settle_act(operation);
  KIEM_TRY_GET(const Authority verdict, members_.judge(operation));
  operation.standing = verdict.standing;
  operation.role = verdict.role;
  KIEM_TRY(set_standing(db_, operation.row, verdict.standing, verdict.role));
  KIEM_TRY(materialiser_.apply(operation));
  return judge_behind(operation, verdict.is_inside);
}

Status Ingest::settle_act(StoredOperation& operation) {
  folded_[operation.circle.space].membership = true;
  KIEM_TRY(move_tips(operation));
  KIEM_TRY_GET(const bool data_too, members_.add(operation));
  KIEM_TRY_GET(const Authority verdict, members_.judge(operation));
  operation.standing = verdict.standing;
  operation.role = verdict.role;
  KIEM_TRY(set_standing(db_, operation.row, verdict.standing, verdict.role));
  KIEM_TRY(materialiser_.apply(operation));
  to_judge_[operation.circle.space] |= data_too;
  return {};
}

Status Ingest::move_tips(const StoredOperation& operation) {
  KIEM_TRY_GET(const AuthorityNode node, authority_node(operation.id, operation.header, operation.bones));
  std::vector<std::int64_t> cited;
  for (const auto& id : parents_of(node)) {
    KIEM_TRY_GET(const auto head, find_operation(db_, id));
    if (head) cited.push_back(*head);
  }
  return move_access_tips(db_, operation.circle.space, operation.row, cited);
}

// An act of membership may change what became of operations that are here already: of other acts always, of data only
// when it takes something away, completes what does, or makes such an act count or wait, since data is judged at its
// own access heads and by the cuts. Such an act costs what reading the whole space costs: it is rare, and the one thing
// here that grows with the log. Once for all acts since the views were folded: a verdict depends on what is here, not
// on the order in which it came, and nothing asks for one before the views do.
Status Ingest::judge_spaces_again() {
  for (const auto& [space, data_too] : std::exchange(to_judge_, {})) {
    KIEM_TRY_GET(const auto rows, data_too ? operations_of(db_, space) : access_operations(db_, space));
    KIEM_TRY(judge_again(rows));
  }
  return {};
}

Status Ingest::judge_again(std::span<const std::int64_t> rows) {
  for (const std::int64_t row : rows) {
    KIEM_TRY_GET(const StoredOperation operation, load_operation(db_, row));
    if (operation.standing == Standing::parked) continue;
    KIEM_TRY_GET(const Authority verdict, members_.judge(operation));
    if (verdict.standing == operation.standing && verdict.role == operation.role) continue;
    KIEM_TRY(set_standing(db_, row, verdict.standing, verdict.role));
    KIEM_TRY(materialiser_.touch(row));
  }
  return {};
}

// Data is inside of a cut when a head that the cut names has it in its past, or the remover had seen it. Either may
// come later than the data: a head in the data's own chain, which is inside itself, or something that the remover wrote
// before the removal and that names operations of that chain as seen.
Status Ingest::judge_behind(const StoredOperation& operation, bool is_inside) {
  KIEM_TRY_GET(const bool any, has_set_aside(db_));
  if (!any) return {};
  std::set<std::int64_t> chains;
  if (is_inside || operation.standing != Standing::set_aside) chains.insert(operation.chain);
  KIEM_TRY_GET(const bool removed_since, members_.removed_since(operation));
  for (const auto& id : removed_since ? operation.header.seen : std::vector<OpId>{}) {
    KIEM_TRY_GET(const auto row, find_operation(db_, id));
    if (!row) continue;
    KIEM_TRY_GET(const auto place, operation_place(db_, *row));
    if (place) chains.insert(place->chain);
  }
  for (const std::int64_t chain : chains) {
    KIEM_TRY_GET(const auto rows, set_aside_in(db_, chain));
    KIEM_TRY(judge_again(rows));
  }
  return {};
}

// Rule 6, the other end: what waited for access heads that have come.
Status Ingest::unpark(std::int64_t space) {
  bool again = true;
  while (again) {
    again = false;
    KIEM_TRY_GET(const auto parked, parked_operations(db_, space));
    for (const std::int64_t row : parked) {
      KIEM_TRY_GET(StoredOperation operation, load_operation(db_, row));
      KIEM_TRY_GET(const bool here, members_.knows_heads(operation));
      if (!here) continue;
      KIEM_TRY(settle(operation));
      again = operation.circle.number == 0 || again;
    }
  }
  return {};
}

Status Ingest::add_missing_parts(std::int64_t row, const VerifiedOperation& operation) {
  KIEM_TRY_GET(const std::uint32_t added, add_parts(db_, row, operation.bytes));
  return added > 0 ? materialiser_.touch(row) : Status{};
}

Result<bool> Ingest::take_back(const UnverifiedOperation& bytes) {
  KIEM_TRY_GET(const auto lost, find_lost(db_, op_id(bytes.header)));
  if (!lost) return false;
  auto checked = check_bytes(bytes);
  if (!checked) return false;
  VerifiedOperation& operation = *checked;
  if (is_founding(operation.header)) return false;
  KIEM_TRY_GET(const CircleRow circle, circle_of(db_, operation.header));
  KIEM_TRY_GET(const auto device, find_device(db_, operation.header.device));
  if (!device) return false;
  Insertion insertion;
  insertion.at = {lost->chain, lost->prev};
  insertion.received = env_.clock.wall();
  IngestReport report;
  KIEM_TRY(store_one(operation, {circle, *device, lost->chain}, insertion, Source::peer, report));
  if (circle.number == 0) KIEM_TRY(unpark(circle.space));
  return true;
}

Result<SpaceRow> Ingest::take_founding(const UnverifiedOperation& bytes, std::string_view name, ByteView secret) {
  KIEM_TRY_GET(VerifiedOperation operation, check_bytes(bytes));
  if (!is_founding(operation.header)) return refuse(ErrorCode::not_canonical, {"0", "a founding operation"});
  KIEM_TRY_GET(const auto known, find_space(db_, space_of(operation.id)));
  if (known) return *known;
  KIEM_TRY_GET(const Founder founder, founder_of(operation.id, operation.header, operation.bones));
  KIEM_TRY(check_signatures(founder.key, {&operation, 1}));

  SpaceRow space;
  space.id = space_of(operation.id);
  space.kind = founder.own_space ? SpaceKind::personal : SpaceKind::initiative;
  space.practice = founder.practice;
  space.name = std::string(name);
  KIEM_TRY_GET(space, add_space(db_, space, secret));
  KIEM_TRY_GET(const auto access, find_circle(db_, circle_id(space.id, 0)));
  KIEM_CHECK(access.has_value());
  IngestReport report;
  KIEM_TRY(store({&operation, 1}, *access, founder.person, Source::here, report));
  return space;
}

Result<FoldedSpaces> Ingest::fold() {
  KIEM_TRY(fold_now());
  return std::exchange(folded_, {});
}

Status Ingest::fold_now() {
  KIEM_TRY(judge_spaces_again());
  KIEM_TRY_GET(const auto folded, materialiser_.fold());
  for (const auto& [space, more] : folded) folded_[space].add(more);
  return {};
}

void Ingest::forget() {
  members_.forget();
  materialiser_.forget();
  folded_.clear();
  to_judge_.clear();
}

}  // namespace kiem
