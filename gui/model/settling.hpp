// How a conflict is settled: by writing one of its values anew, which replaces all of them (DESIGN D3). A function on
// values, any thread.
#pragma once

#include <optional>
#include <string_view>

#include "core/domain/requests.hpp"

namespace kiem::model {

// The edit that chooses `value` (in ISO form, as a ConflictRow lists it; empty: nothing there) for the schema's
// `field`. Nothing for a field or value that an edit cannot write: then the screen lists the sides without buttons.
[[nodiscard]] std::optional<EditTask> settling_edit(const TaskCard& card, std::string_view field,
                                                    std::string_view value);

}  // namespace kiem::model
