// What `log` answers with: who did what, when said, what it replaced. Pure but for the page; one thread.
#pragma once

#include "core/domain/requests.hpp"
#include "sync/cli/audience.hpp"
#include "sync/cli/json.hpp"
#include "sync/cli/page.hpp"

namespace kiem::cli {

// Newest first, with what was replaced (JSON has also what something new began with); times in the reader's own zone,
// with a remark where the claimed time is not plausible.
void print_log(Page& page, const Audience& audience, const LogAnswer& answer);

// {"log":[...],"complete":...}; each act has act, kind, text, when (UTC), time_doubtful, person, about, record, title,
// records, changes and standing.
[[nodiscard]] Json log_json(Lang lang, const LogAnswer& answer);

}  // namespace kiem::cli
