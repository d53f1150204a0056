// What people do with collections that they added themselves, by chance: every merge type, in one place, apart.
#pragma once

#include "tests/support/sim_world.hpp"

namespace kiem::test {

class RecordActs {
 public:
  explicit RecordActs(SeededRng& chance) : chance_(chance) {}

  // A first or a further part of the schema; nothing for somebody who is no coordinator.
  void extend(SimLaptop& laptop);
  // One act on a record, or the making of one; undone now and then. Being told "no" is fine.
  void act(SimLaptop& laptop);

 private:
  [[nodiscard]] std::string words();
  void change(SimLaptop& laptop, const std::string& record);

  SeededRng& chance_;
  std::uint64_t made_ = 0;
  std::uint64_t parts_ = 0;
};

}  // namespace kiem::test
