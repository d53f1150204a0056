#include "core/l10n/dates.hpp"

#include <doctest/doctest.h>

#include <limits>

namespace kiem {
namespace {

constexpr std::int32_t kDay = 20925;  // 2027-04-17, a Saturday
constexpr std::int64_t kHour = 3'600'000;
constexpr std::int64_t kMsOfDay = 24 * kHour;

TEST_CASE("dates are written as people say them") {
  CHECK(format_date(Lang::nl, kDay) == "za 17 april 2027");
  CHECK(format_date(Lang::en, kDay) == "Sat 17 April 2027");
  CHECK(format_date(Lang::nl, 0) == "do 1 januari 1970");
  CHECK(format_date(Lang::nl, -1) == "wo 31 december 1969");
  CHECK(format_date(Lang::nl, kDay + 1) == "zo 18 april 2027");
}

TEST_CASE("a short date leaves out the year that it is now") {
  CHECK(format_short_date(Lang::nl, kDay, 2027) == "za 17 apr");
  CHECK(format_short_date(Lang::nl, kDay, 2026) == "za 17 apr 2027");
  CHECK(format_short_date(Lang::en, kDay, 2027) == "Sat 17 Apr");
  CHECK(format_short_date(Lang::nl, kDay - 47, 2027) == "ma 1 mrt");
}

TEST_CASE("every month has its name in both languages") {
  const char* const dutch[] = {"jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"};
  const char* const english[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  std::int32_t first = 0;
  for (std::size_t month = 0; month < 12; ++month) {
    CHECK(format_short_date(Lang::nl, first, 1970).find(dutch[month]) != std::string::npos);
    CHECK(format_short_date(Lang::en, first, 1970).find(english[month]) != std::string::npos);
    first += days[month];
  }
}

TEST_CASE("outside the calendar nothing is made up") {
  CHECK(format_date(Lang::nl, -719162) == "ma 1 januari 1");
  CHECK(format_date(Lang::nl, -719163) == "?");
  CHECK(format_date(Lang::nl, 2932896) == "vr 31 december 9999");
  CHECK(format_date(Lang::nl, 2932897) == "?");
  CHECK(format_short_date(Lang::nl, std::numeric_limits<std::int32_t>::max(), 2027) == "?");
  CHECK(format_time(Lang::nl, 1440) == "?");
  CHECK(iso_moment({std::numeric_limits<std::int64_t>::min()}) == "?");
  CHECK(format_moment(Lang::nl, {std::numeric_limits<std::int64_t>::max()}, 1439) == "?");
  CHECK(local_year({std::numeric_limits<std::int64_t>::max()}, 0) == 9999);
  CHECK(local_year({std::numeric_limits<std::int64_t>::min()}, 0) == 1);
}

TEST_CASE("times are written with a dot in Dutch and a colon in English") {
  CHECK(format_time(Lang::nl, 0) == "00.00");
  CHECK(format_time(Lang::nl, 18 * 60 + 30) == "18.30");
  CHECK(format_time(Lang::en, 1439) == "23:59");
  CHECK(format_times(Lang::nl, 1110, 1230) == "18.30–20.30");
  CHECK(format_times(Lang::nl, 1110, std::nullopt) == "vanaf 18.30");
  CHECK(format_times(Lang::en, std::nullopt, 1230) == "until 20:30");
  CHECK(format_times(Lang::nl, std::nullopt, std::nullopt).empty());
}

TEST_CASE("a moment is told in the reader's zone, and to programs in UTC") {
  const WallTime moment{kDay * kMsOfDay + 23 * kHour + 30 * 60'000 + 5'999};
  CHECK(iso_moment(moment) == "2027-04-17T23:30:05Z");
  CHECK(format_moment(Lang::nl, moment, 0) == "za 17 apr 2027 23.30");
  CHECK(format_moment(Lang::nl, moment, 120) == "zo 18 apr 2027 01.30");
  CHECK(format_moment(Lang::en, moment, -24 * 60) == "Fri 16 Apr 2027 23:30");
  CHECK(local_day(moment, 29) == kDay);
  CHECK(local_day(moment, 30) == kDay + 1);
}

TEST_CASE("a moment before 1970 lies in its own day") {
  CHECK(iso_moment({-1}) == "1969-12-31T23:59:59Z");
  CHECK(local_day({-1}, 0) == -1);
  CHECK(local_day({0}, -1) == -1);
  CHECK(local_year({-1}, 0) == 1969);
}

TEST_CASE("ISO dates and times are read back, and nothing else") {
  CHECK(from_iso_date("2027-04-17") == kDay);
  CHECK(from_iso_date("1970-01-01") == 0);
  CHECK(from_iso_date("2028-02-29").has_value());
  for (const char* text : {"", "2027-02-29", "2027-13-01", "2027-00-10", "0000-01-01", "17-04-2027", "2027-4-17",
                           "2027-04-17 ", "2027/04/17", "2O27-04-17"}) {
    CHECK_FALSE(from_iso_date(text).has_value());
  }
  CHECK(from_iso_time("00:00") == 0);
  CHECK(from_iso_time("23:59") == 1439);
  for (const char* text : {"", "24:00", "12:60", "9:00", "09.00", "09:0a", "09:00 "}) {
    CHECK_FALSE(from_iso_time(text).has_value());
  }
}

}  // namespace
}  // namespace kiem
