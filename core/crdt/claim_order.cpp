#include "core/crdt/claim_order.hpp"

#include <algorithm>
#include <queue>
#include <unordered_map>

#include "core/crdt/mutation_set.hpp"
#include "core/crypto/hash.hpp"

namespace kiem {

Hash32 claim_lot(const RecordId& occurrence, const PrincipalId& principal) {
  return hash_of(kTagClaimLot, {view(occurrence), view(principal)});
}

ClaimOrder claim_order(const RecordId& occurrence, std::span<const ClaimAttempt> attempts) {
  struct Node {
    const ClaimAttempt* attempt;
    Hash32 lot;
    std::size_t waits_for = 0;  // named attempts that are not placed yet
    std::vector<std::size_t> named_by;
    bool placed = false;
  };
  // Nodes stand in ascending order of id, so that an index is as good as an id to break a tie.
  std::vector<Node> nodes;
  nodes.reserve(attempts.size());
  for (const auto& attempt : attempts) nodes.push_back({&attempt, claim_lot(occurrence, attempt.principal), 0, {}});
  std::sort(nodes.begin(), nodes.end(), [](const Node& a, const Node& b) { return a.attempt->id < b.attempt->id; });
  nodes.erase(std::unique(nodes.begin(), nodes.end(),
                          [](const Node& a, const Node& b) { return a.attempt->id == b.attempt->id; }),
              nodes.end());
  std::unordered_map<MutationId, std::size_t> index;
  index.reserve(nodes.size());
  for (std::size_t i = 0; i < nodes.size(); ++i) index.emplace(nodes[i].attempt->id, i);

  using Ready = std::pair<Hash32, std::size_t>;
  std::priority_queue<Ready, std::vector<Ready>, std::greater<>> ready;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const auto& named = nodes[i].attempt->named;
    // A missing one is counted and never counted down again, which keeps this attempt and its followers unplaced. One
    // named twice is counted twice both ways.
    nodes[i].waits_for = named.size();
    for (const auto& id : named) {
      if (const auto found = index.find(id); found != index.end()) nodes[found->second].named_by.push_back(i);
    }
    if (named.empty()) ready.emplace(nodes[i].lot, i);
  }

  ClaimOrder order;
  order.placed.reserve(nodes.size());
  while (!ready.empty()) {
    Node& next = nodes[ready.top().second];
    ready.pop();
    next.placed = true;
    order.placed.push_back(next.attempt->id);
    for (const auto follower : next.named_by) {
      if (--nodes[follower].waits_for == 0) ready.emplace(nodes[follower].lot, follower);
    }
  }
  for (const auto& node : nodes) {
    if (!node.placed) order.unplaced.push_back(node.attempt->id);
  }
  return order;
}

std::vector<MutationId> names_for_new_attempt(const RecordId& occurrence, std::span<const ClaimAttempt> attempts) {
  const auto order = claim_order(occurrence, attempts);
  // An attempt named through others is named directly by one of those, and that one is placed too.
  std::vector<MutationId> named;
  for (const auto& attempt : attempts) {
    if (!contains(order.unplaced, attempt.id)) named.insert(named.end(), attempt.named.begin(), attempt.named.end());
  }
  sort_once(named);
  std::vector<MutationId> tips;
  for (const auto& id : order.placed) {
    if (!contains(named, id)) tips.push_back(id);
  }
  if (tips.size() > kMaxNamedAttempts) {
    tips.erase(tips.begin(), tips.end() - static_cast<std::ptrdiff_t>(kMaxNamedAttempts));
  }
  return tips;
}

}  // namespace kiem
