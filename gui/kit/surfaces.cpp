#include <cmath>

#include "gui/kit/state.hpp"
#include "gui/kit/widgets.hpp"

namespace kiem::gui {
namespace {

constexpr float kCardRadius = 16;

void draw_card(Ui& ui, const Rect& rect, Ink back, Ink edge, float thickness) {
  draw_shadow(ui, rect);
  draw_fill(ui, rect, color_of(ui, back), kCardRadius);
  draw_edge(ui, rect, color_of(ui, edge), kCardRadius, thickness);
}

}  // namespace

void fill(Ui& ui, const Rect& rect, Ink ink, float radius) { draw_fill(ui, rect, color_of(ui, ink), radius); }

void hairline(Ui& ui, const Rect& rect) {
  const float thin = 1 / ui.state().scale;
  const Rect line = rect.w >= rect.h ? Rect{rect.x, rect.y, rect.w, thin} : Rect{rect.x, rect.y, thin, rect.h};
  draw_fill(ui, line, color_of(ui, Ink::hairline), 0);
}

void logo(Ui& ui, const Rect& rect) {
  draw_fill(ui, rect, color_of(ui, Ink::primary), rect.w * 0.3F);
  draw_icon(ui, rect.centre(), Icon::leaf, color_of(ui, Ink::on_primary), IconSize::large);
}

void icon(Ui& ui, const Rect& rect, Icon icon, Ink ink) {
  const IconSize size = rect.w >= 56 ? IconSize::huge : rect.w >= 30 ? IconSize::large : IconSize::normal;
  draw_icon(ui, rect.centre(), icon, color_of(ui, ink), size);
}

void dot(Ui& ui, Vec centre, Tone tone) {
  Ink ink = Ink::primary;
  if (tone == Tone::neutral) ink = Ink::edge;
  if (tone == Tone::notice) ink = Ink::on_amber;
  if (tone == Tone::alert) ink = Ink::on_red;
  constexpr float kRadius = 5.5F;
  const float s = ui.state().scale;
  ImGui::GetWindowDrawList()->AddCircleFilled({centre.x * s, centre.y * s}, kRadius * s, color_of(ui, ink));
}

void squares(Ui& ui, const Rect& rect, std::string_view label, std::span<const std::uint8_t> black,
             const SquaresLook& look) {
  record(ui, Role::picture, label, rect);
  constexpr Color kWhite{255, 255, 255};
  constexpr Color kBlack{0, 0, 0};
  const float s = ui.state().scale;
  const auto along = static_cast<float>(look.side + 2 * look.margin);
  // Squares of unequal width are harder to read than small ones.
  const float small = std::max(1.0F, std::floor(std::min(rect.w, rect.h) * s / along)) / s;
  const float left = std::round(rect.x * s) / s;
  const float top = std::round(rect.y * s) / s;
  draw_fill(ui, {left, top, small * along, small * along}, shim::color(kWhite), 0);
  for (std::size_t row = 0; row < look.side; ++row) {
    for (std::size_t from = 0; from < look.side; ++from) {
      std::size_t to = from;
      while (to < look.side && black[row * look.side + to] != 0) ++to;
      if (to == from) continue;
      draw_fill(ui,
                {left + small * static_cast<float>(look.margin + from),
                 top + small * static_cast<float>(look.margin + row), small * static_cast<float>(to - from), small},
                shim::color(kBlack), 0);
      from = to;
    }
  }
}

void card(Ui& ui, const Rect& rect) { draw_card(ui, rect, Ink::card, Ink::hairline, 1); }

bool card_button(Ui& ui, const Rect& rect, std::string_view label, bool selected) {
  const Touch touched = touch(ui, Role::card, label, rect, true, selected);
  const Ink back = selected || touched.held ? Ink::card_selected : Ink::card;
  const Ink edge = selected ? Ink::primary : touched.hovered ? Ink::edge : Ink::hairline;
  draw_card(ui, rect, back, edge, selected ? 2 : 1);
  return touched.pressed;
}

}  // namespace kiem::gui
