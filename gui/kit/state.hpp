// What a Ui keeps, and what widgets are made with. Of the kit's own sources alone: screens include gui/kit/ui.hpp.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "gui/kit/fonts.hpp"
#include "gui/kit/imgui_shim.hpp"
#include "gui/kit/ui.hpp"

namespace kiem::gui {

// A scroll area as it stood in a frame.
struct Area {
  std::uint32_t name = 0;
  Rect view;
  float height = 0;  // of its contents
};

// What comes back when a page is entered again.
struct PageMemory {
  WidgetId focus = 0;
  std::unordered_map<std::uint32_t, float> offsets;  // of scroll areas, by name
};

struct Ui::State {
  Look look;
  Clipboard clipboard;
  std::string kept_text;  // of the clipboard inside this Ui
  std::string pasted;     // ImGui wants a pointer that lives on
  ImGuiContext* context = nullptr;
  Fonts fonts;
  unsigned texture_version = 0;
  std::set<char32_t> letters;  // beside the usual ones
  bool new_letters = false;    // since the texture was made
  float scale = 1;
  Vec size{1, 1};  // logical

  // What the person does.
  std::deque<Event> events;
  std::uint64_t acts = 0;
  std::optional<Vec> pointer;  // logical; nothing: outside the window
  bool down = false;
  std::optional<KeyPressed> key;  // of this frame, until a widget takes it
  std::u32string typed;           // in this frame
  float wheel = 0;
  WidgetId hot = 0;    // under the pointer
  WidgetId held = 0;   // the button went down on it
  WidgetId fired = 0;  // pressed in this frame
  Vec down_at;
  std::optional<std::uint32_t> dragged;  // area that follows the finger
  std::optional<std::uint32_t> thumb;    // area whose bar is held
  float drag_from = 0;                   // its offset when that began

  // The keyboard.
  WidgetId focus = 0;
  bool ring = false;     // focus is shown: the keyboard was used last
  WidgetId editing = 0;  // a field
  bool select_text = false;
  std::uint64_t edited_hash = 0;  // of the text the field left behind
  std::optional<std::string> wanted;
  WidgetId reveal = 0;
  bool moved = false;

  // The frame.
  Frame now;
  Frame before;
  std::vector<Area> areas;
  std::vector<Area> areas_before;
  std::optional<std::size_t> area;  // the one being drawn
  bool over = false;
  struct GroupOf {
    std::uint32_t hash = 0;
    std::string label;
  };
  std::vector<GroupOf> groups;
  std::unordered_set<WidgetId> ids;
  std::unordered_map<WidgetId, std::uint32_t> group_now;
  std::unordered_map<WidgetId, std::uint32_t> group_before;
  std::map<std::string, PageMemory, std::less<>> pages;
  Pointer cursor = Pointer::arrow;
  bool in_frame = false;

  [[nodiscard]] const Palette& palette() const { return palette_of(look.theme); }
  [[nodiscard]] PageMemory& page() { return pages[now.page]; }
  [[nodiscard]] std::uint32_t group() const { return groups.empty() ? 1U : groups.back().hash; }
  // What can be seen of the place being drawn.
  [[nodiscard]] Rect clip() const;
};

// Remembers letters of TEXT that the texture lacks; it is made anew after the frame, and the frame drawn again.
void note_letters(Ui::State& state, std::string_view text);

// FNV-1a, 32 bits: names widgets from frame to frame.
[[nodiscard]] std::uint32_t hash_of(std::uint32_t seed, std::string_view text);

// --- of widgets ------------------------------------------------------------------------------------------------------

// Records a widget and answers where it stands in the list.
Widget& record(Ui& ui, Role role, std::string_view label, const Rect& rect);

struct Touch {
  WidgetId id = 0;
  bool hovered = false;
  bool held = false;
  bool pressed = false;
  bool focused = false;
};
// Records something that can be pressed.
Touch touch(Ui& ui, Role role, std::string_view label, const Rect& rect, bool enabled = true, bool selected = false);

// --- drawing, in logical pixels --------------------------------------------------------------------------------------

[[nodiscard]] ImU32 color_of(const Ui& ui, Ink ink);
void draw_fill(Ui& ui, const Rect& rect, ImU32 color, float radius);
void draw_edge(Ui& ui, const Rect& rect, ImU32 color, float radius, float thickness);
void draw_shadow(Ui& ui, const Rect& rect);
void draw_icon(Ui& ui, Vec centre, Icon icon, ImU32 color, IconSize size = IconSize::normal);
// One line with its left end at X and the middle of its height at Y.
void draw_text(Ui& ui, Vec at, Font font, ImU32 color, std::string_view text);
// TEXT, or as much of it as fits WIDTH with "…" after it.
[[nodiscard]] std::string shortened(const Ui& ui, Font font, std::string_view text, float width);

// Lines of TEXT at WIDTH.
[[nodiscard]] std::vector<std::string_view> lines_of(const Ui& ui, Font font, std::string_view text, float width);
// Height of N lines of this font.
[[nodiscard]] float lines_height(Font font, std::size_t lines);
// Lines in the middle of RECT; true when some line or all together did not fit.
bool draw_lines(Ui& ui, const Rect& rect, Font font, ImU32 color, const std::vector<std::string_view>& lines,
                bool centred);

}  // namespace kiem::gui
