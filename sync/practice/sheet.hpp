// Parts of the practice spreadsheets, for those rows that one laptop alone has. Free functions; any thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace kiem::practice {

// The column names and those rows whose id, the first cell, `wanted` says yes to. `csv` has ";" between its cells and
// no cell of more than one line.
[[nodiscard]] std::string rows_where(std::string_view csv, const std::function<bool(std::string_view)>& wanted);

// The sheet of tasks without the times of t14, of which it tells two: the practice laptops write each their own.
[[nodiscard]] std::string tasks_without_disputed_time();

}  // namespace kiem::practice
