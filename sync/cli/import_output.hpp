// What `import` answers with. The rows that were not taken are remarks (stderr), the rest is the answer. Pure but for
// the page; one thread.
#pragma once

#include "core/domain/requests.hpp"
#include "sync/cli/audience.hpp"
#include "sync/cli/json.hpp"
#include "sync/cli/page.hpp"

namespace kiem::cli {

// What was added, or would be, and which columns were left out and why.
void print_import(Page& page, const Audience& audience, const ImportAnswer& answer);
// One line a fault: row, column, what stands there, what was expected.
void print_import_problems(Page& remarks, const Audience& audience, const ImportAnswer& answer);

// {"kind","dry_run","added","already","titles","left_out":[{"column","why"}],"problems":[{"row","column","found",
// "expected":{"code","text"}}]}.
[[nodiscard]] Json import_json(Lang lang, const ImportAnswer& answer);

}  // namespace kiem::cli
