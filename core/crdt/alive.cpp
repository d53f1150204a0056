#include "core/crdt/alive.hpp"

#include "core/crdt/mutation_set.hpp"

namespace kiem {

AliveFold fold_alive(const AliveInput& input) {
  std::vector<MutationId> marks;
  bool created = input.derived;
  for (const auto& mark : input.marks) {
    if (!mark.applies) continue;
    marks.push_back(mark.id);
    created = created || record_of(mark.id.op) == input.record;
  }
  std::vector<MutationId> superseded;
  std::vector<MutationId> seen;
  bool deleted = false;
  for (const auto& deletion : input.deletes) {
    if (!deletion.applies) continue;
    deleted = true;
    superseded.insert(superseded.end(), deletion.marks.begin(), deletion.marks.end());
    seen.insert(seen.end(), deletion.edits.begin(), deletion.edits.end());
  }
  sort_once(marks);
  sort_once(superseded);

  AliveFold fold;
  fold.marks = minus(marks, superseded);
  if (input.erased) {
    fold.state = AliveState::erased;
  } else if (!created) {
    fold.state = AliveState::not_here;
  } else if (!fold.marks.empty() || (input.derived && !deleted)) {
    fold.state = AliveState::alive;
  } else {
    fold.state = AliveState::deleted;
    std::vector<MutationId> edits(input.edits.begin(), input.edits.end());
    sort_once(edits);
    sort_once(seen);
    fold.unseen_edits = minus(edits, seen);
  }
  return fold;
}

}  // namespace kiem
