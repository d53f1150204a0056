// A tally: entries that only add up; a correction is an entry that supersedes the one it corrects (DESIGN D3).
//
// live.hpp says which entries are left. Two corrections of one entry that did not see each other are both left: two
// people each said what it should have been, and the screen asks. Pure, any thread, cannot fail; neither order nor
// repetition of the entries matters.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "core/crdt/mutation_id.hpp"

namespace kiem {

// A live entry. Amounts are minutes, cents or pieces, and may be negative.
struct TallyEntry {
  MutationId id;
  std::int64_t amount = 0;
};

struct Tally {
  std::int64_t sum = 0;
  std::size_t entries = 0;  // distinct
  // The true sum does not fit and `sum` is the nearest that does. Only entries made to cause it come this far.
  bool beyond = false;
  bool operator==(const Tally&) const = default;
};

[[nodiscard]] inline Tally fold_tally(std::span<const TallyEntry> live) {
  std::vector<TallyEntry> once(live.begin(), live.end());
  std::sort(once.begin(), once.end(), [](const TallyEntry& a, const TallyEntry& b) { return a.id < b.id; });
  once.erase(
      std::unique(once.begin(), once.end(), [](const TallyEntry& a, const TallyEntry& b) { return a.id == b.id; }),
      once.end());
  // Summed exactly, halves apart, and cut off only at the end: cutting off along the way would let the order matter.
  // The low halves are not negative, so 2^31 entries fit in either sum.
  std::int64_t high = 0;
  std::int64_t low = 0;
  for (const auto& entry : once) {
    high += entry.amount >> 32;
    low += entry.amount & 0xFFFFFFFF;
  }
  high += low >> 32;
  low &= 0xFFFFFFFF;
  constexpr std::int64_t kMost = std::numeric_limits<std::int32_t>::max();
  constexpr std::int64_t kLeast = std::numeric_limits<std::int32_t>::min();
  if (high > kMost) return {std::numeric_limits<std::int64_t>::max(), once.size(), true};
  if (high < kLeast) return {std::numeric_limits<std::int64_t>::min(), once.size(), true};
  return {high * (std::int64_t{1} << 32) + low, once.size(), false};
}

}  // namespace kiem
