// A QR code read again by a reader of its own, written after ISO/IEC 18004 and not after libqrencode: versions 2 to 5
// at level L, which are one block of codewords and have one alignment pattern. It corrects nothing, so a single wrong
// square shows.
#include "sync/pairing/qr_code.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>

namespace kiem::test {
namespace {

constexpr std::array<std::size_t, 4> kDataBytes{34, 55, 80, 108};  // of versions 2 to 5

bool is_masked(unsigned mask, std::size_t row, std::size_t column) {
  const std::size_t product = row * column;
  switch (mask) {
    case 0:
      return (row + column) % 2 == 0;
    case 1:
      return row % 2 == 0;
    case 2:
      return column % 3 == 0;
    case 3:
      return (row + column) % 3 == 0;
    case 4:
      return (row / 2 + column / 3) % 2 == 0;
    case 5:
      return product % 2 + product % 3 == 0;
    case 6:
      return (product % 2 + product % 3) % 2 == 0;
    default:
      return ((row + column) % 2 + product % 3) % 2 == 0;
  }
}

// Finders with their borders and the format beside them, timing lines, the alignment pattern.
bool is_pattern(std::size_t side, std::size_t row, std::size_t column) {
  const bool finder = (row < 9 && column < 9) || (row < 9 && column >= side - 8) || (row >= side - 8 && column < 9);
  const bool aligned = row >= side - 9 && row < side - 4 && column >= side - 9 && column < side - 4;
  return finder || aligned || row == 6 || column == 6;
}

std::vector<bool> bits_of(const QrCode& code) {
  // Five bits of the format, level and mask, are masked by 10101; L is 01.
  unsigned format = 0;
  for (std::size_t column = 0; column < 5; ++column) format = format * 2 + (code.is_black(column, 8) ? 1U : 0U);
  format ^= 0b10101U;
  CHECK(format / 8 == 1);
  std::vector<bool> bits;
  bool upwards = true;
  for (std::size_t right = code.side - 1; right > 0; right -= 2, upwards = !upwards) {
    if (right == 6) --right;
    for (std::size_t step = 0; step < code.side; ++step) {
      const std::size_t row = upwards ? code.side - 1 - step : step;
      for (const std::size_t column : {right, right - 1}) {
        if (is_pattern(code.side, row, column)) continue;
        bits.push_back(code.is_black(column, row) != is_masked(format % 8, row, column));
      }
    }
    if (right < 2) break;
  }
  return bits;
}

std::string read_again(const QrCode& code) {
  const std::size_t version = (code.side - 17) / 4;
  if (version < 2 || version > 5) return "another version";
  const std::vector<bool> bits = bits_of(code);
  std::size_t at = 0;
  const auto take = [&](std::size_t count) {
    std::size_t number = 0;
    while (count-- > 0) number = number * 2 + (bits.at(at++) ? 1 : 0);
    return number;
  };
  constexpr std::size_t kBytes = 0b0100;
  if (take(4) != kBytes) return "another mode";
  const std::size_t size = take(8);
  if (size + 2 > kDataBytes.at(version - 2)) return "too long";
  std::string text;
  for (std::size_t i = 0; i < size; ++i) text.push_back(static_cast<char>(take(8)));
  return text;
}

TEST_CASE("what a code was drawn of is read again from its squares") {
  for (std::size_t size = 18; size <= 106; ++size) {
    std::string text = "kiem-";
    while (text.size() < size) text.push_back(static_cast<char>('A' + text.size() * 7 % 57));
    const auto code = qr_code_of(text);
    REQUIRE(code);
    CHECK(read_again(*code) == text);
  }
}

TEST_CASE("the largest text there is a code for has one, and the next has none") {
  CHECK_FALSE(qr_code_of(""));
  CHECK(qr_code_of("k")->side == 21);
  CHECK(qr_code_of(std::string(2953, 'k'))->side == 177);
  CHECK_FALSE(qr_code_of(std::string(2954, 'k')));
}

TEST_CASE("a picture that was wiped shows nothing") {
  auto code = qr_code_of("kiem-abc");
  REQUIRE(code);
  wipe_picture(*code);
  CHECK(code->side == 0);
  CHECK(code->black.empty());
}

}  // namespace
}  // namespace kiem::test
