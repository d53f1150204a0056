#include "core/domain/import/problems.hpp"

#include "core/base/check.hpp"

namespace kiem {

std::string_view expected_key(ImportExpected expected) {
  switch (expected) {
    case ImportExpected::title:
      return "title";
    case ImportExpected::text_200:
      return "text_200";
    case ImportExpected::text_500:
      return "text_500";
    case ImportExpected::text_4000:
      return "text_4000";
    case ImportExpected::plain_text:
      return "plain_text";
    case ImportExpected::seats:
      return "seats";
    case ImportExpected::date:
      return "date";
    case ImportExpected::day_month_year:
      return "day_month_year";
    case ImportExpected::existing_day:
      return "existing_day";
    case ImportExpected::full_year:
      return "full_year";
    case ImportExpected::year_range:
      return "year_range";
    case ImportExpected::same_weekday:
      return "same_weekday";
    case ImportExpected::whole_date:
      return "whole_date";
    case ImportExpected::time:
      return "time";
    case ImportExpected::named_column:
      return "named_column";
  }
  KIEM_UNREACHABLE("a kind of import problem that is not in the list");
}

tl::unexpected<Error> broken_csv(std::uint32_t row, std::string_view key, std::string_view column) {
  return fail(ErrorCode::csv_broken, Fault::person, {std::to_string(row), std::string(key), std::string(column)});
}

std::string column_letters(std::size_t index) {
  std::string letters;
  for (std::size_t rest = index + 1; rest > 0; rest = (rest - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  }
  return letters;
}

}  // namespace kiem
