#include "gui/kit/fonts.hpp"

#include <cmath>
#include <vector>

#include "core/base/check.hpp"
#include "gui/kit/font_files.hpp"

namespace kiem::gui {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};
// Always in the texture: the letters of Dutch, English and their neighbours, the signs of ordinary text.
constexpr std::array kAlways{Range{0x20, 0x17F}, Range{0x2010, 0x2026}, Range{0x20AC, 0x20AC}};
// Put there when a text first needs one: further Latin, accents, Greek, Cyrillic, Vietnamese, signs. All of them always
// would make the texture four times as large. Scripts whose letters join or run from right to left are not drawn
// rightly by Dear ImGui, and are not promised.
constexpr std::array kOnDemand{Range{0x180, 0x52F},   Range{0x1E00, 0x1EFF}, Range{0x2027, 0x214F},
                               Range{0x2190, 0x21FF}, Range{0x2200, 0x22FF}, Range{0x25A0, 0x27BF},
                               Range{0x2C60, 0x2C7F}};

template <class Ranges>
bool is_in(const Ranges& ranges, char32_t letter) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [letter](const Range& range) { return letter >= range.first && letter <= range.last; });
}

// A range of one for each; ImGui keeps the pointer until the texture is made.
std::array<ImWchar, kIcons * 2 + 1> icon_ranges() {
  std::array<ImWchar, kIcons * 2 + 1> ranges{};
  for (std::size_t i = 0; i < kIcons; ++i) ranges[2 * i] = ranges[2 * i + 1] = glyph_of(static_cast<Icon>(i));
  return ranges;
}

const FontFile& file_of(Font font) {
  switch (font) {
    case Font::body:
    case Font::small:
      return kInterRegular;
    case Font::body_medium:
      return kInterMedium;
    case Font::strong:
    case Font::section:
    case Font::small_strong:
      return kInterSemibold;
    case Font::title:
      return kInterBold;
  }
  KIEM_UNREACHABLE("a font of no weight");
}

ImFont* add(ImFontAtlas& atlas, const FontFile& file, float size, const ImWchar* ranges) {
  ImFontConfig config;
  config.FontDataOwnedByAtlas = false;
  config.OversampleH = 1;
  config.PixelSnapH = false;
  config.FontBuilderFlags = ImGuiFreeTypeBuilderFlags_LightHinting;
  config.GlyphRanges = ranges;
  // ImGui takes a pointer to what it will not change.
  auto* const bytes = const_cast<unsigned char*>(file.begin);
  ImFont* const font =
      atlas.AddFontFromMemoryTTF(bytes, static_cast<int>(file.end - file.begin), std::round(size), &config);
  KIEM_CHECK(font != nullptr);
  return font;
}

// How dark the shadow is at a distance from the edge of a rounded box, whose picture is nine-sliced round every card:
// far softer than stacked rectangles, at a tenth of their cost.
unsigned char shadow_at(int x, int y) {
  constexpr float kMiddle = kShadowSide / 2.0F;
  constexpr float kHalf = 16;  // half of the box, all of it rounded
  const float dx = static_cast<float>(x) + 0.5F - kMiddle;
  const float dy = static_cast<float>(y) + 0.5F - kMiddle;
  const float distance = std::sqrt(dx * dx + dy * dy) - kHalf;
  const float t = std::clamp((distance + 12) / 26, 0.0F, 1.0F);
  return static_cast<unsigned char>(std::lround(255 * (1 - t * t * (3 - 2 * t))));
}

}  // namespace

bool is_on_demand(char32_t letter) { return !is_in(kAlways, letter) && is_in(kOnDemand, letter); }

Fonts load_fonts(ImFontAtlas& atlas, float scale, const std::set<char32_t>& letters) {
  std::vector<ImWchar> ranges;
  for (const auto& range : kAlways) {
    ranges.push_back(static_cast<ImWchar>(range.first));
    ranges.push_back(static_cast<ImWchar>(range.last));
  }
  for (const char32_t letter : letters) ranges.insert(ranges.end(), 2, static_cast<ImWchar>(letter));
  ranges.push_back(0);
  atlas.Clear();
  atlas.Flags |= ImFontAtlasFlags_NoPowerOfTwoHeight;
  atlas.FontBuilderIO = ImGuiFreeType::GetBuilderForFreeType();
  // About square; no driver of OpenGL 3.3 that we know takes less than 4096.
  atlas.TexDesiredWidth = scale > 2.2F ? 4096 : scale > 1.2F ? 2048 : 1024;
  Fonts fonts;
  for (std::size_t i = 0; i < kFonts; ++i) {
    const auto font = static_cast<Font>(i);
    fonts.text[i] = add(atlas, file_of(font), size_of(font) * scale, ranges.data());
  }
  const auto icons = icon_ranges();
  for (std::size_t i = 0; i < kIconSizes.size(); ++i) {
    fonts.icons[i] = add(atlas, kIconFont, kIconSizes[i] * scale, icons.data());
  }
  const int rect_id = atlas.AddCustomRectRegular(kShadowSide, kShadowSide);
  unsigned char* pixels = nullptr;
  int width = 0;
  int height = 0;
  KIEM_CHECK(atlas.Build());
  atlas.GetTexDataAsAlpha8(&pixels, &width, &height);
  KIEM_CHECK(pixels != nullptr);
  const ImFontAtlasCustomRect& rect = *atlas.GetCustomRectByIndex(rect_id);
  for (int y = 0; y < kShadowSide; ++y) {
    for (int x = 0; x < kShadowSide; ++x) pixels[(rect.Y + y) * width + rect.X + x] = shadow_at(x, y);
  }
  atlas.CalcCustomRectUV(&rect, &fonts.shadow_from, &fonts.shadow_to);
  return fonts;
}

}  // namespace kiem::gui
