// The letters and icons: built into the program, rasterised by FreeType into one texture. Of the kit's own sources
// alone. Inter and Material Design Icons are under the SIL Open Font License 1.1.
#pragma once

#include <array>
#include <set>

#include "gui/kit/imgui_shim.hpp"
#include "gui/kit/type.hpp"

namespace kiem::gui {

enum class IconSize : std::uint8_t { normal, large, huge };  // 24, 32, 56
inline constexpr std::array kIconSizes{24.0F, 32.0F, 56.0F};

// Lengths of the shadow's picture, in texels: a corner, and the edge that is stretched.
inline constexpr int kShadowCorner = 31;
inline constexpr int kShadowSide = 64;

struct Fonts {
  std::array<ImFont*, kFonts> text{};
  std::array<ImFont*, kIconSizes.size()> icons{};
  ImVec2 shadow_from;  // in texture coordinates
  ImVec2 shadow_to;
};

// Makes the atlas's texture anew, owned by the atlas: the usual letters and LETTERS.
[[nodiscard]] Fonts load_fonts(ImFontAtlas& atlas, float scale, const std::set<char32_t>& letters);
// Whether this letter is drawn only when load_fonts was given it.
[[nodiscard]] bool is_on_demand(char32_t letter);

}  // namespace kiem::gui
