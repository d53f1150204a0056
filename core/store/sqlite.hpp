// SQLite behind one door: Connection, Statement, Transaction. sqlite3.h is included only inside core/store.
//
// A Connection owns its handle and is used by one thread at a time; it outlives its Statements. Every failure of SQLite
// becomes an Error at this door: SQLITE_FULL is disk_full, SQLITE_NOMEM out_of_memory, a page whose seal does not fit
// page_damaged, another connection in the way store_busy, everything else disk_failed. After disk_full, disk_failed or
// page_damaged inside a write transaction the transaction is rolled back by its owner. A malformed statement is our own
// broken promise and stops the program.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace kiem {

class Connection;

enum class ColumnType : std::uint8_t { null, integer, text, blob };

// A prepared statement, bound by position from 1 and read by column from 0.
//
//   KIEM_TRY_GET(Statement find, db.prepare("SELECT title FROM task WHERE id = ?"));
//   find.bind(1, view(id));
//   KIEM_TRY_GET(const bool found, find.step());
//   if (found) use(find.text(0));
class Statement {
 public:
  Statement(Statement&&) noexcept;
  Statement& operator=(Statement&&) noexcept;
  ~Statement();

  // Bytes and text are copied. Binding an index that the statement has not is a broken promise.
  Statement& bind(int index, std::int64_t value);
  Statement& bind(int index, ByteView blob);  // the empty view binds an empty blob, not NULL
  Statement& bind(int index, std::string_view text);
  Statement& bind_null(int index);
  template <class Tag, std::size_t Size>
  Statement& bind(int index, const Id<Tag, Size>& id) {
    return bind(index, view(id));
  }
  template <class T>
  Statement& bind_optional(int index, const std::optional<T>& value) {
    return value ? bind(index, *value) : bind_null(index);
  }

  // True: a row can be read. False: done; the statement is reset and can be bound and stepped again.
  [[nodiscard]] Result<bool> step();
  // Steps a statement that gives no rows (or whose rows are not wanted) to its end.
  [[nodiscard]] Status run();
  void reset();

  [[nodiscard]] bool is_null(int column) const;
  // Our tables hold no floating-point numbers; one is a broken promise.
  [[nodiscard]] ColumnType type(int column) const;
  [[nodiscard]] std::int64_t integer(int column) const;
  // Valid until the next step or reset.
  [[nodiscard]] ByteView blob(int column) const;
  [[nodiscard]] std::string_view text(int column) const;
  [[nodiscard]] int columns() const;
  // A blob of exactly the id's size; anything else in that column is damage.
  template <class IdType>
  [[nodiscard]] Result<IdType> id(int column) const {
    auto found = id_from<IdType>(blob(column));
    if (!found) return fail(ErrorCode::record_damaged, Fault::damage, {"row"});
    return *found;
  }

 private:
  friend class Connection;
  Statement(Connection& owner, sqlite3_stmt* handle) : owner_(&owner), handle_(handle) {}
  Connection* owner_;
  sqlite3_stmt* handle_;
};

class Connection {
 public:
  enum class Mode : std::uint8_t { writer, reader };
  // Opens `path` through the named VFS with the settings of D8 (see sqlite.cpp). The file must have been made by
  // Store; the VFS must be registered.
  [[nodiscard]] static Result<std::unique_ptr<Connection>> open(const std::string& path, const std::string& vfs,
                                                                Mode mode);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // A new statement; for hot paths use cached(), which keeps one per text.
  [[nodiscard]] Result<Statement> prepare(std::string_view sql);
  // Reset and unbound, owned by the connection, valid until the same text is asked for again.
  [[nodiscard]] Result<Statement*> cached(std::string_view sql);
  // One or more statements without parameters or rows.
  [[nodiscard]] Status execute(std::string_view sql);

  [[nodiscard]] std::int64_t last_insert_rowid() const;
  [[nodiscard]] std::int64_t changes() const;
  [[nodiscard]] bool in_transaction() const;
  // How many steps SQLite's machine took for all statements of this connection: the same question over the same rows
  // costs the same everywhere, whatever the time. What execute() ran is not in it.
  [[nodiscard]] std::uint64_t work() const;
  // What SQLite and the VFS under it last failed with, as an Error of ours.
  [[nodiscard]] Error last_error(int result_code) const;

 private:
  friend class Statement;
  friend class Transaction;
  friend class Savepoint;
  friend class Snapshot;
  friend struct Rewriting;  // core/store/rewriting.cpp
  struct Impl;
  explicit Connection(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// BEGIN IMMEDIATE now, COMMIT by commit(), ROLLBACK when it goes without one.
class Transaction {
 public:
  [[nodiscard]] static Result<Transaction> begin(Connection& connection);
  Transaction(Transaction&& other) noexcept;
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();
  // When this fails, the transaction is rolled back and this process goes on without it. After a failed sync
  // (disk_failed, then store_closed) nobody can know what the disk kept: the next opening shows all of it or nothing.
  [[nodiscard]] Status commit();

 private:
  explicit Transaction(Connection& connection) : connection_(&connection) {}
  Connection* connection_;
};

// A part of a Transaction that stands or falls by itself: what was written since begin() stays with release() and goes
// when it goes without one. Where SQLite has rolled back all of the Transaction meanwhile, begin() and release() say
// why.
class Savepoint {
 public:
  [[nodiscard]] static Result<Savepoint> begin(Connection& connection);
  Savepoint(Savepoint&& other) noexcept;
  Savepoint& operator=(Savepoint&&) = delete;
  ~Savepoint();
  [[nodiscard]] Status release();

 private:
  explicit Savepoint(Connection& connection) : connection_(&connection) {}
  Connection* connection_;  // nullptr: released
};

// Reads that belong together: one look at the file for all of them, and one moment of it. Ends when it goes; inside a
// Transaction, or another Snapshot, it is part of that.
class Snapshot {
 public:
  [[nodiscard]] static Result<Snapshot> begin(Connection& connection);
  Snapshot(Snapshot&& other) noexcept;
  Snapshot& operator=(Snapshot&&) = delete;
  ~Snapshot();

 private:
  explicit Snapshot(Connection* connection) : connection_(connection) {}
  Connection* connection_;  // nullptr: nothing to end
};

}  // namespace kiem
