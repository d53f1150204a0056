#include "core/l10n/dates.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <limits>

#include "core/l10n/text.hpp"
#include "core/views/shown.hpp"

namespace kiem {
namespace {

namespace chr = std::chrono;

// clang-format off
constexpr std::array<Text<0>, 7> kWeekdays{{
    {"zo", "Sun"}, {"ma", "Mon"}, {"di", "Tue"}, {"wo", "Wed"}, {"do", "Thu"}, {"vr", "Fri"}, {"za", "Sat"}}};
constexpr std::array<Text<0>, 12> kMonths{{
    {"januari", "January"},     {"februari", "February"}, {"maart", "March"},       {"april", "April"},
    {"mei", "May"},             {"juni", "June"},         {"juli", "July"},         {"augustus", "August"},
    {"september", "September"}, {"oktober", "October"},   {"november", "November"}, {"december", "December"}}};
constexpr std::array<Text<0>, 12> kShortMonths{{
    {"jan", "Jan"}, {"feb", "Feb"}, {"mrt", "Mar"}, {"apr", "Apr"}, {"mei", "May"}, {"jun", "Jun"},
    {"jul", "Jul"}, {"aug", "Aug"}, {"sep", "Sep"}, {"okt", "Oct"}, {"nov", "Nov"}, {"dec", "Dec"}}};
// clang-format on
constexpr Text<1> kFrom{"vanaf {0}", "from {0}"};
constexpr Text<1> kUntil{"tot {0}", "until {0}"};

constexpr std::int32_t kFirstDay = -719162;  // 0001-01-01
constexpr std::int32_t kLastDay = 2932896;   // 9999-12-31
constexpr std::uint16_t kMinutesOfDay = 24 * 60;
constexpr std::int64_t kMsOfMinute = 60'000;
constexpr std::int64_t kMsOfDay = std::int64_t{24} * 60 * kMsOfMinute;
constexpr const char* kUnreadable = "?";

bool in_calendar(std::int32_t days) { return days >= kFirstDay && days <= kLastDay; }

chr::year_month_day calendar(std::int32_t days) { return chr::year_month_day(chr::sys_days(chr::days(days))); }

std::string digits(std::int64_t number, std::size_t width) {
  std::string text = std::to_string(number);
  return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

std::string clock_text(std::uint16_t minutes, char separator) {
  if (minutes >= kMinutesOfDay) return kUnreadable;
  return digits(minutes / 60, 2) + separator + digits(minutes % 60, 2);
}

// Rounds down, so that a moment before 1970 lies in the day it belongs to.
std::int64_t floor_divide(std::int64_t number, std::int64_t by) { return number / by - (number % by < 0 ? 1 : 0); }

// What floor_divide leaves, never negative. Not number - quotient * by: for the smallest number that product overflows.
std::int64_t floor_remainder(std::int64_t number, std::int64_t by) {
  const std::int64_t rest = number % by;
  return rest < 0 ? rest + by : rest;
}

std::int32_t bounded_day(std::int64_t day) {
  return static_cast<std::int32_t>(std::clamp<std::int64_t>(day, std::numeric_limits<std::int32_t>::min(),
                                                            std::numeric_limits<std::int32_t>::max()));
}

// Split first and shifted after, since ms + offset could pass the end of the type.
struct LocalMoment {
  std::int32_t day;
  std::int64_t ms_of_day;
};
LocalMoment local(WallTime moment, std::int32_t offset_minutes) {
  const std::int64_t shifted = floor_remainder(moment.ms, kMsOfDay) + offset_minutes * kMsOfMinute;
  return {bounded_day(floor_divide(moment.ms, kMsOfDay) + floor_divide(shifted, kMsOfDay)),
          floor_remainder(shifted, kMsOfDay)};
}

std::string date_text(Lang lang, std::int32_t days, const std::array<Text<0>, 12>& months, bool with_year) {
  if (!in_calendar(days)) return kUnreadable;
  const chr::year_month_day date = calendar(days);
  const chr::weekday weekday{chr::sys_days(date)};
  std::string text(kWeekdays[weekday.c_encoding()].in(lang));
  text += ' ' + std::to_string(static_cast<unsigned>(date.day())) + ' ';
  text += months[static_cast<unsigned>(date.month()) - 1].in(lang);
  if (with_year) text += ' ' + std::to_string(static_cast<int>(date.year()));
  return text;
}

std::optional<unsigned> number_at(std::string_view text, std::size_t at, std::size_t size) {
  unsigned number = 0;
  for (const char digit : text.substr(at, size)) {
    if (digit < '0' || digit > '9') return std::nullopt;
    number = number * 10 + static_cast<unsigned>(digit - '0');
  }
  return number;
}

}  // namespace

std::string iso_moment(WallTime moment) {
  const LocalMoment utc = local(moment, 0);
  if (!in_calendar(utc.day)) return kUnreadable;
  const auto minutes = static_cast<std::uint16_t>(utc.ms_of_day / kMsOfMinute);
  return iso_date(utc.day) + 'T' + iso_time(minutes) + ':' + digits(utc.ms_of_day % kMsOfMinute / 1000, 2) + 'Z';
}

std::string format_date(Lang lang, std::int32_t days) { return date_text(lang, days, kMonths, true); }

std::string format_short_date(Lang lang, std::int32_t days, std::int32_t this_year) {
  return date_text(lang, days, kShortMonths, in_calendar(days) && static_cast<int>(calendar(days).year()) != this_year);
}

std::string format_time(Lang lang, std::uint16_t minutes) { return clock_text(minutes, lang == Lang::nl ? '.' : ':'); }

std::string format_times(Lang lang, std::optional<std::uint16_t> start, std::optional<std::uint16_t> end) {
  if (start && end) return format_time(lang, *start) + "–" + format_time(lang, *end);
  if (start) return say(lang, kFrom, format_time(lang, *start));
  if (end) return say(lang, kUntil, format_time(lang, *end));
  return {};
}

std::string format_moment(Lang lang, WallTime moment, std::int32_t offset_minutes) {
  const LocalMoment here = local(moment, offset_minutes);
  if (!in_calendar(here.day)) return kUnreadable;
  return date_text(lang, here.day, kShortMonths, true) + ' ' +
         format_time(lang, static_cast<std::uint16_t>(here.ms_of_day / kMsOfMinute));
}

std::int32_t local_day(WallTime moment, std::int32_t offset_minutes) { return local(moment, offset_minutes).day; }

std::int32_t local_year(WallTime moment, std::int32_t offset_minutes) {
  return static_cast<int>(calendar(std::clamp(local_day(moment, offset_minutes), kFirstDay, kLastDay)).year());
}

std::optional<std::int32_t> from_iso_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = number_at(text, 0, 4);
  const auto month = number_at(text, 5, 2);
  const auto day = number_at(text, 8, 2);
  if (!year || !month || !day || *year == 0) return std::nullopt;
  const chr::year_month_day date{chr::year(static_cast<int>(*year)), chr::month(*month), chr::day(*day)};
  if (!date.ok()) return std::nullopt;
  return static_cast<std::int32_t>(chr::sys_days(date).time_since_epoch().count());
}

std::optional<std::uint16_t> from_iso_time(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto hours = number_at(text, 0, 2);
  const auto minutes = number_at(text, 3, 2);
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  return static_cast<std::uint16_t>(*hours * 60 + *minutes);
}

}  // namespace kiem
