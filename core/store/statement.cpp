#include <sqlite3.h>

#include <limits>

#include "core/base/check.hpp"
#include "core/store/connection_impl.hpp"
#include "core/store/sqlite.hpp"

namespace kiem {

Statement::Statement(Statement&& other) noexcept
    : owner_(other.owner_), handle_(std::exchange(other.handle_, nullptr)) {}

Statement& Statement::operator=(Statement&& other) noexcept {
  std::swap(owner_, other.owner_);
  std::swap(handle_, other.handle_);
  return *this;
}

Statement::~Statement() { sqlite3_finalize(handle_); }

Statement& Statement::bind(int index, std::int64_t value) {
  owner_->impl_->note_bind(sqlite3_bind_int64(handle_, index, value));
  return *this;
}

Statement& Statement::bind(int index, ByteView blob) {
  // A null pointer would bind NULL where an empty blob is meant.
  const void* data = blob.empty() ? static_cast<const void*>("") : blob.data();
  owner_->impl_->note_bind(sqlite3_bind_blob64(handle_, index, data, blob.size(), SQLITE_TRANSIENT));
  return *this;
}

Statement& Statement::bind(int index, std::string_view text) {
  const char* data = text.empty() ? "" : text.data();
  owner_->impl_->note_bind(sqlite3_bind_text64(handle_, index, data, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
  return *this;
}

Statement& Statement::bind_null(int index) {
  owner_->impl_->note_bind(sqlite3_bind_null(handle_, index));
  return *this;
}

Result<bool> Statement::step() {
  auto& impl = *owner_->impl_;
  int result = impl.take_bind_failure();
  if (result == SQLITE_OK) result = sqlite3_step(handle_);
  impl.work += static_cast<std::uint64_t>(sqlite3_stmt_status(handle_, SQLITE_STMTSTATUS_VM_STEP, 1));
  if (result == SQLITE_ROW) return true;
  if (result == SQLITE_DONE) {
    sqlite3_reset(handle_);
    return false;
  }
  // Reset after the error was read: it would overwrite what the connection says of it.
  auto error = impl.error_of(result);
  sqlite3_reset(handle_);
  return tl::unexpected<Error>(std::move(error));
}

Status Statement::run() {
  while (true) {
    KIEM_TRY_GET(const bool row, step());
    if (!row) return {};
  }
}

void Statement::reset() { sqlite3_reset(handle_); }

bool Statement::is_null(int column) const { return sqlite3_column_type(handle_, column) == SQLITE_NULL; }

ColumnType Statement::type(int column) const {
  switch (sqlite3_column_type(handle_, column)) {
    case SQLITE_NULL:
      return ColumnType::null;
    case SQLITE_INTEGER:
      return ColumnType::integer;
    case SQLITE_TEXT:
      return ColumnType::text;
    case SQLITE_BLOB:
      return ColumnType::blob;
    default:
      KIEM_UNREACHABLE("a floating-point number in a table");
  }
}

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(handle_, column); }

ByteView Statement::blob(int column) const {
  // First the pointer, then the length, as SQLite's documentation asks.
  const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(handle_, column));
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
}

std::string_view Statement::text(int column) const {
  const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(handle_, column));
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
}

int Statement::columns() const { return sqlite3_column_count(handle_); }

}  // namespace kiem
