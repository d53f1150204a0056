#include "core/store/sqlite.hpp"

#include <sqlite3.h>

#include <array>

#include "core/base/check.hpp"
#include "core/store/connection_impl.hpp"
#include "core/store/encrypted_vfs.hpp"
#include "core/store/sqlite_error.hpp"

namespace kiem {
namespace {

// Codes that no disk, no memory and no other process can bring about: SQL that does not parse, a constraint that our
// own code should have kept, a wrong call.
bool is_broken_promise(int code) {
  switch (code & 0xFF) {
    case SQLITE_ERROR:
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_MISUSE:
    case SQLITE_RANGE:
    case SQLITE_AUTH:
      return true;
    default:
      return false;
  }
}

// The settings of D8. What they cannot promise, the VFS refuses by itself.
int configure(sqlite3* handle, Connection::Mode mode) {
  const bool reader = mode == Connection::Mode::reader;
  struct Setting {
    int what;
    int value;
  };
  const std::array<Setting, 7> settings = {{{SQLITE_DBCONFIG_DEFENSIVE, 1},
                                            {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
                                            {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
                                            {SQLITE_DBCONFIG_ENABLE_FKEY, 0},
                                            {SQLITE_DBCONFIG_DQS_DDL, 0},
                                            {SQLITE_DBCONFIG_DQS_DML, 0},
                                            {SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, reader ? 1 : 0}}};
  for (const auto& setting : settings) {
    if (const int failed = sqlite3_db_config(handle, setting.what, setting.value, nullptr); failed != SQLITE_OK) {
      return failed;
    }
  }
  // A checkpoint moves up to this many pages at the end of a commit; readers never do it (D8).
  constexpr int kCheckpointPages = 1000;
  if (const int failed = sqlite3_wal_autocheckpoint(handle, reader ? 0 : kCheckpointPages); failed != SQLITE_OK) {
    return failed;
  }
  // A reader can meet a log that is being restarted, for microseconds.
  if (const int failed = sqlite3_busy_timeout(handle, 10'000); failed != SQLITE_OK) return failed;
  const char* pragmas =
      "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=0; PRAGMA cache_size=-16384; PRAGMA cell_size_check=ON;"
      "PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;";
  if (const int failed = sqlite3_exec(handle, pragmas, nullptr, nullptr, nullptr); failed != SQLITE_OK) return failed;
  return reader ? sqlite3_exec(handle, "PRAGMA query_only=ON", nullptr, nullptr, nullptr) : SQLITE_OK;
}

}  // namespace

// --- errors ----------------------------------------------------------------------------------------------------------

Connection::Impl::~Impl() {
  cached.clear();
  // SQLITE_BUSY here would be a Statement that outlived its Connection.
  KIEM_CHECK(sqlite3_close(handle) == SQLITE_OK);
}

void Connection::Impl::note_bind(int result) {
  if (result == SQLITE_OK) return;
  KIEM_CHECK(result == SQLITE_NOMEM);
  bind_failure = result;
}

Status Connection::Impl::refuse_when_latched() const {
  if (mode == Mode::writer && latched()) return fail(ErrorCode::store_closed, Fault::machine);
  return {};
}

// SQLite rolls back by itself after some failures; whoever did not look at them learns it here.
Status Connection::Impl::refuse_when_rolled_back() const {
  if (sqlite3_get_autocommit(handle) == 0) return {};
  KIEM_CHECK(rolled_back_by.has_value());
  return tl::unexpected<Error>(*rolled_back_by);
}

Error Connection::Impl::error_of(int result) {
  const int code = sqlite3_extended_errcode(handle) != SQLITE_OK ? sqlite3_extended_errcode(handle) : result;
  if (mode == Mode::writer && latched()) {
    if (latch_told) return {ErrorCode::store_closed, Fault::machine, {}};
    latch_told = true;
  }
  if (is_broken_promise(code)) broken_promise(sqlite3_errmsg(handle), __FILE__, __LINE__);
  Error error = disk_failure(code, sqlite3_system_errno(handle)).value();
  if (code == SQLITE_IOERR_DATA) {
    std::uint32_t page = 0;
    const int asked = sqlite3_file_control(handle, "main", kDamagedPage, &page);
    if (asked == SQLITE_OK && page != 0) error.args = {std::to_string(page)};
  }
  if (sqlite3_get_autocommit(handle) != 0) rolled_back_by = error;
  return error;
}

Error Connection::last_error(int result_code) const { return impl_->error_of(result_code); }

// --- connection ------------------------------------------------------------------------------------------------------

Connection::Connection(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Connection::~Connection() = default;

Result<std::unique_ptr<Connection>> Connection::open(const std::string& path, const std::string& vfs, Mode mode) {
  auto impl = std::make_unique<Impl>();
  impl->mode = mode;
  // No mutexes inside SQLite: a connection is used by one thread at a time.
  const int flags = (mode == Mode::writer ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY) | SQLITE_OPEN_NOMUTEX |
                    SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE;
  int result = sqlite3_open_v2(path.c_str(), &impl->handle, flags, vfs.c_str());
  if (result == SQLITE_OK) result = sqlite3_file_control(impl->handle, "main", kLatch, &impl->latch);
  if (result == SQLITE_OK) result = configure(impl->handle, mode);
  if (result != SQLITE_OK) {
    if (impl->handle == nullptr) return fail(ErrorCode::out_of_memory, Fault::machine);
    return tl::unexpected<Error>(impl->error_of(result));
  }
  return std::unique_ptr<Connection>(new Connection(std::move(impl)));
}

Result<Statement> Connection::prepare(std::string_view sql) {
  KIEM_TRY(impl_->refuse_when_latched());
  sqlite3_stmt* handle = nullptr;
  const int result = sqlite3_prepare_v3(impl_->handle, sql.data(), static_cast<int>(sql.size()), 0, &handle, nullptr);
  if (result != SQLITE_OK) return tl::unexpected<Error>(impl_->error_of(result));
  return Statement(*this, handle);
}

Result<Statement*> Connection::cached(std::string_view sql) {
  KIEM_TRY(impl_->refuse_when_latched());
  auto*& place = impl_->place_of(sql);
  if (place == nullptr || place->first != sql) {
    const auto found = impl_->cached.find(sql);
    place = found == impl_->cached.end() ? nullptr : &*found;
  }
  if (place != nullptr) {
    sqlite3_reset(place->second.handle_);
    sqlite3_clear_bindings(place->second.handle_);
    return &place->second;
  }
  sqlite3_stmt* handle = nullptr;
  const int result = sqlite3_prepare_v3(impl_->handle, sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &handle, nullptr);
  if (result != SQLITE_OK) return tl::unexpected<Error>(impl_->error_of(result));
  Statement made(*this, handle);  // owns the handle before anything asks for memory
  return &impl_->cached.emplace(std::string(sql), std::move(made)).first->second;
}

Status Connection::execute(std::string_view sql) {
  KIEM_TRY(impl_->refuse_when_latched());
  const char* next = sql.data();
  const char* const end = next + sql.size();
  while (next < end) {
    sqlite3_stmt* handle = nullptr;
    const int result = sqlite3_prepare_v3(impl_->handle, next, static_cast<int>(end - next), 0, &handle, &next);
    if (result != SQLITE_OK) return tl::unexpected<Error>(impl_->error_of(result));
    if (handle == nullptr) continue;  // white space or a comment
    Statement statement(*this, handle);
    KIEM_TRY(statement.run());
  }
  return {};
}

std::int64_t Connection::last_insert_rowid() const { return sqlite3_last_insert_rowid(impl_->handle); }
std::int64_t Connection::changes() const { return sqlite3_changes64(impl_->handle); }
std::uint64_t Connection::work() const { return impl_->work; }

bool Connection::in_transaction() const { return sqlite3_get_autocommit(impl_->handle) == 0; }

// --- transaction -----------------------------------------------------------------------------------------------------

Result<Transaction> Transaction::begin(Connection& connection) {
  connection.impl_->rolled_back_by.reset();
  KIEM_TRY_GET(Statement* const statement, connection.cached("BEGIN IMMEDIATE"));
  KIEM_TRY(statement->run());
  return Transaction(connection);
}

Transaction::Transaction(Transaction&& other) noexcept : connection_(std::exchange(other.connection_, nullptr)) {}

Transaction::~Transaction() {
  if (connection_ == nullptr || !connection_->in_transaction()) return;
  // In WAL mode a rollback forgets pages and writes nothing; should it still fail, SQLite keeps the connection in an
  // error state in which it commits nothing.
  sqlite3_exec(connection_->impl_->handle, "ROLLBACK", nullptr, nullptr, nullptr);
}

Status Transaction::commit() {
  KIEM_CHECK(connection_ != nullptr);
  KIEM_TRY(connection_->impl_->refuse_when_rolled_back());
  KIEM_TRY_GET(Statement* const statement, connection_->cached("COMMIT"));
  return statement->run();
}

// --- savepoint -------------------------------------------------------------------------------------------------------

Result<Savepoint> Savepoint::begin(Connection& connection) {
  KIEM_TRY(connection.impl_->refuse_when_rolled_back());
  KIEM_TRY_GET(Statement* const statement, connection.cached("SAVEPOINT part"));
  KIEM_TRY(statement->run());
  return Savepoint(connection);
}

Savepoint::Savepoint(Savepoint&& other) noexcept : connection_(std::exchange(other.connection_, nullptr)) {}

Savepoint::~Savepoint() {
  if (connection_ == nullptr || !connection_->in_transaction()) return;
  // As in a Transaction: should it fail, SQLite commits nothing of all that any more.
  sqlite3_exec(connection_->impl_->handle, "ROLLBACK TO part; RELEASE part", nullptr, nullptr, nullptr);
}

Status Savepoint::release() {
  KIEM_CHECK(connection_ != nullptr);
  KIEM_TRY(connection_->impl_->refuse_when_rolled_back());
  KIEM_TRY_GET(Statement* const statement, connection_->cached("RELEASE part"));
  KIEM_TRY(statement->run());
  connection_ = nullptr;
  return {};
}

// --- snapshot --------------------------------------------------------------------------------------------------------

Result<Snapshot> Snapshot::begin(Connection& connection) {
  if (connection.in_transaction()) return Snapshot(nullptr);
  KIEM_TRY_GET(Statement* const statement, connection.cached("BEGIN"));
  KIEM_TRY(statement->run());
  return Snapshot(&connection);
}

Snapshot::Snapshot(Snapshot&& other) noexcept : connection_(std::exchange(other.connection_, nullptr)) {}

Snapshot::~Snapshot() {
  if (connection_ == nullptr || !connection_->in_transaction()) return;
  // Nothing was written, so that nothing can be lost by it; it also ends statements that were left half way.
  sqlite3_exec(connection_->impl_->handle, "ROLLBACK", nullptr, nullptr, nullptr);
}

}  // namespace kiem
