// What `status` answers with: who I am here, and how each initiative stands. Pure but for the page; one thread.
#pragma once

#include "core/domain/requests.hpp"
#include "sync/cli/audience.hpp"
#include "sync/cli/json.hpp"
#include "sync/cli/page.hpp"

namespace kiem::cli {

void print_status(Page& page, const Audience& audience, const StatusAnswer& answer);

// {"person":{"id","name"},"device","initiatives":[...]}; each has id, name, practice, role, members, open_tasks,
// operations, only_here and meetings [{"person","device","when"}], newest first.
[[nodiscard]] Json json_of(const StatusAnswer& answer);

}  // namespace kiem::cli
