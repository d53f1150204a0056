#include "sync/cli/qr_output.hpp"

#include <doctest/doctest.h>

#include <sstream>

#include "sync/cli/meeting_output.hpp"

namespace kiem::cli {
namespace {

constexpr std::string_view kColours = "\x1b[38;5;16;48;5;231m";
constexpr std::string_view kEnd = "\x1b[0m";

// The squares of lines of half blocks, as a terminal paints them.
std::vector<std::string> squares_of(std::string_view lines) {
  std::vector<std::string> rows;
  while (!lines.empty()) {
    REQUIRE(lines.starts_with(kColours));
    lines.remove_prefix(kColours.size());
    std::string upper;
    std::string lower;
    while (!lines.starts_with(kEnd)) {
      const std::string_view letter = lines.substr(0, lines.front() == ' ' ? 1 : 3);
      upper += letter == "█" || letter == "▀" ? 'x' : '.';
      lower += letter == "█" || letter == "▄" ? 'x' : '.';
      lines.remove_prefix(letter.size());
    }
    lines.remove_prefix(kEnd.size() + 1);
    rows.push_back(upper);
    rows.push_back(lower);
  }
  return rows;
}

InvitationMade made() {
  InvitationMade answer;
  answer.code = "kiem-AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
  answer.initiative_name = "Sociaal Tuinieren";
  return answer;
}

TEST_CASE("a terminal shows the squares of the code with four white ones around, black on white in every theme") {
  const auto code = qr_code_of(made().code);
  REQUIRE(code);
  const auto rows = squares_of(qr_lines(*code));
  REQUIRE(rows.size() == code->side + 2 * kQuietSquares + 1);  // an odd number, and half a line more
  for (std::size_t row = 0; row < rows.size(); ++row) {
    REQUIRE(rows[row].size() == code->side + 2 * kQuietSquares);
    for (std::size_t column = 0; column < rows[row].size(); ++column) {
      const std::size_t x = column - kQuietSquares;  // beyond every side where it is in the white
      const std::size_t y = row - kQuietSquares;
      const bool black = x < code->side && y < code->side && code->is_black(x, y);
      CHECK((rows[row][column] == 'x') == black);
    }
  }
}

TEST_CASE("a code is drawn where all of it is in sight, and else a remark says what to do") {
  const auto code = qr_code_of(made().code);
  REQUIRE(code);
  const std::size_t side = code->side + 2 * kQuietSquares;
  struct Case {
    TerminalSize terminal;
    bool drawn;
  };
  for (const auto& [terminal, drawn] : {Case{{side, side / 2 + 2}, true}, Case{{side - 1, 200}, false},
                                        Case{{200, side / 2 + 1}, false}, Case{{0, 0}, false}}) {
    std::ostringstream out;
    std::ostringstream err;
    Page remarks(err);
    print_picture(out, remarks, Lang::nl, made(), terminal);
    CHECK(out.str() == (drawn ? "\n" + qr_lines(*code) : ""));
    CHECK(err.str() == (drawn ? "" : "Maak het venster groter en je ziet hier ook een QR-code.\n"));
  }
}

}  // namespace
}  // namespace kiem::cli
