// What follows from intents and answers about the lists that an initiative added itself (record_intents.hpp). Functions
// on values, one thread, no failure.
#pragma once

#include "gui/model/intents.hpp"

namespace kiem::model {

// At most this many stand in a list; the search in everything finds the others.
inline constexpr std::uint32_t kListedRecords = 500;

void apply_record(Step& step, const Facts& facts, const RecordIntent& intent);
// What has to be asked to show this state, besides what every page asks.
void add_record_queries(const UiState& state, const InitiativeNaming& initiative, std::vector<NodeRequest>& queries);

// Answers; one to a question that is no longer asked changes nothing.
void take_records(Facts& facts, const UiState& state, const Request& asked, const Records& answer);
void take_record(Facts& facts, UiState& state, const Request& asked, const RecordAnswer& answer);
void take_found(Facts& facts, const UiState& state, const Request& asked, const FoundTexts& answer);
void take_undone(UiState& state, const Undone& answer);
// The page of what this store no longer shows says so itself.
[[nodiscard]] bool is_gone_record(const UiState& state, const Request& asked, const Error& error);

}  // namespace kiem::model
