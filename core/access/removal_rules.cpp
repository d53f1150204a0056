#include "core/access/removal_rules.hpp"

#include <algorithm>
#include <map>

#include "core/oplog/spaces.hpp"

namespace kiem::access {
namespace {

bool is_proven(const View& whole, Index node) {
  return whole.within().has(node) && whole.memory()[node].own == Reason::applied;
}

// A coordinator when the act was written, in its own past, and still so by what counts now.
std::uint32_t rank_at(const View& whole, const PersonId& person, Index node, Counted counted) {
  const std::uint32_t rank = View::own_past(whole.graph(), whole.memory(), node, 0).rank(person);
  if (rank == kNoRank || counted == Counted::proven) return rank;
  const NodeSet& past = whole.memory()[node].before->within;
  const View now(whole.graph(), whole.memory(), past, whole.applied(), whole.effective(), {node, 0});
  return now.is_coordinator(person) ? rank : kNoRank;
}

bool is_coordinators_sign(const act::Sign& sign) { return sign.capacity == static_cast<Number>(Capacity::coordinator); }

// Promotions of the person that the removal had not seen and that did not see it in effect (rule 5): without them a
// removal that claims to be older than a promotion would need but one signature.
bool is_promoted_beside(const View& whole, const PersonId& person, Index removal) {
  const auto& promotes = whole.graph().person(person).promotes;
  return std::any_of(promotes.begin(), promotes.end(), [&](const ActRef& promote) {
    if (!is_proven(whole, promote.node) || whole.graph().at(removal).past.has(promote.node)) return false;
    if (promote.node == removal || whole.outlives(promote, removal)) return false;
    const Support support = support_of(whole, promote, Counted::proven);
    return support.by_words || support.signatures >= 2;
  });
}

bool is_coordinator_at(const View& whole, const PersonId& person, Index removal) {
  return View::own_past(whole.graph(), whole.memory(), removal, 0).is_coordinator(person) ||
         is_promoted_beside(whole, person, removal);
}

}  // namespace

const CutHeads* cut_of(const Act& act) {
  return std::visit(
      [](const auto& body) -> const CutHeads* {
        if constexpr (requires { body.cut; }) return &body.cut;
        return nullptr;
      },
      act.body);
}

std::optional<PersonId> target_of(const Graph& graph, const ActRef& removal) {
  const Act& act = graph.act_at(removal);
  if (const auto* remove = std::get_if<act::RemovePerson>(&act.body)) return remove->person;
  if (const auto* demote = std::get_if<act::Demote>(&act.body)) return demote->person;
  if (std::holds_alternative<act::Leave>(act.body)) return graph.at(removal.node).person;
  if (const auto* device = std::get_if<act::RemoveDevice>(&act.body)) {
    NodeSet within = graph.at(removal.node).past;
    within.add(removal.node);
    return graph.owner(device->device, within);
  }
  return std::nullopt;
}

bool is_own_parting(const Graph& graph, const ActRef& removal) {
  const auto target = target_of(graph, removal);
  if (!target || target != graph.at(removal.node).person) return false;
  return !graph.proof(removal).recovered_by_person && !graph.proof(removal).recovered_by_space;
}

bool accepts(const View& whole, const ActRef& removal, Index node) {
  const Graph& graph = whole.graph();
  if (graph.at(removal.node).past.has(node)) return true;
  const CircleId access = circle_id(graph.space(), 0);
  for (const auto& circle : *cut_of(graph.act_at(removal))) {
    if (circle.circle != access) continue;
    return std::any_of(circle.heads.begin(), circle.heads.end(), [&](const OpId& id) {
      const Index head = graph.find(id);
      return head != kNowhere && whole.within().has(head) && (head == node || graph.at(head).past.has(node));
    });
  }
  return false;
}

bool closes(const View& whole, const ActRef& removal, Index node) {
  const Graph& graph = whole.graph();
  if (removal.node == node || whole.memory()[node].before->effective.has(removal.node)) return false;
  const Act& act = graph.act_at(removal);
  const AuthorityNode& closed = graph.at(node).node;
  if (const auto* device = std::get_if<act::RemoveDevice>(&act.body)) {
    if (closed.device != device->device) return false;
  } else if (graph.at(node).person != target_of(graph, removal)) {
    return false;
  }
  // Who is demoted stays a member: what any member may do stands.
  if (std::holds_alternative<act::Demote>(act.body) &&
      std::none_of(closed.acts.begin(), closed.acts.end(), needs_coordinator)) {
    return false;
  }
  return !is_own_parting(graph, removal) && !accepts(whole, removal, node);
}

bool is_closed(const View& whole, Index node) {
  const Graph& graph = whole.graph();
  const auto is_closed_by = [&](const std::vector<ActRef>& removals) {
    return std::any_of(removals.begin(), removals.end(), [&](const ActRef& removal) {
      return whole.is_effective(removal.node) && closes(whole, removal, node);
    });
  };
  if (is_closed_by(graph.device(graph.at(node).node.device).removals)) return true;
  if (!graph.at(node).person) return false;
  const PersonEntry& person = graph.person(*graph.at(node).person);
  return is_closed_by(person.removals) || is_closed_by(person.demotes);
}

Support support_of(const View& whole, const ActRef& act, Counted counted) {
  const Graph& graph = whole.graph();
  const GraphNode& node = graph.at(act.node);
  const ActProof& proof = graph.proof(act);
  Support support;
  const bool is_device = graph.act<act::RemoveDevice>(act) != nullptr;
  support.by_words = proof.recovered_by_space || (is_device && proof.recovered_by_person);
  const auto target = target_of(graph, act);

  std::map<PersonId, std::uint32_t> signers;
  const auto sign = [&](const PersonId& person, bool has_words) {
    if (target == person) return;
    const std::uint32_t rank = rank_at(whole, person, act.node, counted);
    if (rank == kNoRank) return;
    auto& weight = signers[person];
    weight = std::max(weight, has_words ? 2U : 1U);
    support.rank = std::min(support.rank, rank);
  };
  if (node.person) sign(*node.person, proof.recovered_by_person && !is_device);
  for (const auto& ref : graph.signs_of(node.node.id)) {
    const auto& signer = graph.at(ref.node).person;
    if (!signer || !is_coordinators_sign(*graph.act<act::Sign>(ref)) || !is_proven(whole, ref.node)) continue;
    if (!graph.at(ref.node).past.has(act.node)) continue;
    if (counted == Counted::now && !whole.applied().has(ref.node)) continue;
    if (rank_at(whole, *signer, ref.node, counted) == kNoRank) continue;
    sign(*signer, graph.proof(ref).recovered_by_person);
  }
  for (const auto& [person, weight] : signers) support.signatures += weight;
  return support;
}

std::uint32_t signatures_needed(const View& whole, const ActRef& ref) {
  const Graph& graph = whole.graph();
  const Act& act = graph.act_at(ref);
  if (std::holds_alternative<act::Promote>(act.body) || std::holds_alternative<act::Raise>(act.body)) return 2;
  if (!is_removal(act)) return 0;
  const auto target = target_of(graph, ref);
  if (target == graph.at(ref.node).person) return 0;
  if (const auto* removal = std::get_if<act::RemovePerson>(&act.body)) {
    return is_coordinator_at(whole, removal->person, ref.node) ? 2 : 1;
  }
  return 2;
}

bool has_signatures(const View& whole, const ActRef& act) {
  const std::uint32_t needed = signatures_needed(whole, act);
  if (needed == 0) return true;
  const Support support = support_of(whole, act, Counted::now);
  return support.by_words || support.signatures >= needed;
}

Claim claim_of(const View& whole, Index removal) {
  const Graph& graph = whole.graph();
  const GraphNode& node = graph.at(removal);
  Claim claim{3, kNoRank, node.node.id};
  if (node.person) claim.rank = rank_at(whole, *node.person, removal, Counted::now);
  for (std::uint32_t i = 0; i < node.node.acts.size(); ++i) {
    if (!is_removal(node.node.acts[i])) continue;
    const Support support = support_of(whole, {removal, i}, Counted::now);
    const std::uint32_t strength = support.by_words ? 3 : support.signatures >= 2 ? 2 : 1;
    claim.strength = std::min(claim.strength, strength);
    claim.rank = std::min(claim.rank, support.rank);
  }
  return claim;
}

}  // namespace kiem::access
