// Dates and times as people read them, and moments in the ISO form that programs read.
//
// A date is a number of days since 1970-01-01, a time is minutes since the start of the local day (0..1439); both are
// local and carry no zone. Moments (WallTime) need the zone of the reader, which is handed in as an offset in minutes
// east of UTC, since nothing in core asks the operating system for it. Free functions, any thread, no failure: a date
// outside the years 1 to 9999 or a time outside the day is shown as "?", because a wrong date would be worse.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/base/env.hpp"
#include "core/l10n/lang.hpp"

namespace kiem {

// "2027-04-17T16:30:05Z", in UTC.
[[nodiscard]] std::string iso_moment(WallTime moment);

// "za 17 april 2027", "Sat 17 April 2027".
[[nodiscard]] std::string format_date(Lang lang, std::int32_t days);
// For lists: "za 17 apr", "Sat 17 Apr"; with the year behind it when that is not this_year.
[[nodiscard]] std::string format_short_date(Lang lang, std::int32_t days, std::int32_t this_year);
// "18.30", "18:30".
[[nodiscard]] std::string format_time(Lang lang, std::uint16_t minutes);
// "18.30–20.30"; with one of the two "vanaf 18.30" or "tot 20.30"; with neither the empty text.
[[nodiscard]] std::string format_times(Lang lang, std::optional<std::uint16_t> start, std::optional<std::uint16_t> end);
// "za 17 apr 2027 18.30", of the reader's own day.
[[nodiscard]] std::string format_moment(Lang lang, WallTime moment, std::int32_t offset_minutes);

// The reader's local day and year at that moment.
[[nodiscard]] std::int32_t local_day(WallTime moment, std::int32_t offset_minutes);
[[nodiscard]] std::int32_t local_year(WallTime moment, std::int32_t offset_minutes);

// Reads back what iso_date and iso_time (core/views/shown.hpp) write, and nothing else: for values that a log keeps in
// ISO form.
[[nodiscard]] std::optional<std::int32_t> from_iso_date(std::string_view text);
[[nodiscard]] std::optional<std::uint16_t> from_iso_time(std::string_view text);

}  // namespace kiem
