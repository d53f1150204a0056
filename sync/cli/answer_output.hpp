// Any answer, printed: text for people, or one line of JSON. The only place that knows which output file prints what.
// One thread.
#pragma once

#include "core/domain/requests.hpp"
#include "sync/cli/audience.hpp"
#include "sync/cli/page.hpp"

namespace kiem::cli {

// The answer on `page`, as people read it.
void print_answer(Page& page, const Audience& audience, const Request& request, const Answer& answer);

// The answer as one line of JSON; sentences in it are in `lang`. Where damage hides a part, its last
// member is "missing": {"rows", "details"}.
[[nodiscard]] std::string answer_json(Lang lang, const Answer& answer);

// What is to be said beside the answer, for both forms: rows that were not taken, what damage hides.
void print_remarks(Page& remarks, const Audience& audience, const Answer& answer);

}  // namespace kiem::cli
