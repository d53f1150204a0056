// How many people a task asks for, from what a sheet says about it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace kiem::spreadsheet {

// Less than a task can hold: a year or a price in this column is told rather than taken.
constexpr std::uint32_t kMaxSeats = 999;

struct SeatsFound {
  std::optional<std::uint32_t> seats;  // none: as many as come
};

// "3" and "3 handen" are 3; "2 snoeiers, 3 handen, 1 chauffeur" is their sum, 6 (also with ";" or "+" between); "meer
// is fijn", "onbeperkt" and their like are as many as come, alone or behind a number. Nothing for anything else, for a
// part without a number, for 0 and for a sum above kMaxSeats. Valid UTF-8, any thread.
[[nodiscard]] std::optional<SeatsFound> read_seats(std::string_view written);

}  // namespace kiem::spreadsheet
