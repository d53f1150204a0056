// Drawing in logical pixels: places are rounded to whole pixels of the screen, so that edges stay sharp.
#include <cmath>
#include <numbers>

#include "gui/kit/state.hpp"
#include "gui/kit/wrap.hpp"

namespace kiem::gui {
namespace {

struct PixelBox {
  ImVec2 from;
  ImVec2 to;
};
PixelBox box_of(const Ui& ui, const Rect& rect) {
  const float s = ui.state().scale;
  return {{std::round(rect.x * s), std::round(rect.y * s)},
          {std::round(rect.right() * s), std::round(rect.bottom() * s)}};
}

ImDrawList& draw_list() { return *ImGui::GetWindowDrawList(); }

ImFont* letters_of(const Ui& ui, Font font) { return ui.state().fonts.text[static_cast<std::size_t>(font)]; }

}  // namespace

ImU32 color_of(const Ui& ui, Ink ink) { return shim::color(ui.state().palette()[ink]); }

void draw_fill(Ui& ui, const Rect& rect, ImU32 color, float radius) {
  const PixelBox box = box_of(ui, rect);
  if (box.to.x <= box.from.x || box.to.y <= box.from.y) return;
  draw_list().AddRectFilled(box.from, box.to, color, radius * ui.state().scale);
}

void draw_edge(Ui& ui, const Rect& rect, ImU32 color, float radius, float thickness) {
  const float s = ui.state().scale;
  const float line = std::max(1.0F, std::round(thickness * s * 2) / 2);
  PixelBox box = box_of(ui, rect);
  if (box.to.x - box.from.x <= 2 * line || box.to.y - box.from.y <= 2 * line) return;
  // ImGui draws the line's middle half a pixel inside; the whole line belongs inside.
  const float in = (line - 1) / 2;
  draw_list().AddRect({box.from.x + in, box.from.y + in}, {box.to.x - in, box.to.y - in}, color,
                      std::max(0.0F, radius * s - in), 0, line);
}

void draw_shadow(Ui& ui, const Rect& rect) {
  const Ui::State& state = ui.state();
  if (state.look.theme == Theme::contrast) return;
  constexpr float kOut = 16;
  constexpr float kDrop = 3;
  const float s = state.scale;
  const float corner = std::round(kShadowCorner * s);
  const PixelBox box = box_of(ui, {rect.x - kOut, rect.y - kOut + kDrop, rect.w + 2 * kOut, rect.h + 2 * kOut});
  if (box.to.x - box.from.x < 2 * corner || box.to.y - box.from.y < 2 * corner) return;
  const std::array xs{box.from.x, box.from.x + corner, box.to.x - corner, box.to.x};
  const std::array ys{box.from.y, box.from.y + corner, box.to.y - corner, box.to.y};
  const auto along = [](float from, float to) {
    const float texel = (to - from) / kShadowSide;
    return std::array{from, from + texel * kShadowCorner, to - texel * kShadowCorner, to};
  };
  const auto us = along(state.fonts.shadow_from.x, state.fonts.shadow_to.x);
  const auto vs = along(state.fonts.shadow_from.y, state.fonts.shadow_to.y);
  Color ink = state.palette()[Ink::shadow];
  ink.a = state.look.theme == Theme::dark ? 90 : 30;
  draw_list().PrimReserve(8 * 6, 8 * 4);
  for (std::size_t row = 0; row < 3; ++row) {
    for (std::size_t column = 0; column < 3; ++column) {
      if (row == 1 && column == 1) continue;  // under the card
      draw_list().PrimRectUV({xs[column], ys[row]}, {xs[column + 1], ys[row + 1]}, {us[column], vs[row]},
                             {us[column + 1], vs[row + 1]}, shim::color(ink));
    }
  }
}

void draw_icon(Ui& ui, Vec centre, Icon icon, ImU32 color, IconSize size) {
  const Ui::State& state = ui.state();
  ImFont* const pictures = state.fonts.icons[static_cast<std::size_t>(size)];
  const float side = pictures->FontSize;
  pictures->RenderChar(&draw_list(), side,
                       {std::round(centre.x * state.scale - side / 2), std::round(centre.y * state.scale - side / 2)},
                       color, static_cast<ImWchar>(glyph_of(icon)));
}

void draw_text(Ui& ui, Vec at, Font font, ImU32 color, std::string_view text) {
  if (text.empty()) return;
  note_letters(ui.state(), text);
  ImFont* const letters = letters_of(ui, font);
  const float s = ui.state().scale;
  const ImVec2 from{std::round(at.x * s), std::round(at.y * s - letters->FontSize / 2)};
  draw_list().AddText(letters, letters->FontSize, from, color, text.data(), text.data() + text.size());
}

std::string shortened(const Ui& ui, Font font, std::string_view text, float width) {
  if (ui.text_width(font, text) <= width + 0.5F) return std::string(text);
  std::string result;
  for (std::size_t end = text.size(); end > 0; --end) {
    // A character of several bytes goes as a whole.
    if (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) continue;
    std::string_view kept = text.substr(0, end);
    while (kept.ends_with(' ')) kept.remove_suffix(1);
    result = std::string(kept) + "…";
    if (ui.text_width(font, result) <= width + 0.5F) return result;
  }
  return "…";
}

std::vector<std::string_view> lines_of(const Ui& ui, Font font, std::string_view text, float width) {
  return wrap(text, width, [&](std::string_view part) { return ui.text_width(font, part); });
}

float lines_height(Font font, std::size_t lines) {
  const float size = size_of(font);
  return lines == 0 ? 0 : size + static_cast<float>(lines - 1) * line_step(font);
}

bool draw_lines(Ui& ui, const Rect& rect, Font font, ImU32 color, const std::vector<std::string_view>& lines,
                bool centred) {
  const float height = lines_height(font, lines.size());
  bool cut = height > rect.h + 0.5F;
  float y = rect.y + (rect.h - height) / 2 + size_of(font) / 2;
  for (const auto line : lines) {
    const float width = ui.text_width(font, line);
    cut = cut || width > rect.w + 0.5F;
    draw_text(ui, {centred ? rect.x + (rect.w - width) / 2 : rect.x, y}, font, color, line);
    y += line_step(font);
  }
  return cut;
}

}  // namespace kiem::gui
