#include "sync/cli/to_type.hpp"

#include <algorithm>

#include "sync/cli/audience.hpp"
#include "sync/cli/terminal_text.hpp"

namespace kiem::cli {
namespace {

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

}  // namespace

std::string shell_word(std::string_view text) {
  if (!text.empty() && std::ranges::all_of(text, is_plain)) return std::string(text);
  // The quotation marks that people type, unless something between them would still mean more than itself.
  if (text.find_first_of("\"$`\\!") == std::string_view::npos) return "\"" + std::string(text) + "\"";
  std::string word = "'";
  for (const char c : text) word += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return word + "'";
}

std::string to_type(std::string command, const InitiativeNaming& initiative) {
  if (initiative.text.empty()) return command;
  return std::move(command) + " --initiative " + shell_word(initiative.text);
}

std::string to_type(std::string command, const Request& request) {
  const auto named = [](const auto& asked) {
    if constexpr (requires { asked.initiative; }) {
      return asked.initiative;
    } else {
      return InitiativeNaming{};
    }
  };
  return to_type(std::move(command), std::visit(named, request));
}

InitiativeNaming naming_of(const std::vector<InitiativeRow>& initiatives, const InitiativeRow& one) {
  if (initiatives.size() < 2) return {};
  const auto same = std::ranges::count(initiatives, one.name, &InitiativeRow::name);
  // A name that another bears too, or that a terminal does not show as it is, names nothing.
  const bool tells = !one.name.empty() && same == 1 && for_terminal(one.name) == one.name;
  return {tells ? one.name : short_id(one.id)};
}

}  // namespace kiem::cli
