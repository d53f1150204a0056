#include "gui/app/options.hpp"

#include <array>
#include <charconv>
#include <utility>

namespace kiem::gui {
namespace {

constexpr int kLeastSide = 200;
constexpr int kMostSide = 8000;
constexpr int kLeastPercent = 100;
constexpr int kMostPercent = 200;

std::optional<int> number(std::string_view text, int least, int most) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < least || value > most) return {};
  return value;
}

bool take_size(Options& options, std::string_view text) {
  const auto cross = text.find('x');
  if (cross == std::string_view::npos) return false;
  const auto width = number(text.substr(0, cross), kLeastSide, kMostSide);
  const auto height = number(text.substr(cross + 1), kLeastSide, kMostSide);
  if (!width || !height) return false;
  options.width = *width;
  options.height = *height;
  return true;
}

template <class T>
bool take_into(std::optional<T>& place, const std::optional<T>& value) {
  place = value;
  return value.has_value();
}

std::optional<Theme> theme_from(std::string_view text) {
  for (const Theme theme : kThemes) {
    if (name_of(theme) == text) return theme;
  }
  return {};
}

std::optional<std::string> not_empty(std::string_view text) {
  if (text.empty()) return {};
  return std::string(text);
}

struct Option {
  std::string_view name;
  bool (*take)(Options&, std::string_view);
};
constexpr std::array kOptions{
    Option{"--screenshot",
           [](Options& options, std::string_view text) { return take_into(options.screenshot, not_empty(text)); }},
    Option{"--view",
           [](Options& options, std::string_view text) {
             options.view = text;
             return !text.empty();
           }},
    Option{"--size", take_size},
    Option{"--theme",
           [](Options& options, std::string_view text) { return take_into(options.theme, theme_from(text)); }},
    Option{"--scale",
           [](Options& options, std::string_view text) {
             return take_into(options.text_percent, number(text, kLeastPercent, kMostPercent));
           }},
    Option{"--lang",
           [](Options& options, std::string_view text) { return take_into(options.lang, language_from(text)); }},
    Option{"--practice",
           [](Options& options, std::string_view text) { return take_into(options.practice, not_empty(text)); }},
    Option{"--home", [](Options& options, std::string_view text) { return take_into(options.home, not_empty(text)); }},
    Option{"--passphrase-file",
           [](Options& options, std::string_view text) { return take_into(options.passphrase_file, not_empty(text)); }},
};

tl::unexpected<WrongOption> wrong(OptionFault fault, std::string_view option, std::string_view given = {}) {
  return tl::unexpected(WrongOption{fault, std::string(option), std::string(given)});
}

}  // namespace

tl::expected<Options, WrongOption> read_options(std::span<const std::string_view> arguments) {
  Options options;
  std::array<bool, kOptions.size()> seen{};
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view argument = arguments[i];
    if (argument == "--help" || argument == "-h") {
      options.help = true;
      continue;
    }
    const auto equals = argument.find('=');
    const std::string_view name = argument.substr(0, equals);
    std::size_t which = 0;
    while (which < kOptions.size() && kOptions[which].name != name) ++which;
    if (which == kOptions.size()) return wrong(OptionFault::unknown, argument);
    if (std::exchange(seen[which], true)) return wrong(OptionFault::twice, name);
    std::string_view value;
    if (equals != std::string_view::npos) {
      value = argument.substr(equals + 1);
    } else if (i + 1 < arguments.size() && !arguments[i + 1].starts_with("--")) {
      value = arguments[++i];
    } else {
      return wrong(OptionFault::missing_value, name);
    }
    if (!kOptions[which].take(options, value)) return wrong(OptionFault::bad_value, name, value);
  }
  return options;
}

std::string sentence(const WrongOption& wrong, Lang lang) {
  const bool nl = lang == Lang::nl;
  const std::string see = nl ? " Zie kiem-gui --help." : " See kiem-gui --help.";
  switch (wrong.fault) {
    case OptionFault::unknown:
      return (nl ? "Onbekende keuze: " : "Unknown option: ") + wrong.option + "." + see;
    case OptionFault::missing_value:
      return (nl ? "Na " : "A value is missing after ") + wrong.option + (nl ? " ontbreekt een waarde." : ".") + see;
    case OptionFault::bad_value:
      return (nl ? "Dit past niet bij " : "This does not fit ") + wrong.option + ": " + wrong.given + "." + see;
    case OptionFault::twice:
      return wrong.option + (nl ? " staat er twee keer." : " is there twice.") + see;
  }
  return {};
}

std::string_view usage(Lang lang) {
  static constexpr std::string_view kDutch =
      R"(kiem-gui [KEUZES]

  --home MAP               map van de opslag (KIEM_HOME)
  --passphrase-file FILE   wachtzin uit een bestand
  --view NAAM              begin op deze bladzijde
  --theme light|dark|contrast
  --scale PROCENT          grootte van de letters, 100 tot 200
  --lang nl|en
  --size BREEDTExHOOGTE    in beeldpunten, 200 tot 8000
  --screenshot FILE        schrijf één plaatje (PNG) en stop; een scherm is niet nodig
)";
  static constexpr std::string_view kEnglish =
      R"(kiem-gui [OPTIONS]

  --home FOLDER            folder of the store (KIEM_HOME)
  --passphrase-file FILE   passphrase from a file
  --view NAME              begin on this page
  --theme light|dark|contrast
  --scale PERCENT          size of the letters, 100 to 200
  --lang nl|en
  --size WIDTHxHEIGHT      in pixels, 200 to 8000
  --screenshot FILE        write one picture (PNG) and stop; no display is needed
)";
  return lang == Lang::nl ? kDutch : kEnglish;
}

}  // namespace kiem::gui
