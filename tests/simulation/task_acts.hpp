// What people do with tasks, by chance: add, claim, sign off, edit, call off.
#pragma once

#include "tests/support/sim_world.hpp"

namespace kiem::test {

class TaskActs {
 public:
  explicit TaskActs(SeededRng& chance) : chance_(chance) {}

  // What a person would do next; being told "no" is fine.
  void act(SimLaptop& laptop);

 private:
  SeededRng& chance_;
  std::uint64_t made_ = 0;
};

}  // namespace kiem::test
