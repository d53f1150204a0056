#include "core/access/evaluation.hpp"

#include <algorithm>
#include <deque>

#include "core/base/check.hpp"

namespace kiem::access {
namespace {

constexpr std::size_t kRememberedSets = 256;

bool has_removal(const AuthorityNode& node) { return std::any_of(node.acts.begin(), node.acts.end(), is_removal); }

// Whether what comes later in the order may yet make it count, within one sweep.
bool is_supportable(Reason reason, const AuthorityNode& node) {
  return reason == Reason::contested_invitation || (reason == Reason::needs_signature && !has_removal(node));
}

}  // namespace

std::vector<AuthorityNode> Evaluation::add(std::vector<AuthorityNode> nodes) {
  // Each node waits for the number of parents that are not here; whoever arrives releases those that waited for it.
  std::unordered_map<OpId, std::vector<std::size_t>> waiting;
  std::deque<std::size_t> ready;
  std::vector<bool> added(nodes.size(), false);
  for (std::size_t i = 0; i < nodes.size(); ++i) ready.push_back(i);
  while (!ready.empty()) {
    const std::size_t i = ready.front();
    ready.pop_front();
    const AuthorityNode& node = nodes[i];
    if (added[i]) continue;
    if (graph_.find(node.id) != kNowhere) {
      added[i] = true;
      continue;
    }
    if (const auto missing = graph_.missing_parent(node)) {
      waiting[*missing].push_back(i);
      continue;
    }
    learn(graph_.add(node));
    added[i] = true;
    const auto released = waiting.find(node.id);
    if (released == waiting.end()) continue;
    ready.insert(ready.end(), released->second.begin(), released->second.end());
    waiting.erase(released);
  }
  std::vector<AuthorityNode> parked;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (!added[i]) parked.push_back(std::move(nodes[i]));
  }
  return parked;
}

void Evaluation::learn(Index node) {
  KIEM_CHECK(memory_.size() == node);
  Known known;
  known.before = settled_at(graph_.at(node).parents);
  memory_.push_back(known);
  memory_[node].own = judge_own(graph_, memory_, node);
  for (const auto& [id, person] : graph_.persons()) {
    for (const auto& promote : person.promotes) {
      if (promote.node != node && known.before->applied.has(promote.node)) ++memory_[node].rank;
    }
  }
  after_.push_back(extend(node));
}

std::shared_ptr<const Settled> Evaluation::settled_at(const std::vector<Index>& heads) const {
  if (heads.size() == 1) return after_[heads.front()];
  NodeSet within;
  for (const Index head : heads) {
    within.add(head);
    within.add(graph_.at(head).past);
  }
  return settle(within);
}

std::shared_ptr<const Settled> Evaluation::settled_now() const {
  std::vector<Index> tips;
  NodeSet covered;
  for (Index node = 0; node < graph_.size(); ++node) covered.add(graph_.at(node).past);
  for (Index node = 0; node < graph_.size(); ++node) {
    if (!covered.has(node)) tips.push_back(node);
  }
  return settled_at(tips);
}

std::shared_ptr<const Settled> Evaluation::settle(const NodeSet& within) const {
  const auto key = within.key();
  if (const auto found = remembered_.find(key); found != remembered_.end()) return found->second;
  Settled settled;
  settled.within = within;
  settled.reasons.resize(graph_.size(), Reason::unknown_kind);
  sweep(settled);
  decide_removals(settled);
  if (remembered_.size() >= kRememberedSets) remembered_.clear();
  return remembered_.emplace(key, std::make_shared<const Settled>(std::move(settled))).first->second;
}

Reason Evaluation::judge(const Settled& settled, Index node) const {
  const View whole = view(settled);
  if (memory_[node].own != Reason::applied) return memory_[node].own;
  if (settled.effective.has(node)) return Reason::applied;
  if (is_closed(whole, node)) return Reason::outside_cut;
  if (waits_on_fork(whole, node)) return Reason::forked_branch;
  if (!keeps_right(whole, settled, node)) return Reason::rests_on_void;
  const auto& acts = graph_.at(node).node.acts;
  for (std::uint32_t i = 0; i < acts.size(); ++i) {
    const ActRef ref{node, i};
    if (graph_.act<act::Admit>(ref) != nullptr && is_contested(whole, ref)) return Reason::contested_invitation;
    const bool is_signed = graph_.act<act::Promote>(ref) != nullptr || graph_.act<act::Raise>(ref) != nullptr;
    if (is_signed && !has_signatures(whole, ref)) return Reason::needs_signature;
  }
  // A removal has effect when decide_removals says so; until then it waits, whatever it lacks.
  return has_removal(graph_.at(node).node) ? Reason::needs_signature : Reason::applied;
}

// The least set of acts that support each other from the founding act on, given the removals that have effect. An act
// may rest on a later one (a signature, a confirmation), so it takes as many rounds as such steps follow each other;
// within a round parents come before children. More that counts never makes an act count less, so the result is one
// set whatever the order.
void Evaluation::sweep(Settled& settled) const {
  settled.applied = NodeSet{};
  for (bool grew = true; grew;) {
    grew = false;
    bool waits = false;
    settled.within.each([&](Index node) {
      if (settled.applied.has(node)) return;
      settled.reasons[node] = judge(settled, node);
      waits = waits || is_supportable(settled.reasons[node], graph_.at(node).node);
      if (settled.reasons[node] != Reason::applied) return;
      settled.applied.add(node);
      grew = true;
    });
    grew = grew && waits;
  }
}

// Rule 5: one pass over the removals, the one that goes first by its claim decided first. What is decided stays.
void Evaluation::decide_removals(Settled& settled) const {
  std::map<Index, Reason> refused;
  while (true) {
    const View whole = view(settled);
    Index first = kNowhere;
    Claim best;
    for (const Index removal : graph_.removals()) {
      if (!settled.within.has(removal) || settled.effective.has(removal) || refused.contains(removal)) continue;
      if (settled.reasons[removal] != Reason::needs_signature) continue;
      const auto& acts = graph_.at(removal).node.acts;
      bool is_ready = true;
      for (std::uint32_t i = 0; i < acts.size(); ++i) is_ready = is_ready && has_signatures(whole, {removal, i});
      if (!is_ready) continue;
      const Claim claim = claim_of(whole, removal);
      if (first != kNowhere && !claim.goes_before(best)) continue;
      first = removal;
      best = claim;
    }
    if (first == kNowhere) break;

    NodeSet alone;
    alone.add(first);
    Settled with = with_effect(settled, alone);
    Reason objects = objection(settled, with, first);
    if (objects == Reason::applied && touches_coordinators(first)) {
      // What the removals in force had seen in effect is on its way: a removal that reckoned with it must not undo it
      // by leaving too few for it to have effect.
      NodeSet expected;
      with.effective.each([&](Index removal) { expected.add(memory_[removal].before->effective); });
      NodeSet open;
      expected.each([&](Index removal) {
        if (settled.reasons[removal] == Reason::needs_signature && !refused.contains(removal)) open.add(removal);
      });
      open.remove(with.effective);
      if (!open.empty()) objects = objection(settled, with_effect(with, open), first);
    }
    if (objects == Reason::applied) {
      settled = std::move(with);
    } else {
      refused[first] = objects;
    }
  }
  for (const auto& [removal, reason] : refused) {
    settled.refuses = true;
    if (settled.reasons[removal] == Reason::needs_signature) settled.reasons[removal] = reason;
  }
}

Settled Evaluation::with_effect(const Settled& settled, const NodeSet& removals) const {
  Settled with = settled;
  bool quiet = true;
  removals.each([&](Index removal) { quiet = quiet && is_quiet(settled, removal); });
  with.effective.add(removals);
  if (quiet) {
    with.applied.add(removals);
    removals.each([&](Index removal) { with.reasons[removal] = Reason::applied; });
  } else {
    sweep(with);
  }
  return with;
}

// Whether giving it effect changes the verdict on nothing but itself: it closes nothing, gives nothing, and whoever
// came after it knew it in effect.
bool Evaluation::is_quiet(const Settled& settled, Index removal) const {
  const auto& acts = graph_.at(removal).node.acts;
  if (!std::all_of(acts.begin(), acts.end(), is_removal)) return false;
  const View whole = view(settled);
  bool quiet = true;
  settled.within.each([&](Index node) {
    if (!quiet || node == removal) return;
    if (graph_.at(node).past.has(removal)) {
      quiet = memory_[node].before->effective.has(removal);
      return;
    }
    for (std::uint32_t i = 0; i < acts.size(); ++i) quiet = quiet && !closes(whole, {removal, i}, node);
  });
  return quiet;
}

bool Evaluation::touches_coordinators(Index removal) const {
  const auto& acts = graph_.at(removal).node.acts;
  for (std::uint32_t i = 0; i < acts.size(); ++i) {
    const auto target = target_of(graph_, {removal, i});
    if (target && !graph_.person(*target).promotes.empty()) return true;
  }
  return false;
}

Reason Evaluation::objection(const Settled& without, const Settled& with, Index removal) const {
  if (touches_coordinators(removal) || without.applied.size() + 1 != with.applied.size()) {
    if (!view(with).has_working_coordinator()) return Reason::last_coordinator;
  }
  const auto& acts = graph_.at(removal).node.acts;
  for (std::uint32_t i = 0; i < acts.size(); ++i) {
    if (graph_.act<act::RemoveDevice>({removal, i}) == nullptr) continue;
    const auto owner = target_of(graph_, {removal, i});
    // Whether the owner belongs here may yet change with what is decided next; a last device stays for all.
    if (owner && view(with).working_devices(*owner).empty()) return Reason::last_device;
  }
  return Reason::applied;
}

// Whether what follows everything else in its set can't change the verdict on any of it, so that the set grows by one
// verdict. (A removal that saw everything voids nothing; but a signature, a confirmation of a contested admission, a
// fork taken up and a device that its person gave up speak about what was there.)
bool Evaluation::extends_simply(Index node) const {
  const Settled& before = *memory_[node].before;
  if (graph_.is_forked() || before.refuses) return false;
  const auto& acts = graph_.at(node).node.acts;
  if (has_removal(graph_.at(node).node) && !std::all_of(acts.begin(), acts.end(), is_removal)) return false;
  for (const auto& act : acts) {
    if (const auto* sign = std::get_if<act::Sign>(&act.body)) {
      if (graph_.find(same_bytes<OpId>(sign->digest)) != kNowhere) return false;
    }
    if (const auto* confirm = std::get_if<act::ConfirmMember>(&act.body)) {
      for (const auto& admit : graph_.person(confirm->person).admits) {
        if (!before.within.has(admit.node)) continue;
        if (before.reasons[admit.node] == Reason::contested_invitation) return false;
      }
    }
  }
  const auto& persons = graph_.persons();
  return std::none_of(persons.begin(), persons.end(), [&](const auto& entry) {
    return std::any_of(entry.second.facts.begin(), entry.second.facts.end(), [&](const BroughtFacts& brought) {
      return brought.node == node && !brought.facts.removals.empty();
    });
  });
}

std::shared_ptr<const Settled> Evaluation::extend(Index node) const {
  const Settled& before = *memory_[node].before;
  if (!extends_simply(node)) {
    NodeSet within = before.within;
    within.add(node);
    return settle(within);
  }
  Settled settled = before;
  settled.within.add(node);
  settled.reasons.resize(graph_.size(), Reason::unknown_kind);
  settled.reasons[node] = judge(settled, node);
  if (settled.reasons[node] == Reason::applied) settled.applied.add(node);
  if (has_removal(graph_.at(node).node)) decide_removals(settled);
  return std::make_shared<const Settled>(std::move(settled));
}

}  // namespace kiem::access
