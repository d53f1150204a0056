#include "sync/session/sender.hpp"

#include <algorithm>

namespace kiem {
namespace {

// What a frame holds of segments; the rest is the message around them.
constexpr std::size_t kFrameRoom = wire::kMaxFrame - 64;
// What of that is filled with segments as they are before they are packed, which may make them a little longer.
constexpr std::size_t kPlainRoom = kFrameRoom - std::size_t{2} * 1024;
// Signatures are kept of one operation in sixteen (core/oplog/op_store.cpp).
constexpr std::size_t kAtATurn = 16;
// With less room than this left in a frame or a window, the next one is waited for.
constexpr std::size_t kWorthwhile = 1024;

}  // namespace

void Sender::add(std::vector<ChainRun> runs) {
  ++added_;
  for (auto& run : runs) {
    if (!run.rows.empty()) queue(added_, {std::move(run), 0});
  }
}

void Sender::queue(std::uint64_t added, Queued queued) {
  // Open before members', members' before narrower ones: their numbers.
  const unsigned rank = queued.run.circle == 0 ? 0 : queued.run.urgent ? 1 : 1 + queued.run.circle;
  const Turn turn{added, rank, queued.run.rows[queued.at]};
  runs_.emplace(turn, std::move(queued));
}

// Of the run whose turn it is, as much as one signature vouches for; all of it when none is that near.
Stepped<ExportedRun> Sender::export_next(std::size_t room, bool may_exceed) {
  const Queued& queued = runs_.begin()->second;
  const std::span<const std::int64_t> rows = std::span(queued.run.rows).subspan(queued.at);
  if (rows.size() > kAtATurn) {
    KIEM_STEP_GET(ExportedRun exported, replica_.export_run(rows.first(kAtATurn), peer_, room, false));
    if (exported.count > 0) return exported;
  }
  KIEM_STEP_GET(ExportedRun exported, replica_.export_run(rows, peer_, room, may_exceed));
  return exported;
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
  bool is_access = false;
  std::size_t room = std::min<std::size_t>(kPlainRoom, credit);
  const auto tells = [this](const Hash32& id) { return can_tell(id); };
  in_frame_.clear();
  while (!runs_.empty() && room >= kWorthwhile) {
    const Turn turn = runs_.begin()->first;
    const bool first = packed_.empty();
    if (!first && (turn.rank == 0) != is_access) break;
    is_access = turn.rank == 0;
    // With less credit than a frame may take, more of it is waited for, unless none will come.
    const bool may_exceed = first && (room == kPlainRoom || unacknowledged() == 0);
    KIEM_STEP_GET(ExportedRun exported, export_next(room, may_exceed));
    if (exported.count == 0 && !may_exceed) break;
    Queued queued = std::move(runs_.extract(runs_.begin()).mapped());
    // None may go, or no signature vouches for what may: the next meeting asks again.
    if (exported.count == 0) continue;
    const auto rows = std::span(queued.run.rows).subspan(queued.at, exported.count);
    // The peer has them when it has read the whole frame.
    in_frame_.insert(in_frame_.end(), rows.begin(), rows.end());
    operations_ += exported.count;
    plain_bytes_ += exported.segment.size();
    queued.at += exported.count;
    if (queued.at < queued.run.rows.size()) queue(turn.added, std::move(queued));
    if (exported.segment.size() > room) {
      large_ = std::move(exported.segment);
      know(in_frame_);
      return credit < std::min(kFrameRoom, large_.size()) ? std::nullopt : std::optional(next_piece());
    }
    KIEM_STEP(packed_.add(exported, tells));
    room -= exported.segment.size();
  }
  if (packed_.empty()) return std::nullopt;
  know(in_frame_);
  wire::Segments frame = packed_.finish();
  sent_ += bytes_of(frame);
  return frame;
}

void Sender::know(std::span<const std::int64_t> rows) {
  for (const std::int64_t row : rows) known_.add(row);
}

void Sender::begin_whole() {
  is_whole_ = true;
  packed_.begin_anew();
}

Result<bool> Sender::can_tell(const Hash32& id) {
  const auto had_up_to = [](const CommonSpace& common, std::uint32_t circle) {
    return std::max(common.since[circle], common.marks[circle] ? common.marks[circle]->given : 0);
  };
  const auto has_any = [&](const CommonSpace& common) {
    for (std::uint32_t circle = 0; circle < kCircles; ++circle) {
      if (had_up_to(common, circle) > 0) return true;
    }
    return false;
  };
  if (is_whole_ || std::none_of(common_.begin(), common_.end(), has_any)) return false;
  const auto is_had = [&](std::int64_t row, std::int64_t space, std::uint32_t circle) {
    const auto common = find_common(common_, space, circle);
    return common != nullptr && (row <= had_up_to(*common, circle) || known_.has(row));
  };
  return replica_.can_tell(id, shared_of(common_), is_had);
}

Step Sender::acknowledge(std::uint64_t bytes) {
  if (bytes < acknowledged_ || bytes > sent_) return stop(EndReason::wrong_state);
  acknowledged_ = bytes;
  return {};
}

}  // namespace kiem
