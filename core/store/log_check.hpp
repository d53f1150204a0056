// Judges the log before SQLite sees it: is it the one the anchor speaks of, and does it hold what was committed?
//
// SQLite's own recovery stops at the first frame that does not fit and calls the rest uncommitted. That is right after
// a power cut, where only frames of the last, unsynced transaction can be torn, and wrong for a log that somebody cut
// or a disk that lost a byte. The difference can be told: a commit is synced before the next transaction's first frame
// is written, so a good commit frame with a good successor proves that all before it was on disk once.
//
#pragma once

#include "core/base/result.hpp"
#include "core/store/store_files.hpp"

namespace kiem {

struct LogFrames {
  std::uint32_t committed = 0;      // frames up to the last good commit
  std::vector<FrameEntry> entries;  // of the frames that follow each other from the first on; at least `committed`
  // Set when frames are lost that were committed: the first of them, and its page where its head still opens, else 0.
  std::uint32_t damaged_frame = 0;
  std::uint32_t damaged_page = 0;
};

// For the thread that opens the store, before any connection is open: walk_log and check_log.
// Walks the log as recovery does (walformat.html 4.4) and looks behind its end. The log is open and its head is ours.
[[nodiscard]] Result<LogFrames> walk_log(StoreFiles& files);

// Takes away a log that holds nothing (a leftover, or a head that never became durable); passes one that is right.
// Fails: wal_replaced when it is missing, foreign or cut, page_damaged when it is ours and broken, disk_failed.
[[nodiscard]] Status check_log(StoreFiles& files);

// Opens every committed frame of a store that is open and has been read from (for the thread of the writer).
struct FrameAudit {
  std::vector<std::uint32_t> damaged;      // page numbers; 0 where even the head of the frame does not open
  std::vector<std::uint32_t> standing_in;  // pages that SQLite reads from the log and not from the database; ascending
};
[[nodiscard]] Result<FrameAudit> audit_frames(StoreFiles& files);

}  // namespace kiem
