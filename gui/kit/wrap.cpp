#include "gui/kit/wrap.hpp"

namespace kiem::gui {
namespace {

constexpr float kGrace = 0.01F;  // of measuring in floats

bool continues_a_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

std::size_t next_character(std::string_view text, std::size_t at) {
  ++at;
  while (at < text.size() && continues_a_character(text[at])) ++at;
  return at;
}

// Where the word at AT ends: before a space, after a hyphen or slash.
std::size_t word_end(std::string_view text, std::size_t at) {
  for (std::size_t i = at; i < text.size(); ++i) {
    if (text[i] == ' ') return i;
    if ((text[i] == '-' || text[i] == '/') && i + 1 < text.size() && i > at) return i + 1;
  }
  return text.size();
}

std::string_view without_spaces_behind(std::string_view line) {
  while (line.ends_with(' ')) line.remove_suffix(1);
  return line;
}

void wrap_paragraph(std::string_view text, float width, const std::function<float(std::string_view)>& measure,
                    std::vector<std::string_view>& lines) {
  std::size_t start = 0;  // of the line
  std::size_t fits = 0;   // end of what fits in it
  while (start < text.size()) {
    std::size_t at = fits;
    while (at < text.size() && text[at] == ' ') ++at;
    const std::size_t end = word_end(text, at);
    if (measure(without_spaces_behind(text.substr(start, end - start))) <= width + kGrace) {
      fits = end;
      if (fits < text.size()) continue;
    } else if (fits == start) {
      // The word alone is too wide.
      fits = next_character(text, at);
      while (fits < end && measure(text.substr(start, next_character(text, fits) - start)) <= width + kGrace) {
        fits = next_character(text, fits);
      }
    }
    lines.push_back(without_spaces_behind(text.substr(start, fits - start)));
    start = fits;
    while (start < text.size() && text[start] == ' ') ++start;
    fits = start;
  }
}

}  // namespace

std::vector<std::string_view> wrap(std::string_view text, float width,
                                   const std::function<float(std::string_view)>& measure) {
  std::vector<std::string_view> lines;
  if (text.empty()) return lines;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view paragraph = without_spaces_behind(text.substr(begin, end - begin));
    if (paragraph.empty()) {
      lines.push_back(paragraph);
    } else {
      wrap_paragraph(paragraph, width, measure, lines);
    }
    begin = end + 1;
  }
  return lines;
}

}  // namespace kiem::gui
