#include "sync/cli/qr_output.hpp"

#include <string_view>

namespace kiem::cli {
namespace {

// Of the 256 colours the ones that no theme changes: black of the cube on its white.
constexpr std::string_view kBlackOnWhite = "\x1b[38;5;16;48;5;231m";
constexpr std::string_view kOwnColours = "\x1b[0m";

std::size_t side_of(const QrCode& code) { return code.side + 2 * kQuietSquares; }

}  // namespace

std::string qr_lines(const QrCode& code) {
  const std::size_t side = side_of(code);
  const auto black = [&](std::size_t column, std::size_t row) {
    const bool inside = column >= kQuietSquares && row >= kQuietSquares && column < kQuietSquares + code.side &&
                        row < kQuietSquares + code.side;
    return inside && code.is_black(column - kQuietSquares, row - kQuietSquares);
  };
  std::string lines;
  for (std::size_t row = 0; row < side; row += 2) {
    lines += kBlackOnWhite;
    for (std::size_t column = 0; column < side; ++column) {
      const bool upper = black(column, row);
      const bool lower = black(column, row + 1);
      lines += upper && lower ? "█" : upper ? "▀" : lower ? "▄" : " ";
    }
    lines += kOwnColours;
    lines += '\n';
  }
  return lines;
}

bool fits(const QrCode& code, const TerminalSize& terminal) {
  const std::size_t side = side_of(code);
  return terminal.columns >= side && terminal.rows > (side + 1) / 2;
}

}  // namespace kiem::cli
