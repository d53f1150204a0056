// Sets of mutation ids as sorted vectors: the merge rules build one once and then look things up in it.
// Pure, any thread.
#pragma once

#include <algorithm>
#include <iterator>
#include <vector>

#include "core/crdt/mutation_id.hpp"

namespace kiem {

// Ascending, each once: the form that the two below take.
inline void sort_once(std::vector<MutationId>& ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

[[nodiscard]] inline bool contains(const std::vector<MutationId>& sorted, const MutationId& id) {
  return std::binary_search(sorted.begin(), sorted.end(), id);
}

[[nodiscard]] inline std::vector<MutationId> minus(const std::vector<MutationId>& from,
                                                   const std::vector<MutationId>& sorted) {
  std::vector<MutationId> left;
  std::set_difference(from.begin(), from.end(), sorted.begin(), sorted.end(), std::back_inserter(left));
  return left;
}

}  // namespace kiem
