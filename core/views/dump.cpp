#include "core/views/dump.hpp"

#include <algorithm>
#include <array>

namespace kiem {
namespace {

// Every column by its meaning: ids whole, never a local number.
constexpr std::array kTables{
    "SELECT 'operation', o.id, o.standing, o.role FROM operation o",
    "SELECT 'task', r.id, s.id, t.title, t.state, t.seats, t.date, t.before, t.start, t.until, t.place, t.roles, "
    "t.note, "
    "t.cancel_reason, t.assigner, t.added_by, t.conflicts, t.free, t.confirmed, t.waiting, t.provisional, t.overbooked "
    "FROM task t JOIN record r USING(record) JOIN space s ON s.space = t.space",
    "SELECT 'place', r.id, s.id, p.title, p.kind, p.area, p.text, p.meeting_point, p.conflicts "
    "FROM place p JOIN record r USING(record) JOIN space s ON s.space = p.space",
    "SELECT 'principal', r.id, s.id, p.name, p.kind, p.role_text, p.talents, p.languages, p.works_with, p.conflicts "
    "FROM principal p JOIN record r USING(record) JOIN space s ON s.space = p.space",
    "SELECT 'claim', r.id, o.id, c.principal, c.state, c.position, c.reason, c.reason_number, c.count, c.confirmed, "
    "c.entered_by FROM claim c JOIN record r USING(record) JOIN record o ON o.record = c.occurrence",
    "SELECT 'conflict', r.id, s.id, c.collection, c.field, o.id, c.number, c.shown FROM conflict c "
    "JOIN record r USING(record) JOIN space s USING(space) JOIN operation o USING(operation)",
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

}  // namespace

Result<std::vector<std::string>> canonical_dump(Connection& db) {
  std::vector<std::string> lines;
  for (const char* sql : kTables) {
    KIEM_TRY_GET(Statement rows, db.prepare(sql));
    while (true) {
      KIEM_TRY_GET(const bool more, rows.step());
      if (!more) break;
      std::string line(rows.text(0));
      for (int i = 1; i < rows.columns(); ++i) line += " " + column(rows, i);
      lines.push_back(std::move(line));
    }
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

}  // namespace kiem
