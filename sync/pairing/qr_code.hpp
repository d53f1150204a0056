// A text as the squares that a camera reads (QR code, ISO/IEC 18004): what an invitation looks like on a screen. The
// only door to libqrencode. Values; any thread.
//
// A picture of a secret is that secret: wipe_picture forgets it. libqrencode frees its own copies unwiped, so whoever
// reads the memory of this process may find a code that was shown; one on a screen is no better kept.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace kiem {

struct QrCode {
  std::size_t side = 0;             // squares along a side, without the white around them
  std::vector<std::uint8_t> black;  // row after row from the top, 1 or 0
  [[nodiscard]] bool is_black(std::size_t column, std::size_t row) const { return black[row * side + column] != 0; }
};

// White squares around it that the standard asks for.
inline constexpr std::size_t kQuietSquares = 4;

// As bytes, at the level that corrects 7 in 100: a screen has no stains, and fewer squares are larger ones. Nothing for
// no text and for one beyond the largest code, 2953 bytes.
[[nodiscard]] std::optional<QrCode> qr_code_of(std::string_view text);

void wipe_picture(QrCode& code);

}  // namespace kiem
