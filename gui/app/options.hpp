// What the person asks of kiem-gui on the command line. Pure: words in, a value or what is wrong out; any thread.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "core/l10n/lang.hpp"
#include "gui/kit/palette.hpp"

namespace kiem::gui {

struct Options {
  std::optional<std::string> screenshot;  // file to write one picture to, instead of a window
  std::string view;                       // page to begin with; empty: the usual one
  int width = 1366;                       // pixels, 200 to 8000
  int height = 768;
  std::optional<Theme> theme;
  std::optional<int> text_percent;  // 100 to 200
  std::optional<Lang> lang;
  std::optional<std::string> home;
  std::optional<std::string> passphrase_file;
  std::optional<std::string> practice;  // the first name of whoever practises
  bool help = false;
};

enum class OptionFault : std::uint8_t { unknown, missing_value, bad_value, twice };
struct WrongOption {
  OptionFault fault;
  std::string option;
  std::string given;  // of bad_value
};

// ARGUMENTS without the program's name. `--option value` and `--option=value`.
[[nodiscard]] tl::expected<Options, WrongOption> read_options(std::span<const std::string_view> arguments);

// One sentence with a way out.
[[nodiscard]] std::string sentence(const WrongOption& wrong, Lang lang);
// What can be asked, a line each.
[[nodiscard]] std::string_view usage(Lang lang);

}  // namespace kiem::gui
