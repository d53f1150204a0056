#include "core/domain/import/seats.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "core/domain/import/text.hpp"

namespace kiem::spreadsheet {
namespace {

constexpr std::array<std::string_view, 10> kAsManyAsCome{
    "meer is fijn", "meer mag",  "onbeperkt",       "iedereen", "zoveel als er komen",
    "more is fine", "unlimited", "as many as come", "everyone", "everybody"};

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

// "3" or "3 handen": the number and, behind a space, what they are.
std::optional<std::uint32_t> number_in_front(std::string_view part) {
  const auto end = std::find_if_not(part.begin(), part.end(), is_digit);
  const auto size = static_cast<std::size_t>(end - part.begin());
  if (size == 0 || size > 3 || (size < part.size() && part[size] != ' ')) return std::nullopt;
  std::uint32_t number = 0;
  for (const char digit : part.substr(0, size)) number = number * 10 + static_cast<std::uint32_t>(digit - '0');
  return number;
}

}  // namespace

std::optional<SeatsFound> read_seats(std::string_view written) {
  const std::string plain = folded(written);
  std::string_view rest = plain;
  std::uint32_t sum = 0;
  bool as_many_as_come = false;
  while (true) {
    const auto end = rest.find_first_of(",;+");
    const std::string part = one_line(rest.substr(0, end));
    if (std::find(kAsManyAsCome.begin(), kAsManyAsCome.end(), part) != kAsManyAsCome.end()) {
      as_many_as_come = true;
    } else {
      const auto number = number_in_front(part);
      if (!number || *number == 0 || sum + *number > kMaxSeats) return std::nullopt;
      sum += *number;
    }
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + 1);
  }
  if (as_many_as_come) return SeatsFound{};
  return SeatsFound{sum};
}

}  // namespace kiem::spreadsheet
