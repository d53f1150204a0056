// The practice neighbourhood (Lindekwartier) as the program carries it: the spreadsheets of core/domain/practice, built
// into the binary so that a bare machine needs no file beside it. Constants; any thread.
#pragma once

#include <string_view>

namespace kiem::practice {

[[nodiscard]] std::string_view places_csv();
[[nodiscard]] std::string_view people_csv();
[[nodiscard]] std::string_view tasks_csv();

}  // namespace kiem::practice
