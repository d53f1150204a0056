// From the words of a command line to an Invocation. Pure: nothing is opened, read or printed, and no exception of the
// parsing library leaves. Any thread.
//
// Wrong use is an Error: usage (core/l10n/errors.hpp lists its keys), or bad_number, bad_date, bad_time for a value
// that cannot be read. All of these end a command with exit code 2.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "sync/cli/command.hpp"
#include "sync/cli/environment.hpp"

namespace kiem::cli {

// `arguments` without the program's name.
[[nodiscard]] Result<Invocation> parse_arguments(const std::vector<std::string>& arguments,
                                                 const Environment& environment);

// The language to speak before anything is understood: of a --lang anywhere among the words, else the environment's.
[[nodiscard]] Lang spoken_language(const std::vector<std::string>& arguments, const Environment& environment);

}  // namespace kiem::cli
