// Who may write in a list, as far as its schema and what is known here tell: for leaving out buttons. What counts is
// judged where it is written (core/access). Functions on values, any thread.
#pragma once

#include "gui/model/facts.hpp"

namespace kiem::model {

[[nodiscard]] bool may_add_to(const Facts& facts, const std::optional<SpaceId>& chosen,
                              const CollectionModel& collection);
[[nodiscard]] bool may_change(const Facts& facts, const std::optional<SpaceId>& chosen,
                              const CollectionModel& collection, const RecordModel& record);

}  // namespace kiem::model
