// The membership graph in memory: nodes by index in an order in which parents come first, what each has in its past,
// whose it is, and which of the signatures inside its acts are good. Everything here is a fact about a node and its
// causal past; no verdict is.
//
// A Graph only grows. add() takes a node whose parents are all here; the order in which nodes were added changes the
// indices and nothing else. Internal to core/access, one thread at a time.
#pragma once

#include <map>
#include <optional>
#include <unordered_map>
#include <vector>

#include "core/access/authority_node.hpp"
#include "core/access/node_set.hpp"

namespace kiem::access {

constexpr Index kNowhere = UINT32_MAX;

struct ActRef {
  Index node = 0;
  std::uint32_t act = 0;
  auto operator<=>(const ActRef&) const = default;
};

// The signatures inside one act, checked once.
struct ActProof {
  bool recovered_by_space = false;
  bool recovered_by_person = false;  // of the author; for remove_device of the device's owner
  // admit: invitation, consent and copies; enrol_device: agreement; present and founding acts: the copies.
  bool proved = false;
};

struct GraphNode {
  AuthorityNode node;
  std::vector<Index> parents;
  NodeSet past;  // strict
  Index prev = kNowhere;
  std::vector<Index> siblings;  // same device and same prev (or both first): a fork
  std::optional<PersonId> person;
  std::vector<ActProof> proofs;  // one an act
};

// Facts about a person that one node brought.
struct BroughtFacts {
  Index node = 0;
  bool by_act = false;  // by an enrol_device act in the person's own space: counts only when that act does
  PersonFacts facts;
};

struct PersonEntry {
  std::vector<ActRef> admits, confirms, promotes, mandates;
  std::vector<ActRef> removals;  // remove_person and leave
  std::vector<ActRef> demotes;
  std::vector<BroughtFacts> facts;
  std::optional<VerifyKey> recovery;
  // working_devices() of the united facts of the listed entries of `facts`.
  mutable std::map<std::vector<std::size_t>, std::vector<DeviceId>> working;
};

struct DeviceEntry {
  std::optional<Certificate> certificate;
  std::vector<std::pair<PersonId, Index>> claims;  // who says that it is theirs, and where
  std::vector<ActRef> removals;
  std::vector<ActRef> prekeys;
  std::vector<Index> nodes;
};

class Graph {
 public:
  explicit Graph(const SpaceId& space) : space_(space) {}

  // A parent (prev, access head, folded head) that is not here; none when the node can be added.
  [[nodiscard]] std::optional<OpId> missing_parent(const AuthorityNode& node) const;
  // Only for a node that is not here and misses no parent.
  Index add(const AuthorityNode& node);

  [[nodiscard]] const SpaceId& space() const { return space_; }
  [[nodiscard]] Index size() const { return static_cast<Index>(nodes_.size()); }
  [[nodiscard]] const GraphNode& at(Index index) const { return nodes_[index]; }
  [[nodiscard]] Index find(const OpId& id) const;
  [[nodiscard]] bool is_root(Index index) const { return index == root_; }
  [[nodiscard]] Index root() const { return root_; }
  [[nodiscard]] bool is_own_space() const { return own_space_; }
  // The founder; none when the founding act does not prove one, and then nobody ever is a member.
  [[nodiscard]] std::optional<PersonId> founder() const;

  [[nodiscard]] const std::map<PersonId, PersonEntry>& persons() const { return persons_; }
  [[nodiscard]] const std::map<DeviceId, DeviceEntry>& devices() const { return devices_; }
  [[nodiscard]] const PersonEntry& person(const PersonId& id) const;
  [[nodiscard]] const DeviceEntry& device(const DeviceId& id) const;
  // The nodes with an act that removes: candidates for effect.
  [[nodiscard]] const std::vector<Index>& removals() const { return removals_; }
  [[nodiscard]] const std::vector<Index>& raises() const { return raises_; }
  [[nodiscard]] const std::vector<ActRef>& continuations() const { return continuations_; }
  [[nodiscard]] const std::vector<ActRef>& signs_of(const OpId& id) const;
  [[nodiscard]] const std::vector<ActRef>& admits_by(const OpId& invitation) const;
  [[nodiscard]] const std::vector<ActRef>& ends_of(const OpId& grant) const;
  // The cut acts about a matter, of whatever purpose; a removal is a matter to which they add circles.
  [[nodiscard]] const std::vector<ActRef>& cuts_of(const RecordId& matter) const;
  [[nodiscard]] bool is_forked() const { return forked_; }

  template <class Body>
  [[nodiscard]] const Body* act(const ActRef& ref) const {
    return std::get_if<Body>(&nodes_[ref.node].node.acts[ref.act].body);
  }
  [[nodiscard]] const Act& act_at(const ActRef& ref) const { return nodes_[ref.node].node.acts[ref.act]; }
  [[nodiscard]] const ActProof& proof(const ActRef& ref) const { return nodes_[ref.node].proofs[ref.act]; }

  // a is in b's past, or an earlier act of the same operation.
  [[nodiscard]] bool before(const ActRef& a, const ActRef& b) const {
    return nodes_[b.node].past.has(a.node) || (a.node == b.node && a.act < b.act);
  }
  // Whose device it is, judged by the claims inside `within`.
  [[nodiscard]] std::optional<PersonId> owner(const DeviceId& device, const NodeSet& within) const;

 private:
  void link(GraphNode& node, Index index);
  void take_facts(Index index);
  void take_facts(Index index, PersonFacts facts, bool by_act);
  [[nodiscard]] bool take_enrolment(Index index, const Act& act, const act::EnrolDevice& enrol);
  void bind(Index index);
  void prove(Index index);
  [[nodiscard]] ActProof prove_act(Index index, const Act& act) const;
  [[nodiscard]] bool proves_admission(Index index, const act::Admit& admit) const;
  void list_acts(Index index);

  SpaceId space_;
  Index root_ = kNowhere;
  bool own_space_ = false;
  bool forked_ = false;
  std::optional<VerifyKey> space_recovery_;
  std::vector<GraphNode> nodes_;
  std::unordered_map<OpId, Index> index_;
  std::map<PersonId, PersonEntry> persons_;
  std::map<DeviceId, DeviceEntry> devices_;
  std::vector<Index> removals_, raises_;
  std::vector<ActRef> continuations_;
  std::unordered_map<OpId, std::vector<ActRef>> signs_, admits_, ends_;
  std::unordered_map<RecordId, std::vector<ActRef>> cuts_;
};

// Whether the act takes something away and so competes in the order of rule 5.
[[nodiscard]] bool is_removal(const Act& act);
// Whether the act counts only by the author's being a coordinator.
[[nodiscard]] bool needs_coordinator(const Act& act);

}  // namespace kiem::access
