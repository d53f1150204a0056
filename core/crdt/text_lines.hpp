// Which line of a new text is which line of the old one: the part of diff_text that looks at whole lines.
// Pure, any thread, cannot fail.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace kiem {

// Split at each newline: the empty text is one empty line.
[[nodiscard]] std::vector<std::string_view> lines_of(std::string_view text);

struct LineOrigin {
  std::optional<std::size_t> old_line;  // none: a new line. No old line is the origin of two.
  bool moved = false;                   // otherwise origins ascend
};

// The origin of each new line. Equal lines in order first; then equal lines elsewhere, which moved, empty ones
// excepted; then, between those that stayed, lines that share at least half of the words of both, as many words in all
// as can be, and lines of gaps that are left with as many old as new ones, in order.
[[nodiscard]] std::vector<LineOrigin> match_lines(const std::vector<std::string_view>& old_lines,
                                                  const std::vector<std::string_view>& new_lines);

}  // namespace kiem
