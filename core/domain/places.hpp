// Places: the gardens, sheds and community centres where things happen (domain.md F01).
#pragma once

#include "core/domain/requests.hpp"
#include "core/domain/user_act.hpp"

namespace kiem {

struct NewPlace {
  std::string title;
  std::string kind, area, text, meeting_point;
};

[[nodiscard]] Result<NewPlace> checked_place(const AddPlace& request);
[[nodiscard]] Result<RecordId> add_place(const UserAct& act, const NewPlace& place);
// The mutations of a new place, as add_place and the import write them.
void draft_place(Draft& draft, const std::optional<RecordId>& record, const NewPlace& place);

}  // namespace kiem
