#include "core/views/materialiser.hpp"

#include <algorithm>

#include "core/access/acts.hpp"
#include "core/schema/first.hpp"
#include "core/schema/schema_act.hpp"
#include "core/views/erased.hpp"
#include "core/views/fold.hpp"
#include "core/views/record_rows.hpp"
#include "core/views/schema_rows.hpp"

namespace kiem {
namespace {

constexpr std::int64_t kNoField = -1;
constexpr std::int64_t kNoPart = -1;

// A collection and a field as the index of mutations knows them.
struct LocalName {
  std::uint32_t collection = 0;
  std::optional<std::uint32_t> field;
};

// Nothing for an act of membership, and for numbers that no schema can have: such a mutation is kept in the log alone.
Result<std::optional<LocalName>> local_name(Connection& db, const Mutation& mutation) {
  LocalName name;
  KIEM_TRY_GET(const auto collection, intern_local(db, mutation.collection));
  if (!collection || *collection == collection::kAccess) return std::optional<LocalName>{};
  name.collection = *collection;
  if (mutation.field) {
    KIEM_TRY_GET(name.field, intern_local(db, *mutation.field));
    if (!name.field) return std::optional<LocalName>{};
  }
  return std::optional(name);
}

bool holds_schema_act(const Mutation& mutation) {
  if (mutation.authority.empty()) return false;
  const auto act = decode_act(mutation.authority);
  return act && std::holds_alternative<act::ExtendSchema>(act->body);
}

// Every name that the act gives gets its number here, so that load_schema() only reads.
Status number_names(Connection& db, const StoredOperation& operation, const Mutation& mutation) {
  KIEM_TRY_GET(const Act act, decode_act(mutation.authority));
  const auto addition = decode_addition(operation.id, std::get<act::ExtendSchema>(act.body).structure, std::nullopt);
  if (!addition) return {};  // an act that does not count (core/access/act_rules.cpp)
  for (const auto& added : *addition) {
    if (!added.extends) KIEM_TRY(intern_local(db, added.collection.name));
    for (const auto& field : added.collection.fields) KIEM_TRY(intern_local(db, field.name));
  }
  return {};
}

RecordId record_of(const StoredOperation& operation, const Mutation& mutation) {
  return mutation.record ? *mutation.record : kiem::record_of(operation.id);
}

Status add_edge(Connection& db, std::int64_t record, std::int64_t target, std::uint32_t number, std::int64_t by,
                std::uint32_t by_number) {
  KIEM_TRY_GET(Statement * add, db.cached("INSERT OR IGNORE INTO edge(record, operation, number, by_operation, "
                                          "by_number) VALUES(?, ?, ?, ?, ?)"));
  add->bind(1, record).bind(2, target).bind(3, std::int64_t{number}).bind(4, by).bind(5, std::int64_t{by_number});
  return add->run();
}

Status add_waiting_edge(Connection& db, const OpId& target, std::uint32_t number, std::int64_t record, std::int64_t by,
                        std::uint32_t by_number) {
  KIEM_TRY_GET(Statement * add, db.cached("INSERT OR IGNORE INTO edge_waiting(target, number, record, by_operation, "
                                          "by_number) VALUES(?, ?, ?, ?, ?)"));
  add->bind(1, target).bind(2, std::int64_t{number}).bind(3, record).bind(4, by).bind(5, std::int64_t{by_number});
  return add->run();
}

// One reference may name a run of mutations; each becomes an edge.
Status add_edges(Connection& db, const StoredOperation& operation, std::uint32_t number, std::int64_t record,
                 const Reference& reference) {
  std::optional<std::int64_t> target;
  if (reference.op) {
    KIEM_TRY_GET(target, find_operation(db, *reference.op));
  } else {
    KIEM_TRY_GET(target, operation_back(db, operation.row, reference.back));
    if (!target) return {};  // farther back than the chain is long: names nothing
  }
  for (std::uint32_t i = 0; i < reference.run && i < kMaxMutations; ++i) {
    if (target) {
      KIEM_TRY(add_edge(db, record, *target, reference.mutation + i, operation.row, number));
    } else {
      KIEM_TRY(add_waiting_edge(db, *reference.op, reference.mutation + i, record, operation.row, number));
    }
  }
  return {};
}

// What a mutation can change of the rows of its record. made_it: the record was not known before this mutation.
void note_in(Touched& touched, const Mutation& mutation, const LocalName& name, bool made_it) {
  const auto kind = static_cast<MutationKind>(mutation.kind);
  touched.seats_of_occurrence = touched.seats_of_occurrence || name.collection == collection::kClaim;
  touched.own_seats = touched.own_seats || name.collection == collection::kConfirmation ||
                      (name.collection == collection::kTask && !name.field);
  if (name.field && kind == MutationKind::write && is_plain_register({name.collection, *name.field})) {
    touched.fields.push_back({name.collection, *name.field});
    return;
  }
  const bool is_shown = name.collection >= kFirstLocal || Schema::first().find(name.collection) != nullptr;
  // Who makes a record, in whatever collection, may be the one who may write it in others (Writers).
  const bool is_maker = kind == MutationKind::create && !made_it;
  // An erase takes what was said in other collections too.
  touched.rows = touched.rows || is_shown || is_maker || kind == MutationKind::erase;
}

// A claim is found by its occurrence, so its row begins when its first attempt is known. An attempt whose claim id is
// not H(occurrence, principal) is somebody's mistake or lie: it makes no claim.
Status begin_claim(Connection& db, const StoredOperation& operation, const Mutation& mutation, std::int64_t record) {
  if (mutation.records.empty()) return {};
  const RecordId& occurrence = mutation.records.front();
  const PrincipalId principal = mutation.principal.value_or(principal_of(operation.device.person));
  if (record_of(operation, mutation) != claim_id(occurrence, principal)) return {};
  KIEM_TRY_GET(const InternedRecord task, intern_record(db, occurrence, operation.circle.space));
  KIEM_TRY_GET(Statement * add,
               db.cached("INSERT OR IGNORE INTO claim(record, occurrence, principal, state, position, reason, "
                         "reason_number, count, confirmed, entered_by) VALUES(?, ?, ?, 0, 0, 0, 0, 0, 0, x'')"));
  add->bind(1, record).bind(2, task.row).bind(3, principal);
  return add->run();
}

Status add_mutation(Connection& db, const StoredOperation& operation, std::uint32_t number, std::int64_t record,
                    const LocalName& name, std::int64_t ordinal) {
  const Mutation& mutation = operation.bones.mutations[number];
  KIEM_TRY_GET(Statement * add,
               db.cached("INSERT OR IGNORE INTO mutation(record, collection, field, operation, number, "
                         "kind, part, ordinal) VALUES(?, ?, ?, ?, ?, ?, ?, ?)"));
  add->bind(1, record).bind(2, std::int64_t{name.collection});
  add->bind(3, name.field ? std::int64_t{*name.field} : kNoField);
  add->bind(4, operation.row).bind(5, std::int64_t{number}).bind(6, std::int64_t{mutation.kind});
  add->bind(7, mutation.part ? std::int64_t{*mutation.part} : kNoPart).bind(8, ordinal);
  return add->run();
}

}  // namespace

// Edges that waited for this operation become edges like all others; the records they speak of are touched.
Status Materialiser::settle_waiting_edges(const StoredOperation& operation) {
  KIEM_TRY_GET(Statement * find,
               db_.cached("SELECT number, record, by_operation, by_number FROM edge_waiting WHERE target = ?"));
  find->bind(1, operation.id);
  struct Waiting {
    std::uint32_t number;
    std::int64_t record, by;
    std::uint32_t by_number;
  };
  std::vector<Waiting> waiting;
  while (true) {
    KIEM_TRY_GET(const bool more, find->step());
    if (!more) break;
    waiting.push_back({static_cast<std::uint32_t>(find->integer(0)), find->integer(1), find->integer(2),
                       static_cast<std::uint32_t>(find->integer(3))});
  }
  if (waiting.empty()) return {};
  for (const auto& edge : waiting) {
    KIEM_TRY(add_edge(db_, edge.record, operation.row, edge.number, edge.by, edge.by_number));
    KIEM_TRY_GET(Touched * touched, touch_record(edge.record));
    touched->rows = touched->own_seats = touched->seats_of_occurrence = true;
  }
  KIEM_TRY_GET(Statement * drop, db_.cached("DELETE FROM edge_waiting WHERE target = ?"));
  drop->bind(1, operation.id);
  return drop->run();
}

Result<Touched*> Materialiser::touch_record(std::int64_t record) {
  const auto [found, is_new] = touched_.try_emplace(record);
  if (is_new) {
    KIEM_TRY_GET(const RecordRow row, record_at(db_, record));
    found->second.id = row.id;
    found->second.space = row.space;
  }
  return &found->second;
}

Status Materialiser::apply(const StoredOperation& operation) {
  KIEM_TRY(settle_waiting_edges(operation));
  if (operation.standing == Standing::unknown) return {};
  const std::int64_t space = operation.circle.space;
  std::map<std::uint32_t, std::int64_t> values_in_part;
  InternedRecord record;  // most operations speak of one
  for (std::uint32_t number = 0; number < operation.bones.mutations.size(); ++number) {
    const Mutation& mutation = operation.bones.mutations[number];
    const std::int64_t ordinal = mutation.part ? values_in_part[*mutation.part]++ : 0;
    if (holds_schema_act(mutation)) {
      KIEM_TRY(number_names(db_, operation, mutation));
      KIEM_TRY(note_schema_act(db_, operation.row, space));
      reschemed_.insert(space);
    }
    KIEM_TRY_GET(const auto name, local_name(db_, mutation));
    if (!name) continue;
    const RecordId id = record_of(operation, mutation);
    if (record.row == 0 || record.id != id) {
      KIEM_TRY_GET(record, intern_record(db_, id, space));
    }
    KIEM_TRY(add_mutation(db_, operation, number, record.row, *name, ordinal));
    for (const auto& reference : mutation.supersedes) {
      KIEM_TRY(add_edges(db_, operation, number, record.row, reference));
    }
    if (mutation.kind == static_cast<std::uint32_t>(MutationKind::attempt)) {
      KIEM_TRY(begin_claim(db_, operation, mutation, record.row));
    }
    Touched& touched = touched_.try_emplace(record.row, Touched{id, space, false, {}, false, false}).first->second;
    note_in(touched, mutation, *name, record.made);
    record.made = false;  // from here on it was known
  }
  return {};
}

Status Materialiser::touch(std::int64_t operation) {
  KIEM_TRY_GET(const StoredOperation stored, load_operation(db_, operation));
  for (const auto& mutation : stored.bones.mutations) {
    if (holds_schema_act(mutation)) reschemed_.insert(stored.circle.space);
    KIEM_TRY_GET(const auto name, local_name(db_, mutation));
    if (!name) continue;
    const RecordId id = record_of(stored, mutation);
    KIEM_TRY_GET(const InternedRecord record, intern_record(db_, id, stored.circle.space));
    Touched fresh;
    fresh.id = id;
    fresh.space = stored.circle.space;
    note_in(touched_.try_emplace(record.row, fresh).first->second, mutation, *name, false);
  }
  return {};
}

// Whether the seats of the record as a task are to be folded again.
Result<bool> Materialiser::fold_rows(std::int64_t record, Touched& touched, FoldNotes& notes) {
  if (!touched.rows && touched.fields.empty()) return false;
  KIEM_TRY_GET(const ViewTables* tables, tables_of(touched.space));
  const RecordRow row{record, touched.id, touched.space};
  // A value that comes after its record was erased goes as the others did.
  if (!touched.rows) {
    KIEM_TRY_GET(touched.rows, has_erased(db_, record));
  }
  if (touched.rows) return fold_record(db_, *tables, row, notes);
  std::sort(touched.fields.begin(), touched.fields.end());
  touched.fields.erase(std::unique(touched.fields.begin(), touched.fields.end()), touched.fields.end());
  for (const FieldPlace& place : touched.fields) notes.collections.insert(place.collection);
  return fold_registers(db_, *tables, row, touched.fields);
}

void FoldedSpace::add(const FoldedSpace& more) {
  records.insert(records.end(), more.records.begin(), more.records.end());
  notes.collections.insert(more.notes.collections.begin(), more.notes.collections.end());
  notes.dropped = notes.dropped || more.notes.dropped;
  schema = schema || more.schema;
  membership = membership || more.membership;
}

Result<FoldedSpaces> Materialiser::fold() {
  FoldedSpaces changed;
  KIEM_TRY(renew_schemas(changed));
  // A claim is shown with its occurrence: all claims of one are folded together, once.
  std::set<std::int64_t> occurrences;
  for (auto& [record, touched] : touched_) {
    FoldedSpace& space = changed[touched.space];
    space.records.push_back(touched.id);
    KIEM_TRY_GET(const bool seats_moved, fold_rows(record, touched, space.notes));
    if (seats_moved || touched.own_seats) occurrences.insert(record);
    if (!touched.seats_of_occurrence) continue;
    KIEM_TRY_GET(const auto occurrence, occurrence_of_claim(db_, record));
    if (occurrence) occurrences.insert(*occurrence);
  }
  for (const std::int64_t occurrence : occurrences) {
    KIEM_TRY(fold_occurrence(db_, occurrence));
    KIEM_TRY_GET(const RecordRow row, record_at(db_, occurrence));
    FoldedSpace& space = changed[row.space];
    space.notes.collections.insert(collection::kTask);
    if (!touched_.contains(occurrence)) space.records.push_back(row.id);
  }
  touched_.clear();
  return changed;
}

Result<const ViewTables*> Materialiser::tables_of(std::int64_t space) {
  const auto known = tables_.find(space);
  if (known != tables_.end()) return &known->second;
  KIEM_TRY_GET(Schema schema, load_schema(db_, space));
  return &tables_.emplace(space, ViewTables(std::move(schema))).first->second;
}

// After schema acts came or changed their standing: tables and columns, and whatever records speak of added names.
Status Materialiser::renew_schemas(FoldedSpaces& changed) {
  if (reschemed_.empty()) return {};
  for (const std::int64_t space : reschemed_) {
    tables_.erase(space);
    changed[space].schema = true;
    KIEM_TRY_GET(const ViewTables* tables, tables_of(space));
    KIEM_TRY(tables->make_missing(db_));
  }
  reschemed_.clear();
  KIEM_TRY_GET(Statement * find,
               db_.cached("SELECT DISTINCT record FROM mutation WHERE collection >= 65536 OR field >= 65536"));
  while (true) {
    KIEM_TRY_GET(const bool more, find->step());
    if (!more) return {};
    KIEM_TRY_GET(Touched * touched, touch_record(find->integer(0)));
    touched->rows = true;
  }
}

void Materialiser::forget() {
  touched_.clear();
  reschemed_.clear();
  tables_.clear();
}

Status rebuild_views(Connection& db) {
  KIEM_TRY(db.execute(
      "DELETE FROM record; DELETE FROM mutation; DELETE FROM edge; DELETE FROM edge_waiting; DELETE FROM task; "
      "DELETE FROM place; DELETE FROM principal; DELETE FROM claim; DELETE FROM conflict; DELETE FROM schema_act; "
      "DELETE FROM element; DELETE FROM erased;"));
  KIEM_TRY_GET(const auto added, added_tables(db));
  for (const std::uint32_t local : added) KIEM_TRY(db.execute("DELETE FROM c" + std::to_string(local)));
  Materialiser materialiser(db);
  KIEM_TRY_GET(const auto operations, operations_of(db, std::nullopt));
  for (const std::int64_t row : operations) {
    KIEM_TRY_GET(const StoredOperation operation, load_operation(db, row));
    // What is parked is not shown, and is applied when what it waits for comes.
    if (operation.standing == Standing::parked) continue;
    KIEM_TRY(materialiser.apply(operation));
  }
  KIEM_TRY(materialiser.fold());
  return {};
}

}  // namespace kiem
