// What `kiem discover` prints: who was heard, and when nobody was, the likely cause and what to do next. Pure; any
// thread.
#pragma once

#include "core/l10n/lang.hpp"
#include "sync/cli/json.hpp"
#include "sync/cli/page.hpp"
#include "sync/control/silence.hpp"

namespace kiem::cli {

void print_meeting(Page& page, Lang lang, const Surroundings& around);
// Beside the answer: nothing when somebody was heard.
void print_why_nobody(Page& remarks, Lang lang, const Surroundings& around);

// {"found":[{"key","person","initiatives","address","linked"}],"cause","addresses","own","foreign"}; person and address
// are null when there is none, cause is null when somebody was found.
[[nodiscard]] Json json_of(const Surroundings& around);

}  // namespace kiem::cli
