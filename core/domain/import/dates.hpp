// Dates and times as Dutch people and their spreadsheets write them.
//
// A date is a number of days since 1970-01-01, a time is minutes since the start of the local day; both local, without
// a zone. Writing them is l10n's (core/l10n/dates.hpp). Free functions, any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/base/result.hpp"
#include "core/domain/import/problems.hpp"

namespace kiem {

constexpr std::int32_t kFirstImportDay = -25567;  // 1900-01-01
constexpr std::int32_t kLastImportDay = 84005;    // 2199-12-31

// 17-04-2027, 17/4/2027, 17.04.2027, 2027-04-17, 17 april 2027, 17-apr-2027, za 17 april 2027, Sat 17 April 2027: the
// day before the month, month names and days of the week in Dutch or English, any case, dots behind a shortened name.
// With a base also 0, +5 and -3: days from the base (practice data).
// Fails with bad_date, args: {what was given (at most 60 characters), key}; the key is one of ImportExpected's
// (problems.hpp): date, day_month_year (the month is over 12), existing_day, full_year (17-04-27), year_range,
// same_weekday, whole_date (+5 without a base).
[[nodiscard]] Result<std::int32_t> parse_date(std::string_view text, std::optional<std::int32_t> base = std::nullopt);

// 18.30, 18:30, 18u30, 9.00, 18:30:00, 9 uur, 9u; "uur" may stand behind all of them. 0.00 to 23.59.
// Fails with bad_time, args: {what was given (at most 60 characters), "time"}.
[[nodiscard]] Result<std::uint16_t> parse_time(std::string_view text);

// The same for a cell, whose text is valid UTF-8, and whose problem is told by the row.
namespace spreadsheet {
using DateFound = tl::expected<std::int32_t, ImportExpected>;
[[nodiscard]] DateFound read_date(std::string_view written, std::optional<std::int32_t> base);
[[nodiscard]] std::optional<std::uint16_t> read_time(std::string_view written);
}  // namespace spreadsheet

}  // namespace kiem
