// What an experiment came to: how many cases were tried, how they ended, and what must not have happened.
//
// An experiment is a function that is given a seed and a Findings to fill. Unit tests run short ones and fail on any
// problem; kiem-faults runs long ones and prints a table. A problem's text says what plays it again.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace kiem::test {

struct Findings {
  std::uint64_t cases = 0;
  std::map<std::string, std::uint64_t> ends;  // how cases ended, in a word or two
  std::vector<std::string> problems;
  // Called after each case: long runs show that they live, and say true when their time is over.
  std::function<bool(const Findings& so_far)> is_enough;

  // One more case. False: stop here.
  bool count(const std::string& end) {
    ++cases;
    ++ends[end];
    return !is_over();
  }
  void problem(std::string what) { problems.push_back(std::move(what)); }
  // A report is for reading; whoever finds so much has found enough.
  [[nodiscard]] bool is_over() const { return problems.size() >= 20 || (is_enough && is_enough(*this)); }
};

}  // namespace kiem::test
