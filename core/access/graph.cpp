#include "core/access/graph.hpp"

#include <algorithm>

#include "core/access/proofs.hpp"
#include "core/base/check.hpp"

namespace kiem::access {
namespace {

ActPosition position_of(const SpaceId& space, const AuthorityNode& node) {
  return {space, node.device, node.prev, node.seq};
}

template <class Map, class Key>
const auto& found_or_empty(const Map& map, const Key& key) {
  static const typename Map::mapped_type empty{};
  const auto found = map.find(key);
  return found == map.end() ? empty : found->second;
}

template <class... Bodies>
bool is_any(const Act& act) {
  return (std::holds_alternative<Bodies>(act.body) || ...);
}

}  // namespace

bool is_removal(const Act& act) { return is_any<act::RemovePerson, act::Leave, act::Demote, act::RemoveDevice>(act); }

bool needs_coordinator(const Act& act) {
  if (const auto* admit = std::get_if<act::Admit>(&act.body)) return !admit->invitation;
  if (const auto* sign = std::get_if<act::Sign>(&act.body)) {
    return sign->capacity == static_cast<Number>(Capacity::coordinator);
  }
  return is_any<act::Invite, act::ConfirmMember, act::GrantMandate, act::Promote, act::EndMandate, act::Demote,
                act::RemovePerson, act::Raise, act::Seal, act::ExtendSchema>(act);
}

std::optional<OpId> Graph::missing_parent(const AuthorityNode& node) const {
  for (const auto& id : parents_of(node)) {
    if (!index_.contains(id)) return id;
  }
  return std::nullopt;
}

Index Graph::find(const OpId& id) const {
  const auto found = index_.find(id);
  return found == index_.end() ? kNowhere : found->second;
}

std::optional<PersonId> Graph::founder() const { return root_ == kNowhere ? std::nullopt : nodes_[root_].person; }

const PersonEntry& Graph::person(const PersonId& id) const { return found_or_empty(persons_, id); }
const DeviceEntry& Graph::device(const DeviceId& id) const { return found_or_empty(devices_, id); }
const std::vector<ActRef>& Graph::signs_of(const OpId& id) const { return found_or_empty(signs_, id); }
const std::vector<ActRef>& Graph::admits_by(const OpId& id) const { return found_or_empty(admits_, id); }
const std::vector<ActRef>& Graph::cuts_of(const RecordId& matter) const { return found_or_empty(cuts_, matter); }
const std::vector<ActRef>& Graph::ends_of(const OpId& id) const { return found_or_empty(ends_, id); }

Index Graph::add(const AuthorityNode& node) {
  KIEM_CHECK(!index_.contains(node.id) && !missing_parent(node));
  const Index index = size();
  GraphNode added;
  added.node = node;
  added.proofs.resize(node.acts.size());
  link(added, index);
  nodes_.push_back(std::move(added));
  index_.emplace(node.id, index);
  if (same_bytes<SpaceId>(node.id) == space_ && nodes_[index].parents.empty() && !node.acts.empty()) {
    if (is_any<act::FoundingOfSpace, act::FoundingOfPerson>(node.acts.front())) root_ = index;
    own_space_ = std::holds_alternative<act::FoundingOfPerson>(node.acts.front().body);
  }
  take_facts(index);
  bind(index);
  prove(index);
  list_acts(index);
  return index;
}

void Graph::link(GraphNode& node, Index index) {
  for (const auto& id : parents_of(node.node)) {
    const Index parent = index_.at(id);
    node.past.add(parent);
    node.past.add(nodes_[parent].past);
  }
  for (const auto& id : parents_of(node.node)) {
    const Index parent = index_.at(id);
    // A parent that another parent has in its past says nothing more.
    const bool is_tip = std::none_of(node.parents.begin(), node.parents.end(),
                                     [&](Index other) { return other == parent || nodes_[other].past.has(parent); });
    if (!is_tip) continue;
    std::erase_if(node.parents, [&](Index other) { return nodes_[parent].past.has(other); });
    node.parents.push_back(parent);
  }
  if (!node.node.prev.is_zero()) node.prev = index_.at(node.node.prev);
  for (const Index other : devices_[node.node.device].nodes) {
    if (nodes_[other].prev != node.prev) continue;
    node.siblings.push_back(other);
    nodes_[other].siblings.push_back(index);
    forked_ = true;
  }
  devices_[node.node.device].nodes.push_back(index);
}

void Graph::take_facts(Index index) {
  const AuthorityNode& node = nodes_[index].node;
  for (std::size_t i = 0; i < node.acts.size(); ++i) {
    const Act& act = node.acts[i];
    if (const auto* founding = std::get_if<act::FoundingOfPerson>(&act.body)) {
      const bool founds = index == root_ && device_id(founding->certificate) == node.device;
      if (founds) take_facts(index, facts_of_founding(node.id, *founding), false);
      nodes_[index].proofs[i].proved = founds;
    }
    if (const auto* founding = std::get_if<act::FoundingOfSpace>(&act.body)) {
      if (index == root_) space_recovery_ = founding->recovery;
    }
    if (const auto* enrol = std::get_if<act::EnrolDevice>(&act.body)) {
      nodes_[index].proofs[i].proved = take_enrolment(index, act, *enrol);
    }
    const auto* copies = copies_in(act);
    if (copies == nullptr) continue;
    auto facts = verify_present(*copies);
    nodes_[index].proofs[i].proved = facts.has_value();
    if (facts) take_facts(index, std::move(*facts), false);
  }
}

void Graph::take_facts(Index index, PersonFacts facts, bool by_act) {
  for (const auto& enrolment : facts.enrolments) {
    auto& device = devices_[enrolment.device];
    device.certificate = enrolment.certificate;
    device.claims.emplace_back(facts.person, index);
  }
  auto& person = persons_[facts.person];
  person.recovery = facts.recovery;
  person.facts.push_back({index, by_act, std::move(facts)});
}

bool Graph::take_enrolment(Index index, const Act& act, const act::EnrolDevice& enrol) {
  if (!own_space_ || root_ == kNowhere || index == root_) return false;
  const GraphNode& node = nodes_[index];
  const PersonFacts& founding = persons_.at(person_of(nodes_[root_].node.id)).facts.front().facts;
  const DeviceId device = device_id(enrol.certificate);
  std::optional<DeviceId> by;
  if (device != node.node.device) {
    by = node.node.device;
  } else if (!is_recovered(founding.recovery, RecoveryOf::person, position_of(space_, node.node), act)) {
    return false;
  }
  if (enrol.certificate.enrolling != by) return false;
  if (!agrees_to_enrolment(enrol.certificate.signing, founding.person, enrol.proof)) return false;
  PersonFacts facts;
  facts.person = founding.person;
  facts.recovery = founding.recovery;
  // Inside the own space the graph itself tells who enrolled whom, and who may: the fact stands or falls with the act.
  facts.enrolments.push_back({node.node.id, device, enrol.certificate, std::nullopt, {}});
  take_facts(index, std::move(facts), true);
  return true;
}

std::optional<PersonId> Graph::owner(const DeviceId& device, const NodeSet& within) const {
  const auto& claims = this->device(device).claims;
  std::optional<PersonId> owner;
  for (const auto& [person, node] : claims) {
    if (!within.has(node)) continue;
    const bool is_first = std::none_of(claims.begin(), claims.end(), [&, at = node](const auto& other) {
      return within.has(other.second) && nodes_[at].past.has(other.second);
    });
    if (is_first && (!owner || person < *owner)) owner = person;
  }
  return owner;
}

void Graph::bind(Index index) {
  GraphNode& node = nodes_[index];
  // A chain is one person's from its first operation on, whatever is claimed about its device later.
  if (node.prev != kNowhere && nodes_[node.prev].node.device == node.node.device && nodes_[node.prev].person) {
    node.person = nodes_[node.prev].person;
    return;
  }
  NodeSet within = node.past;
  within.add(index);
  node.person = owner(node.node.device, within);
}

void Graph::prove(Index index) {
  for (std::size_t i = 0; i < nodes_[index].proofs.size(); ++i) {
    const Act& act = nodes_[index].node.acts[i];
    ActProof proof = prove_act(index, act);
    const bool is_shown = nodes_[index].proofs[i].proved;
    const bool is_admission = std::holds_alternative<act::Admit>(act.body);
    proof.proved = is_admission ? proof.proved && (is_shown || copies_in(act) == nullptr) : is_shown;
    nodes_[index].proofs[i] = proof;
  }
}

ActProof Graph::prove_act(Index index, const Act& act) const {
  ActProof proof;
  const GraphNode& node = nodes_[index];
  if (const Recovery* recovery = recovery_of(act)) {
    const ActPosition position = position_of(space_, node.node);
    auto person = node.person;
    if (const auto* removal = std::get_if<act::RemoveDevice>(&act.body)) {
      NodeSet within = node.past;
      within.add(index);
      person = owner(removal->device, within);
    }
    const auto words = person ? this->person(*person).recovery : std::nullopt;
    if (recovery->of == static_cast<Number>(RecoveryOf::person)) {
      proof.recovered_by_person = words && is_recovered(*words, RecoveryOf::person, position, act);
    } else if (space_recovery_) {
      proof.recovered_by_space = is_recovered(*space_recovery_, RecoveryOf::space, position, act);
    }
  }
  if (const auto* admit = std::get_if<act::Admit>(&act.body)) proof.proved = proves_admission(index, *admit);
  return proof;
}

bool Graph::proves_admission(Index index, const act::Admit& admit) const {
  if (!admit.invitation) return !admit.challenge && !admit.proof && !admit.consent;
  const Index at = find(*admit.invitation);
  if (at == kNowhere || !nodes_[index].past.has(at)) return false;
  if (!admit.challenge || !admit.proof || !admit.consent) return false;
  const auto& certificate = device(admit.device).certificate;
  if (!certificate) return false;
  if (!has_consent(certificate->signing, space_, *admit.invitation, admit.person, admit.device, *admit.challenge,
                   *admit.consent)) {
    return false;
  }
  const auto& acts = nodes_[at].node.acts;
  return std::any_of(acts.begin(), acts.end(), [&](const Act& act) {
    const auto* invite = std::get_if<act::Invite>(&act.body);
    return invite != nullptr && invite->role == admit.role &&
           holds_invitation(invite->key, space_, admit.device, *admit.challenge, *admit.proof);
  });
}

void Graph::list_acts(Index index) {
  const GraphNode& node = nodes_[index];
  bool removes = false;
  for (std::uint32_t i = 0; i < node.node.acts.size(); ++i) {
    const Act& act = node.node.acts[i];
    const ActRef ref{index, i};
    removes = removes || is_removal(act);
    if (index == root_ && i == 0 && node.person) {
      auto& founder = persons_[*node.person];
      founder.admits.push_back(ref);
      founder.confirms.push_back(ref);
      founder.promotes.push_back(ref);
    }
    if (const auto* admit = std::get_if<act::Admit>(&act.body)) {
      persons_[admit->person].admits.push_back(ref);
      if (admit->invitation) admits_[*admit->invitation].push_back(ref);
    } else if (const auto* confirm = std::get_if<act::ConfirmMember>(&act.body)) {
      persons_[confirm->person].confirms.push_back(ref);
    } else if (const auto* promote = std::get_if<act::Promote>(&act.body)) {
      persons_[promote->person].promotes.push_back(ref);
    } else if (const auto* grant = std::get_if<act::GrantMandate>(&act.body)) {
      persons_[same_bytes<PersonId>(grant->principal)].mandates.push_back(ref);
    } else if (const auto* end = std::get_if<act::EndMandate>(&act.body)) {
      ends_[end->grant].push_back(ref);
    } else if (const auto* removal = std::get_if<act::RemovePerson>(&act.body)) {
      persons_[removal->person].removals.push_back(ref);
    } else if (const auto* demote = std::get_if<act::Demote>(&act.body)) {
      persons_[demote->person].demotes.push_back(ref);
    } else if (const auto* device = std::get_if<act::RemoveDevice>(&act.body)) {
      devices_[device->device].removals.push_back(ref);
    } else if (std::holds_alternative<act::Leave>(act.body)) {
      if (node.person) persons_[*node.person].removals.push_back(ref);
    } else if (std::holds_alternative<act::NewPrekey>(act.body)) {
      devices_[node.node.device].prekeys.push_back(ref);
    } else if (const auto* sign = std::get_if<act::Sign>(&act.body)) {
      signs_[same_bytes<OpId>(sign->digest)].push_back(ref);
    } else if (const auto* cut = std::get_if<act::Cut>(&act.body)) {
      cuts_[cut->matter].push_back(ref);
    } else if (std::holds_alternative<act::ForkContinue>(act.body)) {
      continuations_.push_back(ref);
    } else if (std::holds_alternative<act::Raise>(act.body)) {
      raises_.push_back(index);
    }
  }
  if (removes) removals_.push_back(index);
}

}  // namespace kiem::access
