#include "core/crdt/list.hpp"

#include <algorithm>
#include <tuple>

#include "core/crdt/live.hpp"
#include "core/crypto/hash.hpp"

namespace kiem {
namespace {

template <class T>
std::vector<const T*> each_once(std::span<const T> all) {
  std::vector<const T*> once;
  once.reserve(all.size());
  for (const auto& one : all) once.push_back(&one);
  std::sort(once.begin(), once.end(), [](const T* a, const T* b) { return a->id < b->id; });
  once.erase(std::unique(once.begin(), once.end(), [](const T* a, const T* b) { return a->id == b->id; }), once.end());
  return once;
}

template <class Item>
const Item* find_move(const std::vector<const Item*>& by_id, const MutationId& id) {
  const auto found = std::lower_bound(by_id.begin(), by_id.end(), id,
                                      [](const Item* one, const MutationId& other) { return one->id < other; });
  return found != by_id.end() && (*found)->id == id ? *found : nullptr;
}

std::vector<const ListMove*> live_moves(std::span<const ListMove> all) {
  const auto moves = each_once(all);
  std::vector<MutationVerdict> applying;
  std::vector<SupersedeEdge> edges;
  for (const auto* move : moves) {
    applying.push_back({move->id, true});
    for (const auto& earlier : move->supersedes) {
      const auto* of = find_move(moves, earlier);
      if (of != nullptr && of->element == move->element) edges.push_back({move->id, earlier});
    }
  }
  std::vector<const ListMove*> live;
  for (const auto& id : live_mutations(applying, edges)) live.push_back(find_move(moves, id));
  return live;
}

}  // namespace

std::vector<ListItem> fold_list(const ListInput& input) {
  std::vector<MutationId> removed(input.removed.begin(), input.removed.end());
  sort_once(removed);
  std::vector<ListItem> items;
  for (const auto* addition : each_once(input.additions)) {
    if (contains(removed, addition->id)) continue;
    items.push_back({addition->id, addition->value, addition->position, addition->device, {}});
  }

  std::vector<Hash32> lots(items.size());
  for (const auto* move : live_moves(input.moves)) {
    const auto found = std::lower_bound(items.begin(), items.end(), move->element,
                                        [](const ListItem& item, const MutationId& id) { return item.id < id; });
    if (found == items.end() || found->id != move->element) continue;
    auto& item = *found;
    auto& best = lots[static_cast<std::size_t>(found - items.begin())];
    const auto lot = hash_of(
        kTagMoveLot, {view(input.record), input.field, view(item.id.op), le32(item.id.index), view(move->author)});
    // Moves come by ascending id, so of equal ones the first stays.
    if (item.moves.empty() || std::tie(lot, move->device) < std::tie(best, item.placed_by)) {
      best = lot;
      item.position = move->position;
      item.placed_by = move->device;
    }
    item.moves.push_back(move->id);
  }
  std::sort(items.begin(), items.end(), [](const ListItem& a, const ListItem& b) {
    return std::tie(a.position, a.id) < std::tie(b.position, b.id);
  });
  return items;
}

}  // namespace kiem
