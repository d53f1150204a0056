// A neighbourhood in rounds: everybody may write something and calls one other, over a network that lets only some
// call. What scenarios are made of (scenarios.hpp).
//
// Owns its world. One thread.
#pragma once

#include "tests/simulation/scenarios.hpp"
#include "tests/simulation/task_acts.hpp"
#include "tests/simulation/village.hpp"

namespace kiem::test {

class Neighbourhood {
 public:
  // Whether one laptop can call another now.
  using May = std::function<bool(std::size_t caller, std::size_t called)>;
  [[nodiscard]] static bool anybody(std::size_t, std::size_t) { return true; }

  // The first founds the initiative and lets the others in.
  Neighbourhood(std::uint64_t seed, std::size_t laptops);

  // Something by so many of those who are present.
  void write(unsigned percent);
  // Everybody calls one whom they may call, by lot.
  void call(const May& may);
  // `times` rounds of both.
  void live(std::size_t times, unsigned percent, const May& may);
  // One meeting, counted; over when both are level, or one has let go of the other. Whether they were level.
  bool meet(std::size_t from, std::size_t to);
  void count(SimLink& link);
  // Rounds of meetings and nothing else, until all who are present show the same and know it, or `at_most` rounds are
  // over. What differs then stands in the result, and how many rounds it took.
  void agree(std::size_t at_most, const std::function<void()>& round);
  void agree(std::size_t at_most, const May& may);
  // What was sent was new where it came, but for one in twenty.
  void must_not_repeat();
  // Something is not as it must be; the first that is told stays.
  void must(bool holds, const std::string& what);

  SimWorld world;
  std::vector<std::size_t> present;  // who takes part and agrees in the end
  TaskActs tasks;
  // What `from` says does not come to `to`; nobody is deaf unless it is set.
  std::function<bool(std::size_t from, std::size_t to)> is_deaf;
  ScenarioResult result;

 private:
  [[nodiscard]] bool is_one();
};

}  // namespace kiem::test
