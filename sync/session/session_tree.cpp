// Pushing along the trees of circles: what goes over this link whole and what by its name, what the peer named and is
// waited for, and what that asks of the other links (push_tree.hpp). Access circles are not pushed along trees: acts of
// membership are few, others wait for them, and they go over every link.
#include <algorithm>

#include "sync/session/session.hpp"

namespace kiem {
namespace {

// More chains than this are pushed whole: naming them would take a frame of its own.
constexpr std::size_t kMaxNamed = 256;
// What the peer may name without bringing it.
constexpr std::size_t kMaxAwaited = 1'024;

}  // namespace

Step Session::join_tree() {
  if (tree_ == nullptr || in_tree_) return {};
  in_tree_ = true;
  tree_->link_up(link_);
  return {};
}

void Session::leave_tree() {
  if (!std::exchange(in_tree_, false)) return;
  tree_->link_down(link_);
}

const CommonSpace* Session::space_of(const Short& their_tag) const {
  const auto space = std::find_if(common_.begin(), common_.end(),
                                  [&](const CommonSpace& each) { return each.their_tag == their_tag; });
  return space == common_.end() ? nullptr : &*space;
}

// --- out -------------------------------------------------------------------------------------------------------------

Stepped<CircleSet> Session::whole_circles(const CommonSpace& common, CircleSet circles) {
  if (tree_ == nullptr) return circles;
  CircleSet whole = circles.both(CircleSet::access());
  for (std::uint32_t number = 1; number < kCircles; ++number) {
    if (!circles.has(number)) continue;
    KIEM_STEP_GET(const std::int64_t row, replica_.circle_row(common.space, number));
    if (tree_->goes_whole(link_, row, pushed_data_)) whole.add(number);
  }
  return whole;
}

// Names what came since the last push, but for what the peer has. False: nothing of it.
Stepped<bool> Session::announce(const CommonSpace& common, CircleSet circles, wire::Have& have) {
  KIEM_STEP_GET(const CircleSet whole, whole_circles(common, circles));
  CircleSet lazy;
  for (std::uint32_t number = 1; number < kCircles; ++number) {
    if (circles.has(number) && !whole.has(number)) lazy.add(number);
  }
  Replica::Since since;
  since.fill(pushed_data_);
  KIEM_STEP_GET(const auto heads, replica_.heads(common.space, lazy, since));
  wire::SpaceHeads named{common.my_tag, {}};
  for (const auto& head : heads) {
    wire::ChainEntry entry{head.circle, short_of(head.device), {}};
    for (const auto& tip : head.tips) {
      KIEM_STEP_GET(const auto row, replica_.find_in_chain(head.chain, short_of(tip)));
      const bool is_news = row && *row > pushed_data_ && !sender_.known().has(*row);
      if (is_news && entry.tips.size() < wire::kMaxEnds) entry.tips.push_back(short_of(tip));
    }
    if (!entry.tips.empty() && named.chains.size() < kMaxNamed) named.chains.push_back(std::move(entry));
  }
  if (named.chains.empty()) return false;
  if (!announced_from_) announced_from_ = pushed_data_;
  std::uint32_t hops = have.hops.value_or(1);
  for (const auto& entry : named.chains) {
    KIEM_STEP_GET(const std::int64_t circle, replica_.circle_row(common.space, entry.circle));
    hops = std::max(hops, std::min(tree_->hops_after(circle, pushed_data_) + 1, PushTree::kMostHops));
  }
  if (hops > 1) have.hops = hops;
  have.spaces.push_back(std::move(named));
  return true;
}

Session::MaybeMessage Session::next_of_tree() {
  if (!tree_replies_.empty()) {
    wire::Message next = std::move(tree_replies_.front());
    tree_replies_.erase(tree_replies_.begin());
    return next;
  }
  // What was asked for goes as any push does, behind what is queued.
  for (const auto& [chain, ends] : std::exchange(grafted_, {})) {
    KIEM_STEP_GET(auto runs, replica_.runs_after(chain, ends));
    sender_.add(std::move(runs));
  }
  if (tree_ == nullptr || !in_tree_) return std::nullopt;
  for (const auto& wanted : tree_->to_graft(link_, now_ms_)) KIEM_STEP(ask_for(wanted.item, wanted.is_eager));
  return tree_replies_.empty() ? MaybeMessage(std::nullopt) : next_of_tree();
}

// The next of what is queued; of what is pushed it says how far it came.
Session::MaybeMessage Session::next_segments() {
  KIEM_STEP_GET(auto next, sender_.next());
  auto* const segments = next ? std::get_if<wire::Segments>(&*next) : nullptr;
  if (segments == nullptr || tree_ == nullptr || phase_ != SessionPhase::live || round_) return next;
  std::uint32_t hops = 1;
  for (const std::int64_t row : sender_.in_frame()) {
    hops = std::max(hops, std::min(tree_->hops_of(row) + 1, PushTree::kMostHops));
  }
  if (hops > 1) segments->hops = hops;
  return next;
}

Step Session::ask_for(const Short& item, bool whole) {
  const auto awaited = awaited_.find(item);
  if (awaited == awaited_.end()) return {};
  for (const auto& common : common_) {
    if (common.space.row != awaited->second.space) continue;
    wire::Graft graft{common.my_tag, awaited->second.circle, awaited->second.device, {}, whole};
    KIEM_STEP_GET(const auto chain, replica_.find_chain(common.space, graft.circle, graft.device));
    if (chain) {
      KIEM_STEP_GET(graft.ends, replica_.ends_of(*chain, wire::kMaxEnds));
    }
    tree_replies_.emplace_back(std::move(graft));
  }
  return {};
}

// --- in --------------------------------------------------------------------------------------------------------------

Step Session::on(const wire::Have& have) {
  if (phase_ < SessionPhase::data) return stop(EndReason::wrong_state);
  is_moving_ = false;
  KIEM_STEP(join_tree());
  for (const auto& block : have.spaces) {
    const CommonSpace* const common = space_of(block.tag);
    if (common == nullptr) continue;
    for (const auto& entry : block.chains) {
      if (!common->sharing.circles.has(entry.circle)) continue;
      KIEM_STEP_GET(const auto chain, replica_.find_chain(common->space, entry.circle, entry.device));
      KIEM_STEP_GET(const std::int64_t circle, replica_.circle_row(common->space, entry.circle));
      for (const auto& tip : entry.tips) {
        std::optional<std::int64_t> row;
        if (chain) {
          KIEM_STEP_GET(row, replica_.find_in_chain(*chain, tip));
        }
        if (row) {
          sender_.known().add(*row);
          continue;
        }
        if (awaited_.size() >= kMaxAwaited) return stop(EndReason::too_much);
        awaited_[tip] = {common->space.row, entry.circle, entry.device};
        const bool waits = tree_ != nullptr && tree_->announced(link_, circle, tip, have.hops.value_or(1), now_ms_);
        // Without other links, or room to wait for more, it is asked for at once.
        if (!waits) KIEM_STEP(ask_for(tip, tree_ == nullptr));
      }
    }
  }
  return {};
}

Step Session::on(const wire::Graft& graft) {
  if (phase_ < SessionPhase::data) return stop(EndReason::wrong_state);
  const CommonSpace* const common = space_of(graft.tag);
  if (common == nullptr || !common->sharing.circles.has(graft.circle)) return {};
  KIEM_STEP_GET(const std::int64_t circle, replica_.circle_row(common->space, graft.circle));
  if (tree_ != nullptr && graft.whole) tree_->heard_graft(link_, circle);
  KIEM_STEP_GET(const auto chain, replica_.find_chain(common->space, graft.circle, graft.device));
  if (!chain || grafted_.size() >= kMaxAwaited) return {};
  std::vector<std::int64_t> known;
  for (const auto& end : graft.ends) {
    KIEM_STEP_GET(const auto row, replica_.find_in_chain(*chain, end));
    if (row) known.push_back(*row);
  }
  // Ends that are nowhere here are of another branch: a round finds where it began.
  if (known.empty() && !graft.ends.empty()) {
    again_ = true;
    return {};
  }
  grafted_.emplace_back(*chain, std::move(known));
  return {};
}

Step Session::on(const wire::Prune& prune) {
  if (phase_ < SessionPhase::data) return stop(EndReason::wrong_state);
  is_moving_ = false;
  const CommonSpace* const common = space_of(prune.tag);
  if (tree_ == nullptr || common == nullptr || !common->sharing.circles.has(prune.circle)) return {};
  KIEM_STEP_GET(const std::int64_t circle, replica_.circle_row(common->space, prune.circle));
  tree_->heard_prune(link_, circle);
  return {};
}

// What a run that came while nothing was being compared says about the tree.
Step Session::note_for_tree(const Taken& taken, bool is_new, std::uint32_t hops) {
  const bool says_something = tree_ != nullptr && in_tree_ && phase_ == SessionPhase::live &&
                              taken.outcome == Taken::Outcome::stored && !taken.rows.empty();
  if (!says_something) return {};
  KIEM_STEP_GET(const StandsIn place, replica_.place_of(taken.rows.back()));
  const auto common = std::find_if(common_.begin(), common_.end(),
                                   [&](const CommonSpace& each) { return each.space.row == place.space; });
  if (common == common_.end() || place.number == 0) return {};
  const Short last = short_of(place.id);
  const bool prunes = is_new ? tree_->came(link_, place.circle, last, taken.rows, hops)
                             : !awaited_.contains(last) && tree_->came_again(link_, place.circle, taken.rows.back());
  if (prunes && !awaited_.contains(last)) tree_replies_.emplace_back(wire::Prune{common->my_tag, place.number});
  return {};
}

// Over whichever link it came.
Step Session::look_for_awaited() {
  for (auto awaited = awaited_.begin(); awaited != awaited_.end();) {
    const auto& [tip, place] = *awaited;
    std::optional<std::int64_t> row;
    for (const auto& common : common_) {
      if (common.space.row != place.space) continue;
      KIEM_STEP_GET(const auto chain, replica_.find_chain(common.space, place.circle, place.device));
      if (!chain) continue;
      KIEM_STEP_GET(row, replica_.find_in_chain(*chain, tip));
    }
    if (!row) {
      ++awaited;
      continue;
    }
    sender_.known().add(*row);
    if (tree_ != nullptr) tree_->is_here(tip);
    awaited = awaited_.erase(awaited);
  }
  return {};
}

}  // namespace kiem
