// The 2048 Dutch words that recovery words are taken from: 11 bits a word.
//
// Three to eight letters, a to z only, in alphabetical order; the first four letters name a word, and a word of three
// letters begins no other one. The list is part of the format (FORMAT.md): it never changes, since paper outlives code.
// Constants and free functions, any thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace kiem {

constexpr std::size_t kWordCount = 2048;
constexpr std::size_t kWordMaxLetters = 8;

extern const std::array<std::string_view, kWordCount> kWordList;

// index: below kWordCount, else a broken promise.
[[nodiscard]] std::string_view word(std::uint16_t index);

// The word as it stands, or cut short after its fourth letter or later ("zaterdag", "zate", "ZATER"), in either case.
// Nothing for anything else: a slip after the fourth letter is not guessed at. Makes no copy of the text.
[[nodiscard]] std::optional<std::uint16_t> index_of(std::string_view text);

}  // namespace kiem
