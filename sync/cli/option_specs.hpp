// How the tables of commands are written (command_table.cpp, record_commands.cpp). Free functions; any thread.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "sync/cli/command_table.hpp"

namespace kiem::cli {

[[nodiscard]] inline OptionSpec flag(std::string_view name, Text<0> help) {
  return {name, OptionSpec::Kind::flag, {"-", "-"}, help};
}
[[nodiscard]] inline OptionSpec value(std::string_view name, Text<0> placeholder, Text<0> help) {
  return {name, OptionSpec::Kind::value, placeholder, help};
}
[[nodiscard]] inline OptionSpec required(std::string_view name, Text<0> placeholder, Text<0> help) {
  return {name, OptionSpec::Kind::required, placeholder, help};
}

// A command that cannot be understood; core/l10n/errors.hpp lists the keys.
[[nodiscard]] inline tl::unexpected<Error> usage(std::vector<std::string> args) {
  return fail(ErrorCode::usage, Fault::person, std::move(args));
}

}  // namespace kiem::cli
