// A Ui takes what was fed: as much per frame as keeps the order in which the person did it.
#include "gui/kit/focus.hpp"
#include "gui/kit/state.hpp"
#include "gui/kit/take.hpp"

namespace kiem::gui {
namespace {

constexpr float kWheelStep = 66;     // logical pixels a notch
constexpr float kDragThreshold = 8;  // a finger that moves so far scrolls and presses nothing
constexpr float kArrowStep = 66;     // where there is nothing to move to

// What one frame has taken so far.
struct Taken {
  bool move = false;
  bool button = false;
  bool key = false;
  bool text = false;
};

bool fits(const Event& event, const Taken& taken) {
  if (taken.button || taken.key) return false;
  // A key or a press may take the keyboard elsewhere; what was typed before it belongs where it was typed.
  const bool may_leave = std::holds_alternative<PointerButton>(event) || std::holds_alternative<KeyPressed>(event);
  return !(may_leave && taken.text);
}

const Widget* widget_of(const Frame& frame, WidgetId id) {
  if (id == 0) return nullptr;
  for (const auto& widget : frame.widgets) {
    if (widget.id == id && widget.actionable) return &widget;
  }
  return nullptr;
}

bool is_field(const Frame& frame, WidgetId id) {
  const Widget* widget = widget_of(frame, id);
  return widget != nullptr && widget->role == Role::field;
}

const Area* area_at(const Ui::State& state, Vec point) {
  for (const auto& area : state.areas_before) {
    Rect reach = area.view;
    reach.w += kScrollBarReach;
    if (reach.contains(point)) return &area;
  }
  return nullptr;
}

// The area that holds the keyboard's place, else the largest one.
const Area* area_of_keys(const Ui::State& state) {
  const Area* best = nullptr;
  const Widget* widget = widget_of(state.before, state.focus);
  if (widget != nullptr && widget->area != 0) return &state.areas_before[widget->area - 1U];
  for (const auto& area : state.areas_before) {
    if (best == nullptr || area.view.w * area.view.h > best->view.w * best->view.h) best = &area;
  }
  return best;
}

void scroll_to(Ui::State& state, const Area& area, float offset) {
  float& now = state.pages[state.before.page].offsets[area.name];
  const float to = std::clamp(offset, 0.0F, std::max(0.0F, area.height - area.view.h));
  if (to != now) state.moved = true;
  now = to;
}
void scroll_by(Ui::State& state, const Area& area, float by) {
  scroll_to(state, area, state.pages[state.before.page].offsets[area.name] + by);
}

void press_down(Ui::State& state) {
  state.down = true;
  state.down_at = *state.pointer;
  state.hot = widget_at(state.before, *state.pointer);
  state.held = state.hot;
  state.ring = false;
  state.select_text = false;
  const Widget* widget = widget_of(state.before, state.hot);
  state.focus = widget != nullptr && widget->enabled ? widget->id : 0;
  state.dragged.reset();
  state.thumb.reset();
  if (const Area* area = area_at(state, *state.pointer)) {
    state.drag_from = state.pages[state.before.page].offsets[area->name];
    if (state.pointer->x >= area->view.right()) state.thumb = area->name;
  }
}

void release(Ui::State& state) {
  const Widget* widget = widget_of(state.before, state.held);
  const bool on_it = state.pointer && widget_at(state.before, *state.pointer) == state.held;
  if (widget != nullptr && widget->enabled && on_it && !state.dragged) state.fired = state.held;
  state.down = false;
  state.held = 0;
  state.dragged.reset();
  state.thumb.reset();
}

// A finger, or the held bar, moves its area along.
void drag(Ui::State& state) {
  if (!state.down || !state.pointer || is_field(state.before, state.held)) return;
  const float moved = state.pointer->y - state.down_at.y;
  for (const auto& area : state.areas_before) {
    if (state.thumb == area.name) {
      scroll_to(state, area, state.drag_from + moved * area.height / area.view.h);
    } else if (state.dragged == area.name) {
      scroll_to(state, area, state.drag_from - moved);
    }
  }
  const Area* under = area_at(state, state.down_at);
  if (!state.thumb && !state.dragged && under != nullptr && std::abs(moved) > kDragThreshold &&
      under->height > under->view.h) {
    state.dragged = under->name;
    state.held = 0;
  }
}

void move_focus(Ui::State& state, WidgetId to) {
  state.ring = true;
  if (to == 0) return;
  state.focus = to;
  state.reveal = to;
  state.select_text = true;
  state.moved = true;
}

// Keys that an edited line of text keeps for itself.
bool edits(const KeyPressed& pressed) {
  switch (pressed.key) {
    case Key::left:
    case Key::right:
    case Key::home:
    case Key::end:
    case Key::backspace:
    case Key::del:
    case Key::space:
      return true;
    case Key::a:
    case Key::c:
    case Key::v:
    case Key::x:
    case Key::y:
    case Key::z:
      return pressed.mods.ctrl;
    default:
      return false;
  }
}

// True when the key moved or pressed something.
bool walk(Ui::State& state, const KeyPressed& pressed) {
  const auto step = [&](Step direction) {
    const WidgetId to = step_from(state.before, state.focus, direction);
    move_focus(state, to);
    return to != 0;
  };
  const auto page = [&](float by) {
    const Area* area = area_of_keys(state);
    if (area != nullptr) scroll_by(state, *area, by * (area->view.h - 2 * kArrowStep));
    return area != nullptr;
  };
  const Area* const area = area_of_keys(state);
  switch (pressed.key) {
    case Key::tab:
      return step(pressed.mods.shift ? Step::previous : Step::next);
    case Key::left:
      return step(Step::left);
    case Key::right:
      return step(Step::right);
    case Key::up:
      if (!step(Step::up) && area != nullptr) scroll_by(state, *area, -kArrowStep);
      return true;
    case Key::down:
      if (!step(Step::down) && area != nullptr) scroll_by(state, *area, kArrowStep);
      return true;
    case Key::page_up:
      return page(-1);
    case Key::page_down:
      return page(1);
    case Key::home:
      if (area != nullptr) scroll_to(state, *area, 0);
      return area != nullptr;
    case Key::end:
      if (area != nullptr) scroll_to(state, *area, area->height);
      return area != nullptr;
    case Key::enter:
    case Key::space: {
      const Widget* widget = widget_of(state.before, state.focus);
      if (widget == nullptr || !widget->enabled || widget->role == Role::field) return false;
      state.fired = widget->id;
      state.ring = true;
      return true;
    }
    default:
      return false;
  }
}

void use_key(Ui::State& state) {
  const bool in_field = is_field(state.before, state.focus);
  if (in_field && edits(*state.key)) return;  // the field takes it
  if (state.key->mods.ctrl) return;           // a shortcut of the screen
  if (walk(state, *state.key)) state.key.reset();
}

void take(Ui::State& state, const Event& event, Taken& taken) {
  if (const auto* moved = std::get_if<PointerMoved>(&event)) {
    state.pointer = Vec{moved->at.x / state.scale, moved->at.y / state.scale};
    taken.move = true;
    drag(state);
  } else if (std::holds_alternative<PointerLeft>(event)) {
    if (!state.down) state.pointer.reset();
  } else if (const auto* button = std::get_if<PointerButton>(&event)) {
    taken.button = true;
    if (!state.pointer) return;
    if (button->down) {
      press_down(state);
    } else {
      release(state);
    }
  } else if (const auto* wheel = std::get_if<Wheel>(&event)) {
    const Area* area = state.pointer ? area_at(state, *state.pointer) : area_of_keys(state);
    if (area != nullptr) scroll_by(state, *area, -wheel->lines * kWheelStep);
  } else if (const auto* key = std::get_if<KeyPressed>(&event)) {
    taken.key = true;
    state.key = *key;
    use_key(state);
  } else if (const auto* typed = std::get_if<Typed>(&event)) {
    taken.text = true;
    state.typed.push_back(typed->character);
  } else {
    state.down = false;
    state.held = 0;
    state.dragged.reset();
    state.thumb.reset();
  }
}

}  // namespace

void take_events(Ui::State& state) {
  Taken taken;
  state.key.reset();
  state.typed.clear();
  state.fired = 0;
  while (!state.events.empty() && fits(state.events.front(), taken)) {
    const Event event = state.events.front();
    state.events.pop_front();
    take(state, event, taken);
  }
  state.hot = state.pointer ? widget_at(state.before, *state.pointer) : 0;
}

void reveal_focus(Ui::State& state) {
  if (state.reveal == 0) return;
  const Widget* widget = widget_of(state.now, state.reveal);
  if (widget != nullptr && widget->area != 0) {
    const Area& area = state.areas[widget->area - 1U];
    float& offset = state.pages[state.now.page].offsets[area.name];
    float to = offset;
    const float margin = std::min(kRevealMargin, std::max(0.0F, (area.view.h - widget->rect.h) / 2));
    to = std::max(to, offset + widget->rect.bottom() + margin - area.view.bottom());
    to = std::min(to, offset + widget->rect.y - margin - area.view.y);
    to = std::clamp(to, 0.0F, std::max(0.0F, area.height - area.view.h));
    if (std::abs(to - offset) > 0.5F) {
      offset = to;
      state.moved = true;
    }
  }
  state.reveal = 0;
}

}  // namespace kiem::gui
