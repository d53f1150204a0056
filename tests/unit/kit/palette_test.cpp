#include "gui/kit/palette.hpp"

#include <doctest/doctest.h>

#include <string>

namespace kiem::gui {
namespace {

TEST_CASE("contrast is computed as WCAG says") {
  CHECK(contrast({0, 0, 0, 255}, {255, 255, 255, 255}) == doctest::Approx(21.0));
  CHECK(contrast({255, 255, 255, 255}, {0, 0, 0, 255}) == doctest::Approx(21.0));
  CHECK(contrast({10, 20, 30, 255}, {10, 20, 30, 255}) == doctest::Approx(1.0));
  // 0x767676 on white is the darkest grey that fails no more.
  CHECK(contrast({0x76, 0x76, 0x76, 255}, {255, 255, 255, 255}) == doctest::Approx(4.54).epsilon(0.01));
  CHECK(contrast({0x77, 0x77, 0x77, 255}, {255, 255, 255, 255}) < 4.5);
}

TEST_CASE("every pair of colours that meets keeps its contrast in every theme") {
  CHECK(contrast_pairs().size() > 30);
  for (const Theme theme : kThemes) {
    const Palette& palette = palette_of(theme);
    for (const auto& pair : contrast_pairs()) {
      const double least = theme == Theme::contrast ? 7.0 : pair.least;
      CAPTURE(std::string(name_of(theme)));
      CAPTURE(static_cast<int>(pair.front));
      CAPTURE(static_cast<int>(pair.back));
      CHECK(contrast(palette[pair.front], palette[pair.back]) >= least);
    }
  }
}

TEST_CASE("every tone has a text colour that is in the list of pairs") {
  for (const Tone tone : {Tone::neutral, Tone::good, Tone::notice, Tone::alert}) {
    const auto [back, front] = inks_of(tone);
    bool listed = false;
    for (const auto& pair : contrast_pairs()) listed = listed || (pair.front == front && pair.back == back);
    CHECK(listed);
  }
}

TEST_CASE("themes have names of their own") {
  CHECK(name_of(Theme::light) == "light");
  CHECK(name_of(Theme::dark) == "dark");
  CHECK(name_of(Theme::contrast) == "contrast");
  CHECK(palette_of(Theme::light)[Ink::page] == Color{0xF6, 0xF4, 0xEF, 255});
  CHECK(palette_of(Theme::dark)[Ink::page] == Color{0x14, 0x1A, 0x17, 255});
}

}  // namespace
}  // namespace kiem::gui
