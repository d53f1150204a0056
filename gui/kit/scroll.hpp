// A part of the page that scrolls: by wheel, by the bar, by a finger, by Page Up and Down, and by focus that moves
// into it. Thread: that of its Ui. Nothing fails.
#pragma once

#include <cstddef>
#include <string_view>

#include "gui/kit/ui.hpp"

namespace kiem::gui {

// {
//   ScrollArea list(ui, "taken", rect);
//   Column column(list.content());
//   ... draw, column.y grows ...
//   list.reach(column.y);
// }
// Everything drawn while it lives is clipped to VIEW. Areas of one page have different names; they do not nest.
class ScrollArea {
 public:
  ScrollArea(Ui& ui, std::string_view name, const Rect& view);
  ~ScrollArea();
  ScrollArea(const ScrollArea&) = delete;
  ScrollArea& operator=(const ScrollArea&) = delete;

  // Where contents begin, moved by the scroll position, as wide as VIEW; its height is without bound.
  [[nodiscard]] Rect content() const;
  // Contents end at this y (in the same places as content()). Told once, before the area ends.
  void reach(float bottom);

 private:
  Ui& ui_;
};

struct Rows {
  std::size_t first = 0;
  std::size_t end = 0;
};
// Which of COUNT rows of equal PITCH (height and gap) near_sight holds for, the first of them at TOP. PITCH > 0.
[[nodiscard]] Rows rows_near_sight(const Ui& ui, float top, float pitch, std::size_t count);

}  // namespace kiem::gui
