// People and cards in the members' circle: their names and what they told of themselves (DESIGN D4, D5).
#pragma once

#include "core/domain/user_act.hpp"

namespace kiem {

struct PersonWords {
  std::string name;
  std::string role_text, talents, languages, works_with;
};

// Writes a person's name and words under the principal's record. Each stands in a personal part of that principal, so
// that what an operation says of somebody can go for that one alone. `kind` is a principal_kind.
void draft_person(Draft& draft, const PrincipalId& person, std::uint32_t kind, const PersonWords& words);

// The person at this device tells the initiative its name; once, after founding or joining.
[[nodiscard]] Status introduce(const UserAct& act, std::string_view name);

}  // namespace kiem
