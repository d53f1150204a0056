#include "sync/session/sender.hpp"

#include <algorithm>

namespace kiem {
namespace {

// What a frame holds of segments; the rest is the message around them.
constexpr std::size_t kFrameRoom = wire::kMaxFrame - 64;
// Around each segment in the list.
constexpr std::size_t kSegmentHead = 5;
// With less room than this left in a frame or a window, the next one is waited for.
constexpr std::size_t kWorthwhile = 1024;

}  // namespace

void Sender::add(std::vector<ChainRun> runs) {
  for (auto& run : runs) {
    if (!run.rows.empty()) runs_.push_back({std::move(run), 0});
  }
}

wire::Message Sender::next_piece() {
  const std::size_t size = std::min(kFrameRoom, large_.size() - large_at_);
  const auto begin = large_.begin() + static_cast<std::ptrdiff_t>(large_at_);
  wire::Piece piece{Bytes(begin, begin + static_cast<std::ptrdiff_t>(size)), false};
  large_at_ += size;
  sent_ += size;
  if (large_at_ == large_.size()) {
    piece.last = true;
    large_.clear();
    large_at_ = 0;
  }
  return piece;
}

Stepped<std::optional<wire::Message>> Sender::next() {
  const std::uint64_t credit = window_ - std::min<std::uint64_t>(window_, unacknowledged());
  if (!large_.empty()) {
    if (credit < std::min(kFrameRoom, large_.size() - large_at_)) return std::nullopt;
    return next_piece();
  }
  wire::Segments frame;
  bool is_access = false;
  std::size_t room = std::min<std::size_t>(kFrameRoom, credit);
  while (!runs_.empty() && room >= kWorthwhile) {
    Queued& queued = runs_.front();
    const bool first = frame.segments.empty();
    if (!first && (queued.run.circle == 0) != is_access) break;
    is_access = queued.run.circle == 0;
    const std::span<const std::int64_t> rows = std::span(queued.run.rows).subspan(queued.at);
    KIEM_STEP_GET(ExportedRun exported, replica_.export_run(rows, peer_, room - kSegmentHead, first));
    if (exported.count == 0 && !first) break;
    if (exported.count == 0) {
      // None may go, or no signature vouches for what may: the next meeting asks again.
      runs_.pop_front();
      continue;
    }
    for (std::size_t i = 0; i < exported.count; ++i) known_.add(rows[i]);
    operations_ += exported.count;
    queued.at += exported.count;
    if (queued.at == queued.run.rows.size()) runs_.pop_front();
    if (exported.segment.size() > room - kSegmentHead) {
      large_ = std::move(exported.segment);
      return credit < std::min(kFrameRoom, large_.size()) ? std::nullopt : std::optional(next_piece());
    }
    room -= std::min(room, exported.segment.size() + kSegmentHead);
    sent_ += exported.segment.size();
    frame.segments.push_back(std::move(exported.segment));
    if (frame.segments.size() == wire::kMaxSegments) break;
  }
  if (frame.segments.empty()) return std::nullopt;
  return frame;
}

Step Sender::acknowledge(std::uint64_t bytes) {
  if (bytes < acknowledged_ || bytes > sent_) return stop(EndReason::wrong_state);
  acknowledged_ = bytes;
  return {};
}

}  // namespace kiem
