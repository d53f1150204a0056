#include "core/domain/import/csv.hpp"

#include <algorithm>
#include <array>

#include "core/domain/import/problems.hpp"

namespace kiem::spreadsheet {
namespace {

constexpr std::string_view kDelimiters = ";,\t";
constexpr std::string_view kSeparatorLine = "sep=";

bool is_line_end(char letter) { return letter == '\n' || letter == '\r'; }

// Behind the line end at `at`.
std::size_t behind_line_end(std::string_view text, std::size_t at) {
  return at + (text.substr(at).starts_with("\r\n") ? 2 : 1);
}

// No character is cut in two, so that what is kept is valid UTF-8 still.
void keep(CsvCell& cell, std::string_view more) {
  const std::size_t room = kMaxFieldBytes - cell.text.size();
  if (more.size() > room) {
    std::size_t size = room;
    while (size > 0 && (static_cast<unsigned char>(more[size]) & 0xC0U) == 0x80U) --size;
    more = more.substr(0, size);
    cell.too_long = true;
  }
  cell.text += more;
}

}  // namespace

CsvShape csv_shape(std::string_view text) {
  if (text.starts_with(kSeparatorLine) && text.size() > kSeparatorLine.size()) {
    const char delimiter = text[kSeparatorLine.size()];
    const std::size_t end = kSeparatorLine.size() + 1;
    if (kDelimiters.find(delimiter) != std::string_view::npos && (end == text.size() || is_line_end(text[end]))) {
      return {delimiter, end == text.size() ? end : behind_line_end(text, end), 2};
    }
  }
  std::array<std::size_t, kDelimiters.size()> counts{};
  bool quoted = false;
  bool just_closed = false;  // a second quotation mark behind it means that it had not
  bool cell_begins = true;
  bool blank = true;
  for (const char letter : text) {
    if (quoted) {
      quoted = letter != '"';
      just_closed = !quoted;
      continue;
    }
    if (is_line_end(letter)) {
      if (!blank) break;
      cell_begins = true;
      continue;
    }
    const auto which = kDelimiters.find(letter);
    if (which != std::string_view::npos) ++counts[which];
    quoted = letter == '"' && (cell_begins || just_closed);
    just_closed = false;
    cell_begins = which != std::string_view::npos;
    blank = blank && letter == ' ';
  }
  const auto most = std::max_element(counts.begin(), counts.end());
  if (*most == 0) return {};
  return {kDelimiters[static_cast<std::size_t>(most - counts.begin())], 0, 1};
}

bool CsvReader::at_cell_end() const {
  return at_ == text_.size() || text_[at_] == delimiter_ || is_line_end(text_[at_]);
}

Result<bool> CsvReader::next(CsvRow& row) {
  if (at_ >= text_.size()) return false;
  if (number_ > last_) return broken_csv(number_, "too_many_rows");
  row.number = number_;
  row.width = 0;
  std::size_t used = 0;  // cells up to the last that is not empty
  for (;; ++row.width) {
    // Beyond the limit only emptiness is passed over, and takes no memory.
    CsvCell beyond;
    const bool within = row.width < kMaxColumns;
    if (within && row.cells.size() <= row.width) row.cells.emplace_back();
    CsvCell& cell = within ? row.cells[row.width] : beyond;
    KIEM_TRY(read_cell(cell, row.width));
    if (!within && !cell.text.empty()) {
      return broken_csv(number_, "too_many_columns", column_letters(row.width));
    }
    if (!cell.text.empty()) used = row.width + 1;
    if (at_ == text_.size()) break;
    if (is_line_end(text_[at_])) {
      at_ = behind_line_end(text_, at_);
      break;
    }
    ++at_;
  }
  ++row.width;
  row.cells.resize(used);
  ++number_;
  return true;
}

Status CsvReader::read_cell(CsvCell& cell, std::size_t column) {
  cell.text.clear();
  cell.too_long = false;
  if (at_ < text_.size() && text_[at_] == '"') return read_quoted(cell, column);
  const std::size_t begin = at_;
  while (!at_cell_end()) ++at_;
  keep(cell, text_.substr(begin, at_ - begin));
  return {};
}

Status CsvReader::read_quoted(CsvCell& cell, std::size_t column) {
  for (bool more = true; more;) {
    ++at_;  // the quotation mark that opens, or the second of two
    const std::size_t quote = text_.find('"', at_);
    if (quote == std::string_view::npos) return broken_csv(number_, "quote_open", column_letters(column));
    more = text_.substr(quote + 1).starts_with('"');
    // Of two quotation marks the first belongs to the text.
    if (!cell.too_long) keep(cell, text_.substr(at_, quote - at_ + (more ? 1 : 0)));
    at_ = quote + 1;
  }
  while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  if (!at_cell_end()) return broken_csv(number_, "text_after_quote", column_letters(column));
  return {};
}

}  // namespace kiem::spreadsheet
