// Membership: who belongs to a space, with which devices and which rights, computed from the acts in its access circle
// (DESIGN D5, rules 1 to 10).
//
// The acts form a graph: an operation has in its past its prev and its access heads (and what a fold adds), and theirs.
// An act is judged twice. First in its *own past* alone: had its author the right, by the very rules below applied to
// that past? That verdict never changes. Then in the set at hand: is it outside the cut of a removal that has effect,
// does what gave the right still count, are the signatures there? What passes both *counts*.
//
//   I1  The result is a function of the set of acts whose whole past is in the set. Neither the order of arrival nor
//       the viewer enters; no clock does. Acts whose past is incomplete are parked and say nothing.
//   I2  An act that counts passed in its own past. Nothing that arrives later gives a right that its author lacked.
//   I3  Something given (admission, confirmation, promotion) stands while every removal of its receiver that has effect
//       was seen, in effect, by the giver. So a removal beats a concurrent addition (rule 4).
//   I4  A removal has effect when it is signed as rule 5 asks and, among those that conflict with it, goes first: by
//       recovery words, then two signatures, then one; then by the best signer's rank; then by id. One pass; what was
//       decided stays, whatever a later one's cut says.
//   I5  No removal has effect that leaves no coordinator with a working device, or a person without a device. Since
//       nothing else takes a coordinator away, there always is one.
//   I6  An act of the target that has not seen the removal in effect counts only inside the cut, widened to all that
//       the remover had seen (rule 2). One that has is judged by its own past, in which the removal counts.
//   I7  A promotion, and taking anything from a coordinator, takes two signatures of coordinators, judged in the past
//       of the act and each on its signer's own chain (a Sign act), a signer's recovery words counting as a second.
//       Coordinators promoted beside the act count as such for its number. So one stolen laptop gains nothing.
//   I8  Data is judged by its author's rights at its own access heads and by the cuts alone: nothing an honest person
//       wrote falls because somebody else's act did.
//
// check_invariants() is I2 to I5 as code. What the rules leave to others: rule 8's comparison of signer and author is
// ingest's; a seal (rule 10) is decoded and kept, its effect on older acts is not computed yet (verdict unknown); cuts
// are told as what they amount to (cut_matter.hpp); of their purposes only removal has an effect here.
//
// A Membership is a value that shares its graph with its copies until one of them grows. One thread at a time.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/access/authority_node.hpp"
#include "core/access/cut_matter.hpp"
#include "core/access/state.hpp"
#include "core/access/verdict.hpp"

namespace kiem {

// A cut that concerns some data: what the removal accepts of its target's chains in one circle.
struct DataCut {
  OpId removal;
  PersonId remover;
  std::vector<OpId> heads;  // accepted heads in that circle, ascending; none: nothing is accepted
};
// Whether the operation at hand is covered by one of the heads, or (rule 2) was seen by an operation of the remover
// that is no later than the removal. Only who holds the circle's chains can tell.
using IsInside = std::function<bool(const DataCut&)>;

struct DataJudgement {
  // applied, set_aside (rule 3), without_right, or parked when an access head is not here.
  Standing standing = Standing::parked;
  Reason reason = Reason::applied;  // why not applied
  // A removal whose cut does not list the circle: shown, marked "nog te bekijken" until a member of it adds a cut.
  bool to_review = false;
  bool operator==(const DataJudgement&) const = default;
};

class Membership {
 public:
  explicit Membership(const SpaceId& space);
  ~Membership();
  Membership(const Membership&);
  Membership& operator=(const Membership&);
  Membership(Membership&&) noexcept;
  Membership& operator=(Membership&&) noexcept;

  // Adds nodes, in any order; known ones change nothing. Costs what the new ones cost, not what is there. The result
  // equals evaluate() of all nodes ever given.
  void add(std::span<const AuthorityNode> nodes);

  // Grows whenever add() brought what may change the judgement of data that is here already, beside what the new acts
  // themselves take away: an act that was here counts now, or no longer (a fork makes it wait, somebody builds on it),
  // or somebody who was let in before is let in again.
  [[nodiscard]] std::uint64_t revisions() const;

  [[nodiscard]] const SpaceId& space() const;
  // The id of the person who founded it; none while the founding act is not here or proves nobody.
  [[nodiscard]] std::optional<PersonId> founder() const;
  // A practice space says so in its founding act (D5); false while that act is not here.
  [[nodiscard]] bool is_practice() const;
  [[nodiscard]] std::size_t size() const;          // nodes in the graph
  [[nodiscard]] std::vector<OpId> parked() const;  // given, but with a past that is not here; ascending
  // What is nobody's past: the access heads of an operation written now (beyond kMaxAccessHeads a fold is due).
  [[nodiscard]] std::vector<OpId> heads() const;  // ascending

  // --- verdicts ---
  // Absent for an id that is not in the graph (unknown or parked).
  [[nodiscard]] std::optional<Judgement> verdict(const OpId& id) const;
  // What the cuts of a matter amount to now; a removal's matter is record_of(its operation). Empty when there is none.
  [[nodiscard]] CutMatter cut_matter(const RecordId& matter, Number purpose) const;
  // Everybody and everything, now and at the given heads; absent when a head is not in the graph.
  [[nodiscard]] MembershipState state() const;
  [[nodiscard]] std::optional<MembershipState> state_at(std::span<const OpId> heads) const;

  // --- what ingest asks ---
  // From any copy in the graph, whatever became of the act that brought it: a certificate proves itself.
  [[nodiscard]] std::optional<Certificate> certificate_of(const DeviceId& device) const;
  // By the claims in the whole graph, and at the given heads; absent when nobody claims it (there).
  [[nodiscard]] std::optional<PersonId> person_of(const DeviceId& device) const;
  [[nodiscard]] std::optional<PersonId> person_of(const DeviceId& device, std::span<const OpId> heads) const;
  // Rights at these access heads. False too for unknown heads, persons and circles.
  [[nodiscard]] bool may_write(const PersonId& person, const CircleId& circle, std::span<const OpId> heads) const;
  [[nodiscard]] bool is_coordinator(const PersonId& person, std::span<const OpId> heads) const;
  // The role that says most, none for who does not belong there. Probation: Role::none.
  [[nodiscard]] Role role_of(const PersonId& person, std::span<const OpId> heads) const;

  // What became of data of this device in this circle, written at these heads. as_coordinator: the write needed a
  // coordinator's right, so that a demotion's cut concerns it too.
  [[nodiscard]] DataJudgement judge_data(const DeviceId& device, const CircleId& circle, std::span<const OpId> heads,
                                         bool as_coordinator, const IsInside& inside) const;

  // --- what every exit asks (may_send) ---
  // The circles whose operations may go to this device now, ascending by number; empty for a device that does not work
  // or belongs to nobody here.
  [[nodiscard]] std::vector<CircleNumber> circles_of(const DeviceId& device) const;

  // What took a person or a device out of the space and has effect now, removals of a device among a person's copies
  // included: the ids of those acts, each behind what it builds on. Who was taken out is not told them.
  [[nodiscard]] std::vector<OpId> partings() const;
  // Whether the act is one of these heads or in the past of one. False for what is not here.
  [[nodiscard]] bool knows(std::span<const OpId> heads, const OpId& act) const;
  // Whether a removal, demotion or leaving of this person's making has effect now that these heads do not know.
  [[nodiscard]] bool has_removed_since(const PersonId& person, std::span<const OpId> heads) const;

  // Stops the program when an invariant does not hold; for tests.
  void check_invariants() const;

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

// Membership of these nodes.
[[nodiscard]] Membership evaluate(const SpaceId& space, std::span<const AuthorityNode> nodes);

}  // namespace kiem
