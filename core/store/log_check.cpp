#include "core/store/log_check.hpp"

#include <algorithm>

#include "core/store/sqlite_error.hpp"

namespace kiem {
namespace {

// SQLite's checksum (walformat.html 4.2) over 32-bit words of the machine that wrote the log.
struct Checksum {
  std::uint32_t first = 0;
  std::uint32_t second = 0;
  bool operator==(const Checksum&) const = default;

  void add(ByteView bytes, bool big_endian) {
    for (std::size_t i = 0; i + 8 <= bytes.size(); i += 8) {
      first += word(bytes.data() + i, big_endian) + second;
      second += word(bytes.data() + i + 4, big_endian) + first;
    }
  }

 private:
  static std::uint32_t word(const std::uint8_t* bytes, bool big_endian) {
    if (big_endian) return big_endian_32(bytes);
    return std::uint32_t{bytes[3]} << 24U | std::uint32_t{bytes[2]} << 16U | std::uint32_t{bytes[1]} << 8U | bytes[0];
  }
};

Checksum stored_checksum(const std::uint8_t* bytes) { return {big_endian_32(bytes), big_endian_32(bytes + 4)}; }

struct OpenedFrame {
  bool head_fits = false;
  bool fits = false;
  std::uint32_t page = 0;
  bool commit = false;
  PageTag tag{};
  Checksum checksum;  // as it stands in the head
  std::array<std::uint8_t, kFrameHeadBytes> head{};
  std::array<std::uint8_t, kPageBytes> plain{};

  [[nodiscard]] bool follows(Checksum before, bool big_endian) const {
    if (!fits) return false;
    before.add(ByteView(head).first(8), big_endian);
    before.add(plain, big_endian);
    return before == checksum;
  }
};

// Closes the log however its reader ends, also without memory.
struct LogInUse {
  StoreFiles& files;
  ~LogInUse() { files.close_log(); }
};

Result<OpenedFrame> open_frame(StoreFiles& files, std::uint32_t number) {
  std::array<std::uint8_t, kFrameBytes> sealed;
  if (const int failed = files.read_frame(number, sealed); failed != SQLITE_OK) return disk_failure(failed);
  OpenedFrame frame;
  frame.head_fits = files.cipher().open_frame_head(files.place_of(number), sealed, frame.head);
  if (!frame.head_fits) return frame;
  frame.page = big_endian_32(frame.head.data());
  frame.commit = big_endian_32(frame.head.data() + 4) != 0;
  frame.tag = page_tag_of(std::span(sealed).subspan<kFrameHeadBytes, kPageBytes>());
  frame.checksum = stored_checksum(frame.head.data() + 16);
  frame.fits = files.cipher().open_frame_page(frame.page, sealed, frame.plain);
  return frame;
}

// Whether the frames after this one, which does not fit, prove that it was committed. Its own head may still tell.
Result<bool> was_committed(StoreFiles& files, const OpenedFrame& broken, std::uint32_t number, std::uint32_t frames,
                           bool big_endian) {
  bool after_commit = broken.head_fits && broken.commit;
  Checksum commit = broken.checksum;
  for (std::uint32_t next = number + 1; next <= frames; ++next) {
    KIEM_TRY_GET(const OpenedFrame frame, open_frame(files, next));
    if (after_commit && frame.follows(commit, big_endian)) return true;
    after_commit = frame.fits && frame.commit;
    commit = frame.checksum;
  }
  return false;
}

Result<std::uint32_t> frames_in(StoreFiles& files) {
  std::uint64_t size = 0;
  if (const int failed = files.log_size(size); failed != SQLITE_OK) return disk_failure(failed);
  if (size < kSealedLogHeadBytes) return 0U;
  return static_cast<std::uint32_t>((size - kSealedLogHeadBytes) / kFrameBytes);
}

enum class Verdict : std::uint8_t { none, discard, use };

// What the anchor says of the log that is there, or is not (A1, A2).
Result<Verdict> judge_head(StoreFiles& files) {
  const auto& state = files.state();
  std::uint64_t size = 0;
  if (const int failed = files.log_size(size); failed != SQLITE_OK) return disk_failure(failed);
  if (size == 0) {
    if (state.phase == LogPhase::begun) return fail(ErrorCode::wal_replaced, Fault::damage);
    return Verdict::none;
  }
  std::array<std::uint8_t, kLogHeadBytes> head;
  const int read = files.read_log_head(head);
  if (read != SQLITE_OK && read != SQLITE_IOERR_DATA) return disk_failure(read);
  if (read == SQLITE_IOERR_DATA) {
    // A head that was announced and not synced may be torn; at any other time a head of ours is whole.
    if (state.phase == LogPhase::announced) return Verdict::discard;
    const bool ours_broken = state.phase == LogPhase::begun;
    return fail(ours_broken ? ErrorCode::page_damaged : ErrorCode::wal_replaced, Fault::damage, {"log"});
  }
  const auto generation = generation_of(head);
  if (generation == state.current) return state.phase == LogPhase::settled ? Verdict::discard : Verdict::use;
  if (state.phase == LogPhase::announced && generation == state.previous) return Verdict::discard;
  return fail(ErrorCode::wal_replaced, Fault::damage);
}

Status judge_frames(StoreFiles& files) {
  KIEM_TRY_GET(const LogFrames log, walk_log(files));
  if (log.damaged_frame != 0) {
    const auto name = log.damaged_page != 0 ? std::to_string(log.damaged_page) : std::string("log");
    return fail(ErrorCode::page_damaged, Fault::damage, {name});
  }
  if (log.committed < files.state().copied_frames) return fail(ErrorCode::wal_replaced, Fault::damage);  // A3
  for (std::uint32_t frame = 1; frame <= log.committed; ++frame) files.remember_frame(frame, log.entries[frame - 1]);
  files.frames_remembered();
  return {};
}

Status judge_and_act(StoreFiles& files) {
  KIEM_TRY_GET(const Verdict verdict, judge_head(files));
  if (verdict == Verdict::none) return {};
  // The process before us may have been killed before a sync: what was read so far may be in the system's cache alone.
  // Nothing is built on it before it is on disk (A7).
  if (const int failed = files.sync_main(SQLITE_SYNC_NORMAL); failed != SQLITE_OK) return disk_failure(failed);
  if (verdict == Verdict::discard) {
    const int failed = files.empty_log();
    return failed == SQLITE_OK ? Status() : disk_failure(failed);
  }
  if (const int failed = files.sync_log(SQLITE_SYNC_NORMAL); failed != SQLITE_OK) return disk_failure(failed);
  return judge_frames(files);
}

}  // namespace

Result<LogFrames> walk_log(StoreFiles& files) {
  LogFrames log;
  std::array<std::uint8_t, kLogHeadBytes> head;
  if (const int failed = files.read_log_head(head); failed != SQLITE_OK) return disk_failure(failed);
  const bool big_endian = (head[3] & 1U) != 0;
  KIEM_TRY_GET(const std::uint32_t frames, frames_in(files));

  auto chain = stored_checksum(head.data() + 24);
  for (std::uint32_t number = 1; number <= frames; ++number) {
    KIEM_TRY_GET(const OpenedFrame frame, open_frame(files, number));
    if (!frame.follows(chain, big_endian)) {
      KIEM_TRY_GET(const bool proven, was_committed(files, frame, number, frames, big_endian));
      // A checkpoint that copied this frame proves the same.
      if (proven || number <= files.state().copied_frames) {
        log.damaged_frame = number;
        log.damaged_page = frame.head_fits ? frame.page : 0;
      }
      break;
    }
    chain = frame.checksum;
    log.entries.push_back({frame.page, big_endian_32(frame.head.data() + 4), frame.tag});
    if (frame.commit) log.committed = number;
  }
  return log;
}

Status check_log(StoreFiles& files) {
  int exists = 0;
  auto* parent = files.parent();
  if (const int failed = parent->xAccess(parent, files.names().log(), SQLITE_ACCESS_EXISTS, &exists);
      failed != SQLITE_OK) {
    return disk_failure(failed);
  }
  if (exists == 0) {
    if (files.state().phase == LogPhase::begun) return fail(ErrorCode::wal_replaced, Fault::damage);
    return {};
  }
  if (const int failed = files.open_log(); failed != SQLITE_OK) return disk_failure(failed);
  const LogInUse in_use{files};
  return judge_and_act(files);
}

Result<FrameAudit> audit_frames(StoreFiles& files) {
  FrameAudit audit;
  const auto frames = files.wal_index().frames();
  if (frames.committed == 0) return audit;
  if (const int failed = files.open_log(); failed != SQLITE_OK) return disk_failure(failed);
  const LogInUse in_use{files};
  for (std::uint32_t number = 1; number <= frames.committed; ++number) {
    KIEM_TRY_GET(const OpenedFrame frame, open_frame(files, number));
    if (!frame.fits) audit.damaged.push_back(frame.page);
    if (frame.head_fits && number > frames.copied) audit.standing_in.push_back(frame.page);
  }
  std::ranges::sort(audit.standing_in);
  return audit;
}

}  // namespace kiem
