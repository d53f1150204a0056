// Places on the screen, and three ways to deal them out.
//
// All lengths that screens use are logical pixels: what they measure at text size 100 % on an ordinary display. The
// kit multiplies by one scale when it draws, so a window of 1366 pixels is 683 wide for a screen at 200 %, and a screen
// that follows the widths below reflows by itself. Values and free functions, any thread, nothing fails.
#pragma once

#include <algorithm>

namespace kiem::gui {

struct Vec {
  float x = 0;
  float y = 0;
  bool operator==(const Vec&) const = default;
};

struct Rect {
  float x = 0;
  float y = 0;
  float w = 0;
  float h = 0;
  bool operator==(const Rect&) const = default;

  [[nodiscard]] float right() const { return x + w; }
  [[nodiscard]] float bottom() const { return y + h; }
  [[nodiscard]] Vec centre() const { return {x + w / 2, y + h / 2}; }
  [[nodiscard]] bool contains(Vec point) const {
    return point.x >= x && point.x < right() && point.y >= y && point.y < bottom();
  }
  // With half a pixel of grace, because places are rounded to whole pixels when drawn.
  [[nodiscard]] bool contains(const Rect& other) const {
    return other.x >= x - 0.5F && other.y >= y - 0.5F && other.right() <= right() + 0.5F &&
           other.bottom() <= bottom() + 0.5F;
  }
  [[nodiscard]] bool overlaps(const Rect& other) const {
    return std::min(right(), other.right()) - std::max(x, other.x) > 0.5F &&
           std::min(bottom(), other.bottom()) - std::max(y, other.y) > 0.5F;
  }
  // Smaller on all sides; of width and height 0 when there is no room.
  [[nodiscard]] Rect inset(float by) const { return inset(by, by); }
  [[nodiscard]] Rect inset(float by_x, float by_y) const {
    return {x + by_x, y + by_y, std::max(0.0F, w - 2 * by_x), std::max(0.0F, h - 2 * by_y)};
  }
  // What both share; width and height 0 when they share nothing.
  [[nodiscard]] Rect clipped_to(const Rect& other) const {
    const float left = std::max(x, other.x);
    const float top = std::max(y, other.y);
    return {left, top, std::max(0.0F, std::min(right(), other.right()) - left),
            std::max(0.0F, std::min(bottom(), other.bottom()) - top)};
  }
};

// Cuts a piece off RECT and returns it; RECT keeps the rest, less GAP. Never more than there is.
inline Rect cut_top(Rect& rect, float h, float gap = 0) {
  const Rect piece{rect.x, rect.y, rect.w, std::min(h, rect.h)};
  const float used = std::min(rect.h, h + gap);
  rect = {rect.x, rect.y + used, rect.w, rect.h - used};
  return piece;
}
inline Rect cut_bottom(Rect& rect, float h, float gap = 0) {
  const float size = std::min(h, rect.h);
  const Rect piece{rect.x, rect.bottom() - size, rect.w, size};
  rect.h -= std::min(rect.h, h + gap);
  return piece;
}
inline Rect cut_left(Rect& rect, float w, float gap = 0) {
  const Rect piece{rect.x, rect.y, std::min(w, rect.w), rect.h};
  const float used = std::min(rect.w, w + gap);
  rect = {rect.x + used, rect.y, rect.w - used, rect.h};
  return piece;
}
inline Rect cut_right(Rect& rect, float w, float gap = 0) {
  const float size = std::min(w, rect.w);
  const Rect piece{rect.right() - size, rect.y, size, rect.h};
  rect.w -= std::min(rect.w, w + gap);
  return piece;
}

// Things under each other, as high as they are: take(height) where the height is known before, and for text
// column.skip(paragraph(ui, column.rest(), text)).
struct Column {
  float x = 0;
  float y = 0;  // where the next thing begins
  float w = 0;

  Column() = default;
  Column(float left, float top, float width) : x(left), y(top), w(width) {}
  explicit Column(const Rect& room) : x(room.x), y(room.y), w(room.w) {}

  [[nodiscard]] Rect rest() const { return {x, y, w, 100000}; }
  Rect take(float h, float gap = 0) {
    const Rect piece{x, y, w, h};
    y += h + gap;
    return piece;
  }
  void skip(float h) { y += h; }
};

// Things beside each other that go on in a next line when the line is full; what is wider than a line is made as wide.
struct Flow {
  Rect room;
  float gap = 8;
  float x = 0;       // from the left of room
  float y = 0;       // of the current line, from the top of room
  float line_h = 0;  // of the current line

  Flow(const Rect& where, float between) : room(where), gap(between) {}

  Rect take(Vec size) {
    const float w = std::min(size.x, room.w);
    if (x > 0 && x + w > room.w + 0.5F) {
      y += line_h + gap;
      x = 0;
      line_h = 0;
    }
    const Rect piece{room.x + x, room.y + y, w, size.y};
    x += w + gap;
    line_h = std::max(line_h, size.y);
    return piece;
  }
  // From the top of room to the bottom of the last line.
  [[nodiscard]] float height() const { return y + line_h; }
};

}  // namespace kiem::gui
