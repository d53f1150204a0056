#include "core/l10n/text.hpp"

namespace kiem {

std::string fill_gaps(std::string_view pattern, std::span<const std::string_view> values) {
  std::string filled;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '{' || i + 2 >= pattern.size() || pattern[i + 2] != '}') {
      filled += pattern[i];
      continue;
    }
    const std::size_t gap = static_cast<std::size_t>(pattern[i + 1] - '0');
    filled += gap < values.size() ? values[gap] : std::string_view("…");
    i += 2;
  }
  return filled;
}

std::string format_number(Lang lang, std::uint64_t number) {
  const std::string digits = std::to_string(number);
  std::string grouped;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) grouped += lang == Lang::nl ? '.' : ',';
    grouped += digits[i];
  }
  return grouped;
}

}  // namespace kiem
