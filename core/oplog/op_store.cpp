#include "core/oplog/op_store.hpp"

#include <algorithm>
#include <array>

#include "core/oplog/codec.hpp"
#include "core/oplog/lost.hpp"

namespace kiem {
namespace {

constexpr std::uint64_t kKeepEverySeq = 16;
constexpr std::size_t kKeepFromBytes = std::size_t{4} * 1024;

// The header fields that neither chain nor bones tell.
constexpr std::array<std::uint64_t, 7> kRestKeys{codec::kFormat, codec::kSuiteKey, codec::kEnc,    codec::kAccessHeads,
                                                 codec::kSeen,   codec::kClass,    codec::kClaimed};

bool is_left_out(const Header& header, std::uint64_t key) {
  return (key == codec::kAccessHeads && header.access_heads.empty()) || (key == codec::kSeen && header.seen.empty());
}

Bytes pack_header(const Header& header) {
  CborWriter out;
  std::size_t count = header.unknown.size();
  for (const auto key : kRestKeys) count += is_left_out(header, key) ? 0 : 1;
  out.map(count);
  for (const auto key : kRestKeys) {
    if (is_left_out(header, key)) continue;
    out.unsigned_integer(key);
    codec::write_header_value(out, header, key);
  }
  codec::write_unknown(out, header.unknown, codec::kFirstUnknownHeaderKey);
  return out.take();
}

Status unpack_header(ByteView packed, Header& header) {
  CborReader reader(packed);
  KIEM_TRY_GET(const std::size_t count, reader.map(kLastKey + 1));
  std::optional<std::uint64_t> last;
  for (std::size_t i = 0; i < count; ++i) {
    KIEM_TRY_GET(const std::uint64_t key, codec::read_key(reader, last));
    KIEM_TRY(codec::read_header_value(reader, key, header));
  }
  return reader.finish();
}

tl::unexpected<Error> damaged(std::int64_t row) {
  return fail(ErrorCode::record_damaged, Fault::damage, {std::to_string(row)});
}

// The first column of every row.
Result<std::vector<std::int64_t>> rows_of(Statement& find) {
  std::vector<std::int64_t> rows;
  while (true) {
    KIEM_TRY_GET(const bool more, find.step());
    if (!more) return rows;
    rows.push_back(find.integer(0));
  }
}

struct RawOperation {
  StoredOperation stored;
  Bytes bones;
  std::optional<Signature> signature;
};

// Whose chain it is: the same for all of a run, so it is looked up once for many.
struct ChainOf {
  std::int64_t chain = 0;
  CircleRow circle;
  DeviceRow device;
  SpaceRow space;
};

Status look_up(Connection& db, std::int64_t chain, std::int64_t circle, std::int64_t device, ChainOf& of) {
  if (of.chain == chain) return {};
  KIEM_TRY_GET(of.circle, circle_at(db, circle));
  KIEM_TRY_GET(of.device, device_at(db, device));
  KIEM_TRY_GET(of.space, space_at(db, of.circle.space));
  of.chain = chain;
  return {};
}

Result<RawOperation> load_raw(Connection& db, std::int64_t row, ChainOf& of) {
  KIEM_TRY_GET(Statement * find,
               db.cached("SELECT o.id, o.chain, o.seq, o.prev, o.header, o.bones, o.signature, o.standing, o.role, "
                         "o.received, h.circle, h.device, CASE o.prev WHEN 0 THEN zeroblob(32) ELSE coalesce(p.id, "
                         "(SELECT l.id FROM lost l WHERE l.operation = o.prev), zeroblob(32)) END FROM operation o "
                         "JOIN chain h USING(chain) LEFT JOIN operation p ON p.operation = o.prev "
                         "WHERE o.operation = ?"));
  find->bind(1, row);
  KIEM_TRY_GET(const bool found, find->step());
  if (!found) return damaged(row);
  RawOperation raw;
  StoredOperation& operation = raw.stored;
  operation.row = row;
  KIEM_TRY_GET(operation.id, find->id<OpId>(0));
  operation.chain = find->integer(1);
  operation.header.seq = static_cast<std::uint64_t>(find->integer(2));
  operation.prev = find->integer(3);
  const Bytes packed = to_bytes(find->blob(4));
  raw.bones = to_bytes(find->blob(5));
  if (!find->is_null(6)) {
    KIEM_TRY_GET(raw.signature, find->id<Signature>(6));
  }
  operation.standing = static_cast<Standing>(find->integer(7));
  operation.role = static_cast<Role>(find->integer(8));
  operation.received_ms = find->integer(9);
  const std::int64_t circle = find->integer(10);
  const std::int64_t device = find->integer(11);
  KIEM_TRY_GET(operation.header.prev, find->id<OpId>(12));
  find->reset();
  KIEM_TRY(look_up(db, operation.chain, circle, device, of));
  operation.circle = of.circle;
  operation.device = of.device;

  Header& header = operation.header;
  header.device = operation.device.id;
  // The space's first operation names neither space nor circle: it makes them (DESIGN D5, founding).
  if (same_bytes<OpId>(of.space.id) != operation.id) {
    header.space = of.space.id;
    header.circle = operation.circle.id;
  }
  header.bones_hash = bones_hash(raw.bones);
  header.bones_size = static_cast<std::uint32_t>(raw.bones.size());
  // What came before it may be gone, and not be known to be lost: then nobody knows what was signed here.
  if (!unpack_header(packed, header) || codec::flaw_of_place(header) != nullptr) return damaged(row);
  return raw;
}

// Those of which the signature is kept for ever (D2); of all others the head's vouches.
bool is_kept(const Header& header, std::size_t bytes, const CircleRow& circle) {
  return header.seq % kKeepEverySeq == 0 || bytes >= kKeepFromBytes || circle.number == 0;
}

std::size_t bytes_here(const UnverifiedOperation& operation, const Bytes& packed_header) {
  std::size_t bytes = packed_header.size() + operation.bones.size();
  for (const auto& part : operation.parts) bytes += part ? part->size() : 0;
  return bytes;
}

}  // namespace

Result<std::int64_t> insert_operation(Connection& db, const VerifiedOperation& operation, const CircleRow& circle,
                                      const Insertion& insertion) {
  // One that was lost comes back to its own row; no other takes the row of one that is lost.
  KIEM_TRY_GET(const auto own_row, take_lost(db, operation.id, insertion.at.chain, operation.header.seq));
  KIEM_TRY_GET(
      Statement * add,
      db.cached(
          "INSERT INTO operation(id, chain, seq, prev, header, bones, signature, standing, role, received, "
          "operation) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, coalesce(?, (SELECT max(l.last, (SELECT max(operation) "
          "FROM operation)) + 1 FROM (SELECT max(operation) AS last FROM lost) l WHERE l.last IS NOT NULL)))"));
  const Bytes packed = pack_header(operation.header);
  const bool has_signature =
      insertion.is_last || is_kept(operation.header, bytes_here(operation.bytes, packed), circle);
  add->bind(1, operation.id).bind(2, insertion.at.chain).bind(3, static_cast<std::int64_t>(operation.header.seq));
  add->bind(4, insertion.at.prev).bind(5, ByteView(packed)).bind(6, ByteView(operation.bytes.bones));
  if (has_signature) add->bind_optional(7, operation.bytes.signature);
  add->bind(8, static_cast<std::int64_t>(insertion.standing)).bind(9, static_cast<std::int64_t>(insertion.role));
  add->bind(10, insertion.received.ms).bind_optional(11, own_row);
  KIEM_TRY(add->run());
  const std::int64_t row = db.last_insert_rowid();
  KIEM_TRY(add_parts(db, row, operation.bytes));
  return row;
}

Status end_run(Connection& db, const ChainPosition& at, std::int64_t last) {
  KIEM_TRY_GET(Statement * drop, db.cached("DELETE FROM tip WHERE chain = ? AND operation = ?"));
  drop->bind(1, at.chain).bind(2, at.prev);
  KIEM_TRY(drop->run());
  const bool extended_a_tip = db.changes() > 0;
  KIEM_TRY_GET(Statement * add, db.cached("INSERT OR IGNORE INTO tip(chain, operation) VALUES(?, ?)"));
  add->bind(1, at.chain).bind(2, last);
  KIEM_TRY(add->run());
  KIEM_TRY_GET(Statement * unseen, db.cached("INSERT OR IGNORE INTO unseen(chain) VALUES(?)"));
  unseen->bind(1, at.chain);
  KIEM_TRY(unseen->run());
  if (!extended_a_tip) return {};
  KIEM_TRY_GET(Statement * forget,
               db.cached("UPDATE operation SET signature = NULL WHERE operation = ?1 AND seq % ?2 <> 0 "
                         "AND length(header) + length(bones) + (SELECT coalesce(sum(length(bytes)), 0) FROM part "
                         "WHERE part.operation = ?1) < ?3 AND (SELECT number FROM chain JOIN circle USING(circle) "
                         "WHERE chain = ?4) <> 0"));
  forget->bind(1, at.prev).bind(2, std::int64_t{kKeepEverySeq}).bind(3, std::int64_t{kKeepFromBytes});
  forget->bind(4, at.chain);
  return forget->run();
}

Status set_standing(Connection& db, std::int64_t operation, Standing standing, Role role) {
  KIEM_TRY_GET(Statement * set, db.cached("UPDATE operation SET standing = ?, role = ? WHERE operation = ?"));
  set->bind(1, static_cast<std::int64_t>(standing)).bind(2, static_cast<std::int64_t>(role)).bind(3, operation);
  return set->run();
}

Result<std::optional<std::int64_t>> find_operation(Connection& db, const OpId& id) {
  KIEM_TRY_GET(Statement * find, db.cached("SELECT operation FROM operation WHERE id = ?"));
  find->bind(1, id);
  KIEM_TRY_GET(const bool found, find->step());
  if (!found) return std::optional<std::int64_t>{};
  const std::int64_t row = find->integer(0);
  find->reset();
  return std::optional<std::int64_t>(row);
}

Result<OpId> operation_id(Connection& db, std::int64_t row) {
  KIEM_TRY_GET(Statement * find, db.cached("SELECT id FROM operation WHERE operation = ?"));
  find->bind(1, row);
  KIEM_TRY_GET(const bool found, find->step());
  if (!found) return damaged(row);
  KIEM_TRY_GET(const auto id, find->id<OpId>(0));
  find->reset();
  return id;
}

Result<std::optional<OperationPlace>> operation_place(Connection& db, std::int64_t row) {
  KIEM_TRY_GET(Statement * find,
               db.cached("SELECT id, chain, prev, seq FROM operation WHERE operation = ?1 UNION ALL SELECT id, chain, "
                         "prev, seq FROM lost WHERE operation = ?1 AND id IS NOT NULL"));
  find->bind(1, row);
  KIEM_TRY_GET(const bool found, find->step());
  if (!found) return std::optional<OperationPlace>{};
  OperationPlace place;
  KIEM_TRY_GET(place.id, find->id<OpId>(0));
  place.chain = find->integer(1);
  place.prev = find->integer(2);
  place.seq = static_cast<std::uint64_t>(find->integer(3));
  find->reset();
  return std::optional(place);
}

Result<std::vector<OpId>> seen_by_operation(Connection& db, std::int64_t row) {
  KIEM_TRY_GET(Statement * find, db.cached("SELECT header FROM operation WHERE operation = ?"));
  find->bind(1, row);
  KIEM_TRY_GET(const bool found, find->step());
  if (!found) {
    // What a lost one had seen is not known.
    KIEM_TRY_GET(const bool lost, is_lost(db, row));
    if (lost) return std::vector<OpId>{};
  }
  Header header;
  if (!found || !unpack_header(find->blob(0), header)) return damaged(row);
  find->reset();
  return std::move(header.seen);
}

Result<StoredOperation> load_operation(Connection& db, std::int64_t row) {
  ChainOf of;
  KIEM_TRY_GET(RawOperation raw, load_raw(db, row, of));
  if (op_id(encode(raw.stored.header)) != raw.stored.id) return damaged(row);
  auto bones = decode_bones(raw.bones);
  if (!bones) return damaged(row);
  raw.stored.bones = std::move(*bones);
  return std::move(raw.stored);
}

namespace {

Result<ExportedOperation> export_one(Connection& db, std::int64_t row, ChainOf& of) {
  KIEM_TRY_GET(RawOperation raw, load_raw(db, row, of));
  ExportedOperation exported;
  UnverifiedOperation& bytes = exported.bytes;
  bytes.header = encode(raw.stored.header);
  if (op_id(bytes.header) != raw.stored.id) return damaged(row);
  auto bones = decode_bones(raw.bones);
  if (!bones) return damaged(row);
  bytes.bones = std::move(raw.bones);
  bytes.signature = raw.signature;
  bytes.parts.resize(bones->parts.size());
  exported.header = std::move(raw.stored.header);
  exported.bones = std::move(*bones);
  KIEM_TRY_GET(Statement * parts, db.cached("SELECT number, bytes FROM part WHERE operation = ?"));
  parts->bind(1, row);
  while (true) {
    KIEM_TRY_GET(const bool more, parts->step());
    if (!more) return exported;
    const auto number = static_cast<std::size_t>(parts->integer(0));
    if (number < bytes.parts.size()) bytes.parts[number] = to_bytes(parts->blob(1));
  }
}

}  // namespace

Result<UnverifiedOperation> export_operation(Connection& db, std::int64_t row) {
  ChainOf of;
  KIEM_TRY_GET(ExportedOperation exported, export_one(db, row, of));
  return std::move(exported.bytes);
}

Result<std::vector<ExportedOperation>> export_operations(Connection& db, std::span<const std::int64_t> rows,
                                                         const std::function<bool(const ExportedOperation&)>& goes_on) {
  std::vector<ExportedOperation> all;
  ChainOf of;
  for (const std::int64_t row : rows) {
    KIEM_TRY_GET(ExportedOperation exported, export_one(db, row, of));
    all.push_back(std::move(exported));
    if (!goes_on(all.back())) break;
  }
  return all;
}

Result<Bones> bones_of(Connection& db, std::int64_t row) {
  KIEM_TRY_GET(Statement * find, db.cached("SELECT bones FROM operation WHERE operation = ?"));
  find->bind(1, row);
  KIEM_TRY_GET(const bool found, find->step());
  if (!found) return damaged(row);
  auto bones = decode_bones(find->blob(0));
  find->reset();
  if (!bones) return damaged(row);
  return std::move(*bones);
}

Result<std::optional<PartValues>> part_values(Connection& db, std::int64_t operation, std::uint32_t part) {
  KIEM_TRY_GET(Statement * find, db.cached("SELECT bytes FROM part WHERE operation = ? AND number = ?"));
  find->bind(1, operation).bind(2, std::int64_t{part});
  KIEM_TRY_GET(const bool found, find->step());
  if (!found) return std::optional<PartValues>{};
  auto values = decode_part(find->blob(0));
  find->reset();
  if (!values) return damaged(operation);
  return std::optional<PartValues>(std::move(*values));
}

Result<std::optional<std::int64_t>> operation_back(Connection& db, std::int64_t row, std::uint64_t back) {
  // By prev, not by seq: after a fork only prev tells which branch is the own past.
  for (; back > 0 && row != 0; --back) {
    KIEM_TRY_GET(Statement * find, db.cached("SELECT prev FROM operation WHERE operation = ?1 UNION ALL "
                                             "SELECT prev FROM lost WHERE operation = ?1"));
    find->bind(1, row);
    KIEM_TRY_GET(const bool found, find->step());
    row = found ? find->integer(0) : 0;
    find->reset();
  }
  return row == 0 ? std::optional<std::int64_t>{} : std::optional<std::int64_t>(row);
}

Result<std::vector<std::int64_t>> chain_tips(Connection& db, std::int64_t chain) {
  KIEM_TRY_GET(Statement * find, db.cached("SELECT operation FROM tip WHERE chain = ? ORDER BY operation"));
  find->bind(1, chain);
  return rows_of(*find);
}

Result<std::vector<OpId>> access_tips(Connection& db, std::int64_t space) {
  KIEM_TRY_GET(
      Statement * find,
      db.cached("SELECT o.id FROM access_tip JOIN operation o USING(operation) WHERE space = ? ORDER BY o.id"));
  find->bind(1, space);
  std::vector<OpId> tips;
  while (true) {
    KIEM_TRY_GET(const bool more, find->step());
    if (!more) return tips;
    KIEM_TRY_GET(const auto id, find->id<OpId>(0));
    tips.push_back(id);
  }
}

Status move_access_tips(Connection& db, std::int64_t space, std::int64_t operation,
                        const std::vector<std::int64_t>& cited) {
  for (const std::int64_t each : cited) {
    KIEM_TRY_GET(Statement * drop, db.cached("DELETE FROM access_tip WHERE space = ? AND operation = ?"));
    drop->bind(1, space).bind(2, each);
    KIEM_TRY(drop->run());
  }
  KIEM_TRY_GET(Statement * add, db.cached("INSERT INTO access_tip(space, operation) VALUES(?, ?)"));
  add->bind(1, space).bind(2, operation);
  return add->run();
}

Result<std::uint32_t> add_parts(Connection& db, std::int64_t operation, const UnverifiedOperation& bytes) {
  std::uint32_t added = 0;
  for (std::size_t number = 0; number < bytes.parts.size(); ++number) {
    if (!bytes.parts[number]) continue;
    KIEM_TRY_GET(Statement * add, db.cached("INSERT OR IGNORE INTO part(operation, number, bytes) VALUES(?, ?, ?)"));
    add->bind(1, operation).bind(2, static_cast<std::int64_t>(number)).bind(3, ByteView(*bytes.parts[number]));
    KIEM_TRY(add->run());
    added += db.changes() > 0 ? 1 : 0;
  }
  return added;
}

Result<bool> has_part(Connection& db, std::int64_t operation, std::uint32_t part) {
  KIEM_TRY_GET(Statement * find, db.cached("SELECT 1 FROM part WHERE operation = ? AND number = ?"));
  find->bind(1, operation).bind(2, std::int64_t{part});
  KIEM_TRY_GET(const bool found, find->step());
  find->reset();
  return found;
}

Status drop_part(Connection& db, std::int64_t operation, std::uint32_t part) {
  KIEM_TRY_GET(Statement * drop, db.cached("DELETE FROM part WHERE operation = ? AND number = ?"));
  drop->bind(1, operation).bind(2, std::int64_t{part});
  return drop->run();
}

Result<std::vector<std::int64_t>> parked_operations(Connection& db, std::int64_t space) {
  // Its number is spelled out for the index of those that are parked, which is all that is read.
  static_assert(static_cast<int>(Standing::parked) == 5);
  KIEM_TRY_GET(Statement * find, db.cached("SELECT o.operation FROM operation o INDEXED BY operation_parked "
                                           "JOIN chain USING(chain) JOIN circle USING(circle) "
                                           "WHERE o.standing = 5 AND space = ? ORDER BY o.operation"));
  find->bind(1, space);
  return rows_of(*find);
}

Result<std::vector<std::int64_t>> access_operations(Connection& db, std::int64_t space) {
  // By its chains, which are few; in the order of arrival SQLite would rather read the whole log.
  KIEM_TRY_GET(Statement * find, db.cached("SELECT o.operation FROM circle c CROSS JOIN chain h USING(circle) "
                                           "CROSS JOIN operation o INDEXED BY operation_by_chain USING(chain) "
                                           "WHERE c.space = ? AND c.number = 0 ORDER BY o.operation"));
  find->bind(1, space);
  return rows_of(*find);
}

Result<std::vector<std::int64_t>> operations_of(Connection& db, std::optional<std::int64_t> space) {
  KIEM_TRY_GET(Statement * find, db.cached("SELECT operation FROM operation JOIN chain USING(chain) JOIN circle "
                                           "USING(circle) WHERE ?1 IS NULL OR space = ?1 ORDER BY operation"));
  find->bind_optional(1, space);
  return rows_of(*find);
}

}  // namespace kiem
