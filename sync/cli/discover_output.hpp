// What `kiem discover` prints: who was heard, and when nobody was, the likely cause and what to do next. Pure; any
// thread.
#pragma once

#include "core/l10n/lang.hpp"
#include "sync/cli/json.hpp"
#include "sync/cli/page.hpp"
#include "sync/control/node_requests.hpp"

namespace kiem::cli {

void print_meeting(Page& page, Lang lang, const Surroundings& around);
// Beside the answer: nothing when somebody was heard.
void print_why_nobody(Page& remarks, Lang lang, const Surroundings& around);

// Why nobody was heard, in the order in which it is looked for.
enum class Silence : std::uint8_t {
  off,         // nothing is sent: switched off, or the port is another program's
  no_network,  // no address to send from
  deaf,        // not even the own beacon came back: something on this laptop stops it
  others,      // Kiem is here, of other initiatives
  nobody,      // nothing but the own beacon: nobody is there, or the network keeps laptops apart
};
[[nodiscard]] Silence silence_of(const Surroundings& around);

// {"found":[{"key","person","initiatives","address","linked"}],"cause","addresses","own","foreign"}; person and address
// are null when there is none, cause is null when somebody was found.
[[nodiscard]] Json json_of(const Surroundings& around);

}  // namespace kiem::cli
