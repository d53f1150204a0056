#include "core/access/act_rules.hpp"

#include <algorithm>

#include "core/access/cut_matter.hpp"
#include "core/schema/schema_act.hpp"

namespace kiem::access {
namespace {

bool is_named_role(Number role) {
  return role >= static_cast<Number>(Role::guest) && role <= static_cast<Number>(Role::coordinator);
}

// Whether an admission of the person is there that counts or waits for a confirmation, and outlived every removal.
bool is_admitted(const View& view, const std::vector<Reason>& reasons, const ActRef& self, const PersonId& person) {
  if (view.is_member(person)) return true;
  const PersonEntry& entry = view.graph().person(person);
  return std::any_of(entry.admits.begin(), entry.admits.end(), [&](const ActRef& admit) {
    if (admit.node == self.node || !view.within().has(admit.node)) return false;
    if (reasons[admit.node] != Reason::contested_invitation) return false;
    return std::all_of(entry.removals.begin(), entry.removals.end(), [&](const ActRef& removal) {
      return !view.is_effective(removal.node) || view.outlives(admit, removal.node);
    });
  });
}

// What an act asks of its past. `own` adds what must be absent, which only the act's own past can tell.
class Rights {
 public:
  Rights(const View& view, const std::vector<Reason>& reasons, const ActRef& self, bool own)
      : view_(view), graph_(view.graph()), reasons_(reasons), self_(self), own_(own) {}

  Reason of_author() const {
    const GraphNode& node = graph_.at(self_.node);
    if (!node.person) return Reason::no_person;
    if (!view_.is_member(*node.person)) return Reason::not_member;
    if (!view_.works(*node.person, node.node.device)) return Reason::device_removed;
    return Reason::applied;
  }

  Reason of_act() const {
    return std::visit([this](const auto& body) { return judge(body); }, graph_.act_at(self_).body);
  }

 private:
  [[nodiscard]] const PersonId& author() const { return *graph_.at(self_.node).person; }
  [[nodiscard]] const ActProof& proof() const { return graph_.proof(self_); }
  [[nodiscard]] bool has(const OpId& id) const {
    const Index node = graph_.find(id);
    return node != kNowhere && graph_.at(self_.node).past.has(node);
  }
  [[nodiscard]] Reason coordinator() const {
    return view_.is_coordinator(author()) ? Reason::applied : Reason::not_coordinator;
  }
  [[nodiscard]] Reason coordinator_or_words() const {
    return proof().recovered_by_space ? Reason::applied : coordinator();
  }
  [[nodiscard]] Reason confirmed() const {
    return view_.is_confirmed(author()) ? Reason::applied : Reason::not_confirmed;
  }

  // --- where things begin ---
  [[nodiscard]] Reason judge(const act::FoundingOfSpace&) const { return Reason::misplaced; }
  [[nodiscard]] Reason judge(const act::FoundingOfPerson&) const { return Reason::misplaced; }
  [[nodiscard]] Reason judge(const act::EnrolDevice&) const {
    if (!graph_.is_own_space()) return Reason::misplaced;
    return proof().proved ? Reason::applied : Reason::bad_proof;
  }
  [[nodiscard]] Reason judge(const act::NewPrekey&) const { return Reason::applied; }
  [[nodiscard]] Reason judge(const act::Present&) const {
    return proof().proved ? Reason::applied : Reason::bad_copies;
  }
  [[nodiscard]] Reason judge(const act::Fold&) const { return Reason::applied; }

  // --- members ---
  [[nodiscard]] Reason judge(const act::Invite& invite) const {
    if (!is_named_role(invite.role)) return Reason::unknown_kind;
    return coordinator();
  }

  [[nodiscard]] Reason judge(const act::Admit& admit) const {
    if (!is_named_role(admit.role)) return Reason::unknown_kind;
    if (own_ && view_.is_member(admit.person)) return Reason::already_so;
    if (!proof().proved) return admit.invitation && !has(*admit.invitation) ? Reason::no_invitation : Reason::bad_proof;
    if (!view_.works(admit.person, admit.device)) return Reason::device_removed;
    return admit.invitation ? by_invitation(admit) : coordinator();
  }

  [[nodiscard]] Reason by_invitation(const act::Admit& admit) const {
    const Index invitation = graph_.find(*admit.invitation);
    if (!view_.applied().has(invitation)) return Reason::no_invitation;
    if (own_ && is_used(*admit.invitation)) return Reason::invitation_used;
    if (!view_.is_coordinator(*graph_.at(invitation).person)) return Reason::invitation_closed;
    // A code that is older than the removal of whoever uses it is no way back.
    for (const auto& removal : graph_.person(admit.person).removals) {
      if (view_.is_effective(removal.node) && !view_.outlives({invitation, 0}, removal.node)) {
        return Reason::invitation_closed;
      }
    }
    return confirmed();
  }

  [[nodiscard]] bool is_used(const OpId& invitation) const {
    const auto& admits = graph_.admits_by(invitation);
    return std::any_of(admits.begin(), admits.end(), [&](const ActRef& other) {
      if (other.node == self_.node) return other.act < self_.act;
      return view_.within().has(other.node) && view_.memory()[other.node].own == Reason::applied &&
             !is_closed(view_, other.node);
    });
  }

  [[nodiscard]] Reason judge(const act::ConfirmMember& confirm) const {
    if (!is_admitted(view_, reasons_, self_, confirm.person)) return Reason::no_such_target;
    if (own_ && view_.is_confirmed(confirm.person)) return Reason::already_so;
    return coordinator();
  }

  // --- roles ---
  [[nodiscard]] Reason judge(const act::GrantMandate& grant) const {
    if (grant.role && !is_named_role(*grant.role)) return Reason::unknown_kind;
    // There is one way to become a coordinator, and it takes two signatures.
    if (grant.role == static_cast<Number>(Role::coordinator)) return Reason::not_allowed;
    return coordinator();
  }

  [[nodiscard]] Reason judge(const act::EndMandate& end) const {
    if (!has(end.grant)) return Reason::no_such_target;
    const ActRef ref{graph_.find(end.grant), end.act};
    if (ref.act >= graph_.at(ref.node).node.acts.size() || !view_.counts(ref)) return Reason::no_such_target;
    std::optional<PrincipalId> principal;
    if (const auto* grant = graph_.act<act::GrantMandate>(ref)) principal = grant->principal;
    if (const auto* admit = graph_.act<act::Admit>(ref)) principal = principal_of(admit->person);
    if (!principal) return Reason::no_such_target;
    return *principal == principal_of(author()) ? Reason::applied : coordinator();
  }

  [[nodiscard]] Reason judge(const act::Promote& promote) const {
    if (!view_.is_confirmed(promote.person)) return Reason::no_such_target;
    if (own_ && view_.is_coordinator(promote.person)) return Reason::already_so;
    return coordinator_or_words();
  }

  [[nodiscard]] Reason judge(const act::Raise&) const { return coordinator_or_words(); }

  // --- what takes away ---
  [[nodiscard]] Reason judge(const act::RemovePerson& removal) const {
    if (removal.person == author()) return Reason::not_allowed;
    const auto& admits = graph_.person(removal.person).admits;
    const bool is_known =
        std::any_of(admits.begin(), admits.end(), [&](const ActRef& admit) { return view_.reaches(admit.node); });
    if (!is_known) return Reason::no_such_target;
    return coordinator_or_words();
  }

  [[nodiscard]] Reason judge(const act::Demote& demote) const {
    if (own_ && !view_.is_coordinator(demote.person)) return Reason::no_such_target;
    return coordinator_or_words();
  }

  [[nodiscard]] Reason judge(const act::RemoveDevice& removal) const {
    const auto owner = target_of(graph_, self_);
    if (!owner) return Reason::no_such_target;
    if (own_ && !view_.works(*owner, removal.device)) return Reason::no_such_target;
    if (*owner == author() || proof().recovered_by_person || proof().recovered_by_space) return Reason::applied;
    if (!view_.is_coordinator(author())) return Reason::not_coordinator;
    // A device of anybody else goes by its owner's doing; coordinators watch over each other's alone.
    return !own_ || view_.is_coordinator(*owner) ? Reason::applied : Reason::not_allowed;
  }

  [[nodiscard]] Reason judge(const act::Leave&) const { return Reason::applied; }

  // --- cuts, signatures, forks ---
  // A digest of something else would let signatures count for what nobody signed.
  [[nodiscard]] Reason judge(const act::Cut& cut) const {
    return cut.digest == digest_of_cut(graph_.act_at(self_)) ? confirmed() : Reason::bad_proof;
  }
  [[nodiscard]] Reason judge(const act::Sign& sign) const {
    return sign.capacity == static_cast<Number>(Capacity::coordinator) ? coordinator() : Reason::applied;
  }
  [[nodiscard]] Reason judge(const act::Seal&) const { return Reason::kept_only; }
  [[nodiscard]] Reason judge(const act::ForkContinue& fork) const {
    for (const auto& head : fork.heads) {
      if (!has(head)) return Reason::no_such_target;
      const GraphNode& continued = graph_.at(graph_.find(head));
      if (continued.node.device == graph_.at(self_.node).node.device) return Reason::not_allowed;
      if (continued.person != author() && !view_.is_coordinator(author())) return Reason::not_allowed;
    }
    return Reason::applied;
  }
  // What the structure holds is core/schema's; that it can be read is asked here, so that what counts can be used.
  [[nodiscard]] Reason judge(const act::ExtendSchema& extend) const {
    if (!decode_addition({}, extend.structure, std::nullopt)) return Reason::unknown_kind;
    return coordinator();
  }
  [[nodiscard]] Reason judge(const act::UnknownAct&) const { return Reason::unknown_kind; }

  const View& view_;
  const Graph& graph_;
  const std::vector<Reason>& reasons_;
  ActRef self_;
  bool own_;
};

Reason judge_root(const Graph& graph, Index node) {
  const GraphNode& root = graph.at(node);
  if (root.node.acts.size() != 1) return Reason::misplaced;
  if (!root.proofs.front().proved) return Reason::bad_copies;
  return root.person ? Reason::applied : Reason::no_person;
}

// Rule 9: after a raise to a kind that this version does not know, what is given waits for the upgrade.
bool waits_for_upgrade(const View& view, const AuthorityNode& node) {
  const Graph& graph = view.graph();
  const bool is_raised = std::any_of(graph.raises().begin(), graph.raises().end(), [&](Index raise) {
    const auto& acts = graph.at(raise).node.acts;
    return view.counts({raise, 0}) && std::any_of(acts.begin(), acts.end(), [](const Act& act) {
             const auto* body = std::get_if<act::Raise>(&act.body);
             return body != nullptr && !is_known_kind(body->kind);
           });
  });
  if (!is_raised) return false;
  return std::any_of(node.acts.begin(), node.acts.end(), [](const Act& act) {
    switch (static_cast<ActKind>(kind_of(act))) {
      case ActKind::invite:
      case ActKind::admit:
      case ActKind::confirm_member:
      case ActKind::grant_mandate:
      case ActKind::promote:
      case ActKind::end_mandate:
      case ActKind::raise:
      case ActKind::cut:
        return true;
      default:
        return false;
    }
  });
}

bool covers(const View& whole, const std::vector<OpId>& heads, Index node) {
  const Graph& graph = whole.graph();
  return std::any_of(heads.begin(), heads.end(), [&](const OpId& id) {
    const Index head = graph.find(id);
    return head != kNowhere && whole.within().has(head) && (head == node || graph.at(head).past.has(node));
  });
}

bool is_good(const View& whole, Index node) {
  return whole.within().has(node) && whole.memory()[node].own == Reason::applied;
}

}  // namespace

Reason judge_own(const Graph& graph, const Memory& memory, Index node) {
  if (graph.is_root(node)) return judge_root(graph, node);
  const auto& acts = graph.at(node).node.acts;
  for (const auto& act : acts) {
    if (std::holds_alternative<act::UnknownAct>(act.body)) return Reason::unknown_kind;
  }
  const auto& reasons = memory[node].before->reasons;
  for (std::uint32_t i = 0; i == 0 || i < acts.size(); ++i) {
    const View view = View::own_past(graph, memory, node, i);
    const Rights rights(view, reasons, {node, i}, true);
    Reason reason = i == 0 ? rights.of_author() : Reason::applied;
    if (reason == Reason::applied && i < acts.size()) reason = rights.of_act();
    if (reason != Reason::applied) return reason;
    if (i == 0 && waits_for_upgrade(view, graph.at(node).node)) return Reason::needs_upgrade;
  }
  return Reason::applied;
}

bool keeps_right(const View& whole, const Settled& settled, Index node) {
  const Graph& graph = whole.graph();
  if (graph.is_root(node)) return true;
  const NodeSet& past = whole.memory()[node].before->within;
  const auto& acts = graph.at(node).node.acts;
  for (std::uint32_t i = 0; i == 0 || i < acts.size(); ++i) {
    const View view(graph, whole.memory(), past, whole.applied(), whole.effective(), {node, i});
    const Rights rights(view, settled.reasons, {node, i}, false);
    if (i == 0 && rights.of_author() != Reason::applied) return false;
    if (i < acts.size() && rights.of_act() != Reason::applied) return false;
  }
  return true;
}

bool is_contested(const View& whole, const ActRef& admit) {
  const Graph& graph = whole.graph();
  const auto& body = *graph.act<act::Admit>(admit);
  if (!body.invitation) return false;
  const auto& others = graph.admits_by(*body.invitation);
  const bool has_rival = std::any_of(others.begin(), others.end(), [&](const ActRef& other) {
    if (!is_good(whole, other.node) || graph.act<act::Admit>(other)->person == body.person) return false;
    if (graph.before(other, admit) || graph.before(admit, other)) return false;
    return !is_closed(whole, other.node);
  });
  if (!has_rival) return false;
  const auto& confirms = graph.person(body.person).confirms;
  return std::none_of(confirms.begin(), confirms.end(), [&](const ActRef& confirm) {
    // A coordinator who admits and confirms in one operation has confirmed this person.
    return graph.before(admit, confirm) && (confirm.node == admit.node || whole.counts(confirm));
  });
}

bool waits_on_fork(const View& whole, Index node) {
  const Graph& graph = whole.graph();
  // The founding act is named by the space itself; nothing beside it makes it doubtful.
  if (!graph.is_forked() || graph.is_root(node)) return false;
  bool forked = false;
  for (Index at = node; at != kNowhere && !forked; at = graph.at(at).prev) {
    const auto& siblings = graph.at(at).siblings;
    forked = std::any_of(siblings.begin(), siblings.end(), [&](Index other) { return whole.within().has(other); });
  }
  if (!forked) return false;

  const GraphNode& waiting = graph.at(node);
  bool taken_up = false;
  whole.within().each([&](Index other) {
    const GraphNode& later = graph.at(other);
    taken_up = taken_up || (is_good(whole, other) && later.person != waiting.person && later.past.has(node));
  });
  for (const auto& ref : graph.continuations()) {
    const auto& fork = *graph.act<act::ForkContinue>(ref);
    taken_up = taken_up || (is_good(whole, ref.node) && graph.at(ref.node).node.device != waiting.node.device &&
                            covers(whole, fork.heads, node));
  }
  for (const Index removal : graph.removals()) {
    if (!is_good(whole, removal)) continue;
    for (const auto& act : graph.at(removal).node.acts) {
      const CutHeads* cut = cut_of(act);
      if (cut == nullptr) continue;
      for (const auto& circle : *cut) taken_up = taken_up || covers(whole, circle.heads, node);
    }
  }
  return !taken_up;
}

}  // namespace kiem::access
