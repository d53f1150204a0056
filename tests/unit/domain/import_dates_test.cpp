#include <doctest/doctest.h>

#include "core/domain/import/dates.hpp"
#include "core/domain/import/seats.hpp"

using namespace kiem;
using kiem::spreadsheet::read_seats;

namespace {

constexpr std::int32_t kDay = 20925;  // Saturday 17 April 2027

std::string refused_date(std::string_view text, std::optional<std::int32_t> base = std::nullopt) {
  CAPTURE(text);
  const auto day = parse_date(text, base);
  REQUIRE_FALSE(day);
  CHECK(day.error().code == ErrorCode::bad_date);
  CHECK(day.error().fault == Fault::person);
  REQUIRE(day.error().args.size() == 2);
  CHECK(day.error().args[0] == text);
  return day.error().args[1];
}

}  // namespace

TEST_CASE("a date is read in every way that Dutch sheets write it") {
  for (const std::string text : {"17-04-2027",
                                 "17-4-2027",
                                 "17/4/2027",
                                 "17/04/2027",
                                 "17.04.2027",
                                 "2027-04-17",
                                 "2027/4/17",
                                 "17 april 2027",
                                 "17 apr 2027",
                                 "17 apr. 2027",
                                 "17-apr-2027",
                                 "za 17 april 2027",
                                 "Zaterdag 17 April 2027",
                                 "za. 17 apr. 2027",
                                 "Sat 17 April 2027",
                                 "Saturday, 17 apr 2027",
                                 "za 17-04-2027",
                                 "  17-04-2027\t",
                                 "17\xC2\xA0"
                                 "april 2027",
                                 "17 APRIL 2027"}) {
    CAPTURE(text);
    const auto day = parse_date(text);
    REQUIRE(day);
    CHECK(*day == kDay);
  }
}

TEST_CASE("months are known in both languages, whole and shortened") {
  constexpr std::int32_t kFirst = 20454;  // 1 January 2026
  CHECK(*parse_date("1-1-2026") == kFirst);
  for (const std::string text : {"1 jan 2026", "1 januari 2026", "1 January 2026"}) CHECK(*parse_date(text) == kFirst);
  for (const std::string text : {"1 mrt 2026", "1 maart 2026", "1 mar 2026", "1 March 2026"}) {
    CHECK(*parse_date(text) == *parse_date("2026-03-01"));
  }
  for (const std::string text : {"1 mei 2026", "1 may 2026"}) CHECK(*parse_date(text) == *parse_date("2026-05-01"));
  for (const std::string text : {"1 okt 2026", "1 Oct 2026"}) CHECK(*parse_date(text) == *parse_date("2026-10-01"));
  for (const std::string text : {"1 sept 2026", "1 sep 2026"}) CHECK(*parse_date(text) == *parse_date("2026-09-01"));
  CHECK(*parse_date("31 december 2026") == kFirst + 364);
}

TEST_CASE("the calendar is the real one, from 1900 to 2199") {
  CHECK(*parse_date("01-01-1970") == 0);
  CHECK(*parse_date("01-01-1900") == kFirstImportDay);
  CHECK(*parse_date("31-12-2199") == kLastImportDay);
  CHECK(*parse_date("29-02-2028") == *parse_date("28-02-2028") + 1);
  CHECK(*parse_date("29-02-2000") == 11016);
  CHECK(refused_date("31-12-1899") == "year_range");
  CHECK(refused_date("01-01-2200") == "year_range");
  CHECK(refused_date("0000-01-01") == "year_range");
  CHECK(refused_date("29-02-2027") == "existing_day");
  CHECK(refused_date("29-02-1900") == "existing_day");
  CHECK(refused_date("31-02-2027") == "existing_day");
  CHECK(refused_date("31 april 2027") == "existing_day");
  CHECK(refused_date("00-04-2027") == "existing_day");
  CHECK(refused_date("32-01-2027") == "existing_day");
}

TEST_CASE("a date that is wrong says what was expected") {
  CHECK(refused_date("04-17-2027") == "day_month_year");
  CHECK(refused_date("17-00-2027") == "day_month_year");
  CHECK(refused_date("2027-13-01") == "day_month_year");
  CHECK(refused_date("17-04-27") == "full_year");
  CHECK(refused_date("17 april 27") == "full_year");
  CHECK(refused_date("zo 17 april 2027") == "same_weekday");
  CHECK(refused_date("Friday 17-04-2027") == "same_weekday");
  for (const std::string text : {"",
                                 " ",
                                 "morgen",
                                 "17",
                                 "17-04",
                                 "17 april",
                                 "april 2027",
                                 "17-04-2027 18.30",
                                 "17-04/2027",
                                 "17 04 2027",
                                 "17--04-2027",
                                 "17 - 04 - 2027",
                                 "17,04,2027",
                                 "017-04-2027",
                                 "17-004-2027",
                                 "17-04-12027",
                                 "17-04-202",
                                 "17 aprl 2027",
                                 "xx 17 april 2027",
                                 "za17 april 2027",
                                 "17-04-2027x",
                                 "17-04-2027.",
                                 "20270417",
                                 "46494",
                                 "10.00 of 13.30",
                                 "2027-04-17T18:30",
                                 "17 april 2027 a",
                                 "\xC3\xA9\xC3\xA9n"}) {
    CHECK(refused_date(text) == "date");
  }
}

TEST_CASE("days from a base are for practice alone") {
  CHECK(*parse_date("0", kDay) == kDay);
  CHECK(*parse_date("+1", kDay) == kDay + 1);
  CHECK(*parse_date("-9", kDay) == kDay - 9);
  CHECK(*parse_date("+9999", 0) == 9999);
  CHECK(*parse_date("17-04-2027", 0) == kDay);
  CHECK(refused_date("0") == "whole_date");
  CHECK(refused_date("+1") == "whole_date");
  CHECK(refused_date("-3") == "whole_date");
  CHECK(refused_date("+", kDay) == "date");
  CHECK(refused_date("1", kDay) == "date");
  CHECK(refused_date("+12345", kDay) == "date");
  CHECK(refused_date("+1x", kDay) == "date");
  CHECK(refused_date("+1", kLastImportDay) == "year_range");
  CHECK(refused_date("-1", kFirstImportDay) == "year_range");
  CHECK(refused_date("+1", INT32_MAX) == "year_range");
}

TEST_CASE("what is shown of a refused date is short, and never broken text") {
  const auto day = parse_date(std::string(1 << 20, 'x'));
  REQUIRE_FALSE(day);
  CHECK(day.error().args[0] == std::string(60, 'x') + "…");
  CHECK(parse_date("17-04-2027\xFF").error().args == std::vector<std::string>{"?", "date"});
  CHECK(parse_time("18.30\xFF").error().args == std::vector<std::string>{"?", "time"});
}

TEST_CASE("a time is read in every way that Dutch sheets write it") {
  for (const std::string text :
       {"18.30", "18:30", "18u30", "18h30", "18.30 uur", "18:30 UUR", "18:30:00", " 18:30 ", "18.30u"}) {
    CAPTURE(text);
    const auto minutes = parse_time(text);
    REQUIRE(minutes);
    CHECK(*minutes == 18 * 60 + 30);
  }
  for (const std::string text : {"9.00", "09.00", "9 uur", "9uur", "9u", "09:00:59"}) {
    CAPTURE(text);
    const auto minutes = parse_time(text);
    REQUIRE(minutes);
    CHECK(*minutes == 540);
  }
  CHECK(*parse_time("0.00") == 0);
  CHECK(*parse_time("23:59") == 1439);
}

TEST_CASE("what is no time is refused") {
  for (const std::string text :
       {"",       "9",        "930",      "24.00",   "24 uur",         "18.60",       "18.3",
        "18.300", "118.30",   "-1.00",    "18-30",   "10.00 of 13.30", "1 uur later", "uur",
        "u30",    "18.30:00", "18:30:60", "18:30:0", "half 7",         "18.30 u u",   "18:30:00 pm"}) {
    CAPTURE(text);
    const auto minutes = parse_time(text);
    REQUIRE_FALSE(minutes);
    CHECK(minutes.error().code == ErrorCode::bad_time);
    CHECK(minutes.error().args == std::vector<std::string>{text, "time"});
  }
}

TEST_CASE("seats are a number, or the sum of the roles") {
  CHECK(read_seats("3")->seats == 3);
  CHECK(read_seats("3 handen")->seats == 3);
  CHECK(read_seats(" 1 Hand ")->seats == 1);
  CHECK(read_seats("2 snoeiers, 3 handen, 1 chauffeur")->seats == 6);
  CHECK(read_seats("2 snoeiers + 1 chauffeur;1")->seats == 4);
  CHECK(read_seats("999")->seats == 999);
  CHECK(read_seats("500 a, 499 b")->seats == 999);
}

TEST_CASE("more is welcome means no bound") {
  for (const std::string text : {"meer is fijn", "Meer is fijn", "onbeperkt", "unlimited", "3 handen, meer is fijn"}) {
    CAPTURE(text);
    const auto found = read_seats(text);
    REQUIRE(found);
    CHECK_FALSE(found->seats);
  }
}

TEST_CASE("what is no number of seats is not guessed at") {
  for (const std::string text :
       {"", "0", "-1", "1000", "999 a, 1 b", "1234567890123", "3.5", "3,", ",3", "drie", "handen", "3handen",
        "3-5 handen", "chauffeur, 2 handen", "0 handen, 3 koks", "meer"}) {
    CAPTURE(text);
    CHECK_FALSE(read_seats(text));
  }
}
