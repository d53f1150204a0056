#include "core/store/rewriting.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <variant>

#include "core/store/connection_impl.hpp"
#include "core/store/encrypted_vfs.hpp"
#include "core/store/sqlite_error.hpp"

namespace kiem {

// The handle under a connection, for what no statement can ask for.
struct Rewriting {
  static sqlite3* handle(Connection& db) { return db.impl_->handle; }
};

namespace {

bool is_damage(const Error& error) { return error.fault == Fault::damage; }

// --- what there is ---------------------------------------------------------------------------------------------------

struct TableText {
  std::string name;
  std::string sql;
};
struct Schema {
  std::vector<TableText> tables;
  std::vector<TableText> indexes;  // that somebody made; the others come with their table
};

Result<Schema> read_schema(Connection& reader) {
  KIEM_TRY_GET(Statement find, reader.prepare("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL "
                                              "ORDER BY rowid"));
  Schema schema;
  while (true) {
    KIEM_TRY_GET(const bool more, find.step());
    if (!more) return schema;
    auto& list = find.text(0) == "table" ? schema.tables : schema.indexes;
    list.push_back({std::string(find.text(1)), std::string(find.text(2))});
  }
}

bool has(std::span<const std::string_view> names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// The columns of the primary key, for reading in its order from either end: "a, b" and "a DESC, b DESC".
struct KeyOrder {
  std::string forth;
  std::string back;
};
Result<KeyOrder> key_order(Connection& reader, const std::string& table) {
  KIEM_TRY_GET(Statement find, reader.prepare("SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk"));
  find.bind(1, std::string_view(table));
  KeyOrder order;
  while (true) {
    KIEM_TRY_GET(const bool more, find.step());
    if (!more) break;
    const std::string column = '"' + std::string(find.text(0)) + '"';
    order.forth += (order.forth.empty() ? "" : ", ") + column;
    order.back += (order.back.empty() ? "" : ", ") + column + " DESC";
  }
  if (order.forth.empty()) order = {"rowid", "rowid DESC"};
  return order;
}

// --- moving rows -----------------------------------------------------------------------------------------------------

class Mover {
 public:
  Mover(Connection& writer, Connection& reader, const TableText& table)
      : writer_(writer),
        reader_(reader),
        table_(table.name),
        numbered_(table.sql.find("WITHOUT ROWID") == std::string::npos) {}

  // whole: no damage was met on the way.
  [[nodiscard]] Status move(bool& whole) {
    KIEM_TRY_GET(const KeyOrder order, key_order(reader_, table_));
    KIEM_TRY_GET(const bool to_the_end, move_until_damage(order.forth));
    whole = to_the_end;
    if (whole) return {};
    KIEM_TRY_GET(const bool from_the_end, move_until_damage(order.back));
    static_cast<void>(from_the_end);
    // Rows without a number lie between two ends, and that has to do.
    return numbered_ ? move_between() : Status();
  }

 private:
  // Those of numbered rows that lie between two damaged pages.
  [[nodiscard]] Status move_between();

  [[nodiscard]] Result<bool> move_until_damage(const std::string& order) {
    KIEM_TRY_GET(Statement find, reader_.prepare("SELECT * FROM \"" + table_ + "\" NOT INDEXED ORDER BY " + order));
    while (true) {
      const auto more = find.step();
      if (!more && !is_damage(more.error())) return tl::unexpected<Error>(more.error());
      if (!more) return false;
      if (!*more) return true;
      KIEM_TRY(put(find));
    }
  }

  [[nodiscard]] Status put(const Statement& row) {
    std::string places;
    for (int i = 0; i < row.columns(); ++i) places += i == 0 ? "?" : ", ?";
    KIEM_TRY_GET(Statement * add, writer_.cached("INSERT OR IGNORE INTO \"" + table_ + "\" VALUES (" + places + ")"));
    for (int i = 0; i < row.columns(); ++i) {
      switch (row.type(i)) {
        case ColumnType::null:
          add->bind_null(i + 1);
          break;
        case ColumnType::integer:
          add->bind(i + 1, row.integer(i));
          break;
        case ColumnType::text:
          add->bind(i + 1, row.text(i));
          break;
        case ColumnType::blob:
          add->bind(i + 1, row.blob(i));
          break;
      }
    }
    return add->run();
  }

  Connection& writer_;
  Connection& reader_;
  std::string table_;
  bool numbered_;
};

Status Mover::move_between() {
  KIEM_TRY_GET(Statement find, reader_.prepare("SELECT * FROM \"" + table_ + "\" NOT INDEXED WHERE rowid = ?"));
  KIEM_TRY_GET(Statement gaps, writer_.prepare("SELECT rowid, next FROM (SELECT rowid, lead(rowid) OVER (ORDER BY "
                                               "rowid) AS next FROM \"" +
                                               table_ + "\") WHERE next > rowid + 1"));
  std::vector<std::pair<std::int64_t, std::int64_t>> ranges;
  while (true) {
    KIEM_TRY_GET(const bool more, gaps.step());
    if (!more) break;
    ranges.emplace_back(gaps.integer(0) + 1, gaps.integer(1));
  }
  for (const auto& range : ranges) {
    for (std::int64_t row = range.first; row < range.second; ++row) {
      find.bind(1, row);
      const auto found = find.step();
      if (!found && !is_damage(found.error())) return tl::unexpected<Error>(found.error());
      if (found && *found) KIEM_TRY(put(find));
      find.reset();
    }
  }
  return {};
}

// --- the transaction -------------------------------------------------------------------------------------------------

Status set(Connection& writer, int what, int value) {
  const int failed = sqlite3_db_config(Rewriting::handle(writer), what, value, nullptr);
  return failed == SQLITE_OK ? Status() : Status(disk_failure(failed));
}

// Lets the writer change the schema's own table, and gives it zeros for a damaged page, as long as this object lives.
class Healing {
 public:
  explicit Healing(Connection& writer) : writer_(writer) {}
  [[nodiscard]] Status begin() {
    KIEM_TRY(set(writer_, SQLITE_DBCONFIG_DEFENSIVE, 0));
    return tell(1);
  }
  ~Healing() {
    static_cast<void>(tell(0));
    static_cast<void>(set(writer_, SQLITE_DBCONFIG_DEFENSIVE, 1));
  }
  Healing(const Healing&) = delete;
  Healing& operator=(const Healing&) = delete;

 private:
  [[nodiscard]] Status tell(int healing) {
    const int failed = sqlite3_file_control(Rewriting::handle(writer_), "main", kHealing, &healing);
    return failed == SQLITE_OK ? Status() : Status(disk_failure(failed));
  }
  Connection& writer_;
};

Status move_all(Connection& writer, Connection& reader, const Schema& schema, const RewritePlan& plan,
                Rewritten& rewritten) {
  // The old trees are let go of, not dropped: to drop one SQLite would have to read it.
  KIEM_TRY(writer.execute("PRAGMA writable_schema=ON; DELETE FROM sqlite_schema; PRAGMA writable_schema=RESET"));
  for (const auto& table : schema.tables) {
    KIEM_TRY(writer.execute(table.sql));
    if (has(plan.empty, table.name)) continue;
    bool whole = true;
    KIEM_TRY(Mover(writer, reader, table).move(whole));
    if (whole) continue;
    if (has(plan.whole, table.name)) return fail(ErrorCode::page_damaged, Fault::damage, {"?"});
    rewritten.cut_tables.push_back(table.name);
  }
  for (const auto& index : schema.indexes) KIEM_TRY(writer.execute(index.sql));
  return {};
}

}  // namespace

Result<Rewritten> rewrite_tables(Connection& writer, Connection& reader, const RewritePlan& plan) {
  KIEM_TRY_GET(const Schema schema, read_schema(reader));
  Rewritten rewritten;
  Healing healing(writer);
  KIEM_TRY(healing.begin());
  {
    KIEM_TRY_GET(Transaction transaction, Transaction::begin(writer));
    KIEM_TRY(move_all(writer, reader, schema, plan, rewritten));
    KIEM_TRY(transaction.commit());
  }
  // A statement that was left at a row would be in its way.
  for (auto* each = sqlite3_next_stmt(Rewriting::handle(writer), nullptr); each != nullptr;
       each = sqlite3_next_stmt(Rewriting::handle(writer), each)) {
    sqlite3_reset(each);
  }
  // Gives back what the old trees took, and puts a page of the new ones, or none, where a damaged one was.
  KIEM_TRY(writer.execute("VACUUM"));
  return rewritten;
}

}  // namespace kiem
