// Records of any collection for people and as JSON, by the words of their schema: `record ...`, `settle` and `search`.
// Pure; any thread.
#pragma once

#include "core/domain/requests.hpp"
#include "sync/cli/audience.hpp"
#include "sync/cli/json.hpp"
#include "sync/cli/page.hpp"

namespace kiem::cli {

// A record's title, or words for one that has none.
[[nodiscard]] std::string title_text(Lang lang, const std::string& title);

// After adding its id first, then what happened; else the record with all that it holds.
void print_record(Page& page, const Audience& audience, const Request& request, const RecordAnswer& answer);
// Id, title and as many fields as fit beside each other, below their labels.
void print_records(Page& page, const Audience& audience, const Request& request, const Records& answer);
void print_found(Page& page, const Audience& audience, const FoundTexts& answer);

// {"id","collection","title","fields":[{"key","value","values","conflict"}],"conflicts","added_by","deleted","erased",
// "kept"}. A value is as it is stored: dates and times in ISO form, a choice by its key; null for none. "values" is
// null unless the field holds several. "kept": pieces with other records' values in them, which are hidden and not
// gone.
[[nodiscard]] Json json_of(const RecordAnswer& answer);
// {"collection": as `schema show` has it, "records": as above without "deleted", "erased" and "kept", "complete"}.
[[nodiscard]] Json json_of(const Records& answer);
// {"found":[{"record","collection","title","field","excerpt"}],"complete"}.
[[nodiscard]] Json json_of(const FoundTexts& answer);

}  // namespace kiem::cli
