#include "sync/cli/help.hpp"

#include <algorithm>

#include "core/base/check.hpp"
#include "sync/cli/command_table.hpp"

namespace kiem::cli {
namespace {

using OptionKind = OptionSpec::Kind;

constexpr Text<0> kWhatKiemIs{
    "Kiem: samen klussen in de buurt, ook zonder internet. Alles staat versleuteld op je eigen apparaat.",
    "Kiem: getting things done together in the neighbourhood, without internet too. Everything is kept encrypted on "
    "your own device."};
constexpr Text<1> kUsage{"Gebruik: {0}", "Usage: {0}"};
constexpr Text<0> kCommandWord{"OPDRACHT", "COMMAND"};
constexpr Text<0> kOptionsWord{"[OPTIES]", "[OPTIONS]"};
constexpr Text<0> kCommands{"Opdrachten:", "Commands:"};
constexpr Text<0> kOptions{"Opties:", "Options:"};
constexpr Text<0> kGeneral{"Bij elke opdracht, ervoor of erachter:", "With every command, before or after it:"};
constexpr Text<0> kExample{"Voorbeeld:", "Example:"};
constexpr Text<0> kExamples{"Zo begin je:", "How to begin:"};
constexpr Text<0> kMore{"Meer over een opdracht: kiem OPDRACHT --help", "More about a command: kiem COMMAND --help"};
constexpr Text<0> kDashes{"Begint een tekst met een streepje? Zet er -- voor.",
                          "Does a text begin with a dash? Put -- in front of it."};

// The three lines a newcomer types first.
constexpr std::string_view kFirstSteps[] = {"init", "initiative create", "task add"};

std::string shown_name(Lang lang, const OptionSpec& option) {
  std::string placeholder(option.placeholder.in(lang));
  switch (option.kind) {
    case OptionKind::flag:
      return std::string(option.name);
    case OptionKind::value:
    case OptionKind::repeated:
      return std::string(option.name) + " " + placeholder;
    case OptionKind::values:
      return std::string(option.name) + " " + placeholder + "...";
    case OptionKind::positional:
      return "[" + placeholder + "]";
    case OptionKind::required:
      return placeholder;
    case OptionKind::rest:
      return placeholder + "...";
  }
  KIEM_UNREACHABLE("a kind of option without a form");
}

std::size_t width_for(Lang lang, std::span<const OptionSpec> options) {
  std::size_t width = 0;
  for (const OptionSpec& option : options) width = std::max(width, shown_name(lang, option).size());
  return width;
}

void print_options(Page& page, Lang lang, std::span<const OptionSpec> options) {
  for (const OptionSpec& option : options) {
    page.field(shown_name(lang, option), option.help.in(lang), width_for(lang, options));
  }
}

// Commands whose path begins with `prefix`.
void print_commands(Page& page, Lang lang, std::string_view prefix) {
  std::size_t width = 0;
  for (const CommandSpec& spec : commands()) width = std::max(width, spec.path.size());
  for (const CommandSpec& spec : commands()) {
    if (spec.path.starts_with(prefix)) page.field(spec.path, spec.summary.in(lang), width);
  }
}

void print_program(Page& page, Lang lang) {
  page.paragraph(kWhatKiemIs.in(lang));
  page.blank();
  page.line(say(lang, kUsage, "kiem " + say(lang, kCommandWord) + " " + say(lang, kOptionsWord)));
  page.blank();
  page.line(kCommands.in(lang));
  print_commands(page, lang, "");
  page.blank();
  page.line(kGeneral.in(lang));
  print_options(page, lang, global_options());
  page.blank();
  page.line(kExamples.in(lang));
  for (const std::string_view path : kFirstSteps) {
    for (const CommandSpec& spec : commands()) {
      if (spec.path == path) page.paragraph(spec.example.in(lang), 2);
    }
  }
  page.blank();
  page.line(kMore.in(lang));
  page.line(kDashes.in(lang));
}

void print_group(Page& page, Lang lang, const GroupSpec& group) {
  const std::string prefix = std::string(group.name) + " ";
  page.line(say(lang, kUsage, "kiem " + prefix + say(lang, kCommandWord) + " " + say(lang, kOptionsWord)));
  page.blank();
  page.line(kCommands.in(lang));
  print_commands(page, lang, prefix);
  page.blank();
  page.line(kExample.in(lang));
  for (const CommandSpec& spec : commands()) {
    if (!spec.path.starts_with(prefix)) continue;
    page.paragraph(spec.example.in(lang), 2);
    break;
  }
}

void print_command(Page& page, Lang lang, const CommandSpec& spec) {
  page.paragraph(spec.summary.in(lang));
  page.blank();
  std::string usage = "kiem " + std::string(spec.path);
  for (const OptionSpec& option : spec.options) {
    const bool is_positional =
        option.kind == OptionKind::positional || option.kind == OptionKind::required || option.kind == OptionKind::rest;
    if (is_positional) usage += " " + shown_name(lang, option);
  }
  page.line(say(lang, kUsage, usage + " " + say(lang, kOptionsWord)));
  page.blank();
  if (!spec.options.empty()) {
    page.line(kOptions.in(lang));
    print_options(page, lang, spec.options);
    page.blank();
  }
  page.line(kGeneral.in(lang));
  print_options(page, lang, global_options());
  page.blank();
  page.line(kExample.in(lang));
  page.line("  " + std::string(spec.example.in(lang)));
}

}  // namespace

void print_help(Page& page, Lang lang, std::string_view path) {
  for (const CommandSpec& spec : commands()) {
    if (spec.path == path) return print_command(page, lang, spec);
  }
  for (const GroupSpec& group : groups()) {
    if (group.name == path) return print_group(page, lang, group);
  }
  print_program(page, lang);
}

}  // namespace kiem::cli
