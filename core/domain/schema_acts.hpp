// Adding collections and fields to an initiative (DESIGN D3; FORMAT.md 14.5).
#pragma once

#include "core/domain/user_act.hpp"
#include "core/schema/schema_act.hpp"

namespace kiem {

// Writes one schema act with everything that is added. Fails with not_allowed unless this person is a coordinator,
// which the caller looks up, and with too_large when it does not fit one operation.
[[nodiscard]] Status write_extension(const UserAct& act, const SchemaAddition& addition);

}  // namespace kiem
