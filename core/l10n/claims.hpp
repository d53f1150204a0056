// The words for where a task and a claim stand (DESIGN D6). Every claim has one state and one reason, and both have
// words in both languages. Free functions, any thread, no failure.
#pragma once

#include <string>

#include "core/l10n/lang.hpp"
#include "core/views/models.hpp"

namespace kiem {

// "open", "klaar", "afgelast".
[[nodiscard]] std::string task_state_text(Lang lang, TaskState state);

// "nog 2 plekken", "vol", "overboekt 3/2", "iedereen welkom"; of a task that is not open its state.
[[nodiscard]] std::string seats_text(Lang lang, const TaskCard& task);

// "voorlopig", "bevestigd", "wachtlijst 2". The position is used while waiting only.
[[nodiscard]] std::string claim_state_text(Lang lang, ClaimState state, std::uint32_t position);
// The same with the part of a group that is placed already: "bevestigd 2, 1 wacht".
[[nodiscard]] std::string claim_state_text(Lang lang, const ClaimRow& claim);

// Why the claim stands there, one or two sentences. The reason's number is how many seats there are; 0: not known.
[[nodiscard]] std::string reason_text(Lang lang, const ClaimExplanation& reason);

// What a person reads after claiming or signing off: "Je staat op de wachtlijst van Heg knippen, als nummer 2." For
// somebody else's claim the sentence names that person.
[[nodiscard]] std::string claim_sentence(Lang lang, std::string_view title, const ClaimRow& claim);

}  // namespace kiem
