// The help of the program, a group or a command, written from the command table. Pure; any thread.
#pragma once

#include <string_view>

#include "core/l10n/lang.hpp"
#include "sync/cli/page.hpp"

namespace kiem::cli {

// `path` as in ShowHelp: empty, a group's name or a command's path. Each help holds at least one example.
void print_help(Page& page, Lang lang, std::string_view path);

}  // namespace kiem::cli
