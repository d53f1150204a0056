// The sum of the database's pages: as a checkpoint will make it, and as it is (S1 to S3).
#include <map>
#include <new>

#include "core/base/check.hpp"
#include "core/store/store_files.hpp"

namespace kiem {

int StoreFiles::expected_tag(std::uint32_t page, PageTag& tag) {
  if (const auto frame = frames_.copied_frame_of(page)) {
    tag = frames_.at(*frame).tag;
    return SQLITE_OK;
  }
  return main_->read(tag, page_at(page) + kPageTagAt);
}

int StoreFiles::take_from(PageSum& sum, std::uint32_t page) {
  PageTag tag{};
  const int failed = expected_tag(page, tag);
  if (failed == SQLITE_OK) sum.take(page_hash_.of(page, tag));
  return failed;
}

// A page that the database has from now on and that no frame brings: one that a transaction took and freed again. What
// the log still knows of it goes to its place, so that log and file say the same; else zeros, sealed like any page.
int StoreFiles::fill_page(std::uint32_t page, PageTag& tag) {
  std::array<std::uint8_t, kPageBytes> sealed{};
  if (const auto frame = frames_.copied_frame_of(page)) {
    std::array<std::uint8_t, kFrameBytes> whole;
    if (const int failed = read_frame(*frame, whole); failed != SQLITE_OK) return failed;
    page_of_frame(whole, sealed);
  } else {
    constexpr std::array<std::uint8_t, kPageBytes> kZeros{};
    cipher_.seal_page(page, kZeros, sealed);
  }
  tag = page_tag_of(sealed);
  return write_main(sealed, page_at(page));
}

int StoreFiles::expect_copies(std::uint32_t frames) {
  auto next = state_;
  next.copied_frames = frames;
  next.summed_pages = frames_.at(frames).pages_after;
  KIEM_CHECK(next.summed_pages > 0);  // what the log-index calls committed ends with a commit frame
  PageSum sum(state_.sum);

  std::map<std::uint32_t, std::uint32_t> changed;  // page to its last frame
  for (std::uint32_t frame = state_.copied_frames + 1; frame <= frames; ++frame) {
    changed[frames_.at(frame).page] = frame;
  }
  for (const auto& [page, frame] : changed) {
    if (page <= state_.summed_pages) {
      if (const int failed = take_from(sum, page); failed != SQLITE_OK) return failed;
    }
    if (page <= next.summed_pages) sum.add(page_hash_.of(page, frames_.at(frame).tag));
  }
  for (std::uint32_t page = next.summed_pages + 1; page <= state_.summed_pages; ++page) {
    if (page == kLockBytePage || changed.contains(page)) continue;
    if (const int failed = take_from(sum, page); failed != SQLITE_OK) return failed;
  }
  for (std::uint32_t page = state_.summed_pages + 1; page <= next.summed_pages; ++page) {
    if (page == kLockBytePage || changed.contains(page)) continue;
    PageTag tag{};
    if (const int failed = fill_page(page, tag); failed != SQLITE_OK) return failed;
    sum.add(page_hash_.of(page, tag));
    header_unsynced_ = true;  // so that the page is on disk before a header that counts it
  }
  next.sum = sum.bytes();
  if (const int failed = write_state(next, true); failed != SQLITE_OK) return failed;
  frames_.copied(frames);
  return SQLITE_OK;
}

int StoreFiles::sum_pages(PageSum& sum) {
  sum = {};
  for (std::uint32_t page = 1; page <= state_.summed_pages; ++page) {
    if (page == kLockBytePage) continue;
    PageTag tag{};
    const int read = expected_tag(page, tag);
    // A file that is cut is damaged, and told as such elsewhere; here its pages are zeros.
    if (read != SQLITE_OK && read != SQLITE_IOERR_SHORT_READ) return read;
    sum.add(page_hash_.of(page, tag));
  }
  return SQLITE_OK;
}

int StoreFiles::accept_pages() {
  PageSum sum;
  if (const int failed = sum_pages(sum); failed != SQLITE_OK) return failed;
  auto next = state_;
  next.sum = sum.bytes();
  return write_state(next, true);
}

}  // namespace kiem
