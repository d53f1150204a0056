// Who is what at one point of the graph: the rules 2, 4, 5 and 6 as questions about a set of nodes.
//
// A View looks at a causally closed set of nodes (`within`), at the acts in it that count (`applied`) and at the
// removals in it that have effect (`effective`). Something given stands when it counts and every effective removal of
// its receiver in the set was seen, and seen in effect, by whoever gave it: so a removal beats a concurrent addition
// and an addition that saw it starts a new generation.
// Internal to core/access. A View owns nothing and must not outlive what it looks at. One thread at a time.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/access/graph.hpp"
#include "core/access/verdict.hpp"

namespace kiem::access {

// What evaluating a causally closed set gave.
struct Settled {
  NodeSet within;
  NodeSet applied;
  NodeSet effective;
  std::vector<Reason> reasons;  // by node; meaningful inside `within`
  bool refuses = false;         // a removal in it has no effect because it would leave too few
};

// What is known for ever about a node, because it depends on its causal past alone.
struct Known {
  std::shared_ptr<const Settled> before;  // of the node's past
  Reason own = Reason::applied;           // judged in that past; applied also when only signatures are missing
  std::uint32_t rank = 0;                 // how many promotions counted in that past: the rank a promotion here gives
};
using Memory = std::vector<Known>;

constexpr std::uint32_t kNoRank = UINT32_MAX;

class View {
 public:
  View(const Graph& graph, const Memory& memory, const NodeSet& within, const NodeSet& applied,
       const NodeSet& effective, ActRef self = {kNowhere, 0})
      : graph_(graph), memory_(memory), within_(within), applied_(applied), effective_(effective), self_(self) {}
  View(const Graph& graph, const Memory& memory, const Settled& settled)
      : View(graph, memory, settled.within, settled.applied, settled.effective) {}
  // The past of `node` with its earlier acts up to (not including) `act`, by the verdicts in that past alone.
  static View own_past(const Graph& graph, const Memory& memory, Index node, std::uint32_t act);

  [[nodiscard]] bool counts(const ActRef& given) const;
  [[nodiscard]] bool is_effective(Index removal) const { return within_.has(removal) && effective_.has(removal); }
  // The giver knew the removal, in effect.
  [[nodiscard]] bool outlives(const ActRef& given, Index removal) const;

  [[nodiscard]] bool is_member(const PersonId& person) const;
  // A member whom a coordinator confirmed, or who is one.
  [[nodiscard]] bool is_confirmed(const PersonId& person) const;
  [[nodiscard]] bool is_coordinator(const PersonId& person) const;
  // By the best standing promotion: the founder's is 0. kNoRank for everybody else.
  [[nodiscard]] std::uint32_t rank(const PersonId& person) const;
  [[nodiscard]] std::vector<ActRef> standing_admits(const PersonId& person) const;
  [[nodiscard]] std::uint32_t generation(const PersonId& person) const;

  // Enrolled and not removed, by the person's own acts or by an effective removal here. Ascending.
  [[nodiscard]] std::vector<DeviceId> working_devices(const PersonId& person) const;
  [[nodiscard]] bool works(const PersonId& person, const DeviceId& device) const;
  [[nodiscard]] bool has_working_coordinator() const;

  [[nodiscard]] const Graph& graph() const { return graph_; }
  [[nodiscard]] const Memory& memory() const { return memory_; }
  [[nodiscard]] const NodeSet& within() const { return within_; }
  [[nodiscard]] const NodeSet& applied() const { return applied_; }
  [[nodiscard]] const NodeSet& effective() const { return effective_; }
  [[nodiscard]] bool reaches(Index node) const { return within_.has(node) || node == self_.node; }

 private:
  [[nodiscard]] bool stands(const ActRef& given, const std::vector<ActRef>& removals) const;
  [[nodiscard]] std::vector<DeviceId> enrolled(const PersonId& person) const;
  [[nodiscard]] bool is_removed(const DeviceId& device) const;

  const Graph& graph_;
  const Memory& memory_;
  const NodeSet& within_;
  const NodeSet& applied_;
  const NodeSet& effective_;
  ActRef self_;
};

}  // namespace kiem::access
