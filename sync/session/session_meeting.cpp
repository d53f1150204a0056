// The two Hellos: which spaces both hold, where their heads differ, and what the peer remembers of this store.
#include <algorithm>

#include "sync/session/session.hpp"

namespace kiem {
namespace {

bool speaks(const std::vector<std::uint32_t>& versions) {
  return std::find(versions.begin(), versions.end(), wire::kVersion) != versions.end();
}

}  // namespace

Stepped<wire::SpaceOffer> Session::make_offer(const SpaceRow& space, CircleSet circles, const PeerMemory& memory) {
  wire::SpaceOffer offer;
  KIEM_STEP_GET(offer.tag, replica_.tag(space, replica_.keys().transport.public_key, peer_key_));
  KIEM_STEP_GET(offer.access, replica_.digest(space, circles.both(CircleSet::access())));
  KIEM_STEP_GET(offer.data, replica_.digest(space, circles.without_access()));
  for (std::uint32_t number = 0; number < kCircles; ++number) {
    if (!circles.has(number)) continue;
    KIEM_STEP_GET(const std::int64_t row, replica_.circle_row(space, number));
    const auto mark = std::find_if(memory.marks.begin(), memory.marks.end(),
                                   [&](const CircleMark& each) { return each.circle == row; });
    offer.circles.push_back({number, mark == memory.marks.end() ? 0 : static_cast<std::uint64_t>(mark->got)});
  }
  return offer;
}

Step Session::offer() {
  wire::Hello hello;
  hello.versions = {wire::kVersion};
  hello.practice = replica_.is_practice();
  hello.device = replica_.keys().device;
  KIEM_STEP_GET(my_epoch_, replica_.epoch());
  hello.epoch = same_bytes<Short>(my_epoch_);
  KIEM_STEP_GET(const std::int64_t counter, replica_.counter());
  hello.counter = static_cast<std::uint64_t>(counter);
  my_hello_ = std::move(hello);
  hello_due_ = true;
  if (!dialled_) return {};
  KIEM_STEP_GET(const auto spaces, replica_.spaces());
  for (const auto& space : spaces) KIEM_STEP(offer_space(space));
  return my_hello_->spaces.empty() ? Step(stop(EndReason::nothing_shared)) : Step{};
}

// Who dials tells a known device of what it shares with it, and a key that nobody here knows of the tags alone that
// only a member can read.
Step Session::offer_space(const SpaceRow& space) {
  if (my_hello_->spaces.size() == wire::kMaxSpaces) return {};
  KIEM_STEP_GET(const auto device, replica_.device_of(space, peer_key_));
  CircleSet circles;
  PeerMemory memory;
  if (device) {
    KIEM_STEP_GET(const Sharing shared, replica_.sharing(space, {*device, peer_key_, {}}));
    circles = shared.circles;
    KIEM_STEP_GET(memory, replica_.memory(*device));
  } else {
    KIEM_STEP_GET(circles, replica_.offered_to_unknown(space));
  }
  if (circles.empty()) return {};
  if (memory.epoch) my_hello_->yours = same_bytes<Short>(*memory.epoch);
  KIEM_STEP_GET(auto offered, make_offer(space, circles, memory));
  CommonSpace common;
  common.space = space;
  common.my_tag = offered.tag;
  common.mine = offered;
  common_.push_back(std::move(common));
  my_hello_->spaces.push_back(std::move(offered));
  return {};
}

Step Session::on(const wire::Hello& hello) {
  // Whoever is about to be let in hears of nothing else before.
  if (phase_ == SessionPhase::joining) return {};
  if (phase_ != SessionPhase::opening || their_hello_ || challenge_ || (dialled_ && !my_hello_)) {
    return stop(EndReason::wrong_state);
  }
  if (!speaks(hello.versions)) return stop(EndReason::version);
  if (hello.practice != replica_.is_practice()) return stop(EndReason::other_practice);
  their_hello_ = hello;
  hear_clock(hello.clock);
  their_epoch_ = same_bytes<StoreEpoch>(hello.epoch);
  peer_.device = hello.device;
  KIEM_STEP(dialled_ ? accept_answer(hello) : answer_offer(hello));
  KIEM_STEP(read_cursors());
  return begin();
}

// A space that both hold, with what of it both read; the place of the peer in it either way.
Stepped<PeerPlace> Session::find_common(const SpaceRow& space, const wire::SpaceOffer& theirs) {
  peer_.proven.push_back(space.row);
  KIEM_STEP_GET(const Sharing shared, replica_.sharing(space, peer_));
  auto known = std::find_if(common_.begin(), common_.end(),
                            [&](const CommonSpace& each) { return each.space.row == space.row; });
  if (known == common_.end()) {
    known = common_.insert(common_.end(), CommonSpace{});
    known->space = space;
  }
  known->their_tag = theirs.tag;
  known->theirs = theirs;
  known->sharing = shared;
  return shared.place;
}

Step Session::answer_offer(const wire::Hello& hello) {
  KIEM_STEP(offer());
  bool removed = false;
  KIEM_STEP_GET(const PeerMemory memory, replica_.memory(peer_.device));
  if (memory.epoch) my_hello_->yours = same_bytes<Short>(*memory.epoch);
  KIEM_STEP_GET(const auto spaces, replica_.spaces());
  for (const auto& space : spaces) {
    KIEM_STEP_GET(const Short tag, replica_.tag(space, peer_key_, replica_.keys().transport.public_key));
    const auto theirs = std::find_if(hello.spaces.begin(), hello.spaces.end(),
                                     [&](const wire::SpaceOffer& each) { return each.tag == tag; });
    if (theirs == hello.spaces.end()) continue;
    KIEM_STEP_GET(const PeerPlace place, find_common(space, *theirs));
    CommonSpace& common = common_.back();
    removed = removed || place == PeerPlace::removed;
    if (common.sharing.circles.empty()) {
      common_.pop_back();
      continue;
    }
    KIEM_STEP_GET(common.mine, make_offer(space, common.sharing.circles, memory));
    common.my_tag = common.mine.tag;
    my_hello_->spaces.push_back(common.mine);
  }
  if (!common_.empty()) return {};
  hello_due_ = false;
  return stop(removed ? EndReason::removed : EndReason::stranger);
}

// The answer names spaces out of the offer; what it does not name is not shared.
Step Session::accept_answer(const wire::Hello& hello) {
  std::vector<std::int64_t> answered;
  for (const auto& theirs : hello.spaces) {
    for (auto& common : common_) {
      KIEM_STEP_GET(const Short tag, replica_.tag(common.space, peer_key_, replica_.keys().transport.public_key));
      if (tag != theirs.tag) continue;
      KIEM_STEP_GET(const PeerPlace place, find_common(common.space, theirs));
      if (common.sharing.circles.empty()) {
        return stop(place == PeerPlace::removed ? EndReason::removed : EndReason::stranger);
      }
      answered.push_back(common.space.row);
      break;
    }
  }
  std::erase_if(common_, [&](const CommonSpace& common) {
    return std::find(answered.begin(), answered.end(), common.space.row) == answered.end();
  });
  return common_.empty() ? Step(stop(EndReason::nothing_shared)) : Step{};
}

// What the peer says to have of this store counts only under this store's epoch. A peer that knows more of it than
// there is has met it before it was put back from a copy: from now on it is another store.
Step Session::read_cursors() {
  if (their_hello_->yours != same_bytes<Short>(my_epoch_)) return {};
  for (auto& common : common_) {
    for (const auto& cursor : common.theirs.circles) {
      if (cursor.number >= kCircles) continue;
      if (cursor.got <= my_hello_->counter) {
        common.since[cursor.number] = static_cast<std::int64_t>(cursor.got);
        continue;
      }
      for (auto& each : common_) each.since = {};
      KIEM_STEP_GET(my_epoch_, replica_.renew_epoch(peer_.device));
      my_hello_->epoch = same_bytes<Short>(my_epoch_);
      return {};
    }
  }
  return {};
}

// Neither knows anything that counts of the other. Both ends see both Hellos, so both come to the same.
bool Session::is_first_contact() const {
  const auto counts = [](const wire::Hello& from, const wire::Hello& to) {
    if (from.yours != to.epoch) return false;
    bool any = false;
    for (const auto& space : from.spaces) {
      for (const auto& cursor : space.circles) {
        if (cursor.got > to.counter) return false;
        any = any || cursor.got > 0;
      }
    }
    return any;
  };
  return !counts(*my_hello_, *their_hello_) && !counts(*their_hello_, *my_hello_);
}

// Who was called, since it can do so behind its Hello; who dialled when it surely has fewer chains to tell of.
bool Session::tells_frontier() const {
  const wire::Hello& dialler = dialled_ ? *my_hello_ : *their_hello_;
  const wire::Hello& called = dialled_ ? *their_hello_ : *my_hello_;
  return (dialler.counter < called.counter / 2) == dialled_;
}

// Both ends begin with the same ids: of the common spaces, of their circles, of the two devices.
void Session::begin_packing() {
  std::vector<SpaceId> spaces;
  for (const auto& common : common_) spaces.push_back(common.space.id);
  std::sort(spaces.begin(), spaces.end());
  std::vector<Hash32> known;
  for (const auto& space : spaces) {
    known.push_back(same_bytes<Hash32>(space));
    for (std::uint32_t number = 0; number < kCircles; ++number) {
      known.push_back(same_bytes<Hash32>(circle_id(space, number)));
    }
  }
  const DeviceId& mine = replica_.keys().device;
  known.push_back(same_bytes<Hash32>(dialled_ ? mine : peer_.device));
  known.push_back(same_bytes<Hash32>(dialled_ ? peer_.device : mine));
  sender_.begin(known);
  packed_.begin(std::move(known));
}

Step Session::begin() {
  pushed_access_ = pushed_data_ = static_cast<std::int64_t>(my_hello_->counter);
  seen_counter_ = pushed_data_;
  seen_unparked_ = replica_.unparked();
  begin_packing();
  tells_ = tells_frontier();
  first_kind_ = is_first_contact() ? RoundKind::frontier : RoundKind::changed;
  const auto differs = [&](const Short wire::SpaceOffer::*digest) {
    return std::any_of(common_.begin(), common_.end(),
                       [&](const CommonSpace& each) { return each.mine.*digest != each.theirs.*digest; });
  };
  KIEM_STEP(look_at_peers());
  // Of the access circles by heads always: so both ask first, and whoever was removed hears of it before it is let go.
  if (differs(&wire::SpaceOffer::access)) return begin_round(wire::Phase::access, RoundKind::changed);
  const auto got = static_cast<std::int64_t>(their_hello_->counter);
  KIEM_STEP(mark(wire::Phase::access, first_kind_, pushed_access_, got));
  if (differs(&wire::SpaceOffer::data)) return begin_round(wire::Phase::data, first_kind_);
  KIEM_STEP(mark(wire::Phase::data, first_kind_, pushed_data_, got));
  if (!peer_is_member_) return stop(EndReason::stranger);
  phase_ = SessionPhase::live;
  return save();
}

}  // namespace kiem
