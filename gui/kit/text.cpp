#include <cmath>

#include "core/base/check.hpp"
#include "gui/kit/state.hpp"
#include "gui/kit/widgets.hpp"

namespace kiem::gui {
namespace {

constexpr float kTextIcon = 32;  // of icon_text: 24 and a gap of 8

float left_of(const Rect& room, float width, Align align) {
  if (align == Align::left) return room.x;
  return align == Align::right ? room.right() - width : room.x + (room.w - width) / 2;
}

// Wraps TEXT into ROOM, says how high that is; draws and records it as ROLE only when DRAWN is given.
float lay_out(const Ui& ui, Ui* drawn, Role role, const Rect& room, std::string_view text, const TextLook& look) {
  auto lines = lines_of(ui, look.font, text, room.w);
  const bool shortens = look.max_lines > 0 && lines.size() > static_cast<std::size_t>(look.max_lines);
  std::string last;
  if (shortens) {
    lines.resize(static_cast<std::size_t>(look.max_lines));
    const auto begin = static_cast<std::size_t>(lines.back().data() - text.data());
    last = shortened(ui, look.font, text.substr(begin, text.find('\n', begin) - begin), room.w);
    if (!last.ends_with("…")) last += "…";
    lines.back() = last;
  }
  const float height = lines_height(look.font, lines.size());
  if (drawn == nullptr || lines.empty()) return height;
  float widest = 0;
  float y = room.y + size_of(look.font) / 2;
  float left = room.right();
  for (const auto line : lines) {
    const float width = ui.text_width(look.font, line);
    const float x = left_of(room, width, look.align);
    draw_text(*drawn, {x, y}, look.font, color_of(ui, look.ink), line);
    widest = std::max(widest, width);
    left = std::min(left, x);
    y += line_step(look.font);
  }
  Widget& widget = record(*drawn, role, text, {left, room.y, std::min(widest, room.w), height});
  widget.cut = widest > room.w + 0.5F;
  return height;
}

bool breaks_a_word(const Ui& ui, Font font, std::string_view text, float width) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(" \n"), text.size());
    if (ui.text_width(font, text.substr(0, end)) > width + 0.5F) return true;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return false;
}

TextLook look_of(Level level) {
  switch (level) {
    case Level::page:
      return {.font = Font::title};
    case Level::section:
      return {.font = Font::section};
    case Level::group:
      return {.font = Font::strong};
    case Level::caption:
      return {.font = Font::small_strong, .ink = Ink::muted};
  }
  KIEM_UNREACHABLE("a level of no look");
}

// A word wider than the line makes the heading smaller rather than broken.
TextLook look_in(const Ui& ui, Level level, std::string_view text, float width) {
  TextLook look = look_of(level);
  for (const Font smaller : {Font::section, Font::strong}) {
    if (size_of(smaller) >= size_of(look.font) || !breaks_a_word(ui, look.font, text, width)) continue;
    look.font = smaller;
  }
  return look;
}

float icon_text_with(const Ui& ui, Ui* drawn, const Rect& room, Icon shown, std::string_view text,
                     const TextLook& look) {
  Rect beside = room;
  cut_left(beside, kTextIcon);
  const float height = lay_out(ui, drawn, Role::text, beside, text, look);
  const float line = size_of(look.font);
  if (drawn != nullptr) draw_icon(*drawn, {room.x + 12, room.y + line / 2}, shown, color_of(ui, Ink::muted));
  return std::max(height, line);
}

}  // namespace

void text_line(Ui& ui, const Rect& rect, std::string_view text, const TextLook& look) {
  if (text.empty()) return;
  const float width = ui.text_width(look.font, text);
  const bool fits = width <= rect.w + 0.5F;
  const bool shortens = !fits && look.max_lines == 1;
  const std::string shown = shortens ? shortened(ui, look.font, text, rect.w) : std::string(text);
  const float shown_width = shortens ? ui.text_width(look.font, shown) : width;
  const float x = left_of(rect, shown_width, look.align);
  const float height = size_of(look.font);
  draw_text(ui, {x, rect.y + rect.h / 2}, look.font, color_of(ui, look.ink), shown);
  Widget& widget = record(ui, Role::text, text, {x, rect.y + (rect.h - height) / 2, shown_width, height});
  widget.cut = !fits && !shortens;
}

float paragraph(Ui& ui, const Rect& room, std::string_view text, const TextLook& look) {
  return lay_out(ui, &ui, Role::text, room, text, look);
}
float paragraph_height(const Ui& ui, float width, std::string_view text, const TextLook& look) {
  return lay_out(ui, nullptr, Role::text, {0, 0, width, 0}, text, look);
}

float heading(Ui& ui, const Rect& room, std::string_view text, Level level) {
  return lay_out(ui, &ui, Role::heading, room, text, look_in(ui, level, text, room.w));
}
float heading_height(const Ui& ui, float width, std::string_view text, Level level) {
  return paragraph_height(ui, width, text, look_in(ui, level, text, width));
}

float icon_text(Ui& ui, const Rect& room, Icon shown, std::string_view text, const TextLook& look) {
  return icon_text_with(ui, &ui, room, shown, text, look);
}
float icon_text_height(const Ui& ui, float width, std::string_view text, const TextLook& look) {
  return icon_text_with(ui, nullptr, {0, 0, width, 0}, Icon::leaf, text, look);
}

}  // namespace kiem::gui
