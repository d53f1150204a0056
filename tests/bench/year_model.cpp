#include "tests/bench/year_model.hpp"

#include <algorithm>

namespace kiem::bench {

void YearModel::apply(const YearOp& op) {
  switch (op.kind) {
    case YearKind::task:
      tasks_[op.id] = {op.name, op.text, "open", op.day, op.seats, {}};
      break;
    case YearKind::claim:
      tasks_.at(op.id).claims.insert(op.who);
      break;
    case YearKind::unclaim:
      tasks_.at(op.id).claims.erase(op.who);
      break;
    case YearKind::state:
      tasks_.at(op.id).state = op.text;
      break;
    case YearKind::notes: {
      std::string& notes = tasks_.at(op.id).notes;
      const std::size_t at = std::min(op.at, notes.size());
      notes.replace(at, std::min(op.cut, notes.size() - at), op.text);
      break;
    }
    case YearKind::due:
      tasks_.at(op.id).due = op.day;
      break;
    case YearKind::volunteer:
    case YearKind::place:
    case YearKind::hours:
      break;  // no answer looks at them
  }
}

std::vector<std::string> YearModel::board(const YearScript& script) const {
  std::vector<const Task*> found;
  for (const auto& [id, task] : tasks_) {
    const bool soon = task.due >= script.today && task.due < script.until;
    if (task.state == "open" && soon && task.claims.size() < task.seats) found.push_back(&task);
  }
  std::sort(found.begin(), found.end(),
            [](const Task* a, const Task* b) { return std::tie(a->due, a->title) < std::tie(b->due, b->title); });
  std::vector<std::string> titles;
  for (std::size_t i = 0; i < std::min(found.size(), script.query_limit); ++i) titles.push_back(found[i]->title);
  return titles;
}

}  // namespace kiem::bench
