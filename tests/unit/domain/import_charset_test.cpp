#include <doctest/doctest.h>

#include "core/domain/import/charset.hpp"
#include "core/domain/import/text.hpp"

using namespace kiem;

namespace {

DecodedText decoded(std::string_view bytes) {
  auto text = decode_text(view(bytes));
  REQUIRE(text);
  return std::move(*text);
}

std::vector<std::string> undecodable(std::string_view bytes) {
  const auto text = decode_text(view(bytes));
  REQUIRE_FALSE(text);
  CHECK(text.error().code == ErrorCode::csv_broken);
  CHECK(text.error().fault == Fault::person);
  return text.error().args;
}

using Args = std::vector<std::string>;

}  // namespace

TEST_CASE("UTF-8 is taken as it stands, with and without a byte order mark") {
  CHECK(decoded("coördinator €").text == "coördinator €");
  CHECK(decoded("coördinator €").charset == Charset::utf8);
  CHECK(decoded("\xEF\xBB\xBFnaam").text == "naam");
  CHECK(decoded("\xEF\xBB\xBFnaam").charset == Charset::utf8_bom);
  CHECK(decoded("").text.empty());
  CHECK(decoded("\xEF\xBB\xBF").text.empty());
}

TEST_CASE("what is not UTF-8 is windows-1252, every byte of it") {
  const auto text = decoded("co\xF6rdinator kost \x80 5 \x96 \x93heg\x94");
  CHECK(text.text == "coördinator kost € 5 – “heg”");
  CHECK(text.charset == Charset::windows1252);
  CHECK(decoded("\xE9").text == "é");
  CHECK(decoded("\xFF").text == "ÿ");
  CHECK(decoded("\x9F\xA0").text == "Ÿ\xC2\xA0");
  // Half of a UTF-8 character, as a file that was cut off ends.
  CHECK(decoded("caf\xC3").text == "cafÃ");
  std::string all;
  for (int byte = 128; byte < 256; ++byte) all += static_cast<char>(byte);
  CHECK(decoded(all).charset == Charset::windows1252);
  // The five bytes that windows-1252 does not use become controls, which no cell may hold.
  for (const std::string unused : {"\x81", "\x8D", "\x8F", "\x90", "\x9D"}) {
    CHECK(spreadsheet::has_control_characters(decoded(unused).text));
  }
}

TEST_CASE("a file that says it is UTF-8 and is not is undecodable with the row") {
  CHECK(undecodable("\xEF\xBB\xBFnaam\nJ\xF6rg\n") == Args{"2", "bad_characters", ""});
  CHECK(undecodable("\xEF\xBB\xBF\xF6") == Args{"1", "bad_characters", ""});
}

TEST_CASE("UTF-16 with its mark is read in both byte orders") {
  using namespace std::string_view_literals;
  CHECK(decoded("\xFF\xFEn\0\xF6\0\xAC\x20"sv).text == "nö€");
  CHECK(decoded("\xFF\xFEn\0"sv).charset == Charset::utf16le);
  CHECK(decoded("\xFE\xFF\0n\0\xF6\x20\xAC"sv).text == "nö€");
  CHECK(decoded("\xFE\xFF\0n"sv).charset == Charset::utf16be);
  CHECK(decoded("\xFF\xFE\x3C\xD8\x31\xDF"sv).text == "🌱");
  CHECK(decoded("\xFF\xFE"sv).text.empty());
}

TEST_CASE("broken UTF-16 is no text") {
  using namespace std::string_view_literals;
  const Args args{"1", "not_text", ""};
  CHECK(undecodable("\xFF\xFEn"sv) == args);            // half a unit
  CHECK(undecodable("\xFF\xFE\x3C\xD8"sv) == args);     // the first of a pair alone
  CHECK(undecodable("\xFF\xFE\x3C\xD8n\0"sv) == args);  // followed by something else
  CHECK(undecodable("\xFF\xFE\x31\xDF"sv) == args);     // the second of a pair alone
  CHECK(undecodable("\xFF\xFE\x3C\xD8\x3C\xD8\x31\xDF"sv) == args);
}

TEST_CASE("a spreadsheet that was not exported is told apart from text") {
  CHECK(undecodable("PK\x03\x04rest") == Args{"1", "not_text", ""});
  CHECK(undecodable("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") == Args{"1", "not_text", ""});
  CHECK(decoded("PK;naam").charset == Charset::utf8);
}

TEST_CASE("a charset is called what people may know it by") {
  CHECK(charset_name(Charset::utf8_bom) == "UTF-8");
  CHECK(charset_name(Charset::utf16le) == "UTF-16");
  CHECK(charset_name(Charset::windows1252) == "Windows-1252");
}

TEST_CASE("folding takes away case, accents and double blanks, and nothing else") {
  using namespace spreadsheet;
  CHECK(folded("  Coördinator\tVÓÓR\n één ") == "coordinator voor een");
  CHECK(folded("coo\xCC\x88rdinator") == "coordinator");  // a combining accent, as macOS writes it
  CHECK(folded("Straße ÆØÅ ĳ") == "strasse aeoa ij");
  CHECK(folded("5 × 3 ÷ Привет") == "5 × 3 ÷ Привет");
  CHECK(folded("") == "");
}

TEST_CASE("text is brought to one line, or to lines without blank ends") {
  using namespace spreadsheet;
  CHECK(one_line(" a \r\n\t b\xC2\xA0 c ") == "a b c");
  CHECK(one_line(" \xE2\x80\xAF ") == "");
  CHECK(trimmed_lines("\n  a \r\n\r\n b\rc\t \n") == "a \n\n b\nc");
  CHECK(trimmed_lines(" \r\n ") == "");
}

TEST_CASE("text is shortened at a border between characters") {
  using namespace spreadsheet;
  CHECK(shortened("één", 3) == "één");
  CHECK(shortened("één", 2) == "éé…");
  CHECK(shortened("", 0) == "");
  CHECK(shortened("a", 0) == "…");
}

TEST_CASE("control characters are found, tabs and line ends are none") {
  using namespace spreadsheet;
  CHECK_FALSE(has_control_characters("a\tb\r\nc é €"));
  for (const std::string_view text : {std::string_view("\0", 1), std::string_view("a\x1B"), std::string_view("\x7F"),
                                      std::string_view("\xC2\x85"), std::string_view("\v")}) {
    CHECK(has_control_characters(text));
  }
}

TEST_CASE("code points of every size go into UTF-8 and come back") {
  using namespace spreadsheet;
  for (const char32_t letter : {0x0U, 0x7FU, 0x80U, 0x7FFU, 0x800U, 0xFFFFU, 0x10000U, 0x10FFFFU}) {
    std::string text;
    append_utf8(text, letter);
    std::string_view rest = text;
    CHECK(take_code_point(rest) == letter);
    CHECK(rest.empty());
  }
}
