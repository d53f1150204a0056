// Meeting a device that was met before: Again and Known, and the fall back to whole Hellos (recollection.hpp).
#include <algorithm>

#include "sync/session/session.hpp"

namespace kiem {

Step Session::begin_again() {
  KIEM_STEP_GET(recollection_, Recollection::of(replica_, peer_key_, true));
  auto again = recollection_ ? recollection_->tell() : std::nullopt;
  if (!again) {
    recollection_.reset();
    return offer();
  }
  reply_ = std::move(*again);
  return {};
}

Step Session::on(const wire::Again& again) {
  if (phase_ != SessionPhase::opening || dialled_ || their_hello_ || has_knocked_ || told_whole_) {
    return stop(EndReason::wrong_state);
  }
  KIEM_STEP_GET(auto recollection, Recollection::of(replica_, peer_key_, false));
  if (!recollection || !recollection->agrees(again)) {
    told_whole_ = true;
    reply_ = wire::Whole{};
    return {};
  }
  KIEM_STEP_GET(const auto moves, recollection->moves_in(again));
  wire::Known known = recollection->answer(again, moves);
  Recalled recalled;
  recalled.their_counter = static_cast<std::int64_t>(again.counter);
  recalled.access = known.access;
  recalled.equal = !known.got;
  if (!recalled.equal) {
    recalled.got = static_cast<std::int64_t>(again.got);
    recalled.got_access = static_cast<std::int64_t>(again.got_access.value_or(again.got));
    KIEM_STEP_GET(recalled.at_peer, recollection->rows_at_peer(again, moves));
  }
  reply_ = std::move(known);
  return begin_recalled(*recollection, recalled);
}

Step Session::on(const wire::Known& known) {
  if (phase_ != SessionPhase::opening || !recollection_ || reply_) return stop(EndReason::wrong_state);
  const Recollection recollection = *std::exchange(recollection_, std::nullopt);
  Recalled recalled;
  recalled.their_counter = static_cast<std::int64_t>(known.counter);
  recalled.access = known.access;
  recalled.equal = !known.got;
  if (!recalled.equal) {
    recalled.got = static_cast<std::int64_t>(*known.got);
    recalled.got_access = static_cast<std::int64_t>(known.got_access.value_or(*known.got));
    if (std::max(recalled.got, recalled.got_access) > recollection.counter()) {
      // It has more of this store than there is: this is an earlier copy of it. The digests will show what is missing.
      KIEM_STEP_GET(my_epoch_, replica_.renew_epoch(recollection.peer().device));
      recalled.got = recalled.got_access = recollection.counter();
    }
    KIEM_STEP_GET(recalled.at_peer, recollection.rows_at_peer(known));
  }
  return begin_recalled(recollection, recalled);
}

Step Session::on(const wire::Whole&) {
  if (phase_ != SessionPhase::opening || !recollection_ || reply_) return stop(EndReason::wrong_state);
  recollection_.reset();
  return offer();
}

Step Session::begin_recalled(const Recollection& recollection, const Recalled& recalled) {
  peer_ = recollection.peer();
  their_epoch_ = recollection.epoch();
  common_ = recollection.spaces();
  begin_packing();
  pushed_access_ = pushed_data_ = seen_counter_ = recollection.counter();
  seen_unparked_ = replica_.unparked();
  first_kind_ = RoundKind::recalled;
  KIEM_STEP(look_at_peers());
  if (!peer_is_member_) return stop(EndReason::stranger);
  if (recalled.equal) {
    KIEM_STEP(mark(wire::Phase::data, first_kind_, pushed_data_, recalled.their_counter));
    phase_ = SessionPhase::live;
    return save();
  }
  for (auto& common : common_) {
    for (std::uint32_t number = 0; number < kCircles; ++number) {
      common.since[number] = CircleSet::access().has(number) ? recalled.got_access : recalled.got;
    }
  }
  for (const std::int64_t row : recalled.at_peer) sender_.known().add(row);
  return begin_round(recalled.access ? wire::Phase::access : wire::Phase::data, first_kind_);
}

}  // namespace kiem
