#include "gui/kit/focus.hpp"

#include <cmath>
#include <limits>

namespace kiem::gui {
namespace {

bool can_be_on(const Widget& widget) { return widget.actionable && widget.enabled; }

WidgetId in_order(const Frame& frame, WidgetId from, bool forward) {
  const auto& list = frame.widgets;
  const std::size_t count = list.size();
  if (count == 0) return 0;
  // Begins outside the list, so that the first step is to the first or the last.
  std::size_t at = forward ? count - 1 : 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (list[i].id == from && list[i].actionable) at = i;
  }
  for (std::size_t i = 0; i < count; ++i) {
    at = forward ? (at + 1) % count : (at + count - 1) % count;
    if (can_be_on(list[at])) return list[at].id;
  }
  return 0;
}

// How far TO lies ahead of FROM in this direction, and how far aside; nothing when it does not lie ahead.
struct Way {
  float ahead = -1;
  float aside = 0;
};
Way way(const Rect& from, const Rect& to, Step step) {
  const Vec a = from.centre();
  const Vec b = to.centre();
  const auto gap = [](float low_a, float high_a, float low_b, float high_b) {
    return std::max(0.0F, std::max(low_a - high_b, low_b - high_a));
  };
  Way result;
  switch (step) {
    case Step::left:
      result = {a.x - b.x, gap(from.y, from.bottom(), to.y, to.bottom())};
      break;
    case Step::right:
      result = {b.x - a.x, gap(from.y, from.bottom(), to.y, to.bottom())};
      break;
    case Step::up:
      result = {a.y - b.y, gap(from.x, from.right(), to.x, to.right())};
      break;
    case Step::down:
      result = {b.y - a.y, gap(from.x, from.right(), to.x, to.right())};
      break;
    case Step::next:
    case Step::previous:
      break;
  }
  return result;
}

}  // namespace

WidgetId step_from(const Frame& frame, WidgetId from, Step step) {
  if (step == Step::next || step == Step::previous) return in_order(frame, from, step == Step::next);
  const Widget* start = nullptr;
  for (const auto& widget : frame.widgets) {
    if (widget.id == from && widget.actionable) start = &widget;
  }
  if (start == nullptr) return in_order(frame, 0, true);
  WidgetId best = 0;
  float least = std::numeric_limits<float>::max();
  for (const auto& widget : frame.widgets) {
    if (!can_be_on(widget) || widget.id == from) continue;
    const Way found = way(start->rect, widget.rect, step);
    if (found.ahead < 1) continue;
    const float cost = found.ahead + 4 * found.aside;
    if (cost < least) {
      least = cost;
      best = widget.id;
    }
  }
  return best;
}

WidgetId widget_at(const Frame& frame, Vec point) {
  for (auto widget = frame.widgets.rbegin(); widget != frame.widgets.rend(); ++widget) {
    if (!widget->visible.contains(point)) continue;
    if (widget->actionable) return widget->id;
    if (widget->over && widget->role == Role::status) return 0;
  }
  return 0;
}

}  // namespace kiem::gui
