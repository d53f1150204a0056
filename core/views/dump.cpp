#include "core/views/dump.hpp"

#include <algorithm>
#include <array>

#include "core/views/schema_rows.hpp"
#include "core/views/view_tables.hpp"

namespace kiem {
namespace {

// Every column by its meaning: ids whole, never a local number.
constexpr std::array kTables{
    "SELECT 'operation', o.id, o.standing, o.role FROM operation o",
    "SELECT 'seats', r.id, s.id, t.free, t.confirmed, t.waiting, t.provisional, t.overbooked "
    "FROM task t JOIN record r USING(record) JOIN space s ON s.space = t.space",
    "SELECT 'claim', r.id, o.id, c.principal, c.state, c.position, c.reason, c.reason_number, c.count, c.confirmed, "
    "c.entered_by FROM claim c JOIN record r USING(record) JOIN record o ON o.record = c.occurrence",
    "SELECT 'erased', r.id, s.id, e.circle FROM erased e JOIN record r USING(record) JOIN space s USING(space)",
};
// The same with names of the schema in the last two columns.
constexpr std::array kNamedTables{
    "SELECT 'conflict', r.id, s.id, o.id, c.number, c.shown, c.collection, c.field FROM conflict c "
    "JOIN record r USING(record) JOIN space s USING(space) JOIN operation o USING(operation)",
    "SELECT 'element', r.id, s.id, e.place, e.value, e.collection, e.field FROM element e "
    "JOIN record r USING(record) JOIN space s USING(space)",
};

// Text is written with its length, so that no text can look like the end of a column.
std::string column(const Statement& row, int index) {
  switch (row.type(index)) {
    case ColumnType::null:
      return "-";
    case ColumnType::integer:
      return std::to_string(row.integer(index));
    case ColumnType::blob:
      return "x" + to_hex(row.blob(index));
    case ColumnType::text: {
      const auto text = row.text(index);
      return std::to_string(text.size()) + ":" + std::string(text);
    }
  }
  return {};
}

// Writes each row of a query as a line. The last `names` columns are local numbers of the schema.
Status add_lines(Connection& db, const std::string& sql, int names, std::vector<std::string>& lines) {
  KIEM_TRY_GET(Statement rows, db.prepare(sql));
  while (true) {
    KIEM_TRY_GET(const bool more, rows.step());
    if (!more) return {};
    std::string line(rows.text(0));
    const int plain = rows.columns() - names;
    for (int i = 1; i < plain; ++i) line += " " + column(rows, i);
    for (int i = plain; i < rows.columns(); ++i) {
      KIEM_TRY_GET(const SchemaName name, name_of_local(db, static_cast<std::uint32_t>(rows.integer(i))));
      line += " " + text_of(name);
    }
    lines.push_back(std::move(line));
  }
}

// The typed tables of a space, fields in the order of their names.
Status add_collections(Connection& db, std::int64_t space, std::vector<std::string>& lines) {
  KIEM_TRY_GET(const Schema schema, load_schema(db, space));
  for (const auto& collection : schema.collections()) {
    std::vector<FieldDefinition> fields = collection.fields;
    std::sort(fields.begin(), fields.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    std::string sql = "SELECT 'record', r.id, s.id, t.conflicts";
    if (keeps_author(collection)) sql += ", t.added_by";
    for (const auto& field : fields) sql += ", t." + column_of(field);
    sql += ", " + std::to_string(collection.local) + " FROM " + view_table_of(collection) +
           " t JOIN record r USING(record) JOIN space s ON s.space = t.space WHERE t.space = " + std::to_string(space);
    KIEM_TRY(add_lines(db, sql, 1, lines));
  }
  return {};
}

}  // namespace

Result<std::vector<std::string>> canonical_dump(Connection& db) {
  std::vector<std::string> lines;
  for (const char* sql : kTables) KIEM_TRY(add_lines(db, sql, 0, lines));
  for (const char* sql : kNamedTables) KIEM_TRY(add_lines(db, sql, 2, lines));
  KIEM_TRY_GET(const auto spaces, all_spaces(db));
  for (const auto& space : spaces) KIEM_TRY(add_collections(db, space.row, lines));
  std::sort(lines.begin(), lines.end());
  return lines;
}

}  // namespace kiem
