// What the person does, as values: the window makes them of GLFW's callbacks, tests make them by hand. Any thread.
#pragma once

#include <cstdint>
#include <variant>

#include "gui/kit/geometry.hpp"

namespace kiem::gui {

enum class Key : std::uint8_t {
  // clang-format off
  tab, left, right, up, down, page_up, page_down, home, end, enter, space, escape, backspace, del,
  a, c, f, k, l, v, x, y, z,  // with Ctrl
  plus, minus, zero, f1,
  // clang-format on
};
inline constexpr std::size_t kKeys = static_cast<std::size_t>(Key::f1) + 1;

struct Mods {
  bool ctrl = false;
  bool shift = false;
  bool operator==(const Mods&) const = default;
};

// Places are in pixels of the window, not logical ones: the platform knows no text size.
struct PointerMoved {
  Vec at;
};
struct PointerLeft {};
struct PointerButton {  // the left one, or a finger
  bool down = false;
};
struct Wheel {
  float lines = 0;  // positive is up
};
// One press, or one repeat of a key that is held.
struct KeyPressed {
  Key key = Key::tab;
  Mods mods;
};
struct Typed {
  char32_t character = 0;
};
// The keyboard went to another window.
struct FocusLost {};

using Event = std::variant<PointerMoved, PointerLeft, PointerButton, Wheel, KeyPressed, Typed, FocusLost>;

}  // namespace kiem::gui
