// What all connections of one open store share beneath SQLite: the two descriptors, the keys, the header with the
// log's anchor, the wal-index, the locks, and the latch that ends writing after a failure.
//
// Owned by Store and outlives every connection. Reading is for any thread; whatever writes (pages, frames, anchor) is
// for the thread of the one writer. Results are SQLite's codes: callers stand between SQLite and the parent VFS.
// The rules kept here are the numbered invariants of encrypted_vfs.hpp.
#pragma once

#include <atomic>

#include "core/store/database_lock.hpp"
#include "core/store/frame_table.hpp"
#include "core/store/header.hpp"
#include "core/store/page_sum.hpp"
#include "core/store/parent_file.hpp"
#include "core/store/read_ahead.hpp"
#include "core/store/wal_index.hpp"

namespace kiem {

// SQLite's lock-byte page at 1 GiB: never read, never written, never sealed (file format 1.4).
constexpr std::uint32_t kLockBytePage = 0x40000000 / kPageBytes + 1;

// Where a page and a frame lie in the files; pages and frames are counted from 1.
[[nodiscard]] constexpr std::uint64_t page_at(std::uint32_t page) { return kPagesAt + (page - 1ULL) * kPageBytes; }
[[nodiscard]] constexpr std::uint64_t frame_at(std::uint32_t frame) {
  return kSealedLogHeadBytes + (frame - 1ULL) * kFrameBytes;
}

// The generation that a log head begins.
[[nodiscard]] inline LogGeneration generation_of(std::span<const std::uint8_t, kLogHeadBytes> head) {
  return *id_from<LogGeneration>(head.subspan<12, LogGeneration::kSize>());
}

class StoreFiles {
 public:
  StoreFiles(sqlite3_vfs* parent, std::unique_ptr<FileNames> names, std::unique_ptr<ParentFile> main,
             const FoundHeader& found, const StoreState& state, ByteView data_key, Rng& rng);

  // --- names, parent, locks -------------------------------------------------------------------------------------
  [[nodiscard]] sqlite3_vfs* parent() const { return parent_; }
  [[nodiscard]] const FileNames& names() const { return *names_; }
  [[nodiscard]] DatabaseLock& database_lock() { return database_lock_; }
  [[nodiscard]] WalIndex& wal_index() { return wal_index_; }
  // False when a connection that may write is open already. Each true is followed by one release_writer().
  [[nodiscard]] bool claim_writer() { return !writer_open_.exchange(true); }
  void release_writer() { writer_open_ = false; }
  // Connections count themselves, so that the store can hold that none outlives it.
  std::atomic<int> open_files = 0;

  // --- database file ----------------------------------------------------------------------------------------------
  // Whole pages in the file, and its size as SQLite is to see it.
  [[nodiscard]] int pages(std::uint32_t& count);
  [[nodiscard]] int main_size(std::uint64_t& bytes);
  // SQLITE_IOERR_DATA: the page does not fit its seal, or was cut off. SQLITE_IOERR_SHORT_READ and zeros: this page was
  // never written (it was freed by the transaction that took it).
  // `ahead` belongs to who reads.
  [[nodiscard]] int read_page(std::uint32_t page, PageSpan plain, ReadAhead& ahead);
  // A page on its way from the log, sealed already; one that the sum does not count on is refused.
  [[nodiscard]] int write_sealed_page(std::uint32_t page, PageView sealed);
  // Shorter only: what a database gains, a checkpoint has brought or filled in before.
  [[nodiscard]] int resize_main(std::uint32_t pages);
  [[nodiscard]] int sync_main(int flags);

  // --- log --------------------------------------------------------------------------------------------------------
  // The log's descriptor is opened with the first handle and closed with the last.
  [[nodiscard]] int open_log();
  void close_log();
  [[nodiscard]] int delete_log();
  // Empties a log that holds nothing the database has not, on disk, without touching the anchor.
  [[nodiscard]] int empty_log();
  [[nodiscard]] int log_size(std::uint64_t& bytes) { return log_->size(bytes); }
  // SQLITE_IOERR_DATA: no head of ours is there.
  [[nodiscard]] int read_log_head(std::span<std::uint8_t, kLogHeadBytes> head);
  [[nodiscard]] int write_log_head(std::span<const std::uint8_t, kLogHeadBytes> head);
  [[nodiscard]] int read_frame(std::uint32_t frame, FrameSpan sealed);
  [[nodiscard]] int write_frame(std::uint32_t frame, std::span<const std::uint8_t, kFrameHeadBytes> head,
                                PageView plain);
  [[nodiscard]] FramePlace place_of(std::uint32_t frame) const { return {generation(), frame}; }
  [[nodiscard]] int sync_log(int flags);
  // size 0 settles the anchor first.
  [[nodiscard]] int truncate_log(std::uint64_t size);

  // --- key slots ---------------------------------------------------------------------------------------------------
  [[nodiscard]] const StoreHeader& header() const { return header_; }
  // New key slots, durable in both copies when it returns: what opened the store before must not live on in the other.
  [[nodiscard]] int write_slots(const std::array<Slot, kSlots>& slots);

  // --- anchor -----------------------------------------------------------------------------------------------------
  [[nodiscard]] LogGeneration generation() const;
  // For the thread of the writer.
  [[nodiscard]] const StoreState& state() const { return state_; }
  // Frames up to this one are about to be copied into the database.
  void begin_copying(std::uint32_t frames) { copying_frames_ = frames; }

  // --- sum of the pages (expected_pages.cpp) ---------------------------------------------------------------------
  // What a log that is taken up holds, before any connection is open: its committed frames in turn, then
  // frames_remembered() once. Throws std::bad_alloc.
  void remember_frame(std::uint32_t number, const FrameEntry& entry) { frames_.put(number, entry); }
  void frames_remembered() { frames_.copied(state_.copied_frames); }
  // The sum as database and log make it now. It is state().sum, or a page was put back.
  [[nodiscard]] int sum_pages(PageSum& sum);
  // Takes the pages as they are for the right ones, for when nobody can know better.
  [[nodiscard]] int accept_pages();

  [[nodiscard]] const PageCipher& cipher() const { return cipher_; }
  // Set after a write, sync or cut failed: nothing is written any more until the store is opened anew. Lives as long as
  // this.
  [[nodiscard]] const std::atomic<bool>& latch() const { return latched_; }

 private:
  [[nodiscard]] int open_read_page(std::uint32_t page, PageView sealed, PageSpan plain) const;
  [[nodiscard]] int write_main(ByteView from, std::uint64_t at);
  [[nodiscard]] int expect_copies(std::uint32_t frames);
  [[nodiscard]] int expected_tag(std::uint32_t page, PageTag& tag);
  [[nodiscard]] int take_from(PageSum& sum, std::uint32_t page);
  [[nodiscard]] int fill_page(std::uint32_t page, PageTag& tag);
  // Writes `header` with the next sequence number, and `next`, into the older copy; both count only when that worked.
  [[nodiscard]] int write_block(StoreHeader header, const StoreState& next, bool sync);
  [[nodiscard]] int write_state(const StoreState& next, bool sync) { return write_block(header_, next, sync); }
  [[nodiscard]] int settle();
  [[nodiscard]] int sync_log_file(int flags);
  [[nodiscard]] int latch_on(int result);

  sqlite3_vfs* parent_;
  std::unique_ptr<FileNames> names_;
  std::unique_ptr<ParentFile> main_;
  std::unique_ptr<ParentFile> log_;
  std::mutex log_mutex_;  // guards opening and closing of log_
  int log_handles_ = 0;

  StoreHeader header_;
  StoreState state_;
  std::size_t newest_copy_;
  // Header bytes that were written and not synced: the other copy must not be touched before they are. True at first,
  // because whoever wrote before us may have died before its sync.
  bool header_unsynced_ = true;
  SecretBytes header_key_;
  Rng& rng_;
  PageCipher cipher_;
  PageHash page_hash_;
  FrameTable frames_;
  mutable std::mutex generation_mutex_;  // the writer changes the generation, readers look at it
  bool head_unconfirmed_ = false;        // a log head was written and its first sync has not come yet
  std::uint32_t copying_frames_ = 0;
  std::atomic<std::uint32_t> synced_pages_;  // pages that a sync of the file has covered
  // Counts before and after each write and cut of the file: what was read in between is told apart from what is there.
  std::atomic<std::uint64_t> changes_ = 0;

  DatabaseLock database_lock_;
  WalIndex wal_index_;
  std::atomic<bool> writer_open_ = false;
  std::atomic<bool> latched_ = false;
};

}  // namespace kiem
