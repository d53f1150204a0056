// What people may write in a field: lengths in code points, valid UTF-8, no control characters.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.hpp"

namespace kiem {

constexpr std::size_t kMaxTitle = 200;
constexpr std::size_t kMaxNote = 4000;
constexpr std::size_t kMaxShortText = 500;
// Of any text, whatever its alphabet: an operation has to hold it (kMaxOperationBytes). Of a long text this holds for
// each line, and the whole has to fit a request (sync/PROTOCOL.md section 12).
constexpr std::size_t kMaxTextBytes = 12'000;
constexpr std::size_t kMaxLongText = 40'000;
constexpr std::size_t kMaxLongTextBytes = std::size_t{64} * 1024;

// Trims white space at both ends; line ends inside are kept only when `lines` is set. Fails with bad_text or
// text_too_long (args: field, limit); an empty text is fine here.
[[nodiscard]] Result<std::string> checked_text(std::string_view field, std::string_view text, std::size_t limit,
                                               bool lines = false);
// A text of many paragraphs, each a line. text_too_long names the limit of a line when it is one that is too long.
[[nodiscard]] Result<std::string> checked_long_text(std::string_view field, std::string_view text);
// As checked_text for a title, and empty_text (args: field) when nothing is left.
[[nodiscard]] Result<std::string> checked_title(std::string_view field, std::string_view text);

}  // namespace kiem
