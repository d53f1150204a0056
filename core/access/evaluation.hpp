// The rules of membership.hpp, computed: what counts in a causally closed set of nodes.
//
// An Evaluation grows with its graph. For each node it keeps what its causal past alone says (Known) and the settled
// set of that past with the node itself; both never change, because a node names its past by hash. Everything else is
// computed anew for the set that is asked about and remembered by that set. Internal to core/access, one thread.
#pragma once

#include "core/access/act_rules.hpp"

namespace kiem::access {

class Evaluation {
 public:
  explicit Evaluation(const SpaceId& space) : graph_(space) {}

  [[nodiscard]] const Graph& graph() const { return graph_; }
  [[nodiscard]] const Memory& memory() const { return memory_; }

  // Adds the nodes whose parents are here, in any order; gives back those that still lack one (parked).
  [[nodiscard]] std::vector<AuthorityNode> add(std::vector<AuthorityNode> nodes);

  // The settled past of these heads, themselves included. Heads must be indices of the graph; may be empty.
  [[nodiscard]] std::shared_ptr<const Settled> settled_at(const std::vector<Index>& heads) const;
  [[nodiscard]] std::shared_ptr<const Settled> settled_now() const;
  [[nodiscard]] View view(const Settled& settled) const { return {graph_, memory_, settled}; }

 private:
  void learn(Index node);
  [[nodiscard]] std::shared_ptr<const Settled> settle(const NodeSet& within) const;
  [[nodiscard]] bool extends_simply(Index node) const;
  [[nodiscard]] std::shared_ptr<const Settled> extend(Index node) const;

  [[nodiscard]] Reason judge(const Settled& settled, Index node) const;
  void sweep(Settled& settled) const;
  void decide_removals(Settled& settled) const;
  // What the removal would do to a set in which it has effect; applied when it may have it.
  [[nodiscard]] Reason objection(const Settled& without, const Settled& with, Index removal) const;
  [[nodiscard]] bool is_quiet(const Settled& settled, Index removal) const;
  [[nodiscard]] bool touches_coordinators(Index removal) const;
  [[nodiscard]] Settled with_effect(const Settled& settled, const NodeSet& removals) const;

  Graph graph_;
  Memory memory_;
  std::vector<std::shared_ptr<const Settled>> after_;  // by node: its past and itself
  mutable std::map<std::vector<std::uint64_t>, std::shared_ptr<const Settled>> remembered_;
};

}  // namespace kiem::access
