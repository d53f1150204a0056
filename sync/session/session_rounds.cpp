// Rounds one after another, and after them the pushing of what is new; what is worth remembering of it.
#include <algorithm>

#include "core/base/check.hpp"
#include "sync/session/session.hpp"

namespace kiem {

Step Session::begin_round(wire::Phase phase, RoundKind kind) {
  KIEM_CHECK(!round_ && phase != wire::Phase::live);
  if (kind == RoundKind::full) sender_.begin_whole();
  KIEM_STEP_GET(round_, Round::begin(replica_, common_, phase, kind, tells_));
  round_->limit(limits_.author);
  taken_at_round_ = operations_taken_;
  phase_ = phase == wire::Phase::access ? SessionPhase::access : SessionPhase::data;
  return {};
}

std::optional<Session::Progress> Session::progress() const {
  if (end_ || !round_ || round_->coming() == 0) return std::nullopt;
  return Progress{std::min(operations_taken_ - taken_at_round_, round_->coming()), round_->coming()};
}

// When both Levels crossed: on to the next phase, or the same once more with all heads.
Step Session::end_round() {
  if (!round_ || !round_->is_over()) return {};
  const Round round = *std::exchange(round_, std::nullopt);
  const wire::Phase phase = round.phase();
  unserved_ += round.unserved();
  const bool is_idle = std::exchange(is_peers_round_, false) && round.is_equal() &&
                       operations_taken_ + sender_.operations() == taken_before_round_;
  if (is_idle && ++idle_rounds_ > limits_.max_idle_rounds) return stop(EndReason::too_much);
  if (!round.is_equal() && round.kind() != RoundKind::full) {
    // What was recalled of either circle may be what was wrong.
    const bool both = phase == wire::Phase::data && round.kind() == RoundKind::recalled;
    if (both) first_kind_ = RoundKind::full;
    return begin_round(both ? wire::Phase::access : phase, RoundKind::full);
  }
  const bool access = phase == wire::Phase::access;
  (access ? pushed_access_ : pushed_data_) = round.given();
  if (round.is_equal() || round.is_complete()) {
    KIEM_STEP(mark(phase, round.kind(), round.given(), round.got()));
  } else {
    is_sure_ = false;
  }
  if (access) {
    KIEM_STEP(look_at_peers());
    if (!peer_is_member_) return stop(EndReason::stranger);
    return begin_round(wire::Phase::data, first_kind_);
  }
  phase_ = SessionPhase::live;
  awaits_push_ = round.is_equal() && round.is_more_to_come();
  KIEM_STEP(save());
  if (!std::exchange(again_, false)) return {};
  return begin_round(wire::Phase::data, RoundKind::full);
}

// What each common space says of the peer now. A right that was taken ends the session; one that was given is met by a
// further round, and so is what was parked and is shown now, since both are older than anything pushed.
Step Session::look_at_peers() {
  bool grown = false;
  for (auto& common : common_) {
    KIEM_STEP_GET(const Sharing now, replica_.sharing(common.space, peer_));
    if (now.circles.empty()) return stop(now.place == PeerPlace::stranger ? EndReason::stranger : EndReason::removed);
    grown = grown || now.circles != common.sharing.circles;
    if (now.place == PeerPlace::works) {
      peer_is_member_ = true;
      known_peer_ = peer_.device;
    }
    common.sharing = now;
  }
  if (grown && (phase_ >= SessionPhase::data || first_kind_ == RoundKind::recalled)) again_ = true;
  return {};
}

Step Session::look_for_commits() {
  if (end_ || phase_ < SessionPhase::access) return {};
  KIEM_STEP_GET(const std::int64_t counter, replica_.counter());
  if (counter == seen_counter_ && replica_.unparked() == seen_unparked_) return {};
  again_ = again_ || replica_.unparked() != seen_unparked_;
  seen_counter_ = counter;
  seen_unparked_ = replica_.unparked();
  KIEM_STEP(look_for_awaited());
  return look_at_peers();
}

// Live: everything that came here since, except what the peer is known to have, then a Done that the peer acknowledges.
Session::MaybeMessage Session::next_push() {
  // What is queued waits for credit; nothing may overtake it.
  if (phase_ != SessionPhase::live || !sender_.empty()) return std::nullopt;
  KIEM_STEP(join_tree());
  if (again_ && !live_counter_) {
    again_ = false;
    KIEM_STEP(begin_round(wire::Phase::data, RoundKind::full));
    return round_->next_question(sender_);
  }
  if (live_counter_) {
    told_live_ = *std::exchange(live_counter_, std::nullopt);
    return wire::Done{static_cast<std::uint32_t>(wire::Phase::live), static_cast<std::uint64_t>(told_live_)};
  }
  if (seen_counter_ <= pushed_access_ && seen_counter_ <= pushed_data_) return std::nullopt;
  const auto known = [this](std::int64_t row) { return sender_.known().has(row); };
  wire::Have have;
  for (const auto phase : {wire::Phase::access, wire::Phase::data}) {
    std::int64_t& pushed = phase == wire::Phase::access ? pushed_access_ : pushed_data_;
    for (const auto& common : common_) {
      const CircleSet circles = circles_in(common.sharing, phase);
      KIEM_STEP_GET(const CircleSet whole, whole_circles(common, circles));
      if (whole != circles) KIEM_STEP(announce(common, circles, have));
      const std::int64_t from = announced_from_ ? std::min(pushed, *announced_from_) : pushed;
      KIEM_STEP_GET(auto runs, replica_.runs_since(common.space, whole, from, known));
      sender_.add(std::move(runs));
    }
    pushed = seen_counter_;
  }
  if (!have.spaces.empty()) tree_replies_.emplace_back(std::move(have));
  // What was named alone may still be asked for, or be pushed when the link turns eager.
  if (!announced_from_) sender_.known().forget_up_to(seen_counter_);
  live_counter_ = seen_counter_;
  KIEM_STEP_GET(auto of_tree, next_of_tree());
  if (of_tree) return of_tree;
  KIEM_STEP_GET(auto segments, next_segments());
  if (segments || !sender_.empty()) return segments;
  return next_push();
}

Step Session::mark(wire::Phase phase, RoundKind kind, std::int64_t given, std::int64_t got) {
  for (auto& common : common_) {
    const CircleSet circles = circles_in(common, phase, kind);
    for (std::uint32_t number = 0; number < kCircles; ++number) {
      if (!circles.has(number)) continue;
      KIEM_STEP_GET(const std::int64_t row, replica_.circle_row(common.space, number));
      common.marks[number] = CircleMark{row, given, got};
      is_dirty_ = true;
    }
  }
  return {};
}

// Only of a device that is known: whoever was sent away leaves no trace.
Step Session::save() {
  KIEM_STEP(note_clock());
  if (!is_dirty_ || !peer_is_member_ || !their_epoch_) return {};
  is_dirty_ = false;
  saved_ms_ = now_ms_;
  std::vector<CircleMark> marks;
  for (const auto& common : common_) {
    for (const auto& each : common.marks) {
      if (each) marks.push_back(*each);
    }
  }
  KIEM_STEP(replica_.remember(peer_.device, *their_epoch_, marks));
  return {};
}

}  // namespace kiem
