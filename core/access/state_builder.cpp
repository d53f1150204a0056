#include "core/access/state_builder.hpp"

#include <algorithm>
#include <set>

#include "core/access/removal_rules.hpp"

namespace kiem::access {
namespace {

bool has_ended(const View& view, const ActRef& given) {
  const auto& ends = view.graph().ends_of(view.graph().at(given.node).node.id);
  return std::any_of(ends.begin(), ends.end(), [&](const ActRef& end) {
    return view.counts(end) && view.graph().act<act::EndMandate>(end)->act == given.act;
  });
}

// Mandates stand as admissions do: a removal that their giver had not seen ends them.
bool stands(const View& view, const PersonId& person, const ActRef& grant) {
  if (!view.counts(grant) || has_ended(view, grant)) return false;
  const auto& removals = view.graph().person(person).removals;
  return std::all_of(removals.begin(), removals.end(), [&](const ActRef& removal) {
    return !view.is_effective(removal.node) || view.outlives(grant, removal.node);
  });
}

void add_role(std::set<Role>& roles, Number role) {
  // An invitation as coordinator admits a volunteer until the signatures are there (rule 5).
  roles.insert(role == static_cast<Number>(Role::coordinator) ? Role::volunteer : static_cast<Role>(role));
}

DeviceState device_state(const View& view, const DeviceId& device, bool works) {
  const DeviceEntry& entry = view.graph().device(device);
  DeviceState state{device, *entry.certificate, entry.certificate->prekeys, works};
  std::vector<ActRef> prekeys;
  for (const auto& ref : entry.prekeys) {
    if (view.counts(ref)) prekeys.push_back(ref);
  }
  // By chain, and for the branches of a fork by id: never by the order of arrival.
  std::sort(prekeys.begin(), prekeys.end(), [&](const ActRef& a, const ActRef& b) {
    const auto& left = view.graph().at(a.node).node;
    const auto& right = view.graph().at(b.node).node;
    return std::tie(left.seq, left.id, a.act) < std::tie(right.seq, right.id, b.act);
  });
  for (const auto& ref : prekeys) state.prekeys.push_back(view.graph().act<act::NewPrekey>(ref)->prekey);
  return state;
}

std::vector<DeviceState> devices_of(const View& view, const PersonId& person) {
  const auto working = view.working_devices(person);
  std::set<DeviceId> known;
  for (const auto& brought : view.graph().person(person).facts) {
    if (!view.within().has(brought.node)) continue;
    for (const auto& enrolment : brought.facts.enrolments) known.insert(enrolment.device);
  }
  std::vector<DeviceState> devices;
  devices.reserve(known.size());
  for (const auto& device : known) {
    devices.push_back(device_state(view, device, std::binary_search(working.begin(), working.end(), device)));
  }
  return devices;
}

PersonState person_state(const View& view, const Settled& settled, const PersonId& person) {
  const Graph& graph = view.graph();
  PersonState state;
  state.person = person;
  state.belonging = belonging_of(view, settled, person);
  state.roles = roles_of(view, person);
  if (const auto rank = view.rank(person); rank != kNoRank) state.rank = rank;
  state.generation = view.generation(person);
  const auto admits = view.standing_admits(person);
  for (const auto& admit : admits) {
    const auto& author = graph.at(admit.node).person;
    if (author && (!state.admitted_by || *author < *state.admitted_by)) state.admitted_by = author;
  }
  for (const auto& grant : graph.person(person).mandates) {
    const auto& body = *graph.act<act::GrantMandate>(grant);
    if (body.role || !stands(view, person, grant)) continue;
    state.mandates.push_back({graph.at(grant.node).node.id, grant.act, body});
  }
  std::sort(state.mandates.begin(), state.mandates.end(),
            [](const auto& a, const auto& b) { return std::tie(a.grant, a.act) < std::tie(b.grant, b.act); });
  state.devices = devices_of(view, person);
  state.circles = circles_of(view, person);
  return state;
}

InvitationState invitation_state(const View& view, const Settled& settled, const ActRef& ref) {
  const Graph& graph = view.graph();
  const GraphNode& node = graph.at(ref.node);
  const auto& invite = *graph.act<act::Invite>(ref);
  InvitationState state{
      node.node.id, invite.key, static_cast<Role>(invite.role), *node.person, InvitationState::Use::open, {}};
  std::set<PersonId> admitted;
  bool contested = false;
  for (const auto& admit : graph.admits_by(node.node.id)) {
    if (!settled.within.has(admit.node)) continue;
    const bool waits = settled.reasons[admit.node] == Reason::contested_invitation;
    if (!waits && settled.reasons[admit.node] != Reason::applied) continue;
    contested = contested || waits;
    admitted.insert(graph.act<act::Admit>(admit)->person);
  }
  state.admitted.assign(admitted.begin(), admitted.end());
  if (contested) {
    state.use = InvitationState::Use::contested;
  } else if (!admitted.empty()) {
    state.use = InvitationState::Use::used;
  } else if (!view.counts(ref) || !view.is_coordinator(*node.person)) {
    state.use = InvitationState::Use::closed;
  }
  return state;
}

std::optional<ProposalState> proposal_state(const View& view, Index node) {
  const Graph& graph = view.graph();
  for (std::uint32_t i = 0; i < graph.at(node).node.acts.size(); ++i) {
    const ActRef ref{node, i};
    const std::uint32_t needed = signatures_needed(view, ref);
    const Support support = support_of(view, ref, Counted::now);
    if (needed == 0 || support.by_words || support.signatures >= needed) continue;
    auto target = target_of(graph, ref);
    if (const auto* promote = graph.act<act::Promote>(ref)) target = promote->person;
    return ProposalState{graph.at(node).node.id, *graph.at(node).person, target, support.signatures, needed};
  }
  return std::nullopt;
}

}  // namespace

std::vector<Role> roles_of(const View& view, const PersonId& person) {
  std::set<Role> roles;
  if (!view.is_member(person)) return {};
  for (const auto& ref : view.standing_admits(person)) {
    const auto* admit = view.graph().act<act::Admit>(ref);
    if (admit != nullptr && !has_ended(view, ref)) add_role(roles, admit->role);
  }
  for (const auto& ref : view.graph().person(person).mandates) {
    const auto& grant = *view.graph().act<act::GrantMandate>(ref);
    if (grant.role && stands(view, person, ref)) add_role(roles, *grant.role);
  }
  if (view.is_coordinator(person)) roles.insert(Role::coordinator);
  return {roles.begin(), roles.end()};
}

std::vector<CircleNumber> circles_of(const View& view, const PersonId& person) {
  if (!view.is_member(person)) return {};
  if (view.is_coordinator(person)) {
    return {CircleNumber::access, CircleNumber::open, CircleNumber::members, CircleNumber::coordinators,
            CircleNumber::partners};
  }
  std::vector<CircleNumber> circles{CircleNumber::access, CircleNumber::open};
  if (!view.is_confirmed(person)) return circles;
  const auto roles = roles_of(view, person);
  const auto has = [&](Role role) { return std::find(roles.begin(), roles.end(), role) != roles.end(); };
  if (has(Role::volunteer)) circles.push_back(CircleNumber::members);
  if (has(Role::partner)) circles.push_back(CircleNumber::partners);
  return circles;
}

Belonging belonging_of(const View& view, const Settled& settled, const PersonId& person) {
  if (view.is_member(person)) return view.is_confirmed(person) ? Belonging::member : Belonging::probation;
  const PersonEntry& entry = view.graph().person(person);
  bool removed = false;
  bool left = false;
  for (const auto& removal : entry.removals) {
    if (!view.is_effective(removal.node)) continue;
    (view.graph().act<act::Leave>(removal) != nullptr ? left : removed) = true;
  }
  if (removed) return Belonging::removed;
  if (left) return Belonging::left;
  const bool contested = std::any_of(entry.admits.begin(), entry.admits.end(), [&](const ActRef& admit) {
    return settled.within.has(admit.node) && settled.reasons[admit.node] == Reason::contested_invitation;
  });
  return contested ? Belonging::contested : Belonging::unanchored;
}

}  // namespace kiem::access

namespace kiem {

const PersonState* MembershipState::find(const PersonId& person) const {
  const auto found = std::lower_bound(persons.begin(), persons.end(), person,
                                      [](const PersonState& state, const PersonId& id) { return state.person < id; });
  return found != persons.end() && found->person == person ? &*found : nullptr;
}

}  // namespace kiem

namespace kiem::access {

MembershipState build_state(const View& view, const Settled& settled) {
  const Graph& graph = view.graph();
  MembershipState state;
  for (const auto& [id, entry] : graph.persons()) {
    // Whose admission was never good, in its own past already, was never anything here.
    const bool was_admitted = std::any_of(entry.admits.begin(), entry.admits.end(), [&](const ActRef& admit) {
      return view.within().has(admit.node) && view.memory()[admit.node].own == Reason::applied;
    });
    if (was_admitted) state.persons.push_back(person_state(view, settled, id));
  }
  settled.within.each([&](Index node) {
    if (view.memory()[node].own != Reason::applied) return;
    const auto& acts = graph.at(node).node.acts;
    for (std::uint32_t i = 0; i < acts.size(); ++i) {
      if (std::holds_alternative<act::Invite>(acts[i].body)) {
        state.invitations.push_back(invitation_state(view, settled, {node, i}));
      }
    }
    if (settled.reasons[node] != Reason::needs_signature) return;
    if (const auto proposal = proposal_state(view, node)) state.proposals.push_back(*proposal);
  });
  const auto by_id = [](const auto& a, const auto& b) {
    if constexpr (requires { a.invitation; }) return std::tie(a.invitation, a.key) < std::tie(b.invitation, b.key);
    if constexpr (requires { a.proposal; }) return a.proposal < b.proposal;
  };
  std::sort(state.invitations.begin(), state.invitations.end(), by_id);
  std::sort(state.proposals.begin(), state.proposals.end(), by_id);
  return state;
}

}  // namespace kiem::access
