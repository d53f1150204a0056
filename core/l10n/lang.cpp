#include "core/l10n/lang.hpp"

namespace kiem {

std::optional<Lang> language_from(std::string_view text) {
  const std::string_view code = text.substr(0, text.find_first_of("_-.@"));
  const auto is = [code](char first, char second) {
    return code.size() == 2 && (code[0] | 0x20) == first && (code[1] | 0x20) == second;
  };
  if (is('n', 'l')) return Lang::nl;
  if (is('e', 'n')) return Lang::en;
  return std::nullopt;
}

}  // namespace kiem
