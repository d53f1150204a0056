// A window without a window: runs frames of a given size with no display, clicks by label, types, presses keys. What
// tests and screenshots drive. One thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "gui/kit/ui.hpp"

namespace kiem::gui {

class Headless {
 public:
  // SIZE in pixels of the window. DRAW is called for every frame, until the end of this object.
  Headless(Vec size, const Look& look, std::function<void(Ui&)> draw);

  // Frames until nothing moves any more (at least one, at most 32: more is a broken promise of the screen).
  const Frame& settle();
  [[nodiscard]] const Frame& last() const { return ui_.last(); }
  [[nodiscard]] Ui& ui() { return ui_; }

  // Presses and releases in the middle of what is in sight of the widget, scrolling to it first. False, and nothing
  // done, when no enabled actionable widget bears LABEL (inside GROUP when named).
  [[nodiscard]] bool click(std::string_view label, std::string_view group = {});
  void key(Key key, Mods mods = {});
  // UTF-8, into whatever has the keyboard.
  void type(std::string_view text);
  void resize(Vec size);
  void set_look(const Look& look);

 private:
  Ui ui_;
  Vec size_;
  std::function<void(Ui&)> draw_;
};

}  // namespace kiem::gui
