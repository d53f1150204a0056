#include "sync/cli/terminal_text.hpp"

#include <algorithm>
#include <array>

#include "core/base/cbor.hpp"

namespace kiem::cli {
namespace {

constexpr char32_t kReplacement = 0xFFFD;
constexpr std::string_view kEllipsis = "…";

struct Range {
  char32_t first;
  char32_t last;
};

// Turned into a space: they are not seen themselves and change what is.
constexpr std::array kUnsafe{Range{0x00, 0x1F},     Range{0x7F, 0x9F},     Range{0x200E, 0x200F},
                             Range{0x2028, 0x202E}, Range{0x2066, 0x2069}, Range{0xFEFF, 0xFEFF}};

// The blocks of combining marks, joiners and variation selectors, and those that UAX #11 calls wide: by whole blocks,
// since a column more or less costs only the line-up of a list.
constexpr std::array kNarrowestMarks{Range{0x0300, 0x036F}, Range{0x0483, 0x0489},   Range{0x0591, 0x05BD},
                                     Range{0x0610, 0x061A}, Range{0x064B, 0x065F},   Range{0x0670, 0x0670},
                                     Range{0x093A, 0x093C}, Range{0x0E34, 0x0E3A},   Range{0x0E47, 0x0E4E},
                                     Range{0x1AB0, 0x1AFF}, Range{0x1DC0, 0x1DFF},   Range{0x200B, 0x200D},
                                     Range{0x2060, 0x2060}, Range{0x20D0, 0x20FF},   Range{0xFE00, 0xFE0F},
                                     Range{0xFE20, 0xFE2F}, Range{0x1F3FB, 0x1F3FF}, Range{0xE0100, 0xE01EF}};
constexpr std::array kWide{Range{0x1100, 0x115F},   Range{0x2E80, 0x303E},   Range{0x3041, 0xA4CF},
                           Range{0xAC00, 0xD7A3},   Range{0xF900, 0xFAFF},   Range{0xFE30, 0xFE6F},
                           Range{0xFF00, 0xFF60},   Range{0xFFE0, 0xFFE6},   Range{0x1F300, 0x1F64F},
                           Range{0x1F680, 0x1F6FF}, Range{0x1F900, 0x1FAFF}, Range{0x20000, 0x3FFFD}};

template <std::size_t Size>
bool within(const std::array<Range, Size>& ranges, char32_t character) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [=](const Range& range) { return character >= range.first && character <= range.last; });
}

struct Character {
  char32_t value = kReplacement;
  std::size_t size = 1;  // bytes
};

// The character at the start of a text that is not empty; one byte of U+FFFD when there is no valid one.
Character first_of(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const std::size_t size = byte(0) < 0x80 ? 1 : byte(0) < 0xE0 ? 2 : byte(0) < 0xF0 ? 3 : 4;
  if (size > text.size() || !is_utf8(text.substr(0, size))) return {};
  char32_t value = size == 1 ? byte(0) : byte(0) & (0xFFU >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) value = value << 6U | (byte(i) & 0x3FU);
  return {value, size};
}

std::size_t width_of(char32_t character) {
  if (within(kNarrowestMarks, character)) return 0;
  return within(kWide, character) ? 2 : 1;
}

void wrap_line(const std::string& line, std::size_t width, std::vector<std::string>& lines) {
  std::string current;
  std::size_t used = 0;
  for (std::size_t begin = 0; begin < line.size();) {
    const std::size_t end = std::min(line.find(' ', begin), line.size());
    const std::string_view word = std::string_view(line).substr(begin, end - begin);
    begin = end + 1;
    if (word.empty()) continue;
    const std::size_t wide = display_width(word);
    if (!current.empty() && used + 1 + wide > width) {
      lines.push_back(std::move(current));
      current.clear();
      used = 0;
    }
    if (!current.empty()) {
      current += ' ';
      ++used;
    }
    current += word;
    used += wide;
  }
  lines.push_back(std::move(current));
}

}  // namespace

std::string for_terminal(std::string_view text) {
  std::string clean;
  clean.reserve(text.size());
  while (!text.empty()) {
    const Character next = first_of(text);
    if (within(kUnsafe, next.value)) {
      clean += ' ';
    } else if (next.value == kReplacement) {
      clean += "\uFFFD";
    } else {
      clean += text.substr(0, next.size);
    }
    text.remove_prefix(next.size);
  }
  return clean;
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const Character next = first_of(text);
    width += width_of(next.value);
    text.remove_prefix(next.size);
  }
  return width;
}

std::string cut_to(std::string_view text, std::size_t width) {
  if (display_width(text) <= width) return std::string(text);
  std::size_t used = 0;
  std::size_t kept = 0;
  while (kept < text.size()) {
    const Character next = first_of(text.substr(kept));
    used += width_of(next.value);
    if (used + 1 > width) break;
    kept += next.size;
  }
  return std::string(text.substr(0, kept)) + std::string(kEllipsis);
}

std::string padded(std::string_view text, std::size_t width) {
  const std::size_t used = display_width(text);
  return std::string(text) + std::string(used < width ? width - used : 0, ' ');
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    wrap_line(for_terminal(text.substr(0, end)), width, lines);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

}  // namespace kiem::cli
