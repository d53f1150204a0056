#include <cmath>

#include "gui/kit/widget.hpp"

namespace kiem::gui {
namespace {

constexpr float kLeastTarget = 44;  // WCAG 2.2, 2.5.5

// Cards, rows and banners hold other things.
bool holds_others(const Widget& widget) {
  return widget.role == Role::card || widget.role == Role::row || widget.role == Role::status;
}

std::string named(const Widget& widget) {
  const auto whole = [](float length) { return std::to_string(std::lround(length)); };
  std::string text = "\"" + widget.label + "\"";
  if (!widget.group.empty()) text += " in \"" + widget.group + "\"";
  return text + " (" + whole(widget.rect.x) + "," + whole(widget.rect.y) + " " + whole(widget.rect.w) + "x" +
         whole(widget.rect.h) + ")";
}

// Things of one area are compared as they stand, also where they are scrolled out of sight; others as they are seen.
bool collide(const Widget& a, const Widget& b) {
  if (a.over != b.over) return false;
  const bool together = a.area == b.area;
  const Rect& first = together ? a.rect : a.visible;
  const Rect& second = together ? b.rect : b.visible;
  if (!first.overlaps(second)) return false;
  if (holds_others(a) && first.contains(second)) return false;
  return !(holds_others(b) && second.contains(first));
}

void look_at_one(const Widget& widget, const Frame& frame, std::vector<std::string>& faults) {
  const Rect window{0, 0, frame.size.x, frame.size.y};
  if (widget.cut) faults.push_back("text is cut: " + named(widget));
  if (widget.area == 0 && !window.contains(widget.rect)) {
    faults.push_back("outside the window and not to be scrolled to: " + named(widget));
  }
  const bool in_sight = widget.visible.w > 0 && widget.visible.h > 0;
  if (widget.area != 0 && in_sight && widget.visible.w < widget.rect.w - 0.5F) {
    faults.push_back("wider than its scroll area: " + named(widget));
  }
  if (widget.actionable && (widget.rect.h < kLeastTarget - 0.5F || widget.rect.w < kLeastTarget - 0.5F)) {
    faults.push_back("smaller than a finger: " + named(widget));
  }
  if (widget.label.empty()) faults.push_back("without a label: " + named(widget));
}

}  // namespace

std::vector<std::string> layout_faults(const Frame& frame) {
  std::vector<std::string> faults;
  const auto& list = frame.widgets;
  for (std::size_t i = 0; i < list.size(); ++i) {
    look_at_one(list[i], frame, faults);
    for (std::size_t k = i + 1; k < list.size(); ++k) {
      if (collide(list[i], list[k])) faults.push_back("overlap: " + named(list[i]) + " and " + named(list[k]));
      const bool alike = list[i].actionable && list[k].actionable && list[i].role == list[k].role &&
                         list[i].label == list[k].label && list[i].group == list[k].group;
      if (alike) faults.push_back("two of one name: " + named(list[i]) + " and " + named(list[k]));
    }
  }
  return faults;
}

}  // namespace kiem::gui
