// A pairing with a laptop that stands beside this one, as intents and answers move it on (Beside in ui_state.hpp).
//
// The node answers questions about a pairing in the order in which they were asked, and those about one that the person
// left are answered before anything of the next (sync/control/node_requests.hpp); so leaving one means to count what
// is still to come of it and to drop that many answers. Functions on values, one thread, no failure.
#pragma once

#include "gui/model/intents.hpp"

namespace kiem::model {

// Whether a code that was typed is meant as a short one: no longer than those are, whether it can be read or not.
[[nodiscard]] bool is_short_code(std::string_view typed_code);

// --- of intents ------------------------------------------------------------------------------------------------------
// Guest: looks for the laptop that shows this code.
void find_host(Step& step);
// Host: asks for a code.
void show_code(Step& step, const InitiativeNaming& initiative);
void compare_words(Step& step, bool same);
// Also when there is none: then it goes a page back.
void leave_pairing(Step& step);
// What is under way is over without being told: the store locks.
void forget_pairing(UiState& state);

// --- of answers ------------------------------------------------------------------------------------------------------
[[nodiscard]] bool is_about_pairing(const NodeRequest& request);
// Counts an answer; true: it is about a pairing that the person has left, and is to be dropped.
[[nodiscard]] bool is_of_left_pairing(UiState& state);
[[nodiscard]] std::vector<NodeRequest> take_code(UiState& state, const PairingOpened& opened);
void take_words(UiState& state, const PairingShown& shown);
// The pairing did not come about: where to begin anew, and why.
void take_pairing_failure(UiState& state, const Error& error);

}  // namespace kiem::model
