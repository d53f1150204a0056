// What `doctor` answers with: whether everything is right, and if not what is wrong and what to do. Pure but for the
// page; one thread.
#pragma once

#include "core/domain/requests.hpp"
#include "sync/cli/audience.hpp"
#include "sync/cli/json.hpp"
#include "sync/cli/page.hpp"

namespace kiem::cli {

void print_doctor(Page& page, const Audience& audience, const DoctorAnswer& answer);

// {"healthy","operations","records","damaged_pages":[...],"replaced_pages","structure","damaged_operations",
// "views_compared","views_equal","first_difference","views_repaired","stopped","recovery_words","store_bytes",
// "free_bytes"}.
[[nodiscard]] Json json_of(const DoctorAnswer& answer);

}  // namespace kiem::cli
