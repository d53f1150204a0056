#include <doctest/doctest.h>

#include "core/domain/import/csv.hpp"
#include "core/domain/import/problems.hpp"
#include "tests/support/fakes.hpp"

using namespace kiem;
using namespace kiem::spreadsheet;
using kiem::test::SeededRng;

namespace {

using Table = std::vector<std::vector<std::string>>;
using Args = std::vector<std::string>;

Result<Table> read_all(std::string_view text, CsvShape shape) {
  CsvReader reader(text, shape);
  CsvRow row;
  Table table;
  while (true) {
    KIEM_TRY_GET(const bool more, reader.next(row));
    if (!more) return table;
    table.emplace_back();
    for (const auto& cell : row.cells) table.back().push_back(cell.text);
  }
}

Table table_of(std::string_view text) {
  auto table = read_all(text, csv_shape(text));
  REQUIRE(table);
  return std::move(*table);
}

Args refused_table(std::string_view text) {
  const auto table = read_all(text, csv_shape(text));
  REQUIRE_FALSE(table);
  CHECK(table.error().code == ErrorCode::csv_broken);
  return table.error().args;
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

}  // namespace

TEST_CASE("the delimiter is the one the first line has most of, outside quotation marks") {
  CHECK(csv_shape("a,b,c\n").delimiter == ',');
  CHECK(csv_shape("a;b;c\n").delimiter == ';');
  CHECK(csv_shape("a\tb\n").delimiter == '\t');
  CHECK(csv_shape("naam;rol, taak;talen\n").delimiter == ';');
  CHECK(csv_shape("\"a;b;c\",d\n").delimiter == ',');
  CHECK(csv_shape("\"a\"\";;;\"\"\",d\n").delimiter == ',');
  CHECK(csv_shape("\"a\n;;;\",d,e;f\n").delimiter == ',');
  CHECK(csv_shape("lengte 5\",b;c;d\"\n").delimiter == ';');
  CHECK(csv_shape("\r\n  \n a\tb\n;;;;\n").delimiter == '\t');
  CHECK(csv_shape("a,b;c\n").delimiter == ';');
  CHECK(csv_shape("naam\n;;;\n").delimiter == ',');
  CHECK(csv_shape("").delimiter == ',');
}

TEST_CASE("Excel's line with the delimiter is obeyed and counts as a row") {
  const auto shape = csv_shape("sep=\t\r\na,b,c\td\r\n");
  CHECK(shape.delimiter == '\t');
  CHECK(shape.first_row == 2);
  CHECK(table_of("sep=\t\r\na,b,c\td\r\n") == Table{{"a,b,c", "d"}});
  CHECK(table_of("sep=;\na,b;c") == Table{{"a,b", "c"}});
  CHECK(table_of("sep=;") == Table{});
  CHECK(table_of("sep=") == Table{{"sep="}});
  CHECK(table_of("sep=|\na") == Table{{"sep=|"}, {"a"}});
  CHECK(table_of("sep=;x\na") == Table{{"sep=", "x"}, {"a"}});
}

TEST_CASE("rows end with CRLF, LF, CR or the end of the file") {
  const Table table{{"a", "b"}, {"c", "d"}};
  CHECK(table_of("a,b\r\nc,d\r\n") == table);
  CHECK(table_of("a,b\nc,d") == table);
  CHECK(table_of("a,b\rc,d\r") == table);
  CHECK(table_of("\"a\",\"b\"\r\n\"c\",\"d\"") == table);
  CHECK(table_of("") == Table{});
}

TEST_CASE("quotation marks hold delimiters, line ends and themselves doubled") {
  CHECK(table_of("\"a,b\",\"c\r\nd\",\"zei \"\"hoi\"\"\"\n") == Table{{"a,b", "c\r\nd", "zei \"hoi\""}});
  CHECK(table_of("a,\"\",\"\"\"\"\n") == Table{{"a", "", "\""}});
  CHECK(table_of("buis 5\" lang,x") == Table{{"buis 5\" lang", "x"}});
  CHECK(table_of("\"a\"  ,b") == Table{{"a", "b"}});
  CHECK(table_of(" \"a\",b") == Table{{" \"a\"", "b"}});
}

TEST_CASE("empty cells at the end of a row go, those before stay, and empty rows are counted") {
  CHECK(table_of("a,,c,,\n,,\n\n,b\n") == Table{{"a", "", "c"}, {}, {}, {"", "b"}});
  CsvReader reader("a,,c,,\n\nx", {});
  CsvRow row;
  CHECK(*reader.next(row));
  CHECK(row.number == 1);
  CHECK(row.width == 5);
  CHECK(*reader.next(row));
  CHECK(row.number == 2);
  CHECK(row.width == 1);
  CHECK(*reader.next(row));
  CHECK(row.number == 3);
  CHECK_FALSE(*reader.next(row));
  CHECK_FALSE(*reader.next(row));
}

TEST_CASE("a cell of several lines is one row") {
  CsvReader reader("a,\"b\nc\nd\"\ne,f\n", {});
  CsvRow row;
  REQUIRE(*reader.next(row));
  REQUIRE(*reader.next(row));
  CHECK(row.number == 2);
  CHECK(row.cells[0].text == "e");
}

TEST_CASE("a quotation mark that is never closed is named where it opened") {
  CHECK(refused_table("a,b\nc,\"d\ne,f\ng,h\n") == Args{"2", "quote_open", "B"});
  CHECK(refused_table("\"") == Args{"1", "quote_open", "A"});
  CHECK(refused_table("a,\"b\"\"") == Args{"1", "quote_open", "B"});
}

TEST_CASE("text behind a closing quotation mark is refused_table with its place") {
  CHECK(refused_table("a,b\nc,d\n\"e\"f,g\n") == Args{"3", "text_after_quote", "A"});
  CHECK(refused_table("a,\"b\" c\n") == Args{"1", "text_after_quote", "B"});
}

TEST_CASE("64 columns are taken, a 65th with something in it is not") {
  CHECK(table_of(repeated("a,", 63) + "a")[0].size() == 64);
  CHECK(table_of(repeated("a,", 64))[0].size() == 64);
  CHECK(table_of("a" + repeated(",", 5000))[0].size() == 1);
  CHECK(refused_table("a\n" + repeated("a,", 64) + "a") == Args{"2", "too_many_columns", "BM"});
  CHECK(refused_table("a" + repeated(",", 5000) + "b") == Args{"1", "too_many_columns", column_letters(5000)});
}

TEST_CASE("100 000 rows below the first are taken, one more is not") {
  const std::string most = repeated("a\n", kMaxRows + 1);
  CHECK(table_of(most).size() == kMaxRows + 1);
  CHECK(refused_table(most + "a") == Args{"100002", "too_many_rows", ""});
  CHECK(table_of("sep=,\n" + most).size() == kMaxRows + 1);
  CHECK(refused_table("sep=,\n" + most + "a") == Args{"100003", "too_many_rows", ""});
}

TEST_CASE("a cell beyond 64 KiB is marked and keeps its beginning, and the rest of the file is table_of") {
  CsvRow row;
  for (const std::string quote : {"", "\""}) {
    const std::string most(kMaxFieldBytes, 'x');
    const std::string more = most + "x";
    const std::string odd = std::string(kMaxFieldBytes - 1, 'x') + "é";
    const std::string text =
        quote + most + quote + "," + quote + more + quote + "," + quote + odd + quote + "\nvolgende\n";
    CsvReader reader(text, {});
    REQUIRE(*reader.next(row));
    REQUIRE(row.cells.size() == 3);
    CHECK_FALSE(row.cells[0].too_long);
    CHECK(row.cells[0].text == most);
    CHECK(row.cells[1].too_long);
    CHECK(row.cells[1].text == most);
    CHECK(row.cells[2].too_long);
    CHECK(row.cells[2].text == std::string(kMaxFieldBytes - 1, 'x'));
    REQUIRE(*reader.next(row));
    CHECK_FALSE(row.cells[0].too_long);
    CHECK(row.cells[0].text == "volgende");
  }
  // Doubled quotation marks beyond the limit.
  const std::string text = "\"" + repeated("\"\"", kMaxFieldBytes + 1) + "\"";
  CsvReader reader(text, {});
  REQUIRE(*reader.next(row));
  CHECK(row.cells[0].too_long);
  CHECK(row.cells[0].text == std::string(kMaxFieldBytes, '"'));
}

TEST_CASE("columns have the letters of a spreadsheet") {
  CHECK(column_letters(0) == "A");
  CHECK(column_letters(25) == "Z");
  CHECK(column_letters(26) == "AA");
  CHECK(column_letters(51) == "AZ");
  CHECK(column_letters(52) == "BA");
  CHECK(column_letters(701) == "ZZ");
  CHECK(column_letters(702) == "AAA");
}

TEST_CASE("any table that is written by the rules is table_of back the same") {
  constexpr std::string_view kLetters = "ab \"\n\r,;\té";
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    CAPTURE(seed);
    SeededRng rng(seed);
    const char delimiter = ";,\t"[rng.below(3)];
    Table table(1 + rng.below(6));
    std::string text;
    for (auto& row : table) {
      row.resize(1 + rng.below(5));
      for (std::size_t i = 0; i < row.size(); ++i) {
        for (auto letters = rng.below(6); letters > 0; --letters) row[i] += kLetters[rng.below(kLetters.size() - 2)];
        if (rng.chance(20)) row[i] += "é";
        if (i + 1 == row.size()) row[i] += 'x';  // the reader passes over empty ends
        std::string quoted;
        for (const char letter : row[i]) quoted += letter == '"' ? "\"\"" : std::string(1, letter);
        const bool plain = row[i].find_first_of("\"\n\r,;\t") == std::string::npos;
        text += (i == 0 ? "" : std::string(1, delimiter));
        text += plain && rng.chance(70) ? row[i] : '"' + quoted + '"';
      }
      text += rng.chance(50) ? "\r\n" : "\n";
    }
    const auto again = read_all(text, {delimiter, 0, 1});
    REQUIRE(again);
    CHECK(*again == table);
  }
}

TEST_CASE("whatever the bytes, reading ends with rows or with a fault that names its row") {
  constexpr std::string_view kLetters = "ab\"\"\n\r;;,\t ";
  for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
    CAPTURE(seed);
    SeededRng rng(seed);
    std::string text;
    for (auto letters = rng.below(40); letters > 0; --letters) text += kLetters[rng.below(kLetters.size())];
    const auto table = read_all(text, csv_shape(text));
    if (!table) CHECK(std::stoul(table.error().args.at(0)) >= 1);
  }
}
