// What was written apart, and what was taken back, for people and as JSON: `conflicts` and `undo`. Pure; any thread.
#pragma once

#include "core/domain/requests.hpp"
#include "sync/cli/audience.hpp"
#include "sync/cli/json.hpp"
#include "sync/cli/page.hpp"

namespace kiem::cli {

// One sentence a conflict, and the command that chooses each side.
void print_conflicts(Page& page, const Audience& audience, const Request& request, const Conflicts& answer);
void print_undone(Page& page, const Audience& audience, const Undone& answer);

// {"conflicts":[{"collection","record","title","field","sides":[{"person","when","value","shown"}]}]}; side 1 is the
// first.
[[nodiscard]] Json json_of(const Conflicts& answer);
// {"act","changes":[{"field","before","after"}],"left":[FIELD]}.
[[nodiscard]] Json json_of(const Undone& answer);

}  // namespace kiem::cli
