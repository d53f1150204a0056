// A text in both languages, and how its gaps are filled.
//
// A text is a constant with two columns, so it cannot exist in one language alone; the compiler refuses an empty
// column, a gap that is missing in one of them and a call with too few or too many values. `Text<2>` has the gaps {0}
// and {1}, each at least once in each language, in any order. Values are put in as they are: a value that looks like a
// gap stays a value. Any thread; the constants live as long as the program.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/l10n/lang.hpp"

namespace kiem {

// True when the gaps of `pattern` are exactly {0} .. {count-1}, each at least once, and no other brace is in it.
// At most 10 gaps.
[[nodiscard]] constexpr bool gaps_fit(std::string_view pattern, std::size_t count) {
  std::array<bool, 10> found{};
  if (count > found.size()) return false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '}') return false;
    if (pattern[i] != '{') continue;
    if (i + 2 >= pattern.size() || pattern[i + 2] != '}') return false;
    const char digit = pattern[i + 1];
    if (digit < '0' || digit > '9' || static_cast<std::size_t>(digit - '0') >= count) return false;
    found[static_cast<std::size_t>(digit - '0')] = true;
    i += 2;
  }
  for (std::size_t gap = 0; gap < count; ++gap) {
    if (!found[gap]) return false;
  }
  return true;
}

// Never defined: naming it while a Text is made at compile time is how the compiler is told to stop.
void this_text_is_incomplete();

template <std::size_t Gaps>
struct Text {
  std::string_view nl;
  std::string_view en;

  // NOLINTNEXTLINE(bugprone-easily-swappable-parameters): the two columns of a table.
  consteval Text(std::string_view dutch, std::string_view english) : nl(dutch), en(english) {
    if (nl.empty() || en.empty() || !gaps_fit(nl, Gaps) || !gaps_fit(en, Gaps)) this_text_is_incomplete();
  }
  [[nodiscard]] constexpr std::string_view in(Lang lang) const { return lang == Lang::nl ? nl : en; }
};

// One text for a single thing and one for every other number; {0} is the number in both.
template <std::size_t Gaps>
struct Counted {
  Text<Gaps> one;
  Text<Gaps> many;
};

// `pattern` with {i} replaced by values[i]; a gap without a value becomes "…".
[[nodiscard]] std::string fill_gaps(std::string_view pattern, std::span<const std::string_view> values);

// 1284 as "1.284" in Dutch and "1,284" in English.
[[nodiscard]] std::string format_number(Lang lang, std::uint64_t number);

template <std::size_t Gaps, class... Values>
[[nodiscard]] std::string say(Lang lang, const Text<Gaps>& text, const Values&... values) {
  static_assert(sizeof...(Values) == Gaps, "a text takes as many values as it has gaps");
  const std::array<std::string_view, Gaps> list{std::string_view(values)...};
  return fill_gaps(text.in(lang), list);
}

template <std::size_t Gaps, class... Values>
[[nodiscard]] std::string say_count(Lang lang, std::uint64_t number, const Counted<Gaps>& text,
                                    const Values&... values) {
  return say(lang, number == 1 ? text.one : text.many, format_number(lang, number), values...);
}

}  // namespace kiem
