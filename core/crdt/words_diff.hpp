// The longest common subsequence of two sequences, at a bounded cost: what stayed when a text was edited.
//
// Myers, "An O(ND) difference algorithm and its variations" (1986), greedy, after what is equal at both ends was taken
// away. With more than `most` differences in between, only the ends count as having stayed: a correct answer, though
// not the longest. Costs (n + m) * most comparisons and 4 * most * most bytes at the worst.
//
// Pure, any thread, cannot fail.
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace kiem {

// Pairs of an index in each, both ascending.
using Kept = std::vector<std::pair<std::size_t, std::size_t>>;

// Myers' search in the old words [0, n) and the new ones [0, m), none of them empty.
template <class Equal>
class KeptSearch {
 public:
  KeptSearch(std::int32_t n, std::int32_t m, std::int32_t most, const Equal& equal)
      : n_(n), m_(m), most_(std::min(most, n + m)), equal_(equal), reached_(2 * size(most_) + 3, 0) {}

  // Empty when there are more differences than that.
  Kept find() {
    for (std::int32_t differences = 0; differences <= most_; ++differences) {
      // What was reached with one difference less, on the diagonals that can matter.
      trace_.emplace_back(reached_.begin() + (most_ - differences), reached_.begin() + (most_ + differences + 3));
      for (std::int32_t diagonal = -differences; diagonal <= differences; diagonal += 2) {
        auto old_index = begin_of(diagonal, differences);
        while (old_index < n_ && old_index - diagonal < m_ && equal_(size(old_index), size(old_index - diagonal))) {
          ++old_index;
        }
        const auto place = most_ + 1 + diagonal;
        reached_[size(place)] = old_index;
        if (old_index >= n_ && old_index - diagonal >= m_) return followed_back(differences);
      }
    }
    return {};
  }

 private:
  static std::size_t size(std::int32_t number) { return static_cast<std::size_t>(number); }

  // Up to which old index the diagonal (old index minus new index) was reached with one difference less.
  [[nodiscard]] std::int32_t before(std::int32_t diagonal, std::int32_t differences) const {
    const auto place = differences + 1 + diagonal;
    return trace_[size(differences)][size(place)];
  }
  // Whether the last difference on the way to this diagonal is a new word rather than an old one that went.
  [[nodiscard]] bool is_insertion(std::int32_t diagonal, std::int32_t differences) const {
    return diagonal == -differences ||
           (diagonal != differences && before(diagonal - 1, differences) < before(diagonal + 1, differences));
  }
  [[nodiscard]] std::int32_t begin_of(std::int32_t diagonal, std::int32_t differences) const {
    if (differences == 0) return 0;
    return is_insertion(diagonal, differences) ? before(diagonal + 1, differences)
                                               : before(diagonal - 1, differences) + 1;
  }

  [[nodiscard]] Kept followed_back(std::int32_t differences) const {
    Kept kept;
    auto old_index = n_;
    auto new_index = m_;
    for (; differences >= 0; --differences) {
      const auto diagonal = old_index - new_index;
      const auto begin = begin_of(diagonal, differences);
      while (old_index > begin) kept.emplace_back(size(--old_index), size(--new_index));
      if (differences > 0) --(is_insertion(diagonal, differences) ? new_index : old_index);
    }
    std::reverse(kept.begin(), kept.end());
    return kept;
  }

  std::int32_t n_;
  std::int32_t m_;
  std::int32_t most_;
  const Equal& equal_;
  std::vector<std::int32_t> reached_;  // by diagonal, from -most_ - 1 on
  std::vector<std::vector<std::int32_t>> trace_;
};

// equal(i, j) must say the same each time it is asked. Below 2^30 in each.
template <class Equal>
[[nodiscard]] Kept kept_in_order(std::size_t n, std::size_t m, std::size_t most, const Equal& equal) {
  std::size_t start = 0;
  while (start < n && start < m && equal(start, start)) ++start;
  std::size_t same_end = 0;
  while (same_end < n - start && same_end < m - start && equal(n - 1 - same_end, m - 1 - same_end)) ++same_end;

  Kept kept;
  for (std::size_t i = 0; i < start; ++i) kept.emplace_back(i, i);
  if (start + same_end < n && start + same_end < m) {
    const auto shifted = [&](std::size_t i, std::size_t j) { return equal(start + i, start + j); };
    const auto count = [&](std::size_t of) { return static_cast<std::int32_t>(of - start - same_end); };
    const auto bound = static_cast<std::int32_t>(std::min(most, n + m));
    for (const auto& [i, j] : KeptSearch(count(n), count(m), bound, shifted).find()) {
      kept.emplace_back(start + i, start + j);
    }
  }
  for (auto i = same_end; i > 0; --i) kept.emplace_back(n - i, m - i);
  return kept;
}

}  // namespace kiem
