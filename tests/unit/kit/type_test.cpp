#include "gui/kit/type.hpp"

#include <doctest/doctest.h>

#include <set>

namespace kiem::gui {
namespace {

TEST_CASE("text grows and shrinks by the steps of the scale") {
  CHECK(larger_text(100) == 115);
  CHECK(larger_text(175) == 200);
  CHECK(larger_text(200) == 200);
  CHECK(larger_text(10) == 100);
  CHECK(larger_text(101) == 115);
  CHECK(smaller_text(200) == 175);
  CHECK(smaller_text(115) == 100);
  CHECK(smaller_text(100) == 100);
  CHECK(smaller_text(500) == 200);
}

TEST_CASE("no letter is smaller than 18") {
  for (std::size_t i = 0; i < kFonts; ++i) {
    CHECK(size_of(static_cast<Font>(i)) >= 18);
    CHECK(line_step(static_cast<Font>(i)) > size_of(static_cast<Font>(i)));
  }
}

TEST_CASE("every icon has a glyph of its own in the private area") {
  std::set<char16_t> glyphs;
  for (std::size_t i = 0; i < kIcons; ++i) {
    const char16_t glyph = glyph_of(static_cast<Icon>(i));
    CHECK(glyph >= 0xF000);
    CHECK(glyph <= 0xF673);
    CHECK(glyphs.insert(glyph).second);
  }
}

}  // namespace
}  // namespace kiem::gui
