#include "core/store/store_files.hpp"

#include <algorithm>
#include <new>

#include "core/base/check.hpp"

namespace kiem {

StoreFiles::StoreFiles(sqlite3_vfs* parent, std::unique_ptr<FileNames> names, std::unique_ptr<ParentFile> main,
                       const FoundHeader& found, const StoreState& state, ByteView data_key, Rng& rng)
    : parent_(parent),
      names_(std::move(names)),
      main_(std::move(main)),
      header_(found.header),
      state_(state),
      newest_copy_(found.copy),
      header_key_(header_key_of(data_key)),
      rng_(rng),
      cipher_(data_key, found.header.id, found.header.epoch, rng),
      page_hash_(data_key, found.header.epoch),
      synced_pages_(state.pages) {}

int StoreFiles::latch_on(int result) {
  // A full disk refuses and harms nothing; after anything else, memory and disk may disagree (fsync tells once only).
  if (result != SQLITE_OK && result != SQLITE_FULL) latched_ = true;
  return result;
}

// --- database file ---------------------------------------------------------------------------------------------------

int StoreFiles::main_size(std::uint64_t& bytes) {
  const int result = main_->size(bytes);
  bytes = bytes > kPagesAt ? bytes - kPagesAt : 0;
  return result;
}

int StoreFiles::pages(std::uint32_t& count) {
  std::uint64_t bytes = 0;
  const int result = main_size(bytes);
  count = static_cast<std::uint32_t>(bytes / kPageBytes);
  return result;
}

int StoreFiles::open_read_page(std::uint32_t page, PageView sealed, PageSpan plain) const {
  return cipher_.open_page(page, sealed, plain) ? SQLITE_OK : SQLITE_IOERR_DATA;
}

int StoreFiles::read_page(std::uint32_t page, PageSpan plain, ReadAhead& ahead) {
  const std::uint64_t changes = changes_;
  if (const auto* sealed = ahead.find(page, changes)) {
    return open_read_page(page, PageView(sealed, kPageBytes), plain);
  }
  // At the end of the file, and where reading fails, the page is read alone, and what is wrong with it is said there.
  if (const auto pages = ahead.room(); !pages.empty() && main_->read(pages, page_at(page)) == SQLITE_OK) {
    ahead.keep(page, changes);
    return open_read_page(page, PageView(pages.data(), kPageBytes), plain);
  }
  const int result = main_->read(plain, page_at(page));
  if (result == SQLITE_IOERR_SHORT_READ) {
    std::uint64_t size = 0;
    if (const int failed = main_->size(size); failed != SQLITE_OK) return failed;
    const bool never_written = page > synced_pages_ && size <= page_at(page);
    return never_written ? SQLITE_IOERR_SHORT_READ : SQLITE_IOERR_DATA;
  }
  if (result != SQLITE_OK) return result;
  return open_read_page(page, plain, plain);
}

int StoreFiles::write_main(ByteView from, std::uint64_t at) {
  if (latched_) return SQLITE_IOERR_WRITE;
  ++changes_;
  const int result = latch_on(main_->write(from, at));
  ++changes_;
  return result;
}

int StoreFiles::write_sealed_page(std::uint32_t page, PageView sealed) {
  if (copying_frames_ > state_.copied_frames) {
    try {
      if (const int failed = expect_copies(copying_frames_); failed != SQLITE_OK) return failed;  // A3, S2
    } catch (const std::bad_alloc&) {
      return SQLITE_NOMEM;
    }
  }
  if (page > state_.summed_pages) return SQLITE_IOERR_WRITE;
  return write_main(sealed, page_at(page));
}

int StoreFiles::resize_main(std::uint32_t wanted) {
  std::uint32_t now = 0;
  if (const int failed = pages(now); failed != SQLITE_OK) return failed;
  if (latched_ || wanted > now || wanted < state_.summed_pages) return SQLITE_IOERR_TRUNCATE;
  if (wanted < state_.pages) {
    // The header must stop vouching for pages before they go.
    auto next = state_;
    next.pages = wanted;
    if (const int failed = write_state(next, true); failed != SQLITE_OK) return failed;
  }
  synced_pages_ = std::min(synced_pages_.load(), wanted);
  ++changes_;
  const int result = latch_on(main_->truncate(page_at(wanted + 1)));
  ++changes_;
  return result;
}

int StoreFiles::sync_main(int flags) {
  if (latched_) return SQLITE_IOERR_FSYNC;
  std::uint32_t now = 0;
  if (const int failed = pages(now); failed != SQLITE_OK) return failed;
  const int result = main_->sync(flags);
  if (result != SQLITE_OK) {
    latched_ = true;
    return result;
  }
  header_unsynced_ = false;
  synced_pages_ = now;
  return SQLITE_OK;
}

// --- anchor ----------------------------------------------------------------------------------------------------------

LogGeneration StoreFiles::generation() const {
  const std::lock_guard guard(generation_mutex_);
  return state_.current;
}

int StoreFiles::write_slots(const std::array<Slot, kSlots>& slots) {
  auto header = header_;
  header.slots = slots;
  for (std::size_t copy = 0; copy < kHeaderCopies; ++copy) {
    if (const int failed = write_block(header, state_, true); failed != SQLITE_OK) return failed;
  }
  return SQLITE_OK;
}

int StoreFiles::write_block(StoreHeader header, const StoreState& next, bool sync) {
  if (header_unsynced_) {
    if (const int failed = sync_main(SQLITE_SYNC_NORMAL); failed != SQLITE_OK) return failed;
  }
  header.sequence = header_.sequence + 1;
  const auto copy = kHeaderCopies - 1 - newest_copy_;
  const auto block = encode_header(header, next, header_key_.view(), rng_);
  header_unsynced_ = true;
  if (const int failed = write_main(block, copy * kHeaderBlockBytes); failed != SQLITE_OK) return failed;
  if (sync) {
    if (const int failed = sync_main(SQLITE_SYNC_NORMAL); failed != SQLITE_OK) return failed;
  }
  header_ = header;
  newest_copy_ = copy;
  const std::lock_guard guard(generation_mutex_);
  state_ = next;
  return SQLITE_OK;
}

int StoreFiles::settle() {
  if (state_.phase == LogPhase::settled) return SQLITE_OK;
  auto next = state_;
  next.phase = LogPhase::settled;
  next.copied_frames = 0;
  next.pages = synced_pages_;
  // Into both copies: with one of them damaged the other must not ask for a log that is gone.
  for (std::size_t copy = 0; copy < kHeaderCopies; ++copy) {
    if (const int failed = write_state(next, true); failed != SQLITE_OK) return failed;
  }
  return SQLITE_OK;
}

// --- log -------------------------------------------------------------------------------------------------------------

int StoreFiles::open_log() {
  const std::lock_guard guard(log_mutex_);
  if (log_ == nullptr) {
    const int result =
        ParentFile::open(parent_, names_->log(), SQLITE_OPEN_WAL | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, log_);
    if (result != SQLITE_OK) return result;
  }
  ++log_handles_;
  return SQLITE_OK;
}

void StoreFiles::close_log() {
  const std::lock_guard guard(log_mutex_);
  if (--log_handles_ == 0) log_.reset();
}

int StoreFiles::delete_log() {
  KIEM_CHECK(log_handles_ == 0);
  if (const int failed = settle(); failed != SQLITE_OK) return failed;
  return parent_->xDelete(parent_, names_->log(), 0);
}

int StoreFiles::read_log_head(std::span<std::uint8_t, kLogHeadBytes> head) {
  std::array<std::uint8_t, kSealedLogHeadBytes> sealed;
  const int result = log_->read(sealed, 0);
  if (result == SQLITE_IOERR_SHORT_READ) return SQLITE_IOERR_DATA;
  if (result != SQLITE_OK) return result;
  if (!cipher_.open_log_head(sealed, head)) return SQLITE_IOERR_DATA;
  return SQLITE_OK;
}

int StoreFiles::write_log_head(std::span<const std::uint8_t, kLogHeadBytes> head) {
  const auto beginning = generation_of(head);
  if (beginning != state_.current || state_.phase == LogPhase::settled) {
    if (state_.phase == LogPhase::announced) {
      // Announced anew without having begun: the log may hold this generation's head or the one's before. The anchor
      // has room for one, so first there is none.
      if (const int failed = empty_log(); failed != SQLITE_OK) return failed;
    }
    // SQLite restarts the log only when all of it was copied and synced, so the old generation is not needed any more.
    auto next = state_;
    next.phase = LogPhase::announced;
    next.previous = state_.current;
    next.current = beginning;
    next.copied_frames = 0;
    next.pages = synced_pages_;
    if (const int failed = write_state(next, true); failed != SQLITE_OK) return failed;
  }
  copying_frames_ = 0;
  frames_.clear();
  head_unconfirmed_ = true;
  std::array<std::uint8_t, kSealedLogHeadBytes> sealed;
  cipher_.seal_log_head(head, sealed);
  if (latched_) return SQLITE_IOERR_WRITE;
  return latch_on(log_->write(sealed, 0));
}

int StoreFiles::read_frame(std::uint32_t frame, FrameSpan sealed) { return log_->read(sealed, frame_at(frame)); }

int StoreFiles::write_frame(std::uint32_t frame, std::span<const std::uint8_t, kFrameHeadBytes> head, PageView plain) {
  if (latched_) return SQLITE_IOERR_WRITE;
  std::array<std::uint8_t, kFrameBytes> sealed;
  cipher_.seal_frame(place_of(frame), head, plain, sealed);
  const FrameEntry entry{big_endian_32(head.data()), big_endian_32(head.data() + 4),
                         page_tag_of(std::span(sealed).subspan<kFrameHeadBytes, kPageBytes>())};
  try {
    frames_.put(frame, entry);
  } catch (const std::bad_alloc&) {
    return SQLITE_NOMEM;
  }
  return latch_on(log_->write(sealed, frame_at(frame)));
}

int StoreFiles::sync_log(int flags) {
  if (const int failed = sync_log_file(flags); failed != SQLITE_OK) return failed;
  if (head_unconfirmed_ && state_.phase == LogPhase::announced) {
    auto next = state_;
    next.phase = LogPhase::begun;
    if (const int failed = write_state(next, true); failed != SQLITE_OK) return failed;
  }
  head_unconfirmed_ = false;
  return SQLITE_OK;
}

int StoreFiles::empty_log() {
  if (latched_) return SQLITE_IOERR_TRUNCATE;
  if (const int failed = latch_on(log_->truncate(0)); failed != SQLITE_OK) return failed;
  return sync_log_file(SQLITE_SYNC_NORMAL);
}

int StoreFiles::sync_log_file(int flags) {
  if (latched_) return SQLITE_IOERR_FSYNC;
  const int result = log_->sync(flags);
  if (result != SQLITE_OK) latched_ = true;
  return result;
}

int StoreFiles::truncate_log(std::uint64_t size) {
  if (size == 0) {
    if (const int failed = settle(); failed != SQLITE_OK) return failed;
  }
  if (latched_) return SQLITE_IOERR_TRUNCATE;
  return latch_on(log_->truncate(size));
}

}  // namespace kiem
