// Writing a register so that it replaces what its author saw.
#pragma once

#include "core/domain/user_act.hpp"

namespace kiem {

// References to the live writes of a field, at most kMaxReferences: what a new write supersedes.
[[nodiscard]] Result<std::vector<Reference>> live_writes(const UserAct& act, const RecordId& record,
                                                         std::uint32_t collection, std::uint32_t field);

// Adds to `draft` a write that replaces the live ones.
[[nodiscard]] Status rewrite(const UserAct& act, Draft& draft, const RecordId& record, std::uint32_t collection,
                             std::uint32_t field, const Value& value);

}  // namespace kiem
