// What the place commands answer with: for people, and as JSON. Pure but for the page; one thread.
#pragma once

#include "core/domain/requests.hpp"
#include "sync/cli/audience.hpp"
#include "sync/cli/json.hpp"
#include "sync/cli/page.hpp"

namespace kiem::cli {

void print_place_added(Page& page, const Audience& audience, const PlaceAdded& added);
void print_places(Page& page, const Audience& audience, const Request& request, const Places& answer);
// With its open tasks below.
void print_place(Page& page, const Audience& audience, const Request& request, const PlaceDetail& answer);

// {"places":[...]}; each has id, title, kind, area, text, meeting_point, open_tasks.
[[nodiscard]] Json json_of(const Places& answer);
// The place's members and "tasks":[...].
[[nodiscard]] Json json_of(const PlaceDetail& answer);

}  // namespace kiem::cli
