#include "tests/simulation/task_acts.hpp"

namespace kiem::test {

void TaskActs::act(SimLaptop& laptop) {
  std::vector<std::string> titles;
  for (const auto& task : laptop.ask<Tasks>(ListTasks{}).tasks) titles.push_back(task.title);
  if (titles.empty() || chance_.chance(25)) {
    laptop.add_task("Taak " + std::to_string(++made_), static_cast<std::uint32_t>(1 + chance_.below(3)));
    return;
  }
  const std::string& title = titles[chance_.below(titles.size())];
  switch (chance_.below(6)) {
    case 0:
    case 1:
    case 2:
      laptop.attempt(ClaimTask{{}, {title}, static_cast<std::uint32_t>(1 + chance_.below(2)), {}});
      break;
    case 3:
      laptop.attempt(WithdrawClaim{{}, {title}, {}});
      break;
    case 4: {
      EditTask edit;
      edit.task = {title};
      edit.seats = static_cast<std::uint32_t>(1 + chance_.below(4));
      edit.note = "Notitie " + std::to_string(chance_.below(100));
      laptop.attempt(edit);
      break;
    }
    default:
      if (chance_.chance(20)) laptop.attempt(CancelTask{{}, {title}, "regen"});
  }
}

}  // namespace kiem::test
