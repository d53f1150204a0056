#include "core/store/frame_table.hpp"

#include "core/base/check.hpp"

namespace kiem {

void FrameTable::put(std::uint32_t number, const FrameEntry& entry) {
  KIEM_CHECK(number > copied_ && number <= entries_.size() + 1);
  if (number > entries_.size()) {
    entries_.push_back(entry);
  } else {
    entries_[number - 1] = entry;
  }
}

void FrameTable::clear() {
  entries_.clear();
  copied_frames_.clear();
  copied_ = 0;
}

const FrameEntry& FrameTable::at(std::uint32_t number) const {
  KIEM_CHECK(number >= 1 && number <= entries_.size());
  return entries_[number - 1];
}

void FrameTable::copied(std::uint32_t frames) {
  KIEM_CHECK(frames >= copied_ && frames <= entries_.size());
  while (copied_ < frames) {
    copied_frames_[entries_[copied_].page] = copied_ + 1;
    ++copied_;
  }
}

std::optional<std::uint32_t> FrameTable::copied_frame_of(std::uint32_t page) const {
  const auto found = copied_frames_.find(page);
  if (found == copied_frames_.end()) return std::nullopt;
  return found->second;
}

}  // namespace kiem
