#include "core/store/encrypted_vfs.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "core/base/check.hpp"
#include "core/store/vfs_files.hpp"

namespace kiem {
namespace {

StoreFiles& files_of(sqlite3_vfs* vfs) { return *static_cast<StoreFiles*>(vfs->pAppData); }
sqlite3_vfs* parent_of(sqlite3_vfs* vfs) { return files_of(vfs).parent(); }

int open_main(StoreFiles& files, sqlite3_file* file, int flags, int* given) {
  const bool writer = (flags & SQLITE_OPEN_READWRITE) != 0;
  if (writer && !files.claim_writer()) return SQLITE_BUSY;  // F2
  make_main_file(file, files, writer);
  if (given != nullptr) *given = flags;
  return SQLITE_OK;
}

int open_wal(StoreFiles& files, const char* name, sqlite3_file* file, int flags, int* given) {
  MainFile& main = main_file_of(sqlite3_database_file_object(name));
  try {
    if (const int failed = files.open_log(); failed != SQLITE_OK) return failed;
  } catch (const std::bad_alloc&) {
    return SQLITE_NOMEM;
  }
  make_wal_file(file, files, main);
  if (given != nullptr) *given = flags;
  return SQLITE_OK;
}

int open_file(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* given) {
  file->pMethods = nullptr;
  auto& files = files_of(vfs);
  const auto is = [name](const char* known) { return name != nullptr && std::strcmp(name, known) == 0; };
  if ((flags & SQLITE_OPEN_MAIN_DB) != 0 && is(files.names().main())) return open_main(files, file, flags, given);
  if ((flags & SQLITE_OPEN_WAL) != 0 && is(files.names().log())) return open_wal(files, name, file, flags, given);
  return SQLITE_CANTOPEN;  // C2
}

int delete_file(sqlite3_vfs* vfs, const char* name, int) {
  auto& files = files_of(vfs);
  if (std::strcmp(name, files.names().log()) != 0) return SQLITE_IOERR_DELETE;
  return files.delete_log();
}

int access_file(sqlite3_vfs* vfs, const char* name, int flags, int* answer) {
  auto& files = files_of(vfs);
  *answer = 0;  // C2: whatever else lies there is not seen
  if (std::strcmp(name, files.names().log()) != 0) return SQLITE_OK;
  return files.parent()->xAccess(files.parent(), name, flags, answer);
}

int full_path(sqlite3_vfs* vfs, const char* name, int size, char* out) {
  return parent_of(vfs)->xFullPathname(parent_of(vfs), name, size, out);
}

// No extension is ever loaded through a store.
void* no_library(sqlite3_vfs*, const char*) { return nullptr; }
void library_error(sqlite3_vfs*, int size, char* message) {
  sqlite3_snprintf(size, message, "extensions are not loaded here");
}
void (*no_symbol(sqlite3_vfs*, void*, const char*))() { return nullptr; }
void close_library(sqlite3_vfs*, void*) {}

int randomness(sqlite3_vfs* vfs, int size, char* out) { return parent_of(vfs)->xRandomness(parent_of(vfs), size, out); }
int pass_time(sqlite3_vfs* vfs, int microseconds) { return parent_of(vfs)->xSleep(parent_of(vfs), microseconds); }
int current_time(sqlite3_vfs* vfs, double* days) { return parent_of(vfs)->xCurrentTime(parent_of(vfs), days); }
int last_error(sqlite3_vfs* vfs, int size, char* message) {
  return parent_of(vfs)->xGetLastError(parent_of(vfs), size, message);
}

void put(std::array<std::uint8_t, kPageBytes>& page, std::size_t at, std::initializer_list<std::uint8_t> bytes) {
  std::ranges::copy(bytes, page.begin() + static_cast<std::ptrdiff_t>(at));
}

// SQLite would count every byte it asks for, under a lock, and nobody here wants to know: a twentieth of a merge. Taken
// by SQLite until it is first used, by us or whoever else is in this program, and refused after that.
void count_no_memory() {
  static const bool asked = [] { return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) == SQLITE_OK; }();
  static_cast<void>(asked);
}

}  // namespace

EncryptedVfs::EncryptedVfs(StoreFiles& files) : vfs_(std::make_unique<sqlite3_vfs>()) {
  // A name per object, for the address is its own as long as it lives.
  name_ = "kiem-" + std::to_string(reinterpret_cast<std::uintptr_t>(this));
  sqlite3_vfs* parent = files.parent();
  vfs_->iVersion = 1;
  vfs_->szOsFile = static_cast<int>(std::max(sizeof(MainFile), sizeof(WalFile)));
  vfs_->mxPathname = parent->mxPathname;
  vfs_->zName = name_.c_str();
  vfs_->pAppData = &files;
  vfs_->xOpen = open_file;
  vfs_->xDelete = delete_file;
  vfs_->xAccess = access_file;
  vfs_->xFullPathname = full_path;
  vfs_->xDlOpen = no_library;
  vfs_->xDlError = library_error;
  vfs_->xDlSym = no_symbol;
  vfs_->xDlClose = close_library;
  vfs_->xRandomness = randomness;
  vfs_->xSleep = pass_time;
  vfs_->xCurrentTime = current_time;
  vfs_->xGetLastError = last_error;
  count_no_memory();
  KIEM_CHECK(sqlite3_vfs_register(vfs_.get(), 0) == SQLITE_OK);
}

EncryptedVfs::~EncryptedVfs() { sqlite3_vfs_unregister(vfs_.get()); }

std::array<std::uint8_t, kPageBytes> empty_database() {
  // File format 1.3, and 1.6 for the empty table leaf that sqlite_schema is.
  std::array<std::uint8_t, kPageBytes> page{};
  std::ranges::copy(std::to_array("SQLite format 3"), page.begin());  // with its closing zero
  put(page, 16, {kPageBytes >> 8U, kPageBytes & 255U});
  put(page, 18, {2, 2});  // WAL for writing and for reading
  put(page, 20, {kReserveBytes, 64, 32, 32});
  put(page, 31, {1});  // size in pages
  put(page, 100, {0x0D});
  put(page, 105, {kContentBytes >> 8U, kContentBytes & 255U});
  return page;
}

}  // namespace kiem
