// Where lines of text break. Pure, any thread, nothing fails.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

namespace kiem::gui {

// The lines of TEXT at most WIDTH wide as MEASURE says, without the spaces they break at. Breaks at "\n", at spaces,
// after a hyphen or slash, and inside a word only where the word alone is wider than a line; then between characters of
// UTF-8, one at least in each line. No-break spaces do not break. Views into TEXT; empty for empty text.
[[nodiscard]] std::vector<std::string_view> wrap(std::string_view text, float width,
                                                 const std::function<float(std::string_view)>& measure);

}  // namespace kiem::gui
