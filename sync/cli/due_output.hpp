// What has been kept longer than the schema says, for people and as JSON: `record due`. Pure; any thread.
#pragma once

#include "core/domain/requests.hpp"
#include "sync/cli/audience.hpp"
#include "sync/cli/json.hpp"
#include "sync/cli/page.hpp"

namespace kiem::cli {

// Each record with its collection, until when it was kept and why, and how it is erased.
void print_due(Page& page, const Audience& audience, const Request& request, const DueRecords& answer);

// {"due":[{"id","collection","title","deleted","kept_until","keep":{"after","days"},"from"}],"complete"}: days in ISO
// form; "after" is the key of a field or "last-write"; "months" or "years" may stand in the place of "days".
[[nodiscard]] Json json_of(const DueRecords& answer);
// {"after","days"} as above.
[[nodiscard]] Json json_of(const KeepModel& keep);

}  // namespace kiem::cli
