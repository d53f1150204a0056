#include "sync/session/push_tree.hpp"

#include <algorithm>
#include <array>

namespace kiem {

void PushTree::link_down(Link link) {
  links_.erase(link);
  for (const Circle circle : circles_) {
    if (is_eager(link, circle)) cut_off_[circle] = kAsksInARow;
  }
  lazy_.erase(lazy_.lower_bound({link, INT64_MIN}), lazy_.upper_bound({link, INT64_MAX}));
  for (auto missed = missed_.begin(); missed != missed_.end();) {
    std::erase_if(missed->second.announcers, [&](const Announcer& each) { return each.link == link; });
    // Nobody is left to be asked: the next meeting brings it.
    missed = missed->second.announcers.empty() ? missed_.erase(missed) : std::next(missed);
  }
}

bool PushTree::has_eager(Circle circle) const {
  return std::any_of(links_.begin(), links_.end(), [&](Link link) { return is_eager(link, circle); });
}

bool PushTree::goes_whole(Link link, Circle circle, Row after) const {
  if (!is_eager(link, circle)) return false;
  return std::none_of(came_.upper_bound(after), came_.end(), [&](const auto& each) {
    const Came& came = each.second;
    return came.circle == circle && (came.is_aside || came.hops >= kFarHops);
  });
}

std::uint32_t PushTree::hops_of(Row row) const {
  const auto came = came_.find(row);
  return came == came_.end() ? 0 : came->second.hops;
}

std::uint32_t PushTree::hops_after(Circle circle, Row after) const {
  std::uint32_t most = 0;
  for (auto came = came_.upper_bound(after); came != came_.end(); ++came) {
    if (came->second.circle == circle) most = std::max(most, came->second.hops);
  }
  return most;
}

bool PushTree::came(Link link, Circle circle, const Short& item, std::span<const Row> rows, std::uint32_t hops) {
  circles_.insert(circle);
  const auto missed = missed_.find(item);
  const bool was_asked = missed != missed_.end() && missed->second.was_asked;
  if (missed != missed_.end()) missed_.erase(missed);
  const bool is_aside = !was_asked && !is_eager(link, circle) && links_.size() > kFewLinks && has_eager(circle);
  for (const Row row : rows) came_.try_emplace(row, Came{circle, std::min(hops, kMostHops), was_asked || is_aside});
  while (came_.size() > kMaxRemembered) came_.erase(came_.begin());
  // What was asked for says nothing of how things go without asking.
  if (was_asked || is_aside) return is_aside;
  lazy_.erase({link, circle});
  cut_off_.erase(circle);
  return false;
}

bool PushTree::came_again(Link link, Circle circle, Row row) {
  if (links_.size() <= kFewLinks) return false;
  const auto first = came_.find(row);
  // This is the way it should have come.
  if (first != came_.end() && first->second.is_aside && is_eager(link, circle)) return false;
  lazy_.insert({link, circle});
  return true;
}

bool PushTree::announced(Link link, Circle circle, const Short& item, std::uint32_t hops, std::uint64_t now_ms) {
  auto known = missed_.find(item);
  if (known == missed_.end()) {
    if (missed_.size() >= kMaxMissed) return false;
    circles_.insert(circle);
    std::array<std::uint8_t, 2> lot{};
    rng_.fill(lot);
    const std::uint64_t drawn = (std::uint64_t{lot[0]} << 8U | lot[1]) * kWaitMs / 65'536;
    known = missed_.emplace(item, Missed{circle, {}, now_ms + kWaitMs + drawn, false, false}).first;
  }
  Missed& missed = known->second;
  if (is_eager(link, circle) && !missed.was_asked) {
    missed.is_by_name = true;
    missed.due_ms = std::min(missed.due_ms, now_ms);
  }
  auto& all = missed.announcers;
  const bool is_new = std::none_of(all.begin(), all.end(), [&](const Announcer& each) { return each.link == link; });
  if (!is_new || all.size() >= kMaxAnnouncers) return true;
  const auto farther = [&](const Announcer& each) { return each.hops > hops; };
  // Once one was asked the others wait for their turn.
  all.insert(missed.was_asked ? all.end() : std::find_if(all.begin(), all.end(), farther), {link, hops});
  return true;
}

std::vector<PushTree::Wanted> PushTree::to_graft(Link link, std::uint64_t now_ms) {
  std::vector<Wanted> all;
  std::set<Circle> asked;
  for (auto& [item, missed] : missed_) {
    if (missed.due_ms > now_ms || missed.announcers.front().link != link) continue;
    const auto in_a_row = cut_off_.find(missed.circle);
    const bool is_eager = !missed.is_by_name && in_a_row != cut_off_.end() && in_a_row->second >= kAsksInARow;
    all.push_back({missed.circle, item, is_eager});
    if (is_eager) lazy_.erase({link, missed.circle});
    if (!missed.is_by_name) asked.insert(missed.circle);
    missed.was_asked = true;
    missed.due_ms = now_ms + kAgainMs;
    std::rotate(missed.announcers.begin(), missed.announcers.begin() + 1, missed.announcers.end());
  }
  for (const Circle circle : asked) ++cut_off_[circle];
  return all;
}

std::optional<std::uint64_t> PushTree::next_ms() const {
  std::optional<std::uint64_t> next;
  for (const auto& [item, missed] : missed_) next = next ? std::min(*next, missed.due_ms) : missed.due_ms;
  return next;
}

}  // namespace kiem
