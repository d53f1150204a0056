// Every command of the program as data: its words, its options, an example and how it becomes a Command. The parser
// (arguments.cpp) and the help (help.cpp) both read this table, so neither can know a command that the other does not.
// Constants; any thread.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/l10n/text.hpp"
#include "sync/cli/command.hpp"
#include "sync/cli/values.hpp"

namespace kiem::cli {

struct OptionSpec {
  enum class Kind : std::uint8_t {
    flag,
    value,
    values,      // one or more words
    repeated,    // one word, as often as it is given
    positional,  // may be left out
    required,    // positional, may not
    rest,        // positional, one or more words
  };
  std::string_view name;  // "--seats"; of a positional its name in Values, "task"
  Kind kind = Kind::value;
  Text<0> placeholder;  // what stands for the value in help; of a flag not shown
  Text<0> help;
};

struct CommandSpec {
  std::string_view path;  // "task add"
  Text<0> summary;
  Text<0> example;  // the whole line
  std::vector<OptionSpec> options;
  Result<Command> (*build)(const Values& values);
};

// A first word that has commands below it.
struct GroupSpec {
  std::string_view name;
  Text<0> summary;
};

[[nodiscard]] std::span<const CommandSpec> commands();
[[nodiscard]] std::span<const GroupSpec> groups();
// Options that may stand before or after every command.
[[nodiscard]] std::span<const OptionSpec> global_options();

}  // namespace kiem::cli
