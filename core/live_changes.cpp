// The difference between two answers, and back. Pure.
#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "core/live_query.hpp"

namespace kiem {
namespace {

// A row that both answers have alike.
struct Kept {
  std::size_t before, after;
};

// Of rows by their place in the later answer the most that also ascend in the earlier one: these stay where they are.
std::vector<bool> that_stay(const std::vector<Kept>& kept, std::size_t size) {
  constexpr std::size_t kNone = SIZE_MAX;
  std::vector<std::size_t> ends;  // of the ascending row of each length the one that ends lowest
  std::vector<std::size_t> behind(kept.size(), kNone);
  for (std::size_t i = 0; i < kept.size(); ++i) {
    const auto at = std::lower_bound(ends.begin(), ends.end(), kept[i].before,
                                     [&](std::size_t end, std::size_t place) { return kept[end].before < place; });
    if (at != ends.begin()) behind[i] = *(at - 1);
    if (at == ends.end()) {
      ends.push_back(i);
    } else {
      *at = i;
    }
  }
  std::vector<bool> stay(size, false);
  for (std::size_t i = ends.empty() ? kNone : ends.back(); i != kNone; i = behind[i]) stay[kept[i].after] = true;
  return stay;
}

}  // namespace

LiveChanges changes_between(const std::vector<LiveRow>& before, const std::vector<LiveRow>& after) {
  std::unordered_map<RecordId, std::size_t> places;
  for (std::size_t i = 0; i < before.size(); ++i) places.emplace(before[i].id, i);
  std::vector<Kept> kept;
  for (std::size_t i = 0; i < after.size(); ++i) {
    const auto place = places.find(after[i].id);
    if (place != places.end() && before[place->second] == after[i]) kept.push_back({place->second, i});
  }
  const auto stay = that_stay(kept, after.size());
  LiveChanges changes;
  for (std::size_t i = 0; i < after.size(); ++i) {
    if (!stay[i]) (places.contains(after[i].id) ? changes.changed : changes.added).push_back({i, after[i]});
    places.erase(after[i].id);
  }
  for (const auto& row : before) {
    if (places.contains(row.id)) changes.removed.push_back(row.id);
  }
  return changes;
}

void apply(const LiveChanges& changes, std::vector<LiveRow>& rows) {
  std::unordered_set<RecordId> gone(changes.removed.begin(), changes.removed.end());
  for (const auto& each : changes.changed) gone.insert(each.row.id);
  std::erase_if(rows, [&](const LiveRow& row) { return gone.contains(row.id); });
  std::vector<LiveRow> later;
  later.reserve(rows.size() + changes.added.size() + changes.changed.size());
  auto stays = rows.begin();
  auto added = changes.added.begin();
  auto changed = changes.changed.begin();
  while (stays != rows.end() || added != changes.added.end() || changed != changes.changed.end()) {
    const bool has_changed = changed != changes.changed.end();
    const bool added_first = added != changes.added.end() && (!has_changed || added->at < changed->at);
    auto& placed = added_first ? added : changed;
    const bool has_placed = added_first || has_changed;
    if (has_placed && (placed->at == later.size() || stays == rows.end())) {
      later.push_back((placed++)->row);
    } else {
      later.push_back(std::move(*stays++));
    }
  }
  rows = std::move(later);
}

}  // namespace kiem
