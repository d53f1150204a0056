#include "core/views/record_rows.hpp"

#include <algorithm>
#include <tuple>

#include "core/crypto/hash.hpp"
#include "core/schema/first.hpp"

namespace kiem {
namespace {

constexpr std::string_view kTagClaim = "kiem.claim.0";

Result<std::vector<MutationRow>> read_mutations(Connection& db, const RecordRow& record) {
  KIEM_TRY_GET(Statement * find,
               db.cached("SELECT m.operation, m.number, m.collection, m.field, m.kind, m.part, m.ordinal, o.id, d.id, "
                         "d.person, o.role, c.number, o.standing FROM mutation m JOIN operation o USING(operation) "
                         "JOIN chain h USING(chain) JOIN device d USING(device) JOIN circle c USING(circle) "
                         "WHERE m.record = ?"));
  find->bind(1, record.row);
  std::vector<MutationRow> rows;
  while (true) {
    KIEM_TRY_GET(const bool more, find->step());
    if (!more) return rows;
    MutationRow row;
    row.operation = find->integer(0);
    row.number = static_cast<std::uint32_t>(find->integer(1));
    row.collection = static_cast<std::uint32_t>(find->integer(2));
    if (find->integer(3) >= 0) row.field = static_cast<std::uint32_t>(find->integer(3));
    row.kind = static_cast<std::uint32_t>(find->integer(4));
    if (find->integer(5) >= 0) row.part = static_cast<std::uint32_t>(find->integer(5));
    row.ordinal = static_cast<std::uint32_t>(find->integer(6));
    KIEM_TRY_GET(row.op, find->id<OpId>(7));
    KIEM_TRY_GET(row.device, find->id<DeviceId>(8));
    KIEM_TRY_GET(row.author, find->id<PersonId>(9));
    row.role = static_cast<Role>(find->integer(10));
    row.circle = static_cast<std::uint32_t>(find->integer(11));
    row.standing = static_cast<Standing>(find->integer(12));
    row.counts = counts(row.standing);
    row.live = row.counts;
    rows.push_back(row);
  }
}

// Who made a record is known by its id, so that this never changes: a derived one has no maker.
bool is_maker(const std::vector<MutationRow>& rows, const RecordRow& record, const PersonId& author) {
  return std::any_of(rows.begin(), rows.end(), [&](const MutationRow& row) {
    return row.kind == static_cast<std::uint32_t>(MutationKind::create) && row.author == author &&
           kiem::record_of(row.op) == record.id;
  });
}

// Leaves uncounted what its author had no right to write (Writers).
void judge_writers(std::vector<MutationRow>& rows, const RecordRow& record, const Schema& schema) {
  for (auto& row : rows) {
    const CollectionDefinition* collection = schema.find(row.collection);
    if (!row.counts || collection == nullptr || collection->writers == Writers::members) continue;
    const bool coordinates = collection->writers != Writers::author && row.role == Role::coordinator;
    const bool begins = row.kind == static_cast<std::uint32_t>(MutationKind::create);
    const bool own = collection->writers != Writers::coordinators && (begins || is_maker(rows, record, row.author));
    row.counts = row.live = coordinates || own;
  }
}

}  // namespace

RecordId claim_id(const RecordId& occurrence, const PrincipalId& principal) {
  return id_of<RecordId>(kTagClaim, {view(occurrence), view(principal)});
}

Result<std::optional<std::int64_t>> find_record(Connection& db, const RecordId& id, std::int64_t space) {
  KIEM_TRY_GET(Statement * find, db.cached("SELECT record FROM record WHERE id = ? AND space = ?"));
  find->bind(1, id).bind(2, space);
  KIEM_TRY_GET(const bool found, find->step());
  if (!found) return std::optional<std::int64_t>{};
  const std::int64_t row = find->integer(0);
  find->reset();
  return std::optional<std::int64_t>(row);
}

Result<std::int64_t> intern_record(Connection& db, const RecordId& id, std::int64_t space) {
  KIEM_TRY_GET(const auto known, find_record(db, id, space));
  if (known) return *known;
  KIEM_TRY_GET(Statement * add, db.cached("INSERT INTO record(id, space) VALUES(?, ?)"));
  add->bind(1, id).bind(2, space);
  KIEM_TRY(add->run());
  return db.last_insert_rowid();
}

Result<RecordRow> record_at(Connection& db, std::int64_t record) {
  KIEM_TRY_GET(Statement * find, db.cached("SELECT id, space FROM record WHERE record = ?"));
  find->bind(1, record);
  KIEM_TRY_GET(const bool found, find->step());
  if (!found) return fail(ErrorCode::record_damaged, Fault::damage, {"row"});
  RecordRow row{record, {}, find->integer(1)};
  KIEM_TRY_GET(row.id, find->id<RecordId>(0));
  find->reset();
  return row;
}

namespace {

// Who may end an attempt: the person it counts for, whoever entered it, and a coordinator (D6).
Result<bool> may_withdraw(Connection& db, const RecordRow& claim, const MutationRow& withdrawal,
                          const MutationRow& attempt) {
  if (withdrawal.author == attempt.author || withdrawal.role == Role::coordinator) return true;
  KIEM_TRY_GET(Statement * find, db.cached("SELECT principal FROM claim WHERE record = ?"));
  find->bind(1, claim.row);
  KIEM_TRY_GET(const bool found, find->step());
  if (!found) return false;
  KIEM_TRY_GET(const auto principal, find->id<PrincipalId>(0));
  find->reset();
  return principal == principal_of(withdrawal.author);
}

}  // namespace

Result<std::vector<MutationRow>> mutations_of(Connection& db, const RecordRow& record, const Schema& schema) {
  KIEM_TRY_GET(auto rows, read_mutations(db, record));
  judge_writers(rows, record, schema);
  std::map<std::pair<std::int64_t, std::uint32_t>, std::size_t> place;
  for (std::size_t i = 0; i < rows.size(); ++i) place[{rows[i].operation, rows[i].number}] = i;

  KIEM_TRY_GET(Statement * edges,
               db.cached("SELECT operation, number, by_operation, by_number FROM edge WHERE record = ?"));
  edges->bind(1, record.row);
  while (true) {
    KIEM_TRY_GET(const bool more, edges->step());
    if (!more) break;
    const auto target = place.find({edges->integer(0), static_cast<std::uint32_t>(edges->integer(1))});
    const auto by = place.find({edges->integer(2), static_cast<std::uint32_t>(edges->integer(3))});
    // An edge to another record, collection or field is ignored, and one by a mutation that does not count is none.
    if (target == place.end() || by == place.end()) continue;
    auto& replaced = rows[target->second];
    auto& replacing = rows[by->second];
    if (!replacing.counts || replaced.collection != replacing.collection || replaced.field != replacing.field) continue;
    if (target == by) continue;
    if (replacing.kind == static_cast<std::uint32_t>(MutationKind::withdraw)) {
      KIEM_TRY_GET(const bool allowed, may_withdraw(db, record, replacing, replaced));
      if (!allowed) continue;
      replaced.withdrawn = true;
    } else if (replacing.kind == static_cast<std::uint32_t>(MutationKind::attempt)) {
      replacing.lowers.push_back({replaced.op, replaced.number});
    }
    replaced.live = false;
  }
  std::sort(rows.begin(), rows.end(), [](const MutationRow& a, const MutationRow& b) {
    return std::tie(a.collection, a.field, a.op, a.number) < std::tie(b.collection, b.field, b.op, b.number);
  });
  return rows;
}

Result<std::optional<Value>> Values::of(const MutationRow& mutation) {
  if (!mutation.part) return std::optional<Value>{};
  const auto key = std::make_pair(mutation.operation, *mutation.part);
  auto known = parts_.find(key);
  if (known == parts_.end()) {
    KIEM_TRY_GET(auto values, part_values(db_, mutation.operation, *mutation.part));
    known = parts_.emplace(key, std::move(values)).first;
  }
  if (!known->second || mutation.ordinal >= known->second->size()) return std::optional<Value>{};
  return std::optional<Value>((*known->second)[mutation.ordinal]);
}

}  // namespace kiem
