// The database file as SQLite sees it: pages are opened on their way up (I1), and only a checkpoint writes (I3).
#include <algorithm>
#include <new>
#include <string_view>

#include "core/base/check.hpp"
#include "core/store/encrypted_vfs.hpp"
#include "core/store/vfs_files.hpp"

namespace kiem {
namespace {

constexpr int kSqliteHeaderBytes = 100;
constexpr int kCheckpointLock = 1;  // walformat.html 2.3

int close_main(sqlite3_file* file) {
  auto& main = main_file_of(file);
  auto& files = *main.files;
  files.wal_index().detach(main.wal_index);
  files.database_lock().lower(main.database_lock, DatabaseLock::Level::none);
  if (main.writer) files.release_writer();
  --files.open_files;
  main.~MainFile();
  return SQLITE_OK;
}

int read_one(MainFile& main, std::uint32_t page, PageSpan plain) {
  const int result = main.files->read_page(page, plain, main.ahead);
  if (result != SQLITE_IOERR_DATA) return result;
  if (main.healing) {
    std::ranges::fill(plain, std::uint8_t{0});
    return SQLITE_OK;
  }
  main.damaged_page = page;
  return result;
}

int read_main(sqlite3_file* file, void* to, int amount, sqlite3_int64 offset) {
  auto& main = main_file_of(file);
  const std::span<std::uint8_t> out(static_cast<std::uint8_t*>(to), static_cast<std::size_t>(amount));
  const auto at = static_cast<std::uint64_t>(offset);
  if (at == 0 && amount == kSqliteHeaderBytes) {
    const auto page = empty_database();  // I4
    std::copy_n(page.begin(), kSqliteHeaderBytes, out.begin());
    return SQLITE_OK;
  }
  const auto page = static_cast<std::uint32_t>(at / kPageBytes + 1);
  const auto within = static_cast<std::size_t>(at % kPageBytes);
  if (within == 0 && out.size() == kPageBytes) return read_one(main, page, out.first<kPageBytes>());
  // Parts of a page are asked for rarely (direct overflow reads, the change counter), and never across a border.
  if (within + out.size() > kPageBytes) return SQLITE_IOERR_READ;
  std::array<std::uint8_t, kPageBytes> plain;
  const int result = read_one(main, page, plain);
  if (result == SQLITE_IOERR_SHORT_READ) std::ranges::fill(out, std::uint8_t{0});
  if (result == SQLITE_OK) std::copy_n(plain.begin() + static_cast<std::ptrdiff_t>(within), out.size(), out.begin());
  return result;
}

int write_main(sqlite3_file* file, const void* from, int amount, sqlite3_int64 offset) {
  auto& main = main_file_of(file);
  if (!main.writer) return SQLITE_READONLY;
  const auto page = static_cast<std::uint32_t>(offset / static_cast<sqlite3_int64>(kPageBytes) + 1);
  const bool whole = amount == kPageBytes && offset % static_cast<sqlite3_int64>(kPageBytes) == 0;
  if (!main.checkpointing || !whole || page != main.copied_page) return SQLITE_IOERR_WRITE;  // I3
  const ByteView sealed(static_cast<const std::uint8_t*>(from), kPageBytes);
  return main.files->write_sealed_page(page, sealed.first<kPageBytes>());
}

int truncate_main(sqlite3_file* file, sqlite3_int64 size) {
  auto& main = main_file_of(file);
  if (!main.writer) return SQLITE_READONLY;
  if (size % static_cast<sqlite3_int64>(kPageBytes) != 0) return SQLITE_IOERR_TRUNCATE;
  return main.files->resize_main(static_cast<std::uint32_t>(size / static_cast<sqlite3_int64>(kPageBytes)));
}

int sync_main(sqlite3_file* file, int flags) { return main_file_of(file).files->sync_main(flags); }

int size_of_main(sqlite3_file* file, sqlite3_int64* size) {
  std::uint64_t bytes = 0;
  const int result = main_file_of(file).files->main_size(bytes);
  *size = static_cast<sqlite3_int64>(bytes);
  return result;
}

int lock_main(sqlite3_file* file, int level) {
  auto& main = main_file_of(file);
  const bool given = main.files->database_lock().raise(main.database_lock, static_cast<DatabaseLock::Level>(level));
  return given ? SQLITE_OK : SQLITE_BUSY;
}

int unlock_main(sqlite3_file* file, int level) {
  auto& main = main_file_of(file);
  main.files->database_lock().lower(main.database_lock, static_cast<DatabaseLock::Level>(level));
  return SQLITE_OK;
}

int check_reserved(sqlite3_file* file, int* answer) {
  *answer = main_file_of(file).files->database_lock().reserved() ? 1 : 0;
  return SQLITE_OK;
}

// A pragma that would change what the format fixes: refused with a sentence. The rest is SQLite's own business.
int refuse_pragma(char** words) {
  const std::string_view name = words[1];
  const char* value = words[2];
  if (value == nullptr) return SQLITE_NOTFOUND;
  const bool fixed = sqlite3_stricmp(words[1], "page_size") == 0 || sqlite3_stricmp(words[1], "locking_mode") == 0 ||
                     (sqlite3_stricmp(words[1], "journal_mode") == 0 && sqlite3_stricmp(value, "wal") != 0);
  if (!fixed) return SQLITE_NOTFOUND;
  words[0] = sqlite3_mprintf("%.*s is fixed by the format of the store", static_cast<int>(name.size()), name.data());
  return SQLITE_ERROR;
}

void start_checkpoint(MainFile& main) {
  main.checkpointing = true;
  main.copied_page = 0;
  main.files->begin_copying(main.files->wal_index().frames().committed);  // A3
}

int control_main(sqlite3_file* file, int what, void* argument) {
  auto& main = main_file_of(file);
  switch (what) {
    case SQLITE_FCNTL_CKPT_START:
      // A reader never checkpoints (F2); without the mark its copying is refused by write_main.
      if (main.writer) start_checkpoint(main);
      return SQLITE_OK;
    case SQLITE_FCNTL_CKPT_DONE:
      main.checkpointing = false;
      return SQLITE_OK;
    case SQLITE_FCNTL_PRAGMA:
      return refuse_pragma(static_cast<char**>(argument));
    case SQLITE_FCNTL_VFSNAME:
      *static_cast<char**>(argument) = sqlite3_mprintf("kiem");
      return SQLITE_OK;
    case kDamagedPage:
      *static_cast<std::uint32_t*>(argument) = main.damaged_page;
      return SQLITE_OK;
    case kHealing:
      if (!main.writer) return SQLITE_READONLY;
      main.healing = *static_cast<const int*>(argument) != 0;
      return SQLITE_OK;
    case kLatch:
      *static_cast<const std::atomic<bool>**>(argument) = &main.files->latch();
      return SQLITE_OK;
    default:
      // Size hints and chunk sizes among them: they would grow the file with zeros.
      return SQLITE_NOTFOUND;
  }
}

int map_index(sqlite3_file* file, int number, int bytes, int extend, void volatile** region) {
  auto& main = main_file_of(file);
  if (bytes != WalIndex::kRegionBytes) return SQLITE_IOERR_SHMMAP;
  try {
    *region = main.files->wal_index().region(main.wal_index, number, extend != 0);
  } catch (const std::bad_alloc&) {
    return SQLITE_NOMEM;
  }
  return SQLITE_OK;
}

int lock_index(sqlite3_file* file, int first, int count, int flags) {
  auto& main = main_file_of(file);
  auto& index = main.files->wal_index();
  if ((flags & SQLITE_SHM_UNLOCK) != 0) {
    index.unlock(main.wal_index, first, count);
    main.ahead.forget();
    // However a checkpoint ended, with its lock the mark goes: pages are opened again from here on.
    if (first <= kCheckpointLock && kCheckpointLock < first + count) main.checkpointing = false;
    return SQLITE_OK;
  }
  return index.lock(main.wal_index, first, count, (flags & SQLITE_SHM_EXCLUSIVE) != 0) ? SQLITE_OK : SQLITE_BUSY;
}

void index_barrier(sqlite3_file* file) { main_file_of(file).files->wal_index().barrier(); }

int unmap_index(sqlite3_file* file, int) {
  auto& main = main_file_of(file);
  main.files->wal_index().detach(main.wal_index);
  return SQLITE_OK;
}

// Version 2: with shared memory, without xFetch (C4).
constexpr sqlite3_io_methods kMainMethods = {
    .iVersion = 2,
    .xClose = close_main,
    .xRead = read_main,
    .xWrite = write_main,
    .xTruncate = truncate_main,
    .xSync = sync_main,
    .xFileSize = size_of_main,
    .xLock = lock_main,
    .xUnlock = unlock_main,
    .xCheckReservedLock = check_reserved,
    .xFileControl = control_main,
    .xSectorSize = sector_size,
    .xDeviceCharacteristics = characteristics,
    .xShmMap = map_index,
    .xShmLock = lock_index,
    .xShmBarrier = index_barrier,
    .xShmUnmap = unmap_index,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

}  // namespace

void make_main_file(sqlite3_file* memory, StoreFiles& files, bool writer) {
  auto* main = new (memory) MainFile;
  main->base.pMethods = &kMainMethods;
  main->files = &files;
  main->writer = writer;
  ++files.open_files;
}

MainFile& main_file_of(sqlite3_file* file) {
  KIEM_CHECK(file->pMethods == &kMainMethods);
  return *reinterpret_cast<MainFile*>(file);
}

}  // namespace kiem
