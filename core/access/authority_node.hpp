// One operation of the access circle, as the membership graph sees it: its place in the graph and its acts.
//
// Made from an operation whose signature was checked (core/ingest does that for every entry path, rule 8); nothing
// here looks at signatures of operations again. A plain value, any thread.
#pragma once

#include <optional>
#include <vector>

#include "core/access/acts.hpp"
#include "core/access/person_graph.hpp"

namespace kiem {

struct AuthorityNode {
  OpId id;
  DeviceId device;
  OpId prev;  // zeros for the first of a chain
  std::uint64_t seq = 0;
  std::vector<OpId> access_heads;
  std::vector<Act> acts;
  bool operator==(const AuthorityNode&) const = default;
};

// not_canonical or too_large when an act's bytes are wrong: such an operation is refused. An operation that is unknown
// as a whole (is_unknown) becomes a node with one UnknownAct.
[[nodiscard]] Result<AuthorityNode> authority_node(const OpId& id, const Header& header, const Bones& bones);

// What stands right before it in the graph: its access heads, its prev, and what its folds name.
[[nodiscard]] std::vector<OpId> parents_of(const AuthorityNode& node);

// The certificates this node brings, proved by the node itself, so that ingest can check the signatures of what follows
// before membership is computed anew. Also for the first operation of a space and for a device that introduces itself.
struct BroughtDevice {
  PersonId person;
  DeviceId device;
  Certificate certificate;
};
[[nodiscard]] std::vector<BroughtDevice> devices_brought_by(const AuthorityNode& node);

// The facts about persons that the node's copies prove, one entry a present; a present with a flaw proves nothing.
[[nodiscard]] std::vector<PersonFacts> facts_brought_by(const AuthorityNode& node);
// The copies of a person that an act carries; nullptr when its kind carries none.
[[nodiscard]] const std::vector<Bytes>* copies_in(const Act& act);

}  // namespace kiem
