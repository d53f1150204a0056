// Text of people made fit for a terminal: no character in it can move the cursor, colour, erase or turn the reading
// direction, and its width on screen is known. Free functions, any thread, no failure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kiem::cli {

// Control characters (C0, DEL, C1), line and paragraph separators and the characters that override direction (UAX #9:
// U+200E, U+200F, U+202A..U+202E, U+2066..U+2069) become one space; each byte that is not part of valid UTF-8 becomes
// U+FFFD. What is left can be printed anywhere.
[[nodiscard]] std::string for_terminal(std::string_view text);

// Columns on screen of a text that for_terminal made: 2 for wide characters of East Asia and emoji, 0 for marks that
// stand on the one before them (UAX #11).
[[nodiscard]] std::size_t display_width(std::string_view text);

// The text if it fits in `width` columns, else as much as fits with "…" at its end. At least width 1.
[[nodiscard]] std::string cut_to(std::string_view text, std::size_t width);

// The text with spaces behind it up to `width` columns; never shorter than it was.
[[nodiscard]] std::string padded(std::string_view text, std::size_t width);

// Lines of at most `width` columns, broken at spaces; a longer word has a line of its own. A line end in the text
// stays one; the empty text is no line. Each line is for_terminal's.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, std::size_t width);

}  // namespace kiem::cli
