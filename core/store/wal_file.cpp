// The log as SQLite sees it. SQLite writes a frame as a head of 24 bytes and then a page; on disk a frame is one seal
// and one write. Offsets differ only by the longer sealed head of the log.
#include <algorithm>
#include <new>

#include "core/base/check.hpp"
#include "core/store/vfs_files.hpp"

namespace kiem {
namespace {

constexpr std::uint64_t kLongerHead = kSealedLogHeadBytes - kLogHeadBytes;

WalFile& wal_file_of(sqlite3_file* file) { return *reinterpret_cast<WalFile*>(file); }

struct Frame {
  std::array<std::uint8_t, kFrameHeadBytes> head;
  std::array<std::uint8_t, kPageBytes> page;
};

// Reads and opens a frame. SQLITE_IOERR_DATA when a seal does not fit.
int open_frame(WalFile& wal, std::uint32_t number, Frame& frame) {
  std::array<std::uint8_t, kFrameBytes> sealed;
  auto& files = *wal.files;
  if (const int failed = files.read_frame(number, sealed); failed != SQLITE_OK) return failed;
  if (!files.cipher().open_frame_head(files.place_of(number), sealed, frame.head)) return SQLITE_IOERR_DATA;
  const auto page = big_endian_32(frame.head.data());
  if (!files.cipher().open_frame_page(page, sealed, frame.page)) {
    wal.main->damaged_page = page;
    return SQLITE_IOERR_DATA;
  }
  return SQLITE_OK;
}

// A frame of a transaction that is not committed yet is changed in place (a page spilled twice, checksums redone after
// that): opened, changed and sealed again with a fresh nonce (C1).
int change_frame(WalFile& wal, std::uint32_t number, const std::uint8_t* head, const std::uint8_t* page) {
  Frame frame;
  if (const int failed = open_frame(wal, number, frame); failed != SQLITE_OK) return failed;
  if (head != nullptr) std::copy_n(head, kFrameHeadBytes, frame.head.begin());
  if (page != nullptr) std::copy_n(page, kPageBytes, frame.page.begin());
  return wal.files->write_frame(number, frame.head, frame.page);
}

// A head whose page did not follow changes the head of a frame that is there.
int flush_pending(WalFile& wal) {
  if (wal.pending_frame == 0) return SQLITE_OK;
  const auto number = wal.pending_frame;
  wal.pending_frame = 0;
  return change_frame(wal, number, wal.pending_head.data(), nullptr);
}

int read_head(WalFile& wal, std::uint64_t at, std::span<std::uint8_t> out) {
  if (at + out.size() > kLogHeadBytes) return SQLITE_IOERR_READ;
  std::array<std::uint8_t, kLogHeadBytes> head;
  if (const int failed = wal.files->read_log_head(head); failed != SQLITE_OK) return failed;
  if (generation_of(head) != wal.files->generation()) return SQLITE_IOERR_DATA;  // A1
  std::copy_n(head.begin() + static_cast<std::ptrdiff_t>(at), out.size(), out.begin());
  return SQLITE_OK;
}

// The page of a frame as it lies, for a checkpoint (I3).
int read_sealed_page(WalFile& wal, std::uint32_t number, PageSpan out) {
  std::array<std::uint8_t, kFrameBytes> sealed;
  auto& files = *wal.files;
  if (const int failed = files.read_frame(number, sealed); failed != SQLITE_OK) return failed;
  std::array<std::uint8_t, kFrameHeadBytes> head;
  if (!files.cipher().open_frame_head(files.place_of(number), sealed, head)) return SQLITE_IOERR_DATA;
  wal.main->copied_page = big_endian_32(head.data());
  page_of_frame(sealed, out);
  return SQLITE_OK;
}

int read_page(WalFile& wal, std::uint32_t number, PageSpan out) {
  if (wal.main->checkpointing) return read_sealed_page(wal, number, out);
  std::array<std::uint8_t, kFrameBytes> sealed;
  auto& files = *wal.files;
  if (const int failed = files.read_frame(number, sealed); failed != SQLITE_OK) return failed;
  std::array<std::uint8_t, kFrameHeadBytes> head;
  if (!files.cipher().open_frame_head(files.place_of(number), sealed, head)) return SQLITE_IOERR_DATA;
  const auto page = big_endian_32(head.data());
  if (files.cipher().open_frame_page(page, sealed, out)) return SQLITE_OK;
  if (wal.main->healing) {
    std::ranges::fill(out, std::uint8_t{0});
    return SQLITE_OK;
  }
  wal.main->damaged_page = page;
  return SQLITE_IOERR_DATA;
}

int read_wal(sqlite3_file* file, void* to, int amount, sqlite3_int64 offset) {
  auto& wal = wal_file_of(file);
  if (const int failed = flush_pending(wal); failed != SQLITE_OK) return failed;
  const std::span<std::uint8_t> out(static_cast<std::uint8_t*>(to), static_cast<std::size_t>(amount));
  const auto at = static_cast<std::uint64_t>(offset);
  if (at < kLogHeadBytes) return read_head(wal, at, out);

  const auto number = static_cast<std::uint32_t>((at - kLogHeadBytes) / kFrameBytes + 1);
  const auto within = static_cast<std::size_t>((at - kLogHeadBytes) % kFrameBytes);
  if (within + out.size() > kFrameBytes) return SQLITE_IOERR_READ;
  int result = SQLITE_OK;
  if (within == kFrameHeadBytes && out.size() == kPageBytes) {
    result = read_page(wal, number, out.first<kPageBytes>());
  } else {
    Frame frame;
    result = open_frame(wal, number, frame);
    if (result == SQLITE_IOERR_DATA && out.size() == kFrameBytes) {
      // Only recovery asks for a whole frame: what does not fit is where the log ends (I5).
      wal.main->damaged_page = 0;
      frame = {};
      result = SQLITE_OK;
    }
    for (std::size_t i = 0; result == SQLITE_OK && i < out.size(); ++i) {
      const auto from = within + i;
      out[i] = from < kFrameHeadBytes ? frame.head[from] : frame.page[from - kFrameHeadBytes];
    }
  }
  if (result == SQLITE_IOERR_SHORT_READ) std::ranges::fill(out, std::uint8_t{0});
  return result;
}

int write_wal(sqlite3_file* file, const void* from, int amount, sqlite3_int64 offset) {
  auto& wal = wal_file_of(file);
  if (!wal.main->writer) return SQLITE_READONLY;
  const auto at = static_cast<std::uint64_t>(offset);
  const ByteView in(static_cast<const std::uint8_t*>(from), static_cast<std::size_t>(amount));
  if (at == 0 && in.size() == kLogHeadBytes) {
    wal.pending_frame = 0;  // of a generation that is over
    return wal.files->write_log_head(in.first<kLogHeadBytes>());
  }
  if (at < kLogHeadBytes) return SQLITE_IOERR_WRITE;

  const auto number = static_cast<std::uint32_t>((at - kLogHeadBytes) / kFrameBytes + 1);
  const auto within = static_cast<std::size_t>((at - kLogHeadBytes) % kFrameBytes);
  if (within == 0 && in.size() == kFrameHeadBytes) {
    if (const int failed = flush_pending(wal); failed != SQLITE_OK) return failed;
    wal.pending_frame = number;
    std::ranges::copy(in, wal.pending_head.begin());
    return SQLITE_OK;
  }
  // Anything else is not a write that SQLite makes on a device with powersafe overwrite, as ours is.
  if (within != kFrameHeadBytes || in.size() != kPageBytes) return SQLITE_IOERR_WRITE;
  const auto page = in.first<kPageBytes>();
  if (wal.pending_frame == number) {
    wal.pending_frame = 0;
    return wal.files->write_frame(number, wal.pending_head, page);
  }
  if (const int failed = flush_pending(wal); failed != SQLITE_OK) return failed;
  return change_frame(wal, number, nullptr, page.data());
}

int truncate_wal(sqlite3_file* file, sqlite3_int64 size) {
  auto& wal = wal_file_of(file);
  if (!wal.main->writer) return SQLITE_READONLY;
  if (const int failed = flush_pending(wal); failed != SQLITE_OK) return failed;
  const auto bytes = static_cast<std::uint64_t>(size);
  return wal.files->truncate_log(bytes < kLogHeadBytes ? 0 : bytes + kLongerHead);
}

int sync_wal(sqlite3_file* file, int flags) {
  auto& wal = wal_file_of(file);
  if (!wal.main->writer) return SQLITE_READONLY;  // asked to checkpoint: the anchor is the writer's to move
  if (const int failed = flush_pending(wal); failed != SQLITE_OK) return failed;
  return wal.files->sync_log(flags);
}

int size_of_wal(sqlite3_file* file, sqlite3_int64* size) {
  std::uint64_t bytes = 0;
  const int result = wal_file_of(file).files->log_size(bytes);
  *size = bytes < kSealedLogHeadBytes ? 0 : static_cast<sqlite3_int64>(bytes - kLongerHead);
  return result;
}

int close_wal(sqlite3_file* file) {
  auto& wal = wal_file_of(file);
  auto& files = *wal.files;
  wal.~WalFile();
  files.close_log();
  --files.open_files;
  return SQLITE_OK;
}

int no_lock(sqlite3_file*, int) { return SQLITE_OK; }

int nothing_reserved(sqlite3_file*, int* answer) {
  *answer = 0;
  return SQLITE_OK;
}

int no_control(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }

constexpr sqlite3_io_methods kWalMethods = {
    .iVersion = 1,
    .xClose = close_wal,
    .xRead = read_wal,
    .xWrite = write_wal,
    .xTruncate = truncate_wal,
    .xSync = sync_wal,
    .xFileSize = size_of_wal,
    .xLock = no_lock,
    .xUnlock = no_lock,
    .xCheckReservedLock = nothing_reserved,
    .xFileControl = no_control,
    .xSectorSize = sector_size,
    .xDeviceCharacteristics = characteristics,
    .xShmMap = nullptr,
    .xShmLock = nullptr,
    .xShmBarrier = nullptr,
    .xShmUnmap = nullptr,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

}  // namespace

void make_wal_file(sqlite3_file* memory, StoreFiles& files, MainFile& main) {
  auto* wal = new (memory) WalFile;
  wal->base.pMethods = &kWalMethods;
  wal->files = &files;
  wal->main = &main;
  ++files.open_files;
}

}  // namespace kiem
