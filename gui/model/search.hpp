// What a search finds: texts folded to plain small letters, and the words that were typed. Free functions, any thread,
// no failure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kiem::model {

// Small letters without accents, so that "zoe" finds "Zoë"; letters outside Latin keep their own form.
[[nodiscard]] std::string folded(std::string_view text);

// What was typed, folded and split at white space.
[[nodiscard]] std::vector<std::string> search_words(std::string_view typed);

// Whether every one of the words stands somewhere in `folded_text`.
[[nodiscard]] bool has_all(std::string_view folded_text, const std::vector<std::string>& words);

}  // namespace kiem::model
