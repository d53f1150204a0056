// What `init` and `initiative create` answer with: ids and the recovery words, shown this once. Pure but for the page;
// one thread. The words' owner wipes them after printing.
#pragma once

#include <filesystem>

#include "core/domain/requests.hpp"
#include "sync/cli/audience.hpp"
#include "sync/cli/json.hpp"
#include "sync/cli/page.hpp"

namespace kiem::cli {

// A person and a device that were just made.
struct Founded {
  StatusAnswer status;
  std::string recovery_words;
  std::filesystem::path home;
  bool practice = false;
};

void print_founded(Page& page, const Audience& audience, const Founded& founded);
// {"person","device","name","recovery"}.
[[nodiscard]] Json json_of(const Founded& founded);

// The id alone on the first line.
void print_initiative_created(Page& page, const Audience& audience, const InitiativeCreated& created);
// {"id","name","recovery"}.
[[nodiscard]] Json json_of(const InitiativeCreated& created);

}  // namespace kiem::cli
