// Reading comma-separated values: RFC 4180, and what spreadsheets make of it.
//
// Beyond the RFC: comma, semicolon or tab; CRLF, LF or CR; Excel's first line "sep=;"; a quotation mark inside a cell
// that does not begin with one is an ordinary character; spaces behind a closing quotation mark are passed over.
// CsvReader looks at text that its caller keeps alive and holds one row at a time. One thread at a time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace kiem::spreadsheet {

constexpr std::size_t kMaxFileBytes = 16U << 20U;
constexpr std::uint32_t kMaxRows = 100'000;  // below the row of column names
constexpr std::size_t kMaxColumns = 64;
constexpr std::size_t kMaxFieldBytes = 64U << 10U;

struct CsvCell {
  std::string text;       // without its quotation marks
  bool too_long = false;  // more than kMaxFieldBytes; text is then its beginning
};

struct CsvRow {
  std::uint32_t number = 0;  // as a spreadsheet counts: a quoted cell of three lines is one row, an empty line too
  // Without the empty ones at the end: a line of nothing but delimiters has none.
  std::vector<CsvCell> cells;
  std::size_t width = 0;  // how many there were, the empty ones at the end included
};

struct CsvShape {
  char delimiter = ',';
  std::size_t start = 0;        // where the rows begin: behind a line "sep="
  std::uint32_t first_row = 1;  // the number of the row there
};
// From a line "sep=" or else the delimiter that is met most outside quotation marks in the first line that is not
// blank; equal counts go to the semicolon, then the comma; none at all is a comma.
[[nodiscard]] CsvShape csv_shape(std::string_view text);

class CsvReader {
 public:
  CsvReader(std::string_view text, CsvShape shape)
      : text_(text),
        at_(shape.start),
        number_(shape.first_row),
        last_(shape.first_row + kMaxRows),
        delimiter_(shape.delimiter) {}

  // Fills `row` (its memory is used again) and says true, or false when there are no more. Fails with csv_broken
  // (problems.hpp): quote_open, text_after_quote, too_many_columns (a cell that is not empty beyond column 64),
  // too_many_rows; there is no going on then.
  [[nodiscard]] Result<bool> next(CsvRow& row);

 private:
  [[nodiscard]] Status read_cell(CsvCell& cell, std::size_t column);
  [[nodiscard]] Status read_quoted(CsvCell& cell, std::size_t column);
  [[nodiscard]] bool at_cell_end() const;

  std::string_view text_;
  std::size_t at_;
  std::uint32_t number_;
  std::uint32_t last_;
  char delimiter_;
};

}  // namespace kiem::spreadsheet
