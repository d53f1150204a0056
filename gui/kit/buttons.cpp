#include <cmath>

#include "gui/kit/state.hpp"
#include "gui/kit/widgets.hpp"

namespace kiem::gui {
namespace {

constexpr float kButtonRadius = 12;
constexpr float kEdgeLine = 2;
constexpr float kLeastHeight = 48;
constexpr float kButtonPadding = 20;
constexpr float kTightPadding = 10;  // before words wrap
constexpr float kIconWidth = 32;
constexpr float kFilterHeight = 44;
constexpr float kFilterPadding = 18;
constexpr float kFilterGap = 10;
constexpr float kNavHeight = 50;
constexpr float kNavText = 50;  // where words begin
constexpr float kRowLeast = 56;
constexpr float kBoxText = 36;

struct Paint {
  ImU32 back = 0;
  ImU32 front = 0;
  ImU32 edge = 0;
};

Paint paint_of(const Ui& ui, const ButtonLook& look, const Touch& touched) {
  const auto ink = [&](Ink which) { return color_of(ui, which); };
  if (!look.enabled) return {ink(Ink::tile), ink(Ink::on_tile), 0};
  const bool lit = touched.hovered || touched.held;
  switch (look.kind) {
    case ButtonKind::primary:
      return {ink(lit ? Ink::primary_hover : Ink::primary), ink(Ink::on_primary), 0};
    case ButtonKind::secondary:
      return {ink(lit ? Ink::tile : Ink::card), ink(Ink::text), ink(Ink::edge)};
    case ButtonKind::quiet:
      return {ink(Ink::tile), ink(lit ? Ink::text : Ink::on_tile), lit ? ink(Ink::edge) : 0};
    case ButtonKind::plain:
      return {lit ? ink(Ink::tint) : 0, ink(lit ? Ink::on_tint : Ink::primary), 0};
    case ButtonKind::tinted:
      return {ink(Ink::tint), ink(Ink::on_tint), lit ? ink(Ink::primary) : 0};
  }
  return {};
}

// Width there is for words, with as much padding as leaves them on one line.
float words_width(const Ui& ui, float width, std::string_view label, bool has_icon) {
  const float side = has_icon ? kIconWidth : 0;
  const float wide = width - 2 * kButtonPadding - side;
  return ui.text_width(Font::strong, label) <= wide ? wide : width - 2 * kTightPadding - side;
}

void draw_ground(Ui& ui, const Rect& rect, const Paint& paint, float radius) {
  if (paint.back != 0) draw_fill(ui, rect, paint.back, radius);
  if (paint.edge != 0) draw_edge(ui, rect, paint.edge, radius, kEdgeLine);
}

// A square button with PICTURE drawn in its middle.
template <class Picture>
bool square_button(Ui& ui, const Rect& rect, std::string_view label, bool enabled, const Picture& picture) {
  const Touch touched = touch(ui, Role::button, label, rect, enabled);
  const Paint paint = paint_of(ui, {.kind = ButtonKind::secondary, .enabled = enabled}, touched);
  draw_ground(ui, rect, paint, kButtonRadius);
  picture(paint.front);
  return touched.pressed;
}

struct RowPlaces {
  float left = 0;
  float words = 0;     // width for title and detail
  float trailing = 0;  // width
};
RowPlaces places_in_row(const Ui& ui, float width, const RowLook& look) {
  RowPlaces places;
  places.left = !look.person.empty() ? 12 + 36 + 12 : look.icon ? 14 + 24 + 12 : 14;
  places.trailing = look.trailing.empty() ? 0 : ui.text_width(Font::small, look.trailing);
  places.words = width - places.left - 14 - (places.trailing > 0 ? places.trailing + 12 : 0);
  return places;
}

}  // namespace

bool button(Ui& ui, const Rect& rect, std::string_view label, const ButtonLook& look) {
  const Touch touched = touch(ui, Role::button, label, rect, look.enabled);
  const std::size_t index = ui.state().now.widgets.size() - 1;
  const Paint paint = paint_of(ui, look, touched);
  draw_ground(ui, rect, paint, kButtonRadius);
  const float side = look.icon ? kIconWidth : 0;
  const float room = words_width(ui, rect.w, label, look.icon.has_value());
  const auto lines = lines_of(ui, Font::strong, label, room);
  float widest = 0;
  for (const auto line : lines) widest = std::max(widest, ui.text_width(Font::strong, line));
  const float left = rect.x + (rect.w - widest - side) / 2;
  if (look.icon) draw_icon(ui, {left + 12, rect.centre().y}, *look.icon, paint.front);
  const Rect words{left + side, rect.y, widest, rect.h};
  const bool cut = draw_lines(ui, words, Font::strong, paint.front, lines, true) || widest > room + 0.5F;
  ui.state().now.widgets[index].cut = cut;
  return touched.pressed;
}

float button_height(const Ui& ui, float width, std::string_view label, const ButtonLook& look) {
  const auto lines = lines_of(ui, Font::strong, label, words_width(ui, width, label, look.icon.has_value()));
  return std::max(kLeastHeight, lines_height(Font::strong, lines.size()) + 24);
}

float button_width(const Ui& ui, std::string_view label, const ButtonLook& look) {
  return std::ceil(ui.text_width(Font::strong, label)) + 2 * kButtonPadding + (look.icon ? kIconWidth : 0) + 1;
}

bool icon_button(Ui& ui, const Rect& rect, Icon shown, std::string_view label, bool enabled) {
  return square_button(ui, rect, label, enabled, [&](ImU32 color) { draw_icon(ui, rect.centre(), shown, color); });
}

bool glyph_button(Ui& ui, const Rect& rect, std::string_view glyphs, std::string_view label, bool enabled) {
  return square_button(ui, rect, label, enabled,
                       [&](ImU32 color) { draw_lines(ui, rect, Font::strong, color, {glyphs}, true); });
}

bool filter(Ui& ui, const Rect& rect, std::string_view label, bool on) {
  const Touch touched = touch(ui, Role::filter, label, rect, true, on);
  ui.state().now.widgets.back().cut = ui.text_width(Font::body_medium, label) > rect.w - 8;
  const Ink back = on ? Ink::inverse : touched.hovered ? Ink::tile : Ink::card;
  draw_fill(ui, rect, color_of(ui, back), rect.h / 2);
  if (!on) draw_edge(ui, rect, color_of(ui, Ink::edge), rect.h / 2, kEdgeLine);
  draw_lines(ui, rect, on ? Font::strong : Font::body_medium, color_of(ui, on ? Ink::on_inverse : Ink::text), {label},
             true);
  return touched.pressed;
}

Vec filter_size(const Ui& ui, std::string_view label) {
  // Of the bolder letters, so that choosing moves nothing.
  return {std::ceil(ui.text_width(Font::strong, label)) + 2 * kFilterPadding, kFilterHeight};
}

std::optional<std::size_t> filters(Ui& ui, const Rect& room, std::span<const std::string> labels, std::size_t on,
                                   float& height) {
  Flow flow(room, kFilterGap);
  std::optional<std::size_t> pressed;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (filter(ui, flow.take(filter_size(ui, labels[i])), labels[i], i == on)) pressed = i;
  }
  height = flow.height();
  return pressed;
}

float filters_height(const Ui& ui, float width, std::span<const std::string> labels) {
  Flow flow({0, 0, width, 0}, kFilterGap);
  for (const auto& label : labels) flow.take(filter_size(ui, label));
  return flow.height();
}

bool nav_item(Ui& ui, const Rect& rect, Icon shown, std::string_view label, bool here, int count) {
  const Touch touched = touch(ui, Role::tab, label, rect, true, here);
  const std::size_t index = ui.state().now.widgets.size() - 1;
  if (here || touched.hovered) draw_fill(ui, rect, color_of(ui, here ? Ink::tint : Ink::tile), kButtonRadius);
  const ImU32 color = color_of(ui, here ? Ink::on_tint : Ink::text);
  draw_icon(ui, {rect.x + 26, rect.centre().y}, shown, here ? color : color_of(ui, Ink::muted));
  const Font font = here ? Font::strong : Font::body_medium;
  const float right = count > 0 ? 46.0F : 10.0F;
  const Rect words{rect.x + kNavText, rect.y, rect.w - kNavText - right, rect.h};
  ui.state().now.widgets[index].cut = draw_lines(ui, words, font, color, lines_of(ui, font, label, words.w), false);
  if (count > 0) {
    const std::string number = std::to_string(count);
    ui.state().now.widgets[index].value = number;
    const Rect disc{rect.right() - 10 - 28, rect.centre().y - 14, 28, 28};
    draw_fill(ui, disc, color_of(ui, Ink::tile), 14);
    draw_lines(ui, disc, Font::small_strong, color_of(ui, Ink::text), {number}, true);
  }
  return touched.pressed;
}

float nav_item_height(const Ui& ui, float width, std::string_view label, int count) {
  const auto lines = lines_of(ui, Font::strong, label, width - kNavText - (count > 0 ? 46.0F : 10.0F));
  return std::max(kNavHeight, lines_height(Font::strong, lines.size()) + 20);
}

bool bar_item(Ui& ui, const Rect& rect, Icon shown, std::string_view label, bool here) {
  const Touch touched = touch(ui, Role::tab, label, rect, true, here);
  const std::size_t index = ui.state().now.widgets.size() - 1;
  const Vec picture{rect.centre().x, rect.y + 24};
  if (here) {
    const float half = std::min(32.0F, rect.w / 2 - 2);
    draw_fill(ui, {picture.x - half, picture.y - 16, 2 * half, 32}, color_of(ui, Ink::tint), 16);
  }
  draw_icon(ui, picture, shown, color_of(ui, here ? Ink::on_tint : Ink::muted));
  const Font font = here ? Font::small_strong : Font::small;
  const Rect words{rect.x, rect.y + 42, rect.w, size_of(font) + 2};
  ui.state().now.widgets[index].cut =
      draw_lines(ui, words, font, color_of(ui, here ? Ink::on_tint : Ink::muted), {label}, true);
  return touched.pressed;
}

bool list_row(Ui& ui, const Rect& rect, std::string_view title, const RowLook& look) {
  Touch touched;
  if (look.actionable) {
    touched = touch(ui, Role::row, title, rect, true, look.selected);
  } else {
    record(ui, Role::row, title, rect);
  }
  const std::size_t index = ui.state().now.widgets.size() - 1;
  if (!look.detail.empty() || !look.trailing.empty()) {
    std::string value(look.detail);
    if (!look.detail.empty() && !look.trailing.empty()) value += ", ";
    ui.state().now.widgets[index].value = value.append(look.trailing);
  }
  if (look.selected || touched.hovered) {
    draw_fill(ui, rect, color_of(ui, look.selected ? Ink::tint : Ink::tile), kButtonRadius);
  }
  const RowPlaces places = places_in_row(ui, rect.w, look);
  if (!look.person.empty()) {
    avatar(ui, {rect.x + 12, rect.centre().y - 18, 36, 36}, look.person);
  } else if (look.icon) {
    draw_icon(ui, {rect.x + 26, rect.centre().y}, *look.icon, color_of(ui, Ink::muted));
  }
  const auto titles = lines_of(ui, Font::body_medium, title, places.words);
  const auto details = lines_of(ui, Font::small, look.detail, places.words);
  const float title_height = lines_height(Font::body_medium, titles.size());
  const float detail_height = lines_height(Font::small, details.size());
  const float gap = details.empty() ? 0.0F : 3.0F;
  const float top = rect.centre().y - (title_height + gap + detail_height) / 2;
  const ImU32 color = color_of(ui, look.selected ? Ink::on_tint : Ink::text);
  bool cut =
      draw_lines(ui, {rect.x + places.left, top, places.words, title_height}, Font::body_medium, color, titles, false);
  cut = draw_lines(ui, {rect.x + places.left, top + title_height + gap, places.words, detail_height}, Font::small,
                   color_of(ui, Ink::muted), details, false) ||
        cut;
  if (places.trailing > 0) {
    draw_text(ui, {rect.right() - 14 - places.trailing, rect.centre().y}, Font::small, color_of(ui, Ink::muted),
              look.trailing);
  }
  ui.state().now.widgets[index].cut = cut || title_height + gap + detail_height > rect.h + 0.5F;
  return touched.pressed;
}

float list_row_height(const Ui& ui, float width, std::string_view title, const RowLook& look) {
  const RowPlaces places = places_in_row(ui, width, look);
  const float titles = lines_height(Font::body_medium, lines_of(ui, Font::body_medium, title, places.words).size());
  const auto details = lines_of(ui, Font::small, look.detail, places.words);
  const float below = details.empty() ? 0 : lines_height(Font::small, details.size()) + 3;
  return std::max(kRowLeast, titles + below + 20);
}

bool checkbox(Ui& ui, const Rect& rect, std::string_view label, bool on, bool enabled) {
  const Touch touched = touch(ui, Role::checkbox, label, rect, enabled, on);
  const std::size_t index = ui.state().now.widgets.size() - 1;
  if (touched.hovered) draw_fill(ui, rect, color_of(ui, Ink::tile), kButtonRadius);
  const Ink ink = !enabled ? Ink::on_tile : on ? Ink::primary : Ink::muted;
  draw_icon(ui, {rect.x + 16, rect.centre().y}, on ? Icon::box_checked : Icon::box, color_of(ui, ink));
  const Rect words{rect.x + kBoxText, rect.y, rect.w - kBoxText - 4, rect.h};
  const auto lines = lines_of(ui, Font::body, label, words.w);
  ui.state().now.widgets[index].cut =
      draw_lines(ui, words, Font::body, color_of(ui, enabled ? Ink::text : Ink::on_tile), lines, false);
  return touched.pressed;
}

float checkbox_height(const Ui& ui, float width, std::string_view label) {
  const auto lines = lines_of(ui, Font::body, label, width - kBoxText - 4);
  return std::max(kLeastHeight, lines_height(Font::body, lines.size()) + 20);
}

}  // namespace kiem::gui
