// A set of rows that mostly follow each other, kept as ranges: what the peer of a session is known to have.
//
// A value; one thread at a time.
#pragma once

#include <cstdint>
#include <iterator>
#include <map>

namespace kiem {

class RowSet {
 public:
  void add(std::int64_t row) {
    if (has(row)) return;
    auto after = ranges_.upper_bound(row);
    const bool joins_next = after != ranges_.end() && after->first == row + 1;
    const bool joins_last = after != ranges_.begin() && std::prev(after)->second == row - 1;
    const std::int64_t end = joins_next ? after->second : row;
    if (joins_next) after = ranges_.erase(after);
    if (joins_last) {
      std::prev(after)->second = end;
    } else {
      ranges_.emplace(row, end);
    }
  }
  [[nodiscard]] bool has(std::int64_t row) const {
    const auto after = ranges_.upper_bound(row);
    return after != ranges_.begin() && std::prev(after)->second >= row;
  }
  // Rows up to here are of no interest any more.
  void forget_up_to(std::int64_t row) {
    while (!ranges_.empty() && ranges_.begin()->second <= row) ranges_.erase(ranges_.begin());
  }
  [[nodiscard]] std::size_t ranges() const { return ranges_.size(); }

 private:
  std::map<std::int64_t, std::int64_t> ranges_;  // first to last
};

}  // namespace kiem
