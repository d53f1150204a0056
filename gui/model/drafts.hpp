// What was typed in the forms for a new task and a new place, read as the acts they are meant to be. Functions on
// values, any thread.
#pragma once

#include "gui/model/ui_state.hpp"
#include "sync/control/node_requests.hpp"

namespace kiem::model {

// A blank day, time, number or place is none. Fails with bad_date, bad_time (core/domain/import/dates.hpp) or
// bad_number (args: "seats", what was given, "count"); whether there is a title is the caller's to ask.
[[nodiscard]] Result<AddTask> drafted_task(const UiState& state, const InitiativeNaming& initiative);
[[nodiscard]] AddPlace drafted_place(const UiState& state, const InitiativeNaming& initiative);

// Of nothing but white space.
[[nodiscard]] bool is_blank(std::string_view text);

}  // namespace kiem::model
