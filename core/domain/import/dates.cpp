#include "core/domain/import/dates.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <string>

#include "core/base/cbor.hpp"
#include "core/domain/import/text.hpp"

namespace kiem {
namespace {

namespace chr = std::chrono;

constexpr std::size_t kShownOfDate = 60;

struct Name {
  std::string_view text;
  unsigned number;
};
// clang-format off
constexpr std::array kMonths{
    Name{"jan", 1},   Name{"januari", 1},  Name{"january", 1},    Name{"feb", 2},  Name{"februari", 2},
    Name{"february", 2}, Name{"mrt", 3},   Name{"maart", 3},      Name{"mar", 3},  Name{"march", 3},
    Name{"apr", 4},   Name{"april", 4},    Name{"mei", 5},        Name{"may", 5},  Name{"jun", 6},
    Name{"juni", 6},  Name{"june", 6},     Name{"jul", 7},        Name{"juli", 7}, Name{"july", 7},
    Name{"aug", 8},   Name{"augustus", 8}, Name{"august", 8},     Name{"sep", 9},  Name{"sept", 9},
    Name{"september", 9}, Name{"okt", 10}, Name{"oktober", 10},   Name{"oct", 10}, Name{"october", 10},
    Name{"nov", 11},  Name{"november", 11}, Name{"dec", 12},      Name{"december", 12}};
// ISO numbers: Monday is 1.
constexpr std::array kWeekdays{
    Name{"ma", 1}, Name{"maandag", 1},   Name{"mon", 1}, Name{"monday", 1},
    Name{"di", 2}, Name{"dinsdag", 2},   Name{"tue", 2}, Name{"tues", 2},  Name{"tuesday", 2},
    Name{"wo", 3}, Name{"woensdag", 3},  Name{"wed", 3}, Name{"wednesday", 3},
    Name{"do", 4}, Name{"donderdag", 4}, Name{"thu", 4}, Name{"thur", 4},  Name{"thurs", 4}, Name{"thursday", 4},
    Name{"vr", 5}, Name{"vrijdag", 5},   Name{"fri", 5}, Name{"friday", 5},
    Name{"za", 6}, Name{"zaterdag", 6},  Name{"sat", 6}, Name{"saturday", 6},
    Name{"zo", 7}, Name{"zondag", 7},    Name{"sun", 7}, Name{"sunday", 7}};
// clang-format on

template <std::size_t Size>
std::optional<unsigned> number_of(const std::array<Name, Size>& names, std::string_view text) {
  const auto found = std::find_if(names.begin(), names.end(), [&](const Name& name) { return name.text == text; });
  if (found == names.end()) return std::nullopt;
  return found->number;
}

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }
bool is_letter(char letter) { return letter >= 'a' && letter <= 'z'; }

// Takes the run of characters at the front of `text` for which `belongs` holds.
template <class Belongs>
std::string_view take(std::string_view& text, Belongs belongs) {
  const auto end = std::find_if_not(text.begin(), text.end(), belongs);
  const auto taken = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  text.remove_prefix(taken.size());
  return taken;
}

// At most four digits, which always fit.
std::optional<unsigned> small_number(std::string_view digits) {
  if (digits.empty() || digits.size() > 4 || !std::all_of(digits.begin(), digits.end(), is_digit)) return std::nullopt;
  unsigned number = 0;
  for (const char digit : digits) number = number * 10 + static_cast<unsigned>(digit - '0');
  return number;
}

using Found = spreadsheet::DateFound;
tl::unexpected<ImportExpected> expected(ImportExpected what) { return tl::unexpected<ImportExpected>(what); }

Found day_of(unsigned year, unsigned month, unsigned day) {
  if (month < 1 || month > 12) return expected(ImportExpected::day_month_year);
  const chr::year_month_day date{chr::year(static_cast<int>(year)), chr::month(month), chr::day(day)};
  if (!date.ok()) return expected(ImportExpected::existing_day);
  if (year < 1900 || year > 2199) return expected(ImportExpected::year_range);
  return static_cast<std::int32_t>(chr::sys_days(date).time_since_epoch().count());
}

// "0", "+5", "-3"; nothing for what does not look like one.
std::optional<std::int32_t> days_from_base(std::string_view text) {
  if (text == "0") return 0;
  const bool later = text.starts_with('+');
  if (!later && !text.starts_with('-')) return std::nullopt;
  const auto days = small_number(text.substr(1));
  if (!days) return std::nullopt;
  return later ? static_cast<std::int32_t>(*days) : -static_cast<std::int32_t>(*days);
}

bool between_parts(char letter) { return std::string_view(" -/.,").find(letter) != std::string_view::npos; }

// Three parts with something between them: day month year, or year month day when the first has four digits. Between
// numbers stands twice the same "-", "/" or "."; next to a name anything goes.
Found calendar_day(std::string_view text) {
  const auto first = take(text, is_digit);
  const auto gap = take(text, between_parts);
  const bool named = !text.empty() && is_letter(text.front());
  const auto month_text = named ? take(text, is_letter) : take(text, is_digit);
  const auto second_gap = take(text, between_parts);
  const auto last = take(text, is_digit);
  if (!text.empty() || gap.empty() || second_gap.empty() || last.empty()) return expected(ImportExpected::date);
  if (!named && (gap != second_gap || gap.size() != 1 || gap == " " || gap == ",")) {
    return expected(ImportExpected::date);
  }
  const auto month = named ? number_of(kMonths, month_text) : small_number(month_text);
  const bool year_first = first.size() == 4;
  const auto day = small_number(year_first ? last : first);
  const auto year = small_number(year_first ? first : last);
  const auto day_size = (year_first ? last : first).size();
  if (!month || !day || !year || day_size > 2 || (!named && month_text.size() > 2)) {
    return expected(ImportExpected::date);
  }
  if (!year_first && last.size() != 4)
    return expected(last.size() == 2 ? ImportExpected::full_year : ImportExpected::date);
  return day_of(*year, *month, *day);
}

// What may be shown of a text that was refused.
std::string refused(std::string_view text) {
  return is_utf8(text) ? spreadsheet::shortened(text, kShownOfDate) : std::string("?");
}

}  // namespace

namespace spreadsheet {

DateFound read_date(std::string_view written, std::optional<std::int32_t> base) {
  const std::string plain = folded(written);
  std::string_view text = plain;
  if (const auto days = days_from_base(text)) {
    if (!base) return expected(ImportExpected::whole_date);
    const std::int64_t day = std::int64_t{*base} + *days;
    if (day < kFirstImportDay || day > kLastImportDay) return expected(ImportExpected::year_range);
    return static_cast<std::int32_t>(day);
  }
  std::optional<unsigned> weekday;
  if (!text.empty() && is_letter(text.front())) {
    weekday = number_of(kWeekdays, take(text, is_letter));
    const auto gap = take(text, between_parts);
    if (!weekday || gap.empty()) return expected(ImportExpected::date);
  }
  const auto day = calendar_day(text);
  if (day && weekday && chr::weekday(chr::sys_days(chr::days(*day))).iso_encoding() != *weekday) {
    return expected(ImportExpected::same_weekday);
  }
  return day;
}

std::optional<std::uint16_t> read_time(std::string_view written) {
  const std::string plain = folded(written);
  std::string_view text = plain;
  bool said_hour = false;
  for (const std::string_view word : {"uur", "u", "h"}) {
    if (!text.ends_with(word)) continue;
    text.remove_suffix(word.size());
    if (text.ends_with(' ')) text.remove_suffix(1);
    said_hour = true;
    break;
  }
  const auto hour_text = take(text, is_digit);
  const auto hours = small_number(hour_text);
  if (!hours || hour_text.size() > 2 || *hours > 23) return std::nullopt;
  if (text.empty()) {
    if (!said_hour) return std::nullopt;
    return static_cast<std::uint16_t>(*hours * 60);
  }
  const char gap = text.front();
  if (gap != '.' && gap != ':' && gap != 'u' && gap != 'h') return std::nullopt;
  text.remove_prefix(1);
  const auto minute_text = take(text, is_digit);
  const auto minutes = small_number(minute_text);
  if (!minutes || minute_text.size() != 2 || *minutes > 59) return std::nullopt;
  if (!text.empty()) {
    // Seconds, as spreadsheets export them: read past, since a task has none.
    if (gap != ':' || text.size() != 3 || text.front() != ':') return std::nullopt;
    const auto seconds = small_number(text.substr(1));
    if (!seconds || *seconds > 59) return std::nullopt;
  }
  return static_cast<std::uint16_t>(*hours * 60 + *minutes);
}

}  // namespace spreadsheet

Result<std::int32_t> parse_date(std::string_view text, std::optional<std::int32_t> base) {
  const auto day = is_utf8(text) ? spreadsheet::read_date(text, base) : expected(ImportExpected::date);
  if (day) return *day;
  return fail(ErrorCode::bad_date, Fault::person, {refused(text), std::string(expected_key(day.error()))});
}

Result<std::uint16_t> parse_time(std::string_view text) {
  const auto minutes = is_utf8(text) ? spreadsheet::read_time(text) : std::nullopt;
  if (minutes) return *minutes;
  return fail(ErrorCode::bad_time, Fault::person, {refused(text), std::string(expected_key(ImportExpected::time))});
}

}  // namespace kiem
