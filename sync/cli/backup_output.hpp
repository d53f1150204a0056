// What `backup` and `restore` answer with. Pure but for the page; one thread.
#pragma once

#include <filesystem>

#include "core/domain/requests.hpp"
#include "sync/cli/audience.hpp"
#include "sync/cli/json.hpp"
#include "sync/cli/page.hpp"

namespace kiem::cli {

// What a restored copy is, and whether it is a device of its own yet.
struct RestoredCopy {
  std::filesystem::path home;
  StatusAnswer status;
  std::vector<std::uint32_t> damaged_pages;
  bool enrolled = false;
};

void print_backed_up(Page& page, const Audience& audience, const BackedUp& answer);
void print_enrolled(Page& page, const Audience& audience, const CopyEnrolled& answer);
void print_restored(Page& page, const Audience& audience, const RestoredCopy& copy);
// What is still to be done, and what was lost: for stderr.
void print_restored_remarks(Page& remarks, const Audience& audience, const RestoredCopy& copy);

// {"file","bytes"}.
[[nodiscard]] Json json_of(const BackedUp& answer);
// {"device","initiatives"}.
[[nodiscard]] Json json_of(const CopyEnrolled& answer);
// {"home","person":{},"device","initiatives","enrolled","damaged_pages":[...]}.
[[nodiscard]] Json json_of(const RestoredCopy& copy);

}  // namespace kiem::cli
