// What each frame of the current log holds, kept beside it in memory: a checkpoint's sum is known before its first page
// is copied, and without a look into the log.
//
// Some 30 bytes a frame, gone with the log's generation. For the thread of the writer. Adding throws std::bad_alloc.
#pragma once

#include <optional>
#include <unordered_map>
#include <vector>

#include "core/store/page_cipher.hpp"

namespace kiem {

struct FrameEntry {
  std::uint32_t page = 0;
  std::uint32_t pages_after = 0;  // of a commit frame: how many pages the database has from here on; else 0
  PageTag tag{};
};

class FrameTable {
 public:
  // A frame that is written once more, as after a rollback, replaces the entry. Frames come without gaps.
  void put(std::uint32_t number, const FrameEntry& entry);
  // The log begins anew.
  void clear();
  // number: from 1, put before.
  [[nodiscard]] const FrameEntry& at(std::uint32_t number) const;

  // The database counts as having all frames up to this one; more than before, or the same.
  void copied(std::uint32_t frames);
  // The last frame of this page among those; absent when the database's own file has what counts.
  [[nodiscard]] std::optional<std::uint32_t> copied_frame_of(std::uint32_t page) const;

 private:
  std::vector<FrameEntry> entries_;
  std::uint32_t copied_ = 0;
  std::unordered_map<std::uint32_t, std::uint32_t> copied_frames_;  // page to frame
};

}  // namespace kiem
