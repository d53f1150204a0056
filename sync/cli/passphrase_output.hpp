// What `passphrase` answers with: everything that opens the store now. Pure but for the page; one thread.
#pragma once

#include "core/domain/requests.hpp"
#include "sync/cli/audience.hpp"
#include "sync/cli/json.hpp"
#include "sync/cli/page.hpp"

namespace kiem::cli {

void print_ways_in(Page& page, const Audience& audience, const WaysIn& answer);

// {"passphrase","key_file","recovery_words","keyring"}, each true or false.
[[nodiscard]] Json json_of(const WaysIn& answer);

}  // namespace kiem::cli
