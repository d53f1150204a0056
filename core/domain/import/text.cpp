#include "core/domain/import/text.hpp"

#include <array>

namespace kiem::spreadsheet {
namespace {

constexpr char32_t kNoBreakSpace = 0xA0;
constexpr char32_t kNarrowNoBreakSpace = 0x202F;

bool is_blank(char32_t letter) {
  return letter == ' ' || (letter >= '\t' && letter <= '\r') || letter == kNoBreakSpace ||
         letter == kNarrowNoBreakSpace;
}

// U+00C0 to U+00FF without accents; signs that are no letter have none.
constexpr std::array<std::string_view, 64> kLatin1{
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i",  "i",   //
    "d", "n", "o", "o", "o", "o", "o",  "",  "o", "u", "u", "u", "u", "y", "th", "ss",  //
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i",  "i",   //
    "d", "n", "o", "o", "o", "o", "o",  "",  "o", "u", "u", "u", "u", "y", "th", "y"};

void append_folded(std::string& text, char32_t letter) {
  if (letter >= 'A' && letter <= 'Z') {
    text += static_cast<char>(letter - 'A' + 'a');
  } else if (letter >= 0xC0 && letter <= 0xFF && !kLatin1[letter - 0xC0].empty()) {
    text += kLatin1[letter - 0xC0];
  } else if (letter == 0x132 || letter == 0x133) {
    text += "ij";
  } else if (letter < 0x300 || letter > 0x36F) {  // combining accents go, as macOS writes them
    append_utf8(text, letter);
  }
}

}  // namespace

void append_utf8(std::string& text, char32_t code_point) {
  const auto put = [&text](char32_t byte) { text += static_cast<char>(byte); };
  if (code_point < 0x80) {
    put(code_point);
  } else if (code_point < 0x800) {
    put(0xC0U | code_point >> 6U);
    put(0x80U | (code_point & 0x3FU));
  } else if (code_point < 0x10000) {
    put(0xE0U | code_point >> 12U);
    put(0x80U | (code_point >> 6U & 0x3FU));
    put(0x80U | (code_point & 0x3FU));
  } else {
    put(0xF0U | code_point >> 18U);
    put(0x80U | (code_point >> 12U & 0x3FU));
    put(0x80U | (code_point >> 6U & 0x3FU));
    put(0x80U | (code_point & 0x3FU));
  }
}

char32_t take_code_point(std::string_view& text) {
  const auto first = static_cast<unsigned char>(text.front());
  text.remove_prefix(1);
  if (first < 0x80) return first;
  char32_t code_point = first < 0xE0 ? first & 0x1FU : first < 0xF0 ? first & 0x0FU : first & 0x07U;
  while (!text.empty() && (static_cast<unsigned char>(text.front()) & 0xC0U) == 0x80U) {
    code_point = code_point << 6U | (static_cast<unsigned char>(text.front()) & 0x3FU);
    text.remove_prefix(1);
  }
  return code_point;
}

bool has_control_characters(std::string_view text) {
  while (!text.empty()) {
    const auto letter = take_code_point(text);
    if (letter == '\t' || letter == '\n' || letter == '\r') continue;
    if (letter < 0x20 || (letter >= 0x7F && letter < 0xA0)) return true;
  }
  return false;
}

std::string one_line(std::string_view text) {
  std::string line;
  bool blank_before = false;
  while (!text.empty()) {
    const auto letter = take_code_point(text);
    if (is_blank(letter)) {
      blank_before = true;
      continue;
    }
    if (blank_before && !line.empty()) line += ' ';
    blank_before = false;
    append_utf8(line, letter);
  }
  return line;
}

std::string trimmed_lines(std::string_view text) {
  std::string lines;
  std::size_t end = 0;  // behind the last letter that is no blank
  while (!text.empty()) {
    const auto letter = take_code_point(text);
    if (lines.empty() && is_blank(letter)) continue;
    if (letter == '\r') {
      if (!text.starts_with('\n')) lines += '\n';
      continue;
    }
    append_utf8(lines, letter);
    if (!is_blank(letter)) end = lines.size();
  }
  lines.resize(end);
  return lines;
}

std::string shortened(std::string_view text, std::size_t limit) {
  std::string beginning;
  for (std::size_t count = 0; !text.empty(); ++count) {
    if (count == limit) return beginning + "…";
    append_utf8(beginning, take_code_point(text));
  }
  return beginning;
}

std::string folded(std::string_view text) {
  const std::string line = one_line(text);
  std::string plain;
  for (std::string_view rest = line; !rest.empty();) append_folded(plain, take_code_point(rest));
  return plain;
}

}  // namespace kiem::spreadsheet
