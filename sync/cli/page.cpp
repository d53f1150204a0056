#include "sync/cli/page.hpp"

#include <algorithm>

#include "core/base/check.hpp"
#include "sync/cli/terminal_text.hpp"

namespace kiem::cli {
namespace {

constexpr std::size_t kGap = 2;
// What a cut column keeps at least, however wide the others are.
constexpr std::size_t kNarrowest = 12;

std::vector<std::size_t> widths_of(const Table& table) {
  std::vector<std::size_t> widths(table.columns.size(), 0);
  for (const auto& row : table.rows) {
    KIEM_CHECK(row.size() == widths.size());
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], display_width(for_terminal(row[i])));
    }
  }
  std::size_t total = 0;
  for (const std::size_t width : widths) total += width == 0 ? 0 : width + kGap;
  for (std::size_t i = 0; i < widths.size(); ++i) {
    if (!table.columns[i].flexible || total <= kColumns) continue;
    const std::size_t too_much = total - kColumns;
    const std::size_t kept = widths[i] > too_much ? widths[i] - too_much : 0;
    widths[i] = std::min(widths[i], std::max(kept, kNarrowest));
  }
  return widths;
}

}  // namespace

void Page::line(std::string_view text) { stream_ << for_terminal(text) << '\n'; }

void Page::blank() { stream_ << '\n'; }

void Page::paragraph(std::string_view text, std::size_t indent) {
  for (const std::string& part : wrapped(text, kColumns - indent)) {
    stream_ << (part.empty() ? "" : std::string(indent, ' ')) << part << '\n';
  }
}

void Page::field(std::string_view label, std::string_view text, std::size_t label_width) {
  std::string start = std::string(kGap, ' ') + padded(label, label_width);
  for (const std::string& part : wrapped(text, kColumns - label_width - 2 * kGap)) {
    stream_ << start << std::string(kGap, ' ') << part << '\n';
    start = std::string(kGap + label_width, ' ');
  }
}

void Page::table(const Table& table) {
  const std::vector<std::size_t> widths = widths_of(table);
  for (const auto& row : table.rows) {
    std::string text;
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (widths[i] == 0) continue;
      text += std::string(kGap, ' ') + padded(cut_to(for_terminal(row[i]), widths[i]), widths[i]);
    }
    text.erase(text.find_last_not_of(' ') + 1);
    stream_ << text << '\n';
  }
}

}  // namespace kiem::cli
