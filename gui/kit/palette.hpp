// The colours of the window as data: three themes, each colour under the role it plays.
//
// A colour never carries a meaning alone; chips and banners say it in words. Which pairs must keep which contrast is
// data too (kContrastPairs), and a test computes it for every theme by the formula of WCAG 2.2, 1.4.3 and 1.4.11.
// Values, any thread, nothing fails.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace kiem::gui {

enum class Theme : std::uint8_t { light, dark, contrast };
inline constexpr std::array kThemes{Theme::light, Theme::dark, Theme::contrast};

struct Color {
  std::uint8_t r = 0;
  std::uint8_t g = 0;
  std::uint8_t b = 0;
  std::uint8_t a = 255;
  bool operator==(const Color&) const = default;
};

enum class Ink : std::uint8_t {
  page,           // behind the list
  sidebar,        // sidebar, details, bottom bar
  card,           // cards, fields, secondary buttons
  card_selected,  // the card whose details are shown
  text,
  muted,     // second lines
  hairline,  // decoration only
  edge,      // of controls
  primary,   // the one filled button, the selected edge
  primary_hover,
  on_primary,
  tint,  // pale primary: date tile, selected row
  on_tint,
  amber,  // notice
  on_amber,
  red,  // alert
  on_red,
  tile,  // neutral: "vol", badges
  on_tile,
  inverse,  // selected filter, toast
  on_inverse,
  focus,  // the ring round what the keyboard is on
  shadow,
  // clang-format off
  avatar_1, on_avatar_1, avatar_2, on_avatar_2, avatar_3, on_avatar_3, avatar_4, on_avatar_4, avatar_5, on_avatar_5,
  // clang-format on
};
inline constexpr std::size_t kInks = static_cast<std::size_t>(Ink::on_avatar_5) + 1;

struct Palette {
  std::array<Color, kInks> colors;
  [[nodiscard]] Color operator[](Ink ink) const { return colors[static_cast<std::size_t>(ink)]; }
};

[[nodiscard]] const Palette& palette_of(Theme theme);

// What a chip, a banner or a tile says besides its words.
enum class Tone : std::uint8_t { neutral, good, notice, alert };
struct ToneInks {
  Ink back;
  Ink front;
};
[[nodiscard]] ToneInks inks_of(Tone tone);

// (L1 + 0.05) / (L2 + 0.05) of relative luminances: 1 to 21, in either order. Alpha is not looked at.
[[nodiscard]] double contrast(Color a, Color b);

// Text at least 4.5, edges of controls and the focus ring at least 3; in the theme `contrast` all at least 7.
struct ContrastPair {
  Ink front;
  Ink back;
  double least;
};
[[nodiscard]] std::span<const ContrastPair> contrast_pairs();

// "light", "dark", "contrast".
[[nodiscard]] std::string_view name_of(Theme theme);

}  // namespace kiem::gui
