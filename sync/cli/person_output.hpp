// What `person list` answers with: for people, and as JSON. Pure but for the page; one thread.
#pragma once

#include "core/domain/requests.hpp"
#include "sync/cli/audience.hpp"
#include "sync/cli/json.hpp"
#include "sync/cli/page.hpp"

namespace kiem::cli {

void print_people(Page& page, const Audience& audience, const People& answer);

// {"people":[...]}; each has id, name, role, card (somebody without Kiem), me, on_probation, role_text, talents,
// languages, works_with.
[[nodiscard]] Json json_of(const People& answer);

}  // namespace kiem::cli
