// Days and times as the client's screens say them: in full where there is room, and near days by their name.
//
// Days are numbers since 1970-01-01 and times minutes of the local day, as in core/l10n/dates.hpp; the reader's zone is
// an offset in minutes east of UTC. Free functions, any thread, no failure: a day outside the calendar reads "?".
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/base/env.hpp"
#include "core/l10n/lang.hpp"

namespace kiem::text {

// The three lines of a card's date: "za", "28", "nov".
struct DayTile {
  std::string weekday, day, month;
};
[[nodiscard]] DayTile day_tile(Lang lang, std::int32_t day);

// "Vandaag", "Morgen", "Zaterdag 28 november"; with the year when it is not today's.
[[nodiscard]] std::string day_heading(Lang lang, std::int32_t day, std::int32_t today);
// The same inside a sentence: "vandaag", "morgen", "zaterdag 28 november"; in English "Saturday 28 November".
[[nodiscard]] std::string day_in_sentence(Lang lang, std::int32_t day, std::int32_t today);

// "10.00 – 12.30 uur", "vanaf 10.00 uur", "tot 12.30 uur"; empty with neither.
[[nodiscard]] std::string clock_range(Lang lang, std::optional<std::uint16_t> start, std::optional<std::uint16_t> end);

// A moment not long ago, as a person says it: "zonet" (within five minutes), "vandaag 14.05", "gisteren 14.05",
// "do 19 nov 14.05". A moment that lies ahead of now is told with its day and time, never as "zonet".
[[nodiscard]] std::string moment_in_sentence(Lang lang, WallTime moment, WallTime now, std::int32_t offset_minutes);

// `text` with its first letter large, when that is one of a-z.
[[nodiscard]] std::string capitalised(std::string text);

// "een", "twee", ... "twaalf" for what is counted in a sentence; larger numbers in digits. Zero is "geen".
[[nodiscard]] std::string number_word(Lang lang, std::uint64_t number);

}  // namespace kiem::text
