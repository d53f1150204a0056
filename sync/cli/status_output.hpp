// What `status` answers with: who I am here, and how each initiative stands. Pure but for the page; one thread.
#pragma once

#include "core/domain/requests.hpp"
#include "sync/cli/audience.hpp"
#include "sync/cli/json.hpp"
#include "sync/cli/page.hpp"

namespace kiem::cli {

void print_status(Page& page, const Audience& audience, const StatusAnswer& answer);
// By which ways this laptop finds others, after that was changed.
void print_routes(Page& page, const Audience& audience, const StatusAnswer& answer);

// {"person":{"id","name"},"device","initiatives":[...]}; each has id, name, practice, role, members, open_tasks,
// operations, only_here, laptops (this one among them), complete_on (how many of those have all that is here), waiting
// and meetings [{"person","device","when","works","lacks","clock_ahead","misdeeds"}], newest first; clock_ahead is null
// or {"ahead": or else behind,"minutes"}; last "older": null or such a meeting, and "due": how many records `record
// due` lists, null when nobody looked. Behind initiatives "routes":{"ipv4","ipv6","dns_sd"} and "arriving": null or
// {"came","of"}.
[[nodiscard]] Json json_of(const StatusAnswer& answer);

}  // namespace kiem::cli
