// Small work on the text of a cell: folding, and one line out of several.
//
// Everything takes and gives valid UTF-8 (charset.hpp sees to that). Free functions, any thread, no failure.
#pragma once

#include <string>
#include <string_view>

namespace kiem::spreadsheet {

void append_utf8(std::string& text, char32_t code_point);
// The first code point of a text that is not empty and valid UTF-8; the text then begins behind it.
[[nodiscard]] char32_t take_code_point(std::string_view& text);

// C0 except tab and line ends, DEL, C1: what no keyboard puts in a cell.
[[nodiscard]] bool has_control_characters(std::string_view text);

// Runs of blanks (also line ends, tabs and no-break spaces) become one space, those at the ends go.
[[nodiscard]] std::string one_line(std::string_view text);
// Line ends become \n; blanks and empty lines at both ends go.
[[nodiscard]] std::string trimmed_lines(std::string_view text);
// The first `limit` code points, with "…" behind them when there were more.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t limit);

// Lower case without accents ("Coördinator" is "coordinator", also with combining marks), on one line. What is not
// Latin stays as it is.
[[nodiscard]] std::string folded(std::string_view text);

}  // namespace kiem::spreadsheet
