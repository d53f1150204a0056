#include "core/oplog/author.hpp"

#include <algorithm>

namespace kiem {
namespace {

UnverifiedOperation sign(const DeviceKeys& keys, Header header, const Draft& draft, const ActId& act, Env env) {
  auto finished = draft.finish(act, env.rng);
  UnverifiedOperation operation;
  operation.bones = encode(finished.bones);
  header.device = keys.device;
  header.op_class = draft.op_class();
  header.claimed = env.clock.wall();
  header.bones_hash = bones_hash(operation.bones);
  header.bones_size = static_cast<std::uint32_t>(operation.bones.size());
  operation.header = encode(header);
  for (auto& part : finished.parts) operation.parts.emplace_back(std::move(part));
  operation.signature = sign_header(keys.signing, operation.header);
  return operation;
}

Result<std::int64_t> covered_until(Connection& db, std::int64_t chain) {
  KIEM_TRY_GET(Statement * find, db.cached("SELECT seq FROM covered WHERE chain = ?"));
  find->bind(1, chain);
  KIEM_TRY_GET(const bool found, find->step());
  if (!found) return -1;
  const std::int64_t seq = find->integer(0);
  find->reset();
  return seq;
}

// From now on the own chain covers another one up to `seq`.
Status cover(Connection& db, std::int64_t chain, std::int64_t seq) {
  KIEM_TRY_GET(Statement * put, db.cached("INSERT INTO covered(chain, seq) VALUES(?, ?) "
                                          "ON CONFLICT(chain) DO UPDATE SET seq = max(seq, excluded.seq)"));
  put->bind(1, chain).bind(2, seq);
  KIEM_TRY(put->run());
  KIEM_TRY_GET(Statement * seen, db.cached("DELETE FROM unseen WHERE chain = ?1 AND NOT EXISTS(SELECT 1 FROM tip JOIN "
                                           "operation o USING(operation) WHERE tip.chain = ?1 AND o.seq > ?2)"));
  seen->bind(1, chain).bind(2, seq);
  return seen->run();
}

// The last operations of the circle's other chains that the own chain does not cover, longest had first.
Result<std::vector<OpId>> unseen_heads(Connection& db, std::int64_t circle, std::int64_t own_device) {
  KIEM_TRY_GET(Statement * find,
               db.cached("SELECT o.id, o.seq, coalesce(v.seq, -1) FROM unseen u CROSS JOIN chain h USING(chain) "
                         "CROSS JOIN tip t USING(chain) CROSS JOIN operation o USING(operation) "
                         "LEFT JOIN covered v ON v.chain = h.chain "
                         "WHERE h.circle = ? AND h.device <> ? AND o.standing <> ? ORDER BY o.operation"));
  find->bind(1, circle).bind(2, own_device).bind(3, static_cast<std::int64_t>(Standing::parked));
  std::vector<OpId> heads;
  while (true) {
    KIEM_TRY_GET(const bool more, find->step());
    if (!more) return heads;
    if (find->integer(1) <= find->integer(2) || heads.size() == kMaxSeen) continue;
    KIEM_TRY_GET(const auto id, find->id<OpId>(0));
    heads.push_back(id);
  }
}

}  // namespace

Signature sign_header(const SigningKey& key, ByteView header) {
  return key.sign(kTagSignature, signed_message(kSuite, op_id(header)));
}

ActId new_act(Rng& rng) {
  ActId act;
  rng.fill(act.bytes);
  return act;
}

UnverifiedOperation author_founding(const DeviceKeys& keys, const Draft& draft, const ActId& act, Env env) {
  return sign(keys, Header{}, draft, act, env);
}

Result<OwnOperation> author(Connection& db, const DeviceKeys& keys, const Draft& draft, const ActId& act, Env env) {
  KIEM_TRY_GET(const auto circle, find_circle(db, draft.circle()));
  if (!circle) return fail(ErrorCode::no_initiative);
  KIEM_TRY_GET(const SpaceRow space, space_at(db, circle->space));

  Header header;
  header.space = space.id;
  header.circle = circle->id;
  KIEM_TRY_GET(header.access_heads, access_tips(db, space.row));
  if (header.access_heads.size() > kMaxAccessHeads) header.access_heads.resize(kMaxAccessHeads);
  KIEM_TRY_GET(const std::int64_t device, intern_device(db, keys.device, keys.person));
  KIEM_TRY_GET(const std::int64_t chain, intern_chain(db, circle->row, device));
  KIEM_TRY_GET(const auto tips, chain_tips(db, chain));
  if (!tips.empty()) {
    KIEM_TRY_GET(const auto last, operation_place(db, tips.back()));
    if (!last) return fail(ErrorCode::record_damaged, Fault::damage, {std::to_string(tips.back())});
    header.prev = last->id;
    header.seq = last->seq + 1;
  }
  if (circle->number != 0) {
    KIEM_TRY_GET(header.seen, unseen_heads(db, circle->row, device));
  }
  return OwnOperation(sign(keys, std::move(header), draft, act, env), keys.signing.verify_key());
}

Status note_covered(Connection& db, const StoredOperation& operation) {
  // Walks what is newly covered: each operation of another chain above the mark, and what it had itself seen.
  std::vector<std::int64_t> todo;
  const auto look_at = [&](const std::vector<OpId>& ids) -> Status {
    for (const auto& id : ids) {
      KIEM_TRY_GET(const auto row, find_operation(db, id));
      if (row) todo.push_back(*row);
    }
    return {};
  };
  KIEM_TRY(look_at(operation.header.seen));
  while (!todo.empty()) {
    const std::int64_t row = todo.back();
    todo.pop_back();
    KIEM_TRY_GET(const auto next, operation_place(db, row));
    if (!next || next->chain == operation.chain) continue;
    KIEM_TRY_GET(const std::int64_t until, covered_until(db, next->chain));
    if (static_cast<std::int64_t>(next->seq) <= until) continue;
    KIEM_TRY(cover(db, next->chain, static_cast<std::int64_t>(next->seq)));
    // From here down the chain to the old mark; the mark is already moved, so the walk goes by prev.
    OperationPlace each = *next;
    std::int64_t at = row;
    while (true) {
      KIEM_TRY_GET(const auto seen, seen_by_operation(db, at));
      KIEM_TRY(look_at(seen));
      at = each.prev;
      if (at == 0) break;
      KIEM_TRY_GET(const auto below, operation_place(db, at));
      if (!below || static_cast<std::int64_t>(below->seq) <= until) break;
      each = *below;
    }
  }
  return {};
}

}  // namespace kiem
