#include "gui/model/search.hpp"

#include <cstdint>

namespace kiem::model {
namespace {

bool is_space(char letter) { return letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r'; }

bool continues(char byte) { return (static_cast<std::uint8_t>(byte) & 0xC0U) == 0x80U; }

// The bytes of the code point that starts at `at`.
std::string_view letter_at(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  while (end < text.size() && continues(text[end])) ++end;
  return text.substr(at, end - at);
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  std::size_t at = 0;
  while (at < text.size()) {
    while (at < text.size() && is_space(text[at])) ++at;
    const std::size_t start = at;
    while (at < text.size() && !is_space(text[at])) ++at;
    if (at > start) words.push_back(text.substr(start, at - start));
  }
  return words;
}

// The letters of U+00C0 to U+017F without their accents, in order; '*' where there is no single plain letter.
constexpr std::string_view kPlain =
    "aaaaaa*ceeeeiiii"
    "*nooooo*ouuuuy**"
    "aaaaaa*ceeeeiiii"
    "*nooooo*ouuuuy*y"
    "aaaaaaccccccccdd"
    "ddeeeeeeeeeegggg"
    "gggghhhhiiiiiiii"
    "ii**jjkk*lllllll"
    "lllnnnnnn***oooo"
    "oo**rrrrrrssssss"
    "ssttttttuuuuuuuu"
    "uuuuwwyyyzzzzzzs";
constexpr std::uint32_t kFirstAccent = 0xC0;
static_assert(kPlain.size() == 0x180 - kFirstAccent);

}  // namespace

std::string folded(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view letter = letter_at(text, at);
    at += letter.size();
    const auto first = static_cast<std::uint8_t>(letter.front());
    if (letter.size() == 1 && first >= 'A' && first <= 'Z') {
      plain += static_cast<char>(first - 'A' + 'a');
    } else if (letter.size() == 2 && first >= 0xC3 && first <= 0xC5) {
      const std::uint32_t point = (first & 0x1FU) << 6U | (static_cast<std::uint8_t>(letter[1]) & 0x3FU);
      const char base = kPlain[point - kFirstAccent];
      if (base == '*') {
        plain += letter;
      } else {
        plain += base;
      }
    } else {
      plain += letter;
    }
  }
  return plain;
}

std::vector<std::string> search_words(std::string_view typed) {
  std::vector<std::string> words;
  for (const std::string_view word : words_of(typed)) words.push_back(folded(word));
  return words;
}

bool has_all(std::string_view folded_text, const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    if (folded_text.find(word) == std::string_view::npos) return false;
  }
  return true;
}

}  // namespace kiem::model
