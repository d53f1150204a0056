#include "core/access/authority_node.hpp"

#include "core/base/cbor.hpp"

namespace kiem {

Result<AuthorityNode> authority_node(const OpId& id, const Header& header, const Bones& bones) {
  AuthorityNode node{id, header.device, header.prev, header.seq, header.access_heads, {}};
  if (is_unknown(header, bones)) {
    CborWriter item;
    item.array(1);
    item.unsigned_integer(0);
    node.acts.push_back({act::UnknownAct{0, item.take()}, {}});
    return node;
  }
  for (const auto& mutation : bones.mutations) {
    if (mutation.authority.empty()) continue;
    KIEM_TRY_GET(Act act, decode_act(mutation.authority));
    node.acts.push_back(std::move(act));
  }
  return node;
}

std::vector<OpId> parents_of(const AuthorityNode& node) {
  std::vector<OpId> parents = node.access_heads;
  if (!node.prev.is_zero()) parents.push_back(node.prev);
  for (const auto& act : node.acts) {
    const auto* fold = std::get_if<act::Fold>(&act.body);
    if (fold != nullptr) parents.insert(parents.end(), fold->heads.begin(), fold->heads.end());
  }
  return parents;
}

const std::vector<Bytes>* copies_in(const Act& act) {
  if (const auto* founding = std::get_if<act::FoundingOfSpace>(&act.body)) return &founding->present;
  if (const auto* present = std::get_if<act::Present>(&act.body)) return &present->copies;
  const auto* admit = std::get_if<act::Admit>(&act.body);
  return admit != nullptr && !admit->present.empty() ? &admit->present : nullptr;
}

std::vector<PersonFacts> facts_brought_by(const AuthorityNode& node) {
  std::vector<PersonFacts> all;
  for (const auto& act : node.acts) {
    if (const auto* founding = std::get_if<act::FoundingOfPerson>(&act.body)) {
      if (node.prev.is_zero() && node.access_heads.empty() && device_id(founding->certificate) == node.device) {
        all.push_back(facts_of_founding(node.id, *founding));
      }
    }
    const auto* copies = copies_in(act);
    if (copies == nullptr) continue;
    if (auto facts = verify_present(*copies)) all.push_back(std::move(*facts));
  }
  return all;
}

std::vector<BroughtDevice> devices_brought_by(const AuthorityNode& node) {
  std::vector<BroughtDevice> all;
  for (const auto& facts : facts_brought_by(node)) {
    for (const auto& enrolment : facts.enrolments) {
      all.push_back({facts.person, enrolment.device, enrolment.certificate});
    }
  }
  for (const auto& act : node.acts) {
    // In a person's own space an enrolment is the act itself; whose it is, the space says.
    const auto* enrol = std::get_if<act::EnrolDevice>(&act.body);
    if (enrol != nullptr) all.push_back({PersonId{}, device_id(enrol->certificate), enrol->certificate});
  }
  return all;
}

}  // namespace kiem
