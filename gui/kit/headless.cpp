#include "gui/kit/headless.hpp"

#include <array>
#include <utility>

#include "core/base/check.hpp"
#include "gui/kit/focus.hpp"
#include "gui/kit/state.hpp"

namespace kiem::gui {
namespace {

constexpr float kSeconds = 1.0F / 60;
constexpr int kMostFrames = 32;

// A place in sight where this widget, and not one upon it, is hit.
std::optional<Vec> place_on(const Frame& frame, const Widget& widget) {
  constexpr std::array kParts{0.5F, 0.25F, 0.75F, 0.1F, 0.9F, 0.02F, 0.98F};
  for (const float down : kParts) {
    for (const float along : kParts) {
      const Vec at{widget.visible.x + widget.visible.w * along, widget.visible.y + widget.visible.h * down};
      if (widget_at(frame, at) == widget.id) return at;
    }
  }
  return {};
}

}  // namespace

Headless::Headless(Vec size, const Look& look, std::function<void(Ui&)> draw)
    : ui_(look), size_(size), draw_(std::move(draw)) {}

const Frame& Headless::settle() {
  int frames = 0;
  do {
    KIEM_CHECK(frames++ < kMostFrames);
    ui_.frame(size_, kSeconds, draw_);
  } while (ui_.unsettled());
  return ui_.last();
}

bool Headless::click(std::string_view label, std::string_view group) {
  settle();
  const Widget* widget = find(last(), label, group);
  if (widget == nullptr || !widget->enabled) return false;
  ui_.state().reveal = widget->id;
  settle();
  widget = find(last(), label, group);
  if (widget == nullptr) return false;
  const auto at = place_on(last(), *widget);
  if (!at) return false;
  const float scale = ui_.state().scale;
  ui_.feed(PointerMoved{{at->x * scale, at->y * scale}});
  ui_.feed(PointerButton{true});
  ui_.feed(PointerButton{false});
  settle();
  return true;
}

void Headless::key(Key key, Mods mods) {
  ui_.feed(KeyPressed{key, mods});
  settle();
}

void Headless::type(std::string_view text) {
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at < end) {
    unsigned character = 0;
    at += ImTextCharFromUtf8(&character, at, end);
    ui_.feed(Typed{static_cast<char32_t>(character)});
  }
  settle();
}

void Headless::resize(Vec size) {
  size_ = size;
  settle();
}

void Headless::set_look(const Look& look) {
  ui_.set_look(look);
  settle();
}

}  // namespace kiem::gui
