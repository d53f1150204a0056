#include "gui/model/facts.hpp"

#include <algorithm>

namespace kiem::model {

const InitiativeRow* initiative_of(const Facts& facts, const std::optional<SpaceId>& chosen) {
  if (!facts.status || facts.status->initiatives.empty()) return nullptr;
  const std::vector<InitiativeRow>& rows = facts.status->initiatives;
  if (chosen) {
    const auto found =
        std::find_if(rows.begin(), rows.end(), [&](const InitiativeRow& row) { return row.id == *chosen; });
    if (found != rows.end()) return &*found;
  }
  return &rows.front();
}

bool may_add(const Facts& facts, const std::optional<SpaceId>& chosen) {
  const InitiativeRow* const initiative = initiative_of(facts, chosen);
  return initiative != nullptr &&
         (initiative->my_role == kiem::Role::volunteer || initiative->my_role == kiem::Role::coordinator);
}

bool has_lock(const Facts& facts) { return facts.slots && facts.slots->passphrase; }

bool can_be_remembered(const Facts& facts) { return has_lock(facts) && !facts.slots->key_file; }

const TaskCard* card_of(const Facts& facts, const RecordId& task) {
  if (facts.task && facts.task->card.id == task) return &facts.task->card;
  if (!facts.tasks) return nullptr;
  const std::vector<TaskCard>& cards = facts.tasks->tasks;
  const auto found = std::find_if(cards.begin(), cards.end(), [&](const TaskCard& card) { return card.id == task; });
  return found == cards.end() ? nullptr : &*found;
}

}  // namespace kiem::model
