// One window's contents: takes what the person does, runs a screen's draw function, keeps what must live from frame to
// frame (focus, scroll positions, fields' cursors, the font texture).
//
// Screens get a Ui& and call the functions of gui/kit/widgets.hpp; they own nothing and keep no reference. Dear ImGui
// lies below (fonts, drawing, editing of text) and appears in no header but gui/kit/imgui_shim.hpp. What is hit by the
// mouse and the walk of the keyboard are the kit's own, made of the widget list of the frame before, so that they do
// not depend on the release of ImGui. One thread at a time per Ui; several may exist.
// Failures: none at run time; a font that cannot be read or a texture that does not fit is a broken promise of the
// build (fonts are built in).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "gui/kit/geometry.hpp"
#include "gui/kit/input.hpp"
#include "gui/kit/palette.hpp"
#include "gui/kit/type.hpp"
#include "gui/kit/widget.hpp"

struct ImDrawData;

namespace kiem::gui {

struct Look {
  Theme theme = Theme::light;
  int text_percent = 100;    // 100 to 200
  float pixel_ratio = 1.0F;  // of the display
  bool operator==(const Look&) const = default;
};

enum class Pointer : std::uint8_t { arrow, hand, text };

// Where text is copied to and pasted from; the default keeps it inside this Ui.
struct Clipboard {
  std::function<std::string()> get;
  std::function<void(const std::string&)> set;
};

class Ui {
 public:
  explicit Ui(const Look& look = {}, Clipboard clipboard = {});
  ~Ui();
  Ui(const Ui&) = delete;
  Ui& operator=(const Ui&) = delete;

  // --- of the loop -------------------------------------------------------------------------------------------------
  [[nodiscard]] const Look& look() const;
  // Between frames. Another size of text makes the font texture anew (some 100 ms).
  void set_look(const Look& look);
  // Remembered until frames have taken it; a frame takes as much as keeps its order (at most one press).
  void feed(const Event& event);
  // How often a person did something so far: every key, letter, press, turn of the wheel and move of the pointer.
  [[nodiscard]] std::uint64_t acts() const;
  // One frame: takes events, calls DRAW once, leaves the widget list and what to paint. SIZE is the window's, in its
  // pixels, at least 1x1; SECONDS since the frame before, more than 0.
  void frame(Vec size, float seconds, const std::function<void(Ui&)>& draw);
  // Something fed is not taken yet, or the last frame moved focus or scroll: run another before painting. Ends after
  // finitely many frames when nothing more is fed.
  [[nodiscard]] bool unsettled() const;
  [[nodiscard]] const Frame& last() const;
  [[nodiscard]] Pointer pointer() const;
  // Of the last frame; good until the next one or the Ui's end. gui/kit/picture.hpp and gui/kit/gl_painter.hpp paint
  // it.
  [[nodiscard]] const ImDrawData& draw_data() const;
  // Grows when the font texture was made anew.
  [[nodiscard]] unsigned texture_version() const;
  // In texels.
  [[nodiscard]] Vec texture_size() const;

  // --- of screens, while a frame runs --------------------------------------------------------------------------------
  // The whole window in logical pixels.
  [[nodiscard]] Rect area() const;
  // Says which page this is. When it differs from the frame before, focus and scroll positions of that page come back,
  // or begin at the top.
  void enter_page(std::string_view name);
  // Whether this key was pressed and no widget took it: shortcuts such as Escape, Ctrl+K. An editing field takes the
  // keys it edits with.
  [[nodiscard]] bool pressed(Key key, Mods mods = {});
  // Puts the keyboard on the actionable widget with this label, in the next frame that has it.
  void ask_focus(std::string_view label);
  // Puts a text on the clipboard, between frames too.
  void copy_text(const std::string& text);
  // Width of one line, in logical pixels.
  [[nodiscard]] float text_width(Font font, std::string_view text) const;
  // Whether RECT lies in sight or within one window height of it, so that the keyboard can walk there. A long list
  // skips drawing what is farther; gui/kit/scroll.hpp tells which rows of equal height that leaves.
  [[nodiscard]] bool near_sight(const Rect& rect) const;

  struct State;  // of the kit alone
  [[nodiscard]] State& state() { return *state_; }
  [[nodiscard]] const State& state() const { return *state_; }

 private:
  std::unique_ptr<State> state_;
};

// All widgets made while it lives belong to this group: KEY (an id, a number) keeps equal labels apart, LABEL is what
// reading aloud and tests call it (`click("Ik doe mee", "Bladeren harken")`). Groups nest.
class Group {
 public:
  Group(Ui& ui, std::string_view key, std::string_view label = {});
  ~Group();
  Group(const Group&) = delete;
  Group& operator=(const Group&) = delete;

 private:
  Ui& ui_;
};

}  // namespace kiem::gui
