// Removals: what their cuts accept (rules 2 and 3) and how strongly they are signed (rule 5).
// Questions about a View, which here is the whole causally closed set that is being evaluated, unless said otherwise.
// Internal to core/access, one thread at a time.
#pragma once

#include "core/access/view.hpp"

namespace kiem::access {

// The heads that a removing act names; nullptr for an act that removes nothing.
[[nodiscard]] const CutHeads* cut_of(const Act& act);
// The person it takes something from: for a device its owner; none for an act that removes nothing.
[[nodiscard]] std::optional<PersonId> target_of(const Graph& graph, const ActRef& removal);
// By the person itself, and without recovery words: it voids no act that does not cite it (rule 2).
[[nodiscard]] bool is_own_parting(const Graph& graph, const ActRef& removal);

// Rule 2: the node is in the remover's own past, or inside the heads that the cut names in the access circle.
[[nodiscard]] bool accepts(const View& whole, const ActRef& removal, Index node);
// The removal closes the chain before this node: one of its target's, outside the cut, by somebody who had not seen
// the removal in effect.
[[nodiscard]] bool closes(const View& whole, const ActRef& removal, Index node);
// Some effective removal closes it.
[[nodiscard]] bool is_closed(const View& whole, Index node);

struct Support {
  bool by_words = false;         // the space's recovery words, or the owner's for a device
  std::uint32_t signatures = 0;  // of qualified coordinators, recovery words of a signer counting once more
  std::uint32_t rank = kNoRank;  // of the best of them
};
enum class Counted {
  now,     // signers whose signature and right still count in the view
  proven,  // by each signer's own past alone: what the whole graph shows, whatever has fallen since
};
[[nodiscard]] Support support_of(const View& whole, const ActRef& act, Counted counted);

// How many signatures the act needs in this graph: 0, 1 or 2.
[[nodiscard]] std::uint32_t signatures_needed(const View& whole, const ActRef& act);
[[nodiscard]] bool has_signatures(const View& whole, const ActRef& act);

// The order in which removals are decided: the first of two conflicting ones has effect.
struct Claim {
  std::uint32_t strength = 0;  // 3 recovery words, 2 two signatures, 1 one
  std::uint32_t rank = kNoRank;
  OpId id;
  [[nodiscard]] bool goes_before(const Claim& other) const {
    if (strength != other.strength) return strength > other.strength;
    if (rank != other.rank) return rank < other.rank;
    return id < other.id;
  }
};
// The weakest of the node's removing acts speaks for all, since an operation counts whole or not at all.
[[nodiscard]] Claim claim_of(const View& whole, Index removal);

}  // namespace kiem::access
