#include <algorithm>

#include "core/schema/first.hpp"
#include "core/views/elements_fold.hpp"
#include "core/views/erased.hpp"
#include "core/views/fold.hpp"
#include "core/views/register_fold.hpp"
#include "core/views/schema_rows.hpp"
#include "core/views/text_fold.hpp"

namespace kiem {
namespace {

// One of several things written apart; `shown` is the one that stands there meanwhile.
struct ConflictSide {
  std::int64_t operation = 0;
  std::uint32_t number = 0;
  bool shown = false;
};

// What one field comes to: what its column holds, and what stands beside it in other tables.
struct FoldedField {
  const FieldDefinition* definition = nullptr;
  std::optional<Value> shown;          // of a register its value, of a text all of it
  std::optional<std::int64_t> number;  // of a tally its sum, of a set or list how many
  std::vector<FieldElement> elements;  // of a set or list
  std::vector<ConflictSide> sides;     // none without a conflict
};

void take_register(FoldedField& folded, FieldFold fold) {
  folded.shown = std::move(fold.shown);
  if (!fold.conflict()) return;
  for (std::size_t i = 0; i < fold.writes.size(); ++i) {
    folded.sides.push_back({fold.writes[i].operation, fold.writes[i].number, i < fold.agreeing});
  }
}

// The variants of a paragraph are sides; a removed paragraph with work unseen is told by the screen that shows the
// text.
void take_text(FoldedField& folded, const FoldedText& text, const std::vector<MutationRow>& mutations) {
  if (!text.fold.paragraphs.empty()) folded.shown = TextValue{plain_text(text.fold), {}};
  for (const auto& paragraph : text.fold.paragraphs) {
    if (!paragraph.conflict()) continue;
    for (const auto& variant : paragraph.variants) {
      const auto row = std::find_if(mutations.begin(), mutations.end(), [&](const MutationRow& each) {
        return each.op == variant.id.op && each.number == variant.id.index;
      });
      if (row != mutations.end()) {
        folded.sides.push_back({row->operation, row->number, &variant == &paragraph.variants.front()});
      }
    }
  }
}

Result<FoldedField> fold_one(Connection& db, const RecordRow& record, const std::vector<MutationRow>& mutations,
                             const CollectionDefinition& collection, const FieldDefinition& field, Values& values) {
  FoldedField folded;
  folded.definition = &field;
  switch (field.merge) {
    case MergeType::set:
    case MergeType::list: {
      KIEM_TRY_GET(folded.elements, fold_elements(db, record, mutations, collection, field, values));
      folded.number = static_cast<std::int64_t>(folded.elements.size());
      break;
    }
    case MergeType::tally: {
      KIEM_TRY_GET(const Tally tally, fold_entries(mutations, field, values));
      if (tally.entries > 0) folded.number = tally.sum;
      break;
    }
    case MergeType::text: {
      KIEM_TRY_GET(const FoldedText text, fold_text_field(db, record, mutations, collection, field, values));
      take_text(folded, text, mutations);
      break;
    }
    case MergeType::one: {
      KIEM_TRY_GET(FieldFold fold, fold_field(record, mutations, collection, field, values));
      take_register(folded, std::move(fold));
      break;
    }
  }
  return folded;
}

struct Fields {
  std::vector<FoldedField> all;
  std::int64_t conflicts = 0;
};

Result<Fields> fold_fields(Connection& db, const RecordRow& record, const std::vector<MutationRow>& mutations,
                           const CollectionDefinition& collection, Values& values) {
  Fields fields;
  for (const auto& definition : collection.fields) {
    KIEM_TRY_GET(FoldedField field, fold_one(db, record, mutations, collection, definition, values));
    if (!field.sides.empty()) ++fields.conflicts;
    fields.all.push_back(std::move(field));
  }
  return fields;
}

// A record is shown in a collection while one of its alive marks there is live, written in the collection's own circle.
const MutationRow* live_mark(const std::vector<MutationRow>& mutations, const CollectionDefinition& collection) {
  const auto found = std::find_if(mutations.begin(), mutations.end(), [&](const MutationRow& mutation) {
    const bool mark = mutation.kind == static_cast<std::uint32_t>(MutationKind::create) ||
                      mutation.kind == static_cast<std::uint32_t>(MutationKind::restore);
    return mark && mutation.live && !mutation.field && mutation.collection == collection.local &&
           mutation.circle == static_cast<std::uint32_t>(collection.home);
  });
  return found == mutations.end() ? nullptr : &*found;
}

Status add_sides(Connection& db, std::int64_t record, std::uint32_t collection, const FoldedField& field) {
  for (const auto& side : field.sides) {
    KIEM_TRY_GET(Statement * add, db.cached("INSERT INTO conflict(record, collection, field, operation, number, "
                                            "shown) VALUES(?, ?, ?, ?, ?, ?)"));
    add->bind(1, record).bind(2, std::int64_t{collection}).bind(3, std::int64_t{field.definition->local});
    add->bind(4, side.operation).bind(5, std::int64_t{side.number}).bind(6, std::int64_t{side.shown});
    KIEM_TRY(add->run());
  }
  return {};
}

Status note_conflicts(Connection& db, std::int64_t record, std::uint32_t collection, const Fields& fields) {
  KIEM_TRY_GET(Statement * clear, db.cached("DELETE FROM conflict WHERE record = ? AND collection = ?"));
  clear->bind(1, record).bind(2, std::int64_t{collection});
  KIEM_TRY(clear->run());
  if (fields.conflicts == 0) return {};
  for (const auto& field : fields.all) KIEM_TRY(add_sides(db, record, collection, field));
  return {};
}

Status note_elements(Connection& db, std::int64_t record, const CollectionDefinition& collection,
                     const Fields& fields) {
  // Collections without such fields have nothing there to clear.
  const bool has_elements = std::any_of(collection.fields.begin(), collection.fields.end(), [](const auto& field) {
    return field.merge == MergeType::set || field.merge == MergeType::list;
  });
  if (!has_elements) return {};
  KIEM_TRY_GET(Statement * clear, db.cached("DELETE FROM element WHERE record = ? AND collection = ?"));
  clear->bind(1, record).bind(2, std::int64_t{collection.local});
  KIEM_TRY(clear->run());
  for (const auto& field : fields.all) {
    for (std::size_t place = 0; place < field.elements.size(); ++place) {
      KIEM_TRY_GET(Statement * add, db.cached("INSERT INTO element(record, collection, field, place, value) "
                                              "VALUES(?, ?, ?, ?, ?)"));
      add->bind(1, record).bind(2, std::int64_t{collection.local}).bind(3, std::int64_t{field.definition->local});
      add->bind(4, static_cast<std::int64_t>(place)).bind(5, ByteView(encode(field.elements[place].value)));
      KIEM_TRY(add->run());
    }
  }
  return {};
}

// Ids as they are; nothing for a value of another type than the column's.
std::optional<ByteView> blob_of(const std::optional<Value>& value) {
  if (!value) return std::nullopt;
  if (const auto* record = std::get_if<RecordValue>(&*value)) return view(record->record);
  if (const auto* principal = std::get_if<PrincipalValue>(&*value)) return view(principal->principal);
  if (const auto* device = std::get_if<DeviceValue>(&*value)) return view(device->device);
  return std::nullopt;
}

// Texts and choices of the first schema have a value in every row: the empty text, the first choice.
void bind_column(Statement& put, int column, const FoldedField& field, bool first) {
  const FieldDefinition& definition = *field.definition;
  switch (column_type(definition)) {
    case ColumnType::text: {
      const auto* text = field.shown ? std::get_if<TextValue>(&*field.shown) : nullptr;
      if (first || field.shown) {
        put.bind(column, text == nullptr ? std::string_view() : std::string_view(text->text));
      } else {
        put.bind_null(column);
      }
      return;
    }
    case ColumnType::blob:
      put.bind_optional(column, blob_of(field.shown));
      return;
    default:
      break;
  }
  const auto number = field.shown ? number_of(*field.shown) : field.number;
  if (!number && first && definition.type == ValueType::choice) {
    put.bind(column, std::int64_t{0});
  } else {
    put.bind_optional(column, number);
  }
}

Status write_row(Connection& db, const ViewTables& tables, const RecordRow& record, const MutationRow& mark,
                 const CollectionDefinition& collection, const Fields& fields) {
  KIEM_TRY_GET(Statement * put, db.cached(tables.insert_sql(collection.local)));
  int column = 1;
  put->bind(column++, record.row);
  put->bind(column++, record.space);
  put->bind(column++, fields.conflicts);
  if (keeps_author(collection)) put->bind(column++, mark.author);
  const bool is_task = collection.is_first() && collection.local == collection::kTask;
  for (const auto& field : fields.all) {
    const bool first = !field.definition->name.act;
    if (is_task && first && field.definition->local == task_field::kAssigner && !field.shown) {
      // Until somebody takes over, the device that made the task assigns.
      put->bind(column++, mark.device);
    } else {
      bind_column(*put, column++, field, first);
    }
  }
  return put->run();
}

Status remove_row(Connection& db, const std::string& table, std::int64_t record) {
  KIEM_TRY_GET(Statement * remove, db.cached("DELETE FROM " + table + " WHERE record = ?"));
  remove->bind(1, record);
  return remove->run();
}

// The collections that a record's mutations speak of, ascending. mutations_of() orders by collection.
std::vector<std::uint32_t> collections_in(const std::vector<MutationRow>& mutations) {
  std::vector<std::uint32_t> collections;
  for (const auto& mutation : mutations) {
    if (collections.empty() || collections.back() != mutation.collection) collections.push_back(mutation.collection);
  }
  return collections;
}

// What a task's row hands to its seats.
struct TaskSeats {
  bool here = false;
  std::optional<std::int64_t> seats;
  bool cancelled = false;
  bool operator==(const TaskSeats&) const = default;
};
Result<TaskSeats> seats_of_task(Connection& db, std::int64_t record) {
  KIEM_TRY_GET(Statement * find, db.cached("SELECT seats, state FROM task WHERE record = ?"));
  find->bind(1, record);
  TaskSeats task;
  KIEM_TRY_GET(task.here, find->step());
  if (!task.here) return task;
  if (!find->is_null(0)) task.seats = find->integer(0);
  task.cancelled = find->integer(1) == task_state::kCancelled;
  find->reset();
  return task;
}

// How many fields of a record's row are in conflict, as the row says; nothing when there is no row.
Result<std::optional<std::int64_t>> conflicts_in_row(Connection& db, const std::string& table, std::int64_t record) {
  KIEM_TRY_GET(Statement * find, db.cached("SELECT conflicts FROM " + table + " WHERE record = ?"));
  find->bind(1, record);
  KIEM_TRY_GET(const bool found, find->step());
  if (!found) return std::optional<std::int64_t>{};
  const std::int64_t conflicts = find->integer(0);
  find->reset();
  return std::optional(conflicts);
}

// The conflict of one field of a row that has `known` of them.
Status renew_conflict(Connection& db, const std::string& table, std::int64_t record, const FoldedField& field,
                      std::int64_t known) {
  if (known == 0 && field.sides.empty()) return {};
  const std::int64_t collection = field.definition->collection;
  KIEM_TRY_GET(Statement * clear, db.cached("DELETE FROM conflict WHERE record = ? AND collection = ? AND field = ?"));
  clear->bind(1, record).bind(2, collection).bind(3, std::int64_t{field.definition->local});
  KIEM_TRY(clear->run());
  KIEM_TRY(add_sides(db, record, field.definition->collection, field));
  KIEM_TRY_GET(Statement * count, db.cached("UPDATE " + table +
                                            " SET conflicts = (SELECT count(DISTINCT field) FROM "
                                            "conflict WHERE record = ?1 AND collection = ?2) WHERE record = ?1"));
  count->bind(1, record).bind(2, collection);
  return count->run();
}

Status fold_register_column(Connection& db, const ViewTables& tables, const RecordRow& record,
                            const FieldPlace& place) {
  const CollectionDefinition* collection = tables.schema().find(place.collection);
  const FieldDefinition* definition = tables.schema().field(place.collection, place.field);
  if (collection == nullptr || definition == nullptr) return {};
  const std::string table = view_table_of(*collection);
  KIEM_TRY_GET(const auto known, conflicts_in_row(db, table, record.row));
  if (!known) return {};  // not shown, and a write of a field makes nothing alive
  KIEM_TRY_GET(const auto mutations, mutations_of_field(db, record.row, place.collection, place.field));
  Values values(db);
  KIEM_TRY_GET(const FoldedField field, fold_one(db, record, mutations, *collection, *definition, values));
  KIEM_TRY_GET(Statement * put,
               db.cached("UPDATE " + table + " SET " + column_of(*definition) + " = ? WHERE record = ?"));
  bind_column(*put, 1, field, true);
  put->bind(2, record.row);
  KIEM_TRY(put->run());
  return renew_conflict(db, table, record.row, field, *known);
}

}  // namespace

Result<std::optional<std::int64_t>> occurrence_of_claim(Connection& db, std::int64_t record) {
  KIEM_TRY_GET(Statement * find, db.cached("SELECT occurrence FROM claim WHERE record = ?"));
  find->bind(1, record);
  KIEM_TRY_GET(const bool found, find->step());
  if (!found) return std::optional<std::int64_t>{};
  const std::int64_t occurrence = find->integer(0);
  find->reset();
  return std::optional<std::int64_t>(occurrence);
}

bool is_plain_register(const FieldPlace& place) {
  const CollectionDefinition* collection = Schema::first().find(place.collection);
  const FieldDefinition* field = Schema::first().field(place.collection, place.field);
  if (collection == nullptr || field == nullptr) return false;
  // Who assigns while nobody says so is the device that made the task.
  const bool by_mark = place.collection == collection::kTask && place.field == task_field::kAssigner;
  return field->merge == MergeType::one && collection->writers == Writers::members && !by_mark;
}

Result<bool> fold_registers(Connection& db, const ViewTables& tables, const RecordRow& record,
                            std::span<const FieldPlace> fields) {
  const bool may_move_seats = std::any_of(fields.begin(), fields.end(), [](const FieldPlace& place) {
    return place.collection == collection::kTask &&
           (place.field == task_field::kSeats || place.field == task_field::kState);
  });
  TaskSeats before;
  if (may_move_seats) {
    KIEM_TRY_GET(before, seats_of_task(db, record.row));
  }
  for (const auto& place : fields) KIEM_TRY(fold_register_column(db, tables, record, place));
  if (!may_move_seats) return false;
  KIEM_TRY_GET(const TaskSeats after, seats_of_task(db, record.row));
  return after != before;
}

Result<bool> fold_record(Connection& db, const ViewTables& tables, const RecordRow& record, FoldNotes& notes) {
  const Schema& schema = tables.schema();
  KIEM_TRY_GET(auto mutations, mutations_of(db, record, schema));
  KIEM_TRY_GET(const ErasedFold erased, fold_erased(db, record, mutations));
  notes.dropped = notes.dropped || erased.dropped;
  if (erased.lost) {
    KIEM_TRY_GET(mutations, mutations_of(db, record, schema));
  }
  Values values(db);
  bool seats_moved = false;
  for (const std::uint32_t local : collections_in(mutations)) {
    notes.collections.insert(local);
    const CollectionDefinition* collection = schema.find(local);
    if (collection == nullptr) {
      if (local < kFirstLocal) continue;  // no version here had a table of it
      // Not known any more; what was shown of it when it was goes.
      KIEM_TRY_GET(const auto added, added_tables(db));
      if (std::find(added.begin(), added.end(), local) == added.end()) continue;
      KIEM_TRY(remove_row(db, "c" + std::to_string(local), record.row));
      KIEM_TRY(note_conflicts(db, record.row, local, {}));
      continue;
    }
    const bool is_task = local == collection::kTask;
    TaskSeats before;
    if (is_task) {
      KIEM_TRY_GET(before, seats_of_task(db, record.row));
    }
    const MutationRow* mark = live_mark(mutations, *collection);
    if (mark == nullptr) {
      KIEM_TRY(remove_row(db, view_table_of(*collection), record.row));
      KIEM_TRY(note_conflicts(db, record.row, local, {}));
      KIEM_TRY(note_elements(db, record.row, *collection, {}));
    } else {
      KIEM_TRY_GET(const Fields fields, fold_fields(db, record, mutations, *collection, values));
      KIEM_TRY(write_row(db, tables, record, *mark, *collection, fields));
      KIEM_TRY(note_conflicts(db, record.row, local, fields));
      KIEM_TRY(note_elements(db, record.row, *collection, fields));
    }
    if (!is_task) continue;
    KIEM_TRY_GET(const TaskSeats after, seats_of_task(db, record.row));
    seats_moved = after != before;
  }
  return seats_moved;
}

}  // namespace kiem
