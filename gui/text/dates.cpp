#include "gui/text/dates.hpp"

#include <array>
#include <vector>

#include "core/l10n/dates.hpp"
#include "core/l10n/text.hpp"

namespace kiem::text {
namespace {

// clang-format off
constexpr std::array<Text<0>, 7> kLongWeekdays{{
    {"zondag", "Sunday"}, {"maandag", "Monday"}, {"dinsdag", "Tuesday"}, {"woensdag", "Wednesday"},
    {"donderdag", "Thursday"}, {"vrijdag", "Friday"}, {"zaterdag", "Saturday"}}};
constexpr std::array<Text<0>, 13> kNumbers{{
    {"geen", "no"}, {"één", "one"}, {"twee", "two"}, {"drie", "three"}, {"vier", "four"}, {"vijf", "five"},
    {"zes", "six"}, {"zeven", "seven"}, {"acht", "eight"}, {"negen", "nine"}, {"tien", "ten"}, {"elf", "eleven"},
    {"twaalf", "twelve"}}};
// clang-format on
constexpr Text<0> kToday{"vandaag", "today"};
constexpr Text<0> kTomorrow{"morgen", "tomorrow"};
constexpr Text<1> kHours{"{0} uur", "{0}"};
constexpr Text<2> kRange{"{0} – {1} uur", "{0} – {1}"};
constexpr Text<0> kJustNow{"zonet", "just now"};
constexpr Text<1> kTodayAt{"vandaag {0}", "today {0}"};
constexpr Text<1> kYesterdayAt{"gisteren {0}", "yesterday {0}"};
constexpr Text<2> kDayAt{"{0} {1}", "{0} {1}"};

constexpr std::int64_t kMsOfMinute = 60'000;
constexpr std::int64_t kJustNowMs = 5 * kMsOfMinute;

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words;
  std::size_t at = 0;
  while (at <= text.size()) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    words.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

// The year of a day that counts from 1970, by way of the moment at its noon.
std::int32_t year_of(std::int32_t day) {
  constexpr std::int64_t kMsOfDay = std::int64_t{24} * 60 * kMsOfMinute;
  return local_year(WallTime{day * kMsOfDay + kMsOfDay / 2}, 0);
}

std::string long_day(Lang lang, std::int32_t day, std::int32_t today) {
  const std::vector<std::string> words = words_of(format_date(lang, day));  // "za 28 november 2026"
  if (words.size() != 4) return format_date(lang, day);
  const auto weekday = static_cast<std::size_t>(((std::int64_t{day} + 4) % 7 + 7) % 7);  // 1970 began on a Thursday
  std::string text = std::string(kLongWeekdays[weekday].in(lang)) + ' ' + words[1] + ' ' + words[2];
  if (year_of(day) != year_of(today)) text += ' ' + words[3];
  return text;
}

}  // namespace

DayTile day_tile(Lang lang, std::int32_t day) {
  std::vector<std::string> words = words_of(format_short_date(lang, day, year_of(day)));
  if (words.size() < 3) return {"", words.front(), ""};
  return {std::move(words[0]), std::move(words[1]), std::move(words[2])};
}

std::string day_heading(Lang lang, std::int32_t day, std::int32_t today) {
  return capitalised(day_in_sentence(lang, day, today));
}

std::string day_in_sentence(Lang lang, std::int32_t day, std::int32_t today) {
  const std::int64_t ahead = std::int64_t{day} - today;
  if (ahead == 0) return std::string(kToday.in(lang));
  if (ahead == 1) return std::string(kTomorrow.in(lang));
  return long_day(lang, day, today);
}

std::string clock_range(Lang lang, std::optional<std::uint16_t> start, std::optional<std::uint16_t> end) {
  if (start && end) return say(lang, kRange, format_time(lang, *start), format_time(lang, *end));
  const std::string one = format_times(lang, start, end);
  return one.empty() ? one : say(lang, kHours, one);
}

std::string moment_in_sentence(Lang lang, WallTime moment, WallTime now, std::int32_t offset_minutes) {
  const std::int32_t day = local_day(moment, offset_minutes);
  const std::int32_t today = local_day(now, offset_minutes);
  if (moment.ms <= now.ms && moment.ms > now.ms - kJustNowMs) return std::string(kJustNow.in(lang));
  const std::vector<std::string> words = words_of(format_moment(lang, moment, offset_minutes));
  const std::string& clock = words.back();
  if (day == today) return say(lang, kTodayAt, clock);
  if (std::int64_t{today} - day == 1) return say(lang, kYesterdayAt, clock);
  return say(lang, kDayAt, format_short_date(lang, day, local_year(now, offset_minutes)), clock);
}

std::string capitalised(std::string text) {
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z') {
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
  }
  return text;
}

std::string number_word(Lang lang, std::uint64_t number) {
  return number < kNumbers.size() ? std::string(kNumbers[number].in(lang)) : format_number(lang, number);
}

}  // namespace kiem::text
