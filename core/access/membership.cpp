#include "core/access/membership.hpp"

#include <algorithm>

#include "core/access/evaluation.hpp"
#include "core/access/state_builder.hpp"
#include "core/base/check.hpp"
#include "core/oplog/spaces.hpp"

namespace kiem {

using access::ActRef;
using access::GraphNode;
using access::Index;
using access::kNowhere;
using access::Settled;
using access::View;

struct Membership::Impl {
  explicit Impl(const SpaceId& space) : evaluation(space) {}

  access::Evaluation evaluation;
  std::vector<AuthorityNode> parked;
  std::shared_ptr<const Settled> now = std::make_shared<const Settled>();
  std::uint64_t revisions = 0;

  [[nodiscard]] View view(const Settled& settled) const { return evaluation.view(settled); }

  // nullptr when a head is not here.
  [[nodiscard]] std::shared_ptr<const Settled> at(std::span<const OpId> heads) const {
    std::vector<Index> indices;
    for (const auto& id : heads) {
      const Index index = evaluation.graph().find(id);
      if (index == kNowhere) return nullptr;
      indices.push_back(index);
    }
    return evaluation.settled_at(indices);
  }

  // See Membership::revisions(); `before` is what was settled when there were `known` nodes.
  [[nodiscard]] bool is_revised(const Settled& before, Index known) const {
    const auto& graph = evaluation.graph();
    for (Index node = 0; node < known; ++node) {
      const bool counts_otherwise =
          now->applied.has(node) != before.applied.has(node) || now->effective.has(node) != before.effective.has(node);
      if (counts_otherwise) return true;
    }
    const auto lets_in_again = [&](const Act& act) {
      const auto* const admit = std::get_if<act::Admit>(&act.body);
      return admit != nullptr && graph.person(admit->person).admits.size() > 1;
    };
    for (Index node = known; node < graph.size(); ++node) {
      const auto& acts = graph.at(node).node.acts;
      if (std::any_of(acts.begin(), acts.end(), lets_in_again)) return true;
    }
    return false;
  }

  [[nodiscard]] std::optional<CircleNumber> number_of(const CircleId& circle) const {
    for (std::uint32_t number = 0; number < kCircles; ++number) {
      if (circle_id(evaluation.graph().space(), number) == circle) return static_cast<CircleNumber>(number);
    }
    return std::nullopt;
  }

  [[nodiscard]] bool may_write(const Settled& settled, const PersonId& person, const CircleId& circle) const {
    const auto number = number_of(circle);
    if (!number) return false;
    const auto circles = access::circles_of(view(settled), person);
    return std::find(circles.begin(), circles.end(), *number) != circles.end();
  }

  [[nodiscard]] std::vector<ActRef> removals_of(const PersonId& person, const DeviceId& device,
                                                bool as_coordinator) const {
    const auto& graph = evaluation.graph();
    std::vector<ActRef> removals = graph.person(person).removals;
    const auto& of_device = graph.device(device).removals;
    removals.insert(removals.end(), of_device.begin(), of_device.end());
    const auto& demotes = graph.person(person).demotes;
    if (as_coordinator) removals.insert(removals.end(), demotes.begin(), demotes.end());
    return removals;
  }

  // The cuts that say something about this circle: the removal's own, and those that its members added (rule 2).
  [[nodiscard]] std::vector<DataCut> cuts_in(const ActRef& removal, const CircleId& circle) const {
    const auto& graph = evaluation.graph();
    const auto& node = graph.at(removal.node);
    std::vector<DataCut> cuts;
    const auto take = [&](const CutHeads& heads, const PersonId& by) {
      for (const auto& listed : heads) {
        if (listed.circle == circle) cuts.push_back({node.node.id, by, listed.heads});
      }
    };
    take(*access::cut_of(graph.act_at(removal)), *node.person);
    if (!cuts.empty()) return cuts;
    const CutMatter matter = cut_matter(record_of(node.node.id), static_cast<Number>(CutPurpose::removal));
    for (const MadeCut& made : matter.cuts) {
      if (!made.is_firm) continue;
      for (const OpId& op : made.ops) {
        const Index at = graph.find(op);
        const auto& author = graph.at(at).person;
        if (!graph.at(at).past.has(removal.node)) continue;
        if (may_write(*evaluation.memory()[at].before, *author, circle)) take(made.cut.heads, *author);
      }
    }
    return cuts;
  }

  [[nodiscard]] CutMatter cut_matter(const RecordId& matter, Number purpose) const {
    return access::matter_of(view(*now), matter, purpose);
  }
};

Membership::Membership(const SpaceId& space) : impl_(std::make_shared<Impl>(space)) {}
Membership::~Membership() = default;
Membership::Membership(const Membership&) = default;
Membership& Membership::operator=(const Membership&) = default;
Membership::Membership(Membership&&) noexcept = default;
Membership& Membership::operator=(Membership&&) noexcept = default;

void Membership::add(std::span<const AuthorityNode> nodes) {
  if (impl_.use_count() > 1) impl_ = std::make_shared<Impl>(*impl_);
  std::vector<AuthorityNode> waiting = std::move(impl_->parked);
  for (const auto& node : nodes) {
    const bool waits =
        std::any_of(waiting.begin(), waiting.end(), [&](const auto& other) { return other.id == node.id; });
    if (!waits) waiting.push_back(node);
  }
  const auto before = impl_->now;
  const Index known = impl_->evaluation.graph().size();
  impl_->parked = impl_->evaluation.add(std::move(waiting));
  impl_->now = impl_->evaluation.settled_now();
  if (impl_->is_revised(*before, known)) ++impl_->revisions;
}

std::uint64_t Membership::revisions() const { return impl_->revisions; }

const SpaceId& Membership::space() const { return impl_->evaluation.graph().space(); }

std::optional<PersonId> Membership::founder() const {
  const auto& graph = impl_->evaluation.graph();
  if (graph.root() == kNowhere || !impl_->now->applied.has(graph.root())) return std::nullopt;
  return graph.founder();
}

bool Membership::is_practice() const {
  const auto& graph = impl_->evaluation.graph();
  if (graph.root() == kNowhere) return false;
  const auto* founding = graph.act<act::FoundingOfSpace>({graph.root(), 0});
  return founding != nullptr && founding->practice;
}

std::size_t Membership::size() const { return impl_->evaluation.graph().size(); }

std::vector<OpId> Membership::parked() const {
  std::vector<OpId> ids;
  for (const auto& node : impl_->parked) ids.push_back(node.id);
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

std::vector<OpId> Membership::heads() const {
  const auto& graph = impl_->evaluation.graph();
  access::NodeSet covered;
  for (Index node = 0; node < graph.size(); ++node) covered.add(graph.at(node).past);
  std::vector<OpId> heads;
  for (Index node = 0; node < graph.size(); ++node) {
    if (!covered.has(node)) heads.push_back(graph.at(node).node.id);
  }
  std::sort(heads.begin(), heads.end());
  return heads;
}

std::optional<Judgement> Membership::verdict(const OpId& id) const {
  const Index node = impl_->evaluation.graph().find(id);
  if (node == kNowhere) return std::nullopt;
  const Reason reason = impl_->now->reasons[node];
  return Judgement{verdict_of(reason), reason};
}

std::vector<OpId> Membership::partings() const {
  const auto& graph = impl_->evaluation.graph();
  std::vector<std::pair<Index, OpId>> found;
  const auto parts = [](const Act& act) {
    return std::holds_alternative<act::RemovePerson>(act.body) || std::holds_alternative<act::Leave>(act.body) ||
           std::holds_alternative<act::RemoveDevice>(act.body);
  };
  impl_->now->effective.each([&](Index node) {
    const AuthorityNode& removal = graph.at(node).node;
    if (std::any_of(removal.acts.begin(), removal.acts.end(), parts)) found.emplace_back(node, removal.id);
  });
  for (const auto& [id, person] : graph.persons()) {
    for (const auto& brought : person.facts) {
      for (const auto& removal : brought.facts.removals) found.emplace_back(brought.node, removal.op);
    }
  }
  std::sort(found.begin(), found.end());
  std::vector<OpId> partings;
  for (const auto& [node, id] : found) {
    if (std::find(partings.begin(), partings.end(), id) == partings.end()) partings.push_back(id);
  }
  return partings;
}

bool Membership::knows(std::span<const OpId> heads, const OpId& act) const {
  const auto& graph = impl_->evaluation.graph();
  const Index known = graph.find(act);
  return known != kNowhere && std::any_of(heads.begin(), heads.end(), [&](const OpId& id) {
           const Index head = graph.find(id);
           return head != kNowhere && (head == known || graph.at(head).past.has(known));
         });
}

bool Membership::has_removed_since(const PersonId& person, std::span<const OpId> heads) const {
  const auto& graph = impl_->evaluation.graph();
  bool has = false;
  impl_->now->effective.each([&](Index node) {
    const GraphNode& removal = graph.at(node);
    has = has || (removal.person == person && !knows(heads, removal.node.id));
  });
  return has;
}

CutMatter Membership::cut_matter(const RecordId& matter, Number purpose) const {
  return impl_->cut_matter(matter, purpose);
}

MembershipState Membership::state() const { return access::build_state(impl_->view(*impl_->now), *impl_->now); }

std::optional<MembershipState> Membership::state_at(std::span<const OpId> heads) const {
  const auto settled = impl_->at(heads);
  if (!settled) return std::nullopt;
  return access::build_state(impl_->view(*settled), *settled);
}

std::optional<Certificate> Membership::certificate_of(const DeviceId& device) const {
  return impl_->evaluation.graph().device(device).certificate;
}

std::optional<PersonId> Membership::person_of(const DeviceId& device) const {
  return impl_->evaluation.graph().owner(device, impl_->now->within);
}

std::optional<PersonId> Membership::person_of(const DeviceId& device, std::span<const OpId> heads) const {
  const auto settled = impl_->at(heads);
  return settled ? impl_->evaluation.graph().owner(device, settled->within) : std::nullopt;
}

bool Membership::may_write(const PersonId& person, const CircleId& circle, std::span<const OpId> heads) const {
  const auto settled = impl_->at(heads);
  return settled && impl_->may_write(*settled, person, circle);
}

bool Membership::is_coordinator(const PersonId& person, std::span<const OpId> heads) const {
  const auto settled = impl_->at(heads);
  return settled && impl_->view(*settled).is_coordinator(person);
}

Role Membership::role_of(const PersonId& person, std::span<const OpId> heads) const {
  const auto settled = impl_->at(heads);
  if (!settled || !impl_->view(*settled).is_confirmed(person)) return Role::none;
  const auto roles = access::roles_of(impl_->view(*settled), person);
  return roles.empty() ? Role::none : roles.back();
}

DataJudgement Membership::judge_data(const DeviceId& device, const CircleId& circle, std::span<const OpId> heads,
                                     bool as_coordinator, const IsInside& inside) const {
  const auto settled = impl_->at(heads);
  if (!settled) return {};
  const auto& graph = impl_->evaluation.graph();
  const auto person = graph.owner(device, settled->within);
  const auto without = [](Reason reason) { return DataJudgement{Standing::without_right, reason, false}; };
  if (!person) return without(Reason::no_person);
  const View then = impl_->view(*settled);
  if (!then.is_member(*person)) return without(Reason::not_member);
  if (!then.works(*person, device)) return without(Reason::device_removed);
  if (as_coordinator && !then.is_coordinator(*person)) return without(Reason::not_coordinator);
  if (!impl_->may_write(*settled, *person, circle)) return without(Reason::not_allowed);

  const View now = impl_->view(*impl_->now);
  DataJudgement judgement{Standing::applied, Reason::applied, false};
  bool is_gone = false;
  for (const auto& removal : impl_->removals_of(*person, device, as_coordinator)) {
    if (!now.is_effective(removal.node)) continue;
    is_gone = true;
    if (settled->effective.has(removal.node)) continue;
    const auto cuts = impl_->cuts_in(removal, circle);
    if (cuts.empty() && !access::is_own_parting(graph, removal)) judgement.to_review = true;
    if (!std::all_of(cuts.begin(), cuts.end(), inside)) return {Standing::set_aside, Reason::outside_cut, false};
  }
  // Nobody took this person's membership away; what gave it has fallen, or waits for a coordinator (rules 3 and 6).
  if (!is_gone && !now.is_member(*person)) return {Standing::set_aside, Reason::rests_on_void, false};
  return judgement;
}

std::vector<CircleNumber> Membership::circles_of(const DeviceId& device) const {
  const auto person = person_of(device);
  const View now = impl_->view(*impl_->now);
  if (!person || !now.works(*person, device)) return {};
  return access::circles_of(now, *person);
}

void Membership::check_invariants() const {
  const auto& graph = impl_->evaluation.graph();
  const Settled& now = *impl_->now;
  const View view = impl_->view(now);
  now.applied.each([&](Index node) {
    KIEM_CHECK(impl_->evaluation.memory()[node].own == Reason::applied);  // I2
    KIEM_CHECK(now.within.has_all(graph.at(node).past));                  // I1
  });
  for (const auto& [id, person] : graph.persons()) {
    if (!view.is_member(id)) continue;
    KIEM_CHECK(!view.standing_admits(id).empty());
    for (const auto& removal : person.removals) {  // I3
      if (!view.is_effective(removal.node)) continue;
      for (const auto& admit : view.standing_admits(id)) KIEM_CHECK(view.outlives(admit, removal.node));
    }
    KIEM_CHECK(!view.working_devices(id).empty());  // I5
  }
  now.effective.each([&](Index node) { KIEM_CHECK(now.applied.has(node)); });  // I4
  if (founder()) KIEM_CHECK(view.has_working_coordinator());                   // I5
}

Membership evaluate(const SpaceId& space, std::span<const AuthorityNode> nodes) {
  Membership membership(space);
  membership.add(nodes);
  return membership;
}

}  // namespace kiem
