// Words: what a text is cut into so that two people can edit one paragraph (DESIGN D3, FORMAT.md 5.4).
//
// White space is the four bytes space, tab, newline and carriage return, and nothing else: every implementation cuts
// alike, whatever its tables of Unicode, and never inside a character of UTF-8. A word is a run of other bytes with the
// white space behind it. White space at the very start of a text is a word of its own, with nothing before it.
//
// How words are shown makes up for that: white space behind the last one is not shown, and a word that has none (it was
// the last of what its author wrote) is shown with one space when another follows. So two people who each put a word
// behind the last one did not both have to replace it first.
//
// Pure, any thread, cannot fail. Views look at the text they were made from.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kiem {

[[nodiscard]] constexpr bool is_word_space(char byte) {
  return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

// The text, cut: joined they are the text again. None for the empty text.
[[nodiscard]] std::vector<std::string_view> words_of(std::string_view text);

// A word without the white space behind it.
[[nodiscard]] std::string_view core_of(std::string_view word);

// How words are shown together.
[[nodiscard]] std::string show_words(const std::vector<std::string_view>& words);

// Whether a word here may stay where a text to be shown has `wanted`, the last of its words or not: both would be shown
// alike there. `wanted` is a word of a text without white space at its end.
[[nodiscard]] bool shown_alike(std::string_view word, std::string_view wanted, bool last);

}  // namespace kiem
