#include "core/views/record_queries.hpp"

#include <algorithm>
#include <array>

#include "core/views/candidates.hpp"
#include "core/views/conflict_query.hpp"
#include "core/views/due_query.hpp"
#include "core/views/queries.hpp"
#include "core/views/record_rows.hpp"
#include "core/views/register_fold.hpp"
#include "core/views/schema_rows.hpp"
#include "core/views/shown.hpp"
#include "core/views/view_tables.hpp"

namespace kiem {
namespace {

constexpr std::size_t kExcerptBefore = 30;
constexpr std::size_t kExcerptBytes = 80;

const FieldDefinition* title_field(const CollectionDefinition& collection) {
  return collection.title ? collection.find(*collection.title) : nullptr;
}

// A column's content as the value it was folded from.
template <class Content>
std::optional<Value> value_of_id(const Statement& row, int column) {
  const auto id = id_from<Content>(row.blob(column));
  if (!id) return std::nullopt;
  if constexpr (std::is_same_v<Content, RecordId>) return Value(RecordValue{*id});
  if constexpr (std::is_same_v<Content, PrincipalId>) return Value(PrincipalValue{*id});
  if constexpr (std::is_same_v<Content, DeviceId>) return Value(DeviceValue{*id});
}

std::optional<Value> value_in_column(const Statement& row, int column, const FieldDefinition& field) {
  if (row.is_null(column)) return std::nullopt;
  switch (field.type) {
    case ValueType::text:
      return Value(TextValue{std::string(row.text(column)), {}});
    case ValueType::integer:
      return Value(IntegerValue{row.integer(column)});
    case ValueType::date:
      return Value(DateValue{static_cast<std::int32_t>(row.integer(column))});
    case ValueType::time:
      return Value(TimeValue{static_cast<std::uint16_t>(row.integer(column)), {}});
    case ValueType::length:
      // A sum of corrections may be below zero, which no length is.
      if (row.integer(column) < 0 || row.integer(column) > UINT32_MAX) return Value(IntegerValue{row.integer(column)});
      return Value(LengthValue{static_cast<std::uint32_t>(row.integer(column))});
    case ValueType::choice:
      return Value(ChoiceValue{static_cast<std::uint32_t>(row.integer(column))});
    case ValueType::principal:
      return value_of_id<PrincipalId>(row, column);
    case ValueType::record:
      return value_of_id<RecordId>(row, column);
    case ValueType::device:
      return value_of_id<DeviceId>(row, column);
  }
  return std::nullopt;
}

Result<std::string> title_in(Connection& db, std::int64_t space, const CollectionDefinition& collection,
                             const RecordId& record) {
  const FieldDefinition* title = title_field(collection);
  if (title == nullptr) return std::string{};
  KIEM_TRY_GET(Statement * find,
               db.cached("SELECT coalesce(t." + column_of(*title) + ", '') FROM " + view_table_of(collection) +
                         " t JOIN record r USING(record) WHERE r.id = ? AND r.space = ?"));
  find->bind(1, record).bind(2, space);
  KIEM_TRY_GET(const bool found, find->step());
  if (!found) return std::string{};
  std::string text(find->text(0));
  find->reset();
  return text;
}

class Reading {
 public:
  Reading(Connection& db, const SpaceRow& space, const Schema& schema, const CollectionDefinition& collection)
      : db_(db), space_(space), schema_(schema), collection_(collection) {}

  [[nodiscard]] Result<std::vector<RecordModel>> run(const RecordFilter& filter) {
    const std::string sql = words(filter);
    KIEM_TRY_GET(Statement * find, db_.cached(sql));
    int place = 1;
    find->bind(place++, space_.row);
    if (filter.one) find->bind(place++, *filter.one);
    for (const auto& match : filter.where) place = bind(*find, place, match);
    find->bind(place++, filter.limit ? std::int64_t{*filter.limit} : std::int64_t{-1});
    find->bind(place, std::int64_t{filter.skip});
    // What is shown of a value is looked up by other statements, so the rows are read first.
    struct Row {
      std::int64_t record;
      bool conflicts;
      std::optional<PrincipalId> added_by;
      std::vector<std::optional<Value>> values;
      RecordId id;
    };
    std::vector<Row> rows;
    while (true) {
      KIEM_TRY_GET(const bool more, find->step());
      if (!more) break;
      Row row{find->integer(0), find->integer(2) > 0, id_from<PrincipalId>(find->blob(3)), {}, {}};
      KIEM_TRY_GET(row.id, find->id<RecordId>(1));
      int column = 4;
      for (const auto& field : collection_.fields) row.values.push_back(value_in_column(*find, column++, field));
      rows.push_back(std::move(row));
    }
    std::vector<RecordModel> records;
    for (const auto& row : rows) {
      RecordModel record;
      record.id = row.id;
      record.collection = collection_.words.key;
      for (std::size_t i = 0; i < collection_.fields.size(); ++i) {
        KIEM_TRY_GET(FieldCell cell, read_cell(row.record, collection_.fields[i], row.values[i]));
        if (collection_.fields[i].local == collection_.title) record.title = cell.shown;
        record.cells.push_back(std::move(cell));
      }
      if (row.added_by) {
        KIEM_TRY_GET(record.added_by, query_person(db_, space_.row, *row.added_by));
      }
      if (row.conflicts) KIEM_TRY(add_conflicts(row.record, record));
      records.push_back(std::move(record));
    }
    return records;
  }

 private:
  [[nodiscard]] std::string words(const RecordFilter& filter) const {
    std::string sql = "SELECT t.record, r.id, t.conflicts, ";
    sql += keeps_author(collection_) ? "t.added_by" : "x''";
    for (const auto& field : collection_.fields) sql += ", t." + column_of(field);
    sql += " FROM " + view_table_of(collection_) + " t JOIN record r USING(record) WHERE t.space = ?";
    if (filter.one) sql += " AND r.id = ?";
    for (const auto& match : filter.where) {
      const bool many = match.field->merge == MergeType::set || match.field->merge == MergeType::list;
      sql += many ? " AND EXISTS(SELECT 1 FROM element e WHERE e.record = t.record AND e.collection = " +
                        std::to_string(collection_.local) + " AND e.field = " + std::to_string(match.field->local) +
                        " AND e.value = ?)"
                  : " AND t." + column_of(*match.field) + " = ?";
    }
    const FieldDefinition* order = filter.order != nullptr ? filter.order : title_field(collection_);
    const char* direction = filter.descending ? " DESC" : "";
    sql += " ORDER BY ";
    if (order != nullptr) sql += "t." + column_of(*order) + direction + ", ";
    return sql + "r.id" + direction + " LIMIT ? OFFSET ?";
  }

  static int bind(Statement& find, int place, const FieldMatch& match) {
    if (match.field->merge == MergeType::set || match.field->merge == MergeType::list) {
      find.bind(place, ByteView(encode(match.value)));
    } else if (const auto number = number_of(match.value)) {
      find.bind(place, *number);
    } else if (const auto* text = std::get_if<TextValue>(&match.value)) {
      find.bind(place, std::string_view(text->text));
    } else if (const auto* record = std::get_if<RecordValue>(&match.value)) {
      find.bind(place, record->record);
    } else if (const auto* principal = std::get_if<PrincipalValue>(&match.value)) {
      find.bind(place, principal->principal);
    } else {
      find.bind_null(place);  // equals nothing
    }
    return place + 1;
  }

  [[nodiscard]] Result<std::string> show(const FieldDefinition& field, const std::optional<Value>& value) {
    return shown_value(db_, space_.row, schema_, field, value);
  }

  [[nodiscard]] Result<FieldCell> read_cell(std::int64_t record, const FieldDefinition& field,
                                            const std::optional<Value>& value) {
    FieldCell cell;
    cell.key = field.words.key;
    if (field.merge != MergeType::set && field.merge != MergeType::list) {
      KIEM_TRY_GET(cell.shown, show(field, value));
      return cell;
    }
    KIEM_TRY_GET(const auto elements, elements_of(record, field));
    for (const auto& element : elements) {
      KIEM_TRY_GET(std::string shown, show(field, element));
      cell.values.push_back(std::move(shown));
    }
    return cell;
  }

  [[nodiscard]] Result<std::vector<Value>> elements_of(std::int64_t record, const FieldDefinition& field) {
    KIEM_TRY_GET(Statement * find, db_.cached("SELECT value FROM element WHERE record = ? AND collection = ? AND "
                                              "field = ? ORDER BY place"));
    find->bind(1, record).bind(2, std::int64_t{collection_.local}).bind(3, std::int64_t{field.local});
    std::vector<Value> elements;
    while (true) {
      KIEM_TRY_GET(const bool more, find->step());
      if (!more) return elements;
      KIEM_TRY_GET(Value value, decode_value(find->blob(0)));
      elements.push_back(std::move(value));
    }
  }

  [[nodiscard]] Status add_conflicts(std::int64_t row, RecordModel& record) {
    KIEM_TRY_GET(auto found, query_conflicts(db_, space_.row, schema_, row));
    for (auto& conflict : found) {
      if (conflict.collection != collection_.local) continue;
      for (auto& cell : record.cells) cell.conflict = cell.conflict || cell.key == conflict.row.field;
      record.conflicts.push_back(std::move(conflict.row));
    }
    return {};
  }

  Connection& db_;
  const SpaceRow& space_;
  const Schema& schema_;
  const CollectionDefinition& collection_;
};

Label label_of(const Words& words) { return {words.key, words.nl, words.en}; }

constexpr std::array kMergeWords{"one", "set", "tally", "list", "text"};
constexpr std::array kCircleWords{"access", "open", "members", "coordinators", "partners"};
constexpr std::array kWriterWords{"members", "coordinators", "author", "author-or-coordinators"};

std::string type_word(ValueType type) {
  switch (type) {
    case ValueType::text:
      return "text";
    case ValueType::integer:
      return "integer";
    case ValueType::date:
      return "date";
    case ValueType::time:
      return "time";
    case ValueType::length:
      return "length";
    case ValueType::choice:
      return "choice";
    case ValueType::principal:
      return "person";
    case ValueType::record:
      return "record";
    case ValueType::device:
      return "device";
  }
  return {};
}

// The words around a place, never half a letter.
std::string excerpt_of(std::string_view text, std::size_t at) {
  const auto inside = [&](std::size_t place) {
    return place < text.size() && (static_cast<unsigned char>(text[place]) & 0xC0U) == 0x80U;
  };
  std::size_t begin = at > kExcerptBefore ? at - kExcerptBefore : 0;
  while (begin > 0 && inside(begin)) --begin;
  std::size_t end = std::min(text.size(), begin + kExcerptBytes);
  while (end > begin && inside(end)) --end;
  std::string excerpt(text.substr(begin, end - begin));
  std::replace(excerpt.begin(), excerpt.end(), '\n', ' ');
  return (begin > 0 ? "… " : "") + excerpt + (end < text.size() ? " …" : "");
}

}  // namespace

Result<std::vector<RecordModel>> query_records(Connection& db, const SpaceRow& space, const Schema& schema,
                                               const CollectionDefinition& collection, const RecordFilter& filter) {
  return Reading(db, space, schema, collection).run(filter);
}

Result<RecordId> query_record_named(Connection& db, const SpaceRow& space, const CollectionDefinition& collection,
                                    std::string_view text) {
  const FieldDefinition* title = title_field(collection);
  const std::string column = title == nullptr ? "''" : "coalesce(t." + column_of(*title) + ", '')";
  KIEM_TRY_GET(Statement * find, db.cached("SELECT r.id, " + column + " FROM " + view_table_of(collection) +
                                           " t JOIN record r USING(record) WHERE t.space = ?"));
  find->bind(1, space.row);
  std::vector<Candidate> all;
  while (true) {
    KIEM_TRY_GET(const bool more, find->step());
    if (!more) return choose_named(all, "record", text);
    KIEM_TRY_GET(const auto id, find->id<RecordId>(0));
    all.push_back({id, std::string(find->text(1))});
  }
}

Result<std::string> record_title(Connection& db, const SpaceRow& space, const CollectionDefinition& collection,
                                 const RecordId& record) {
  return title_in(db, space.row, collection, record);
}

Result<std::string> title_of(Connection& db, std::int64_t space, const Schema& schema, const RecordId& record) {
  KIEM_TRY_GET(std::string title, query_title(db, space, record));
  if (!title.empty()) return title;
  KIEM_TRY_GET(Statement * find, db.cached("SELECT DISTINCT m.collection FROM mutation m JOIN record r USING(record) "
                                           "WHERE r.id = ?1 AND r.space = ?2 ORDER BY m.collection"));
  find->bind(1, record).bind(2, space);
  std::vector<std::uint32_t> collections;
  while (true) {
    KIEM_TRY_GET(const bool more, find->step());
    if (!more) break;
    collections.push_back(static_cast<std::uint32_t>(find->integer(0)));
  }
  for (const std::uint32_t local : collections) {
    const CollectionDefinition* collection = schema.find(local);
    if (collection == nullptr || collection->is_first()) continue;
    KIEM_TRY_GET(title, title_in(db, space, *collection, record));
    if (!title.empty()) return title;
  }
  return std::string{};
}

Result<std::string> shown_value(Connection& db, std::int64_t space, const Schema& schema, const FieldDefinition& field,
                                const std::optional<Value>& value) {
  if (const auto* record = value ? std::get_if<RecordValue>(&*value) : nullptr; record != nullptr && field.of) {
    const CollectionDefinition* of = schema.find(*field.of);
    return of == nullptr ? Result<std::string>(std::string{}) : title_in(db, space, *of, record->record);
  }
  return shown_value(db, space, field, value);
}

Result<RecordId> query_deleted(Connection& db, const SpaceRow& space, const CollectionDefinition& collection,
                               std::string_view text) {
  KIEM_TRY_GET(
      Statement * find,
      db.cached("SELECT DISTINCT r.id FROM mutation m JOIN record r USING(record) WHERE r.space = ? AND "
                "m.collection = ? AND m.record NOT IN (SELECT record FROM " +
                view_table_of(collection) + ") AND m.record NOT IN (SELECT record FROM erased WHERE circle = ?)"));
  find->bind(1, space.row).bind(2, std::int64_t{collection.local}).bind(3, static_cast<std::int64_t>(collection.home));
  std::vector<Candidate> all;
  while (true) {
    KIEM_TRY_GET(const bool more, find->step());
    if (!more) return choose_named(all, "record", text);
    KIEM_TRY_GET(const auto id, find->id<RecordId>(0));
    all.push_back({id, {}});
  }
}

FieldWords words_of(const FieldDefinition& field) {
  FieldWords words;
  if (!field.name.act) return words;
  words.label = label_of(field.words);
  words.type = type_word(field.type);
  for (const auto& choice : field.choices) words.choices.push_back(label_of(choice));
  return words;
}

FieldWords words_of(const CollectionDefinition& collection) {
  return collection.is_first() ? FieldWords{} : FieldWords{label_of(collection.words), {}, {}};
}

Result<CollectionModel> collection_model(Connection& db, const SpaceRow& space, const Schema& schema,
                                         const CollectionDefinition& collection) {
  CollectionModel model;
  model.label = label_of(collection.words);
  model.home = kCircleWords[static_cast<std::size_t>(collection.home)];
  model.writers = kWriterWords[static_cast<std::size_t>(collection.writers)];
  model.first = collection.is_first();
  if (const FieldDefinition* title = title_field(collection)) model.title = title->words.key;
  for (const auto& field : collection.fields) {
    FieldModel shown;
    shown.label = label_of(field.words);
    shown.type = type_word(field.type);
    shown.merge = kMergeWords[static_cast<std::size_t>(field.merge)];
    shown.circle = kCircleWords[static_cast<std::size_t>(field.circle)];
    shown.about_person = field.about.has_value();
    for (const auto& choice : field.choices) shown.choices.push_back(label_of(choice));
    const CollectionDefinition* of = field.of ? schema.find(*field.of) : nullptr;
    if (of != nullptr) shown.of = of->words.key;
    model.fields.push_back(std::move(shown));
  }
  KIEM_TRY_GET(Statement * count, db.cached("SELECT count(*) FROM " + view_table_of(collection) + " WHERE space = ?"));
  count->bind(1, space.row);
  KIEM_TRY_GET(const bool counted, count->step());
  if (counted) model.records = static_cast<std::uint64_t>(count->integer(0));
  count->reset();
  model.keeps = keep_models(collection);
  return model;
}

Result<std::vector<FoundText>> query_text(Connection& db, const SpaceRow& space, const Schema& schema,
                                          std::string_view words, std::size_t limit) {
  const std::string wanted = lower_case(words);
  std::vector<FoundText> found;
  for (const auto& collection : schema.collections()) {
    const FieldDefinition* title = title_field(collection);
    for (const auto& field : collection.fields) {
      if (column_type(field) != ColumnType::text) continue;
      const std::string column = column_of(field);
      std::string sql = "SELECT r.id, coalesce(t.";
      sql.append(title == nullptr ? column : column_of(*title)).append(", ''), t.").append(column);
      sql.append(" FROM ").append(view_table_of(collection)).append(" t JOIN record r USING(record) WHERE t.space = ?");
      sql.append(" AND t.").append(column).append(" IS NOT NULL ORDER BY 2, 1");
      KIEM_TRY_GET(Statement * find, db.cached(sql));
      find->bind(1, space.row);
      while (found.size() < limit) {
        KIEM_TRY_GET(const bool more, find->step());
        if (!more) break;
        const std::size_t at = lower_case(find->text(2)).find(wanted);
        if (at == std::string::npos) continue;
        FoundText text;
        KIEM_TRY_GET(text.record, find->id<RecordId>(0));
        text.collection = collection.words.key;
        text.title = std::string(find->text(1));
        text.field = field.words.key;
        text.excerpt = excerpt_of(find->text(2), at);
        text.words = words_of(field);
        found.push_back(std::move(text));
      }
      find->reset();
    }
  }
  return found;
}

}  // namespace kiem
