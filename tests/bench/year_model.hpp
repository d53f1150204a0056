// What the state must be after the operations in their order: the plain reference, without merge, store or signature.
//
// One value, one thread; it knows nothing of Kiem, so that an answer that equals its answer is right.
#pragma once

#include <map>
#include <set>

#include "tests/bench/year_script.hpp"

namespace kiem::bench {

class YearModel {
 public:
  struct Task {
    std::string title, notes, state = "open";
    std::int32_t due = 0;
    std::uint32_t seats = 0;
    std::set<std::size_t> claims;
  };
  void apply(const YearOp& op);
  [[nodiscard]] const Task& task(const std::string& id) const { return tasks_.at(id); }
  // Titles of open tasks of the coming days with free seats, by day and then by title, the first few. By title, because
  // the record ids that the script's numbers become are hashes.
  [[nodiscard]] std::vector<std::string> board(const YearScript& script) const;

 private:
  std::map<std::string, Task> tasks_;
};

}  // namespace kiem::bench
