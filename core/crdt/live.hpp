// What is shown is what is there minus what is superseded (DESIGN D3): the one merge idea under every merge type.
//
// A mutation is live when it applies and no mutation that applies supersedes it. Whether the superseding one is itself
// superseded makes no difference: history does not come back when its successor is replaced. A mutation set aside or
// void supersedes nothing. An edge from or to a mutation that is not here may be given; from an absent one it counts
// for nothing until that one comes, to an absent one it waits for it ("what comes later arrives superseded").
// The caller gives the edges within one record and field only: an edge to another is ignored by never being given.
//
// Pure, any thread, cannot fail. The answer does not depend on the order of its inputs nor on repetition.
#pragma once

#include <span>
#include <vector>

#include "core/crdt/mutation_set.hpp"

namespace kiem {

// applies: its verdict is applied or late; not set aside, void or unknown.
struct MutationVerdict {
  MutationId id;
  bool applies = false;
};

struct SupersedeEdge {
  MutationId by;
  MutationId of;
};

// The live ones of `mutations`, ascending, each once. A mutation given with both verdicts does not apply. An edge of a
// mutation to itself counts for nothing. n log n.
[[nodiscard]] inline std::vector<MutationId> live_mutations(std::span<const MutationVerdict> mutations,
                                                            std::span<const SupersedeEdge> edges) {
  std::vector<MutationId> applying;
  std::vector<MutationId> refused;
  for (const auto& mutation : mutations) (mutation.applies ? applying : refused).push_back(mutation.id);
  sort_once(applying);
  sort_once(refused);
  applying = minus(applying, refused);

  std::vector<MutationId> superseded;
  for (const auto& edge : edges) {
    if (edge.by != edge.of && contains(applying, edge.by)) superseded.push_back(edge.of);
  }
  sort_once(superseded);
  return minus(applying, superseded);
}

}  // namespace kiem
