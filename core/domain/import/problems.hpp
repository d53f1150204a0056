// What an import has to say about a file: what is broken, what was expected, which columns were left out and why.
//
// Words for people are l10n's; here stand the keys they go by. Values, any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.hpp"

namespace kiem {

// What should have stood in a cell. The key of each is its own name (expected_key), the words beside it are the way to
// say it in Dutch and English.
enum class ImportExpected : std::uint8_t {
  title,           // een titel of naam                               | a title or name
  text_200,        // hoogstens 200 tekens                            | at most 200 characters
  text_500,        // hoogstens 500 tekens                            | at most 500 characters
  text_4000,       // hoogstens 4000 tekens                           | at most 4000 characters
  plain_text,      // tekst zonder stuurtekens                        | text without control characters
  seats,           // een aantal van 1 tot 999, zoals 3 of "3 handen" | a number from 1 to 999, such as 3 or "3 hands"
  date,            // een datum zoals 17-04-2027                      | a date such as 17-04-2027
  day_month_year,  // dag, maand, jaar, zoals 17-04-2027              | day, month, year, such as 17-04-2027
  existing_day,    // een dag die bestaat                             | a day that exists
  full_year,       // een jaar van vier cijfers, zoals 2027           | a year of four digits, such as 2027
  year_range,      // een jaar van 1900 tot en met 2199               | a year from 1900 to 2199
  same_weekday,    // de dag van de week die bij de datum hoort       | the day of the week of that date
  whole_date,      // een hele datum; +1 kan alleen bij het oefenen   | a whole date; +1 is for practice only
  time,            // een tijd zoals 18.30                            | a time such as 18:30
  named_column,    // niets: boven dit vak staat geen kolomnaam       | nothing: no column is named above this cell
};
[[nodiscard]] std::string_view expected_key(ImportExpected expected);

// A row with a problem is not offered; it may have several. Rows count as a spreadsheet does: the first line is row 1.
struct ImportProblem {
  std::uint32_t row = 0;
  std::string column;  // as the file names it, or the letter a spreadsheet gives it
  std::string found;   // at most 60 characters of it
  ImportExpected expected = ImportExpected::title;
};

struct LeftOutColumn {
  enum class Why : std::uint8_t {
    sealed,      // for a sealed field: name ends in _verzegeld, or names an address, a phone number and the like
    unknown,     // no name that is known for this kind of file
    on_purpose,  // what comes about in Kiem itself: state, claims
    repeated,    // an earlier column holds the same field
  };
  std::string column;
  Why why = Why::unknown;
};

// csv_broken, args: {row, key, column}. The whole file is refused: what stands behind the fault cannot be trusted.
// The column is a letter, or empty where it is the whole row.
// key: not_text         geen tekst maar bijvoorbeeld een rekenblad: bewaar als CSV | no text but e.g. a spreadsheet
//      bad_characters   een teken dat geen UTF-8 is                     | a character that is not UTF-8
//      empty_file       het bestand is leeg                             | the file is empty
//      quote_open       een aanhalingsteken dat niet wordt gesloten     | a quotation mark that is not closed
//      text_after_quote tekst achter een sluitend aanhalingsteken       | text behind a closing quotation mark
//      too_many_rows    meer dan 100 000 rijen                          | more than 100,000 rows
//      too_many_columns meer dan 64 kolommen                            | more than 64 columns
[[nodiscard]] tl::unexpected<Error> broken_csv(std::uint32_t row, std::string_view key, std::string_view column = {});

// "A" for 0, "Z" for 25, "AA" for 26, as a spreadsheet names its columns.
[[nodiscard]] std::string column_letters(std::size_t index);

}  // namespace kiem
