#include "core/views/view_tables.hpp"

#include <algorithm>

#include "core/schema/first.hpp"
#include "core/views/schema_rows.hpp"

namespace kiem {
namespace {

std::string type_words(const FieldDefinition& field) {
  switch (column_type(field)) {
    case ColumnType::text:
      return "TEXT";
    case ColumnType::blob:
      return "BLOB";
    default:
      return "INTEGER";
  }
}

Result<std::vector<std::string>> columns_of(Connection& db, const std::string& table) {
  KIEM_TRY_GET(Statement find, db.prepare("SELECT name FROM pragma_table_info('" + table + "')"));
  std::vector<std::string> columns;
  while (true) {
    KIEM_TRY_GET(const bool more, find.step());
    if (!more) return columns;
    columns.emplace_back(find.text(0));
  }
}

Status make_table(Connection& writer, const CollectionDefinition& collection) {
  const std::string table = view_table_of(collection);
  std::string sql = "CREATE TABLE " + table +
                    "(record INTEGER PRIMARY KEY, space INTEGER NOT NULL, conflicts INTEGER NOT NULL, added_by BLOB "
                    "NOT NULL";
  for (const auto& field : collection.fields) sql += ", " + column_of(field) + " " + type_words(field);
  sql += ") STRICT;";
  const FieldDefinition* title = collection.title ? collection.find(*collection.title) : nullptr;
  if (title != nullptr) {
    sql += "CREATE INDEX " + table + "_by_title ON " + table + "(space, " + column_of(*title) + ");";
  }
  return writer.execute(sql);
}

}  // namespace

std::string view_table_of(const CollectionDefinition& collection) {
  return collection.is_first() ? collection.words.key : "c" + std::to_string(collection.local);
}

std::string column_of(const FieldDefinition& field) {
  if (field.name.act) return "f" + std::to_string(field.local);
  // The one column that was named before its field had a word.
  const bool is_start = field.collection == collection::kTask && field.local == task_field::kStart;
  return is_start ? "start" : field.words.key;
}

ColumnType column_type(const FieldDefinition& field) {
  if (field.merge == MergeType::set || field.merge == MergeType::list) return ColumnType::integer;
  switch (field.type) {
    case ValueType::text:
      return ColumnType::text;
    case ValueType::principal:
    case ValueType::record:
    case ValueType::device:
      return ColumnType::blob;
    default:
      return ColumnType::integer;
  }
}

bool keeps_author(const CollectionDefinition& collection) {
  return !collection.is_first() || collection.local == collection::kTask;
}

ViewTables::ViewTables(Schema schema) : schema_(std::move(schema)) {
  for (const auto& collection : schema_.collections()) {
    std::string columns = "record, space, conflicts";
    std::string places = "?, ?, ?";
    std::string updates = "space = excluded.space, conflicts = excluded.conflicts";
    const auto take = [&](const std::string& column) {
      columns.append(", ").append(column);
      places += ", ?";
      updates.append(", ").append(column).append(" = excluded.").append(column);
    };
    if (keeps_author(collection)) take("added_by");
    for (const auto& field : collection.fields) take(column_of(field));
    if (collection.is_first() && collection.local == collection::kTask) {
      // The counts are the seats' to write (occurrence_fold.cpp), also when the row is written again.
      columns += ", free, confirmed, waiting, provisional, overbooked";
      places += ", NULL, 0, 0, 0, 0";
    }
    std::string& sql = inserts_[collection.local];
    sql = "INSERT INTO ";
    sql.append(view_table_of(collection)).append("(").append(columns).append(") VALUES(").append(places);
    sql.append(") ON CONFLICT(record) DO UPDATE SET ").append(updates);
  }
}

Status ViewTables::make_missing(Connection& writer) const {
  for (const auto& collection : schema_.collections()) {
    const std::string table = view_table_of(collection);
    KIEM_TRY_GET(const auto columns, columns_of(writer, table));
    if (columns.empty()) {
      KIEM_TRY(make_table(writer, collection));
      continue;
    }
    for (const auto& field : collection.fields) {
      if (std::find(columns.begin(), columns.end(), column_of(field)) != columns.end()) continue;
      KIEM_TRY(writer.execute("ALTER TABLE " + table + " ADD COLUMN " + column_of(field) + " " + type_words(field)));
    }
  }
  return {};
}

Result<std::vector<std::uint32_t>> added_tables(Connection& db) {
  KIEM_TRY_GET(Statement * find, db.cached("SELECT n.local FROM schema_name n JOIN sqlite_schema s ON s.type = 'table' "
                                           "AND s.name = 'c' || n.local ORDER BY n.local"));
  std::vector<std::uint32_t> tables;
  while (true) {
    KIEM_TRY_GET(const bool more, find->step());
    if (!more) return tables;
    tables.push_back(static_cast<std::uint32_t>(find->integer(0)));
  }
}

}  // namespace kiem
