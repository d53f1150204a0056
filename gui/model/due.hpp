// What was kept longer than agreed, for who may erase it: told on the page of the lists, and unfolded there. Functions
// on values, any thread.
#pragma once

#include "gui/model/pieces.hpp"
#include "gui/model/reader.hpp"

namespace kiem::model {

// At most this many are shown at once.
inline constexpr std::uint32_t kDueShown = 100;

struct DueModel {
  std::string told;  // "3 stukken zijn over hun bewaartermijn."
  Button toggle;
  struct Row {
    RecordId record;
    std::string title;
    std::string detail;          // its list, whether it was taken away, and why it is due
    std::optional<Intent> open;  // none: what was taken away has no page
    std::string question;        // asked before it is erased; empty: not asked now
    std::vector<Button> buttons;
  };
  std::vector<Row> rows;
  std::string note;  // that they are on their way, or that there are more
};
// None: nothing is due, or it is not told to this person.
[[nodiscard]] std::optional<DueModel> due_model(const Reader& reader, const Facts& facts, const UiState& state);

// What opens the page of a record, of whichever collection it is.
[[nodiscard]] Intent opening(const std::string& collection, const RecordId& record);

void add_due_query(const UiState& state, const InitiativeNaming& initiative, std::vector<NodeRequest>& queries);
// An answer to a question that is no longer asked changes nothing.
void take_due(Facts& facts, const UiState& state, const Request& asked, const DueRecords& answer);
// It was erased for good: no row, no page and nothing to put back any more.
void take_erased(Facts& facts, UiState& state, const EraseRecord& asked, const RecordAnswer& answer);
// Who is no coordinator any more has no list of it either.
void forget_due(Facts& facts, UiState& state);

}  // namespace kiem::model
