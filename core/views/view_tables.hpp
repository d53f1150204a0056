// The typed table of each collection: its name, its columns, and the statement that writes a row (DESIGN D3).
//
// Tables of the first schema are made by the store's migrations (tables.hpp) and bear the words of the schema. Those of
// added collections are made when their schema act counts, in the transaction that takes it: c<local>, one column
// f<local> a field; added fields of older collections become columns there. ViewTables owns a schema and the words of
// its statements; it is made anew when the schema changed. One thread, the writer's, except view_table_of().
#pragma once

#include <map>
#include <string>

#include "core/schema/schema.hpp"
#include "core/store/sqlite.hpp"

namespace kiem {

[[nodiscard]] std::string view_table_of(const CollectionDefinition& collection);
[[nodiscard]] std::string column_of(const FieldDefinition& field);
// TEXT, INTEGER or BLOB: what a column of this field holds. A set's and a list's counts its elements.
[[nodiscard]] ColumnType column_type(const FieldDefinition& field);

// Places and principals came without a column for who added them.
[[nodiscard]] bool keeps_author(const CollectionDefinition& collection);

class ViewTables {
 public:
  ViewTables() : ViewTables(Schema::first()) {}
  explicit ViewTables(Schema schema);

  [[nodiscard]] const Schema& schema() const { return schema_; }
  // Columns in this order: record, space, conflicts, added_by where keeps_author(), one each field, and behind them
  // what rules keep there.
  [[nodiscard]] const std::string& insert_sql(std::uint32_t collection) const { return inserts_.at(collection); }

  // Makes tables and columns that are missing.
  [[nodiscard]] Status make_missing(Connection& writer) const;

 private:
  Schema schema_;
  std::map<std::uint32_t, std::string> inserts_;
};

// The added collections that have a table, whether or not their act counts now: by local number.
[[nodiscard]] Result<std::vector<std::uint32_t>> added_tables(Connection& db);

}  // namespace kiem
