#include "core/views/record_rows.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "core/oplog/claim_record.hpp"
#include "core/schema/first.hpp"

namespace kiem {
namespace {

// A statement over `mutation m` with these columns, put together once.
std::string select_mutations(std::string_view condition) {
  std::string sql = "SELECT ";
  sql.append(kMutationColumns).append(" FROM mutation m").append(kMutationJoins).append(condition);
  return sql;
}

Result<std::vector<MutationRow>> read_all(Statement& find) {
  std::vector<MutationRow> rows;
  while (true) {
    KIEM_TRY_GET(const bool more, find.step());
    if (!more) return rows;
    KIEM_TRY_GET(MutationRow row, mutation_row(find));
    rows.push_back(std::move(row));
  }
}

Result<std::vector<MutationRow>> read_mutations(Connection& db, std::int64_t record) {
  static const std::string sql = select_mutations("WHERE m.record = ?");
  KIEM_TRY_GET(Statement * find, db.cached(sql));
  find->bind(1, record);
  return read_all(*find);
}

bool is_erase(const MutationRow& row) { return row.kind == static_cast<std::uint32_t>(MutationKind::erase); }

// Who may erase: a coordinator, who made the record, and the person whom it is about (FORMAT.md 5.7). Whatever else was
// said of the record in the circle of an erase that counts, counts no more.
void judge_erases(std::vector<MutationRow>& rows, const RecordRow& record) {
  std::set<std::uint32_t> circles;
  for (auto& row : rows) {
    if (!row.counts || !is_erase(row)) continue;
    const bool about_author = same_bytes<PrincipalId>(record.id) == principal_of(row.author);
    const bool may = row.role == Role::coordinator || about_author || made_by(rows, record.id, row.author);
    row.counts = row.live = may && !row.field;
    if (row.counts) circles.insert(row.circle);
  }
  if (circles.empty()) return;
  for (auto& row : rows) {
    if (!is_erase(row) && circles.contains(row.circle)) row.counts = row.live = false;
  }
}

// Leaves uncounted what its author had no right to write (Writers).
void judge_writers(std::vector<MutationRow>& rows, const RecordRow& record, const Schema& schema) {
  for (auto& row : rows) {
    const CollectionDefinition* collection = schema.find(row.collection);
    if (is_erase(row) || !row.counts || collection == nullptr || collection->writers == Writers::members) continue;
    const bool coordinates = collection->writers != Writers::author && row.role == Role::coordinator;
    const bool begins = row.kind == static_cast<std::uint32_t>(MutationKind::create);
    const bool own = collection->writers != Writers::coordinators && (begins || made_by(rows, record.id, row.author));
    row.counts = row.live = coordinates || own;
  }
}

}  // namespace

// Who made a record is known by its id, so that this never changes.
bool made_by(const std::vector<MutationRow>& mutations, const RecordId& record, const PersonId& person) {
  return std::any_of(mutations.begin(), mutations.end(), [&](const MutationRow& row) {
    return row.kind == static_cast<std::uint32_t>(MutationKind::create) && row.author == person &&
           kiem::record_of(row.op) == record;
  });
}

RecordId claim_id(const RecordId& occurrence, const PrincipalId& principal) {
  return claim_record(occurrence, principal);
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

Result<InternedRecord> intern_record(Connection& db, const RecordId& id, std::int64_t space) {
  KIEM_TRY_GET(const auto known, find_record(db, id, space));
  if (known) return InternedRecord{*known, id, false};
  KIEM_TRY_GET(Statement * add, db.cached("INSERT INTO record(id, space) VALUES(?, ?)"));
  add->bind(1, id).bind(2, space);
  KIEM_TRY(add->run());
  return InternedRecord{db.last_insert_rowid(), id, true};
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
Result<bool> may_withdraw(Connection& db, std::int64_t claim, const MutationRow& withdrawal,
                          const MutationRow& attempt) {
  if (withdrawal.author == attempt.author || withdrawal.role == Role::coordinator) return true;
  KIEM_TRY_GET(Statement * find, db.cached("SELECT principal FROM claim WHERE record = ?"));
  find->bind(1, claim);
  KIEM_TRY_GET(const bool found, find->step());
  if (!found) return false;
  KIEM_TRY_GET(const auto principal, find->id<PrincipalId>(0));
  find->reset();
  return principal == principal_of(withdrawal.author);
}

}  // namespace

Result<MutationRow> mutation_row(const Statement& read) {
  MutationRow row;
  row.record = read.integer(0);
  row.operation = read.integer(1);
  row.number = static_cast<std::uint32_t>(read.integer(2));
  row.collection = static_cast<std::uint32_t>(read.integer(3));
  if (read.integer(4) >= 0) row.field = static_cast<std::uint32_t>(read.integer(4));
  row.kind = static_cast<std::uint32_t>(read.integer(5));
  if (read.integer(6) >= 0) row.part = static_cast<std::uint32_t>(read.integer(6));
  row.ordinal = static_cast<std::uint32_t>(read.integer(7));
  KIEM_TRY_GET(row.op, read.id<OpId>(8));
  KIEM_TRY_GET(row.device, read.id<DeviceId>(9));
  KIEM_TRY_GET(row.author, read.id<PersonId>(10));
  row.role = static_cast<Role>(read.integer(11));
  row.circle = static_cast<std::uint32_t>(read.integer(12));
  row.standing = static_cast<Standing>(read.integer(13));
  row.counts = counts(row.standing);
  row.live = row.counts;
  return row;
}

Status replace_by(std::vector<MutationRow>& rows, Statement& edges, const MayWithdraw& may_withdraw) {
  using Place = std::pair<std::int64_t, std::uint32_t>;
  std::map<Place, std::size_t> place;
  while (true) {
    KIEM_TRY_GET(const bool more, edges.step());
    if (!more) return {};
    for (std::size_t i = place.size(); i < rows.size(); ++i) place.emplace(Place(rows[i].operation, rows[i].number), i);
    const auto target = place.find({edges.integer(0), static_cast<std::uint32_t>(edges.integer(1))});
    const auto by = place.find({edges.integer(2), static_cast<std::uint32_t>(edges.integer(3))});
    if (target == place.end() || by == place.end() || target == by) continue;
    auto& replaced = rows[target->second];
    auto& replacing = rows[by->second];
    const bool same = replaced.record == replacing.record && replaced.collection == replacing.collection &&
                      replaced.field == replacing.field;
    if (!replacing.counts || !same) continue;
    if (replacing.kind == static_cast<std::uint32_t>(MutationKind::withdraw)) {
      KIEM_TRY_GET(const bool allowed, may_withdraw(replacing, replaced));
      if (!allowed) continue;
      replaced.withdrawn = true;
    } else if (replacing.kind == static_cast<std::uint32_t>(MutationKind::attempt)) {
      replacing.lowers.push_back({replaced.op, replaced.number});
    }
    replaced.live = false;
  }
}

void sort_by_id(std::vector<MutationRow>& rows) {
  std::sort(rows.begin(), rows.end(), [](const MutationRow& a, const MutationRow& b) {
    return std::tie(a.collection, a.field, a.op, a.number) < std::tie(b.collection, b.field, b.op, b.number);
  });
}

Result<std::vector<MutationRow>> mutations_of(Connection& db, const RecordRow& record, const Schema& schema) {
  KIEM_TRY_GET(auto rows, read_mutations(db, record.row));
  judge_writers(rows, record, schema);
  judge_erases(rows, record);
  KIEM_TRY_GET(Statement * edges,
               db.cached("SELECT operation, number, by_operation, by_number FROM edge WHERE record = ?"));
  edges->bind(1, record.row);
  KIEM_TRY(replace_by(rows, *edges, [&](const MutationRow& withdrawal, const MutationRow& attempt) {
    return may_withdraw(db, record.row, withdrawal, attempt);
  }));
  sort_by_id(rows);
  return rows;
}

Result<std::vector<MutationRow>> mutations_of_field(Connection& db, std::int64_t record, std::uint32_t collection,
                                                    std::uint32_t field) {
  static const std::string sql = select_mutations("WHERE m.record = ? AND m.collection = ? AND m.field = ?");
  KIEM_TRY_GET(Statement * find, db.cached(sql));
  find->bind(1, record).bind(2, std::int64_t{collection}).bind(3, std::int64_t{field});
  KIEM_TRY_GET(auto rows, read_all(*find));
  if (rows.size() > 1) {
    KIEM_TRY_GET(Statement * edges, db.cached("SELECT e.operation, e.number, e.by_operation, e.by_number FROM mutation "
                                              "m CROSS JOIN edge e ON e.record = m.record AND e.operation = "
                                              "m.operation AND e.number = m.number WHERE m.record = ? AND "
                                              "m.collection = ? AND m.field = ?"));
    edges->bind(1, record).bind(2, std::int64_t{collection}).bind(3, std::int64_t{field});
    KIEM_TRY(replace_by(rows, *edges, [&](const MutationRow& withdrawal, const MutationRow& attempt) {
      return may_withdraw(db, record, withdrawal, attempt);
    }));
  }
  sort_by_id(rows);
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

Result<const Mutation*> Values::mutation(const MutationRow& row) {
  auto known = bones_.find(row.operation);
  if (known == bones_.end()) {
    KIEM_TRY_GET(Bones bones, bones_of(db_, row.operation));
    known = bones_.emplace(row.operation, std::move(bones)).first;
  }
  const auto& mutations = known->second.mutations;
  if (row.number >= mutations.size()) {
    return fail(ErrorCode::record_damaged, Fault::damage, {std::to_string(row.operation)});
  }
  return &mutations[row.number];
}

}  // namespace kiem
