#include "core/access/space_members.hpp"

#include <algorithm>

namespace kiem {
namespace {

tl::unexpected<Error> no_founding() {
  return fail(ErrorCode::not_canonical, Fault::peer, {"0", "a founding operation that proves itself"});
}

// The operations whose acts make up the graph: of the access circle, not parked.
Result<std::vector<AuthorityNode>> load_nodes(Connection& db, std::int64_t space) {
  KIEM_TRY_GET(const auto rows, access_operations(db, space));
  std::vector<AuthorityNode> nodes;
  for (const std::int64_t row : rows) {
    KIEM_TRY_GET(const StoredOperation operation, load_operation(db, row));
    if (operation.standing == Standing::parked) continue;
    KIEM_TRY_GET(auto node, authority_node(operation.id, operation.header, operation.bones));
    nodes.push_back(std::move(node));
  }
  return nodes;
}

Standing standing_of(const Judgement& judgement) {
  switch (judgement.verdict) {
    case Verdict::applied:
    case Verdict::waiting:
      return Standing::applied;
    case Verdict::none:
      return Standing::without_right;
    case Verdict::unknown:
      return Standing::unknown;
  }
  return Standing::unknown;
}

}  // namespace

Result<Founder> founder_of(const OpId& id, const Header& header, const Bones& bones) {
  KIEM_TRY_GET(const AuthorityNode node, authority_node(id, header, bones));
  if (node.acts.empty()) return no_founding();
  const auto brought = devices_brought_by(node);
  const auto own = std::find_if(brought.begin(), brought.end(),
                                [&](const BroughtDevice& each) { return each.device == header.device; });
  if (own == brought.end()) return no_founding();
  Founder founder{own->person, own->certificate.signing, false, false};
  const ActBody& act = node.acts.front().body;
  if (const auto* space = std::get_if<act::FoundingOfSpace>(&act)) {
    founder.practice = space->practice;
  } else if (std::holds_alternative<act::FoundingOfPerson>(act)) {
    founder.own_space = true;
  } else {
    return no_founding();
  }
  return founder;
}

namespace {

// Whether an operation's acts can set aside data that is here: those that remove, and signatures, which may be the one
// that a removal waited for.
bool may_cut(const Bones& bones) {
  return std::any_of(bones.mutations.begin(), bones.mutations.end(), [](const Mutation& mutation) {
    const auto act = mutation.authority.empty() ? Result<Act>(Act{}) : decode_act(mutation.authority);
    if (!act) return true;
    const bool gives =
        std::holds_alternative<act::FoundingOfSpace>(act->body) ||
        std::holds_alternative<act::FoundingOfPerson>(act->body) || std::holds_alternative<act::Present>(act->body) ||
        std::holds_alternative<act::Invite>(act->body) || std::holds_alternative<act::Admit>(act->body) ||
        std::holds_alternative<act::ConfirmMember>(act->body) || std::holds_alternative<act::GrantMandate>(act->body) ||
        std::holds_alternative<act::ExtendSchema>(act->body);
    return !gives;
  });
}

}  // namespace

Result<Membership*> SpaceMembers::cached(std::int64_t space) {
  auto known = memberships_.find(space);
  if (known == memberships_.end()) {
    KIEM_TRY_GET(const SpaceRow row, space_at(db_, space));
    KIEM_TRY_GET(const auto nodes, load_nodes(db_, space));
    auto membership = std::make_unique<Membership>(row.id);
    membership->add(nodes);
    known = memberships_.emplace(space, std::move(membership)).first;
  }
  return known->second.get();
}

Result<const Membership*> SpaceMembers::of(std::int64_t space) {
  KIEM_TRY_GET(const Membership* membership, cached(space));
  return membership;
}

void SpaceMembers::forget() {
  memberships_.clear();
  forget_answers();
}

void SpaceMembers::forget_answers() {
  authors_.clear();
  judged_.clear();
}

Result<std::optional<Author>> SpaceMembers::author(std::int64_t space, const DeviceId& device) {
  if (const auto known = authors_.find({space, device}); known != authors_.end()) return std::optional(known->second);
  KIEM_TRY_GET(const Membership* membership, cached(space));
  const auto certificate = membership->certificate_of(device);
  const auto person = membership->person_of(device);
  if (!certificate || !person) return std::optional<Author>{};
  const Author author{*person, certificate->signing};
  authors_.emplace(std::make_pair(space, device), author);
  return std::optional(author);
}

Result<std::optional<Author>> SpaceMembers::introduced_by(std::int64_t space, const OpId& id, const Header& header,
                                                          const Bones& bones) {
  if (!header.prev.is_zero()) return std::optional<Author>{};
  KIEM_TRY_GET(const AuthorityNode node, authority_node(id, header, bones));
  const auto brought = devices_brought_by(node);
  const bool brings_itself = std::any_of(brought.begin(), brought.end(),
                                         [&](const BroughtDevice& each) { return each.device == header.device; });
  if (!brings_itself) return std::optional<Author>{};
  KIEM_TRY_GET(const Membership* membership, cached(space));
  Membership with = *membership;
  with.add({&node, 1});
  const auto certificate = with.certificate_of(header.device);
  const auto person = with.person_of(header.device);
  if (!certificate || !person) return std::optional<Author>{};
  return std::optional(Author{*person, certificate->signing});
}

Result<bool> SpaceMembers::knows_heads(const StoredOperation& operation) {
  const auto judged = judged_.find({operation.device.row, operation.circle.row});
  if (judged != judged_.end() && judged->second.heads == operation.header.access_heads) return true;
  KIEM_TRY_GET(const Membership* membership, cached(operation.circle.space));
  std::vector<OpId> parents = operation.header.access_heads;
  if (operation.circle.number == 0) {
    KIEM_TRY_GET(const AuthorityNode node, authority_node(operation.id, operation.header, operation.bones));
    parents = parents_of(node);
  }
  return std::all_of(parents.begin(), parents.end(),
                     [&](const OpId& parent) { return membership->verdict(parent).has_value(); });
}

Result<bool> SpaceMembers::add(const StoredOperation& operation) {
  KIEM_TRY_GET(Membership * membership, cached(operation.circle.space));
  KIEM_TRY_GET(const AuthorityNode node, authority_node(operation.id, operation.header, operation.bones));
  const std::uint64_t before = membership->revisions();
  membership->add({&node, 1});
  forget_answers();
  return may_cut(operation.bones) || membership->revisions() != before;
}

Result<bool> SpaceMembers::is_inside(const StoredOperation& operation, const DataCut& cut) {
  // Covered by an accepted head: a head of this chain at or after the operation, with the operation in its past.
  for (const OpId& head : cut.heads) {
    if (head == operation.id) return true;  // which is judged before it is stored
    KIEM_TRY_GET(const auto row, find_operation(db_, head));
    if (!row) continue;
    KIEM_TRY_GET(const StoredOperation accepted, load_operation(db_, *row));
    if (accepted.standing == Standing::parked) continue;  // it says nothing yet
    if (accepted.chain != operation.chain || accepted.header.seq < operation.header.seq) continue;
    KIEM_TRY_GET(const auto same, operation_back(db_, *row, accepted.header.seq - operation.header.seq));
    if (same == operation.row) return true;
  }
  return seen_by(operation, cut.remover, cut.removal);
}

// Whether an operation of the remover that came no later than the removal had seen this one (D5.2): one whose access
// heads do not know the removal. That it is no head itself says nothing, once another act was built on it.
Result<bool> SpaceMembers::seen_by(const StoredOperation& operation, const PersonId& remover, const OpId& removal) {
  KIEM_TRY_GET(const Membership* membership, cached(operation.circle.space));
  KIEM_TRY_GET(Statement * find,
               db_.cached("SELECT o.operation FROM chain h CROSS JOIN device d USING(device) CROSS JOIN operation o "
                          "INDEXED BY operation_by_chain USING(chain) WHERE h.circle = ? AND d.person = ?"));
  find->bind(1, operation.circle.row).bind(2, remover);
  std::vector<std::int64_t> rows;
  while (true) {
    KIEM_TRY_GET(const bool more, find->step());
    if (!more) break;
    rows.push_back(find->integer(0));
  }
  for (const std::int64_t row : rows) {
    KIEM_TRY_GET(const StoredOperation by, load_operation(db_, row));
    if (by.standing == Standing::parked || membership->knows(by.header.access_heads, removal)) continue;
    for (const OpId& seen : by.header.seen) {
      if (seen == operation.id) return true;  // which is not in the log yet while it is being taken
      KIEM_TRY_GET(const auto seen_row, find_operation(db_, seen));
      if (!seen_row) continue;
      KIEM_TRY_GET(const StoredOperation had, load_operation(db_, *seen_row));
      if (had.chain == operation.chain && had.header.seq >= operation.header.seq) return true;
    }
  }
  return false;
}

Result<bool> SpaceMembers::removed_since(const StoredOperation& operation) {
  KIEM_TRY_GET(const Membership* membership, cached(operation.circle.space));
  const auto person = membership->person_of(operation.device.id);
  return person && membership->has_removed_since(*person, operation.header.access_heads);
}

Result<Authority> SpaceMembers::judge(const StoredOperation& operation) {
  const auto& heads = operation.header.access_heads;
  const bool is_data = operation.circle.number != 0 && !is_unknown(operation.header, operation.bones);
  const auto key = std::make_pair(operation.device.row, operation.circle.row);
  if (is_data) {
    const auto judged = judged_.find(key);
    if (judged != judged_.end() && judged->second.heads == heads) return judged->second.authority;
  }
  KIEM_TRY_GET(const Membership* membership, cached(operation.circle.space));
  Authority authority;
  const auto person = membership->person_of(operation.device.id);
  if (person) authority.role = membership->role_of(*person, heads);
  if (operation.circle.number == 0) {
    const auto judgement = membership->verdict(operation.id);
    authority.standing = judgement ? standing_of(*judgement) : Standing::parked;
    // The founding act names no heads: its author is what it makes of him.
    if (operation.header.space.is_zero() && person) {
      const std::array<OpId, 1> self{operation.id};
      authority.role = membership->role_of(*person, self);
    }
    return authority;
  }
  if (!is_data) {
    authority.standing = Standing::unknown;
    return authority;
  }
  std::optional<Error> failed;
  bool looked_inside = false;
  const IsInside inside = [&](const DataCut& cut) {
    looked_inside = true;
    const auto answer = is_inside(operation, cut);
    if (!answer) failed = answer.error();
    authority.is_inside = authority.is_inside || answer.value_or(false);
    return answer.value_or(false);
  };
  const bool as_coordinator = authority.role == Role::coordinator;
  authority.standing =
      membership->judge_data(operation.device.id, operation.circle.id, heads, as_coordinator, inside).standing;
  if (failed) return tl::unexpected<Error>(*failed);
  if (!looked_inside && authority.standing != Standing::parked) judged_.insert_or_assign(key, Judged{heads, authority});
  return authority;
}

}  // namespace kiem
