// How long an initiative means to keep the records of a collection: until some time after an event (DESIGN D3, D7).
//
// Nothing goes by itself when that time is over: people are told what is due, and erasing is an act of theirs. All that
// an initiative's schema acts said stands side by side, and a record is due when any of it says so: terms that come
// later only shorten. Plain values, any thread, no failure.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/schema/schema_name.hpp"

namespace kiem {

// The numbers are those of FORMAT.md 14.5. Months and years are those of the calendar.
enum class TermUnit : std::uint32_t { days = 0, months = 1, years = 2 };

struct Term {
  TermUnit unit = TermUnit::days;
  std::uint32_t count = 1;
  auto operator<=>(const Term&) const = default;
};
// Of each unit; a term is 1 at the least.
constexpr std::array<std::uint32_t, 3> kLongestTerm{36'500, 1'200, 100};
constexpr std::array<std::string_view, 3> kTermWords{"days", "months", "years"};

struct Keep {
  std::optional<SchemaName> after;  // the date field whose day the term counts from; none: the last write
  Term term;
  auto operator<=>(const Keep&) const = default;
};
// What stands in a file for "none"; no field can be called so.
constexpr std::string_view kLastWrite = "last-write";

// Days that people write: those of the years 1 to 9999.
constexpr std::int32_t kFirstKeptDay = -719'162;
constexpr std::int32_t kLastKeptDay = 2'932'896;

// The last day on which what happened on `from` is kept, both in days since 1970-01-01: one month after 31 January is
// the last day of February. Nothing for a day that nobody writes.
[[nodiscard]] std::optional<std::int32_t> last_day(const Term& term, std::int32_t from);
// A day that every `from` for which last_day() lies before `today` is before, too: for looking up a few of many.
[[nodiscard]] std::int64_t latest_due(const Term& term, std::int32_t today);
// Whether the second term ends as soon as the first or sooner, whatever day both count from. Days are not compared with
// months, of which it depends.
[[nodiscard]] bool ends_by(const Term& first, const Term& second);

}  // namespace kiem
