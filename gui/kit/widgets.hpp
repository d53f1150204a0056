// The widgets of the house, calm and few. Every one draws itself in the place it is given (logical pixels), records
// itself in the frame's list of widgets, and says what the person did with it.
//
// Sizes that depend on text come from the functions named *_height and *_size, so that a screen can deal out places
// before it draws. Labels are whole sentences or words in the person's language; nothing is drawn that is not told to
// the list. Thread: that of the Ui. Nothing fails; text that is not UTF-8 shows replacement signs.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "gui/kit/ui.hpp"

namespace kiem::gui {

// --- surfaces --------------------------------------------------------------------------------------------------------

void fill(Ui& ui, const Rect& rect, Ink ink, float radius = 0);
void hairline(Ui& ui, const Rect& rect);  // a line one pixel thick: along the longer side of RECT, at its top or left
// The house's mark, a leaf on a tile; square.
void logo(Ui& ui, const Rect& rect);
// Decoration: is not told to the list.
void icon(Ui& ui, const Rect& rect, Icon icon, Ink ink = Ink::muted);
// A dot that says a state beside words that say it too.
void dot(Ui& ui, Vec centre, Tone tone);

// --- text ------------------------------------------------------------------------------------------------------------

enum class Align : std::uint8_t { left, centre, right };
struct TextLook {
  Font font = Font::body;
  Ink ink = Ink::text;
  Align align = Align::left;
  int max_lines = 0;  // 0: as many as it takes; else the last one ends in "…" and the list still has the whole text
};

// One line in the middle of RECT's height. Too wide is marked as cut (a fault of the layout), unless max_lines is 1.
void text_line(Ui& ui, const Rect& rect, std::string_view text, const TextLook& look = {});
// Wraps between words (and inside a word wider than the line) from the top of ROOM; returns the height used.
// "\n" begins a new line. Empty text is height 0.
float paragraph(Ui& ui, const Rect& room, std::string_view text, const TextLook& look = {});
[[nodiscard]] float paragraph_height(const Ui& ui, float width, std::string_view text, const TextLook& look = {});
// As paragraph, told to the list as a heading. `page` is 37 bold, `section` 28, `group` 21.5, `caption` 18; one size
// less where a word would not fit the line.
enum class Level : std::uint8_t { page, section, group, caption };
float heading(Ui& ui, const Rect& room, std::string_view text, Level level);
[[nodiscard]] float heading_height(const Ui& ui, float width, std::string_view text, Level level);
// An icon with text that wraps beside it: time, place. Returns the height used.
float icon_text(Ui& ui, const Rect& room, Icon icon, std::string_view text, const TextLook& look = {});
[[nodiscard]] float icon_text_height(const Ui& ui, float width, std::string_view text, const TextLook& look = {});

// --- small signs -----------------------------------------------------------------------------------------------------

// "Nog 2 plekken": 30 high, as wide as its words.
void chip(Ui& ui, const Rect& rect, std::string_view text, Tone tone, std::optional<Icon> icon = {});
[[nodiscard]] Vec chip_size(const Ui& ui, std::string_view text, std::optional<Icon> icon = {});
// A number in a disc; LABEL is what is read aloud ("1 taak").
void badge(Ui& ui, Vec centre, int count, std::string_view label);
// Initials in a disc, the colour by a hash of NAME; RECT is square.
void avatar(Ui& ui, const Rect& rect, std::string_view name);
// A dashed circle for a place that is free.
void free_seat(Ui& ui, const Rect& rect, std::string_view label);
// One letter of each of the first two words, in upper case; of one word its first two letters. "?" for no letters.
[[nodiscard]] std::string initials(std::string_view name);
// 72 x 88: "za", "28", "nov". LABEL is what is read aloud ("zaterdag 28 november").
void date_tile(Ui& ui, const Rect& rect, std::string_view weekday, std::string_view day, std::string_view month,
               Tone tone, std::string_view label);
// A square of small squares, black on white in every theme: what a camera reads. BLACK is row after row, SIDE * SIDE of
// them; MARGIN is the white around, in small squares, which are whole pixels wide. LABEL is what is read aloud.
struct SquaresLook {
  std::size_t side = 1;
  std::size_t margin = 0;
};
void squares(Ui& ui, const Rect& rect, std::string_view label, std::span<const std::uint8_t> black,
             const SquaresLook& look);
// FRACTION 0 to 1; VALUE is the same in words ("3 van 5").
void progress(Ui& ui, const Rect& rect, std::string_view label, std::string_view value, float fraction);

// --- what can be pressed ---------------------------------------------------------------------------------------------

enum class ButtonKind : std::uint8_t {
  primary,    // filled; one in a card or page
  secondary,  // edge only
  quiet,      // flat tile: possible, but not the point ("Wachtlijst")
  plain,      // words alone, in the colour of primary
  tinted,     // pale primary: what is so already ("Je doet mee – afmelden")
};
struct ButtonLook {
  ButtonKind kind = ButtonKind::primary;
  std::optional<Icon> icon = {};
  bool enabled = true;
};
// Words that do not fit beside each other wrap, so RECT is as high as button_height says, or higher.
bool button(Ui& ui, const Rect& rect, std::string_view label, const ButtonLook& look = {});
// At least 48.
[[nodiscard]] float button_height(const Ui& ui, float width, std::string_view label, const ButtonLook& look = {});
// Width with the words on one line.
[[nodiscard]] float button_width(const Ui& ui, std::string_view label, const ButtonLook& look = {});
// A square with a picture; LABEL is read aloud and found by tests. GLYPHS such as "A+" may stand for the picture.
bool icon_button(Ui& ui, const Rect& rect, Icon icon, std::string_view label, bool enabled = true);
bool glyph_button(Ui& ui, const Rect& rect, std::string_view glyphs, std::string_view label, bool enabled = true);

// A choice in a row of pills: 44 high.
bool filter(Ui& ui, const Rect& rect, std::string_view label, bool on);
[[nodiscard]] Vec filter_size(const Ui& ui, std::string_view label);
// All of them in one flow; the index of the one pressed. Returns the height used in HEIGHT.
std::optional<std::size_t> filters(Ui& ui, const Rect& room, std::span<const std::string> labels, std::size_t on,
                                   float& height);
[[nodiscard]] float filters_height(const Ui& ui, float width, std::span<const std::string> labels);

// Row of the sidebar, 50 high (or nav_height when its words wrap), and of the bar at the bottom of a phone.
bool nav_item(Ui& ui, const Rect& rect, Icon icon, std::string_view label, bool here, int count = 0);
[[nodiscard]] float nav_item_height(const Ui& ui, float width, std::string_view label, int count = 0);
bool bar_item(Ui& ui, const Rect& rect, Icon icon, std::string_view label, bool here);

struct RowLook {
  std::optional<Icon> icon = {};
  std::string_view person = {};    // shows an avatar instead of the icon
  std::string_view detail = {};    // second line, muted
  std::string_view trailing = {};  // at the right, muted
  bool selected = false;
  bool actionable = true;
};
bool list_row(Ui& ui, const Rect& rect, std::string_view title, const RowLook& look = {});
[[nodiscard]] float list_row_height(const Ui& ui, float width, std::string_view title, const RowLook& look = {});

// White, rounded, with a soft shadow. Draw contents over it afterwards, inside rect.inset(18).
void card(Ui& ui, const Rect& rect);
// The same, pressed as a whole; buttons inside it take their own presses. LABEL: the task's title.
bool card_button(Ui& ui, const Rect& rect, std::string_view label, bool selected);

bool checkbox(Ui& ui, const Rect& rect, std::string_view label, bool on, bool enabled = true);
[[nodiscard]] float checkbox_height(const Ui& ui, float width, std::string_view label);

// --- fields ----------------------------------------------------------------------------------------------------------

struct FieldLook {
  std::string_view placeholder = {};  // shown while it is empty
  std::string_view help = {};         // below it, muted
  std::string_view problem = {};      // below it instead of help, red with an icon
  bool secret = false;                // dots; never told to the list; wiped from the kit's memory when it is left
  bool enabled = true;
};
struct FieldAnswer {
  bool changed = false;  // TEXT is other than before the call
  bool entered = false;  // Enter was pressed in it
};
// The label above, the box of 52, help or problem below. What was typed stays in TEXT, whatever happens to the page.
FieldAnswer text_field(Ui& ui, const Rect& rect, std::string_view label, std::string& text, const FieldLook& look = {});
[[nodiscard]] float text_field_height(const Ui& ui, float width, std::string_view label, const FieldLook& look = {});
// 48 high with a looking glass; LABEL is read aloud and shown while it is empty. Escape empties it.
FieldAnswer search_field(Ui& ui, const Rect& rect, std::string_view label, std::string& text);

// --- told to the person ----------------------------------------------------------------------------------------------

struct BannerLook {
  Tone tone = Tone::neutral;
  Icon icon = Icon::info;
  std::string_view body = {};    // may be empty
  std::string_view action = {};  // label of its button; empty for none
};
// True when its action was pressed.
bool banner(Ui& ui, const Rect& rect, std::string_view title, const BannerLook& look = {});
[[nodiscard]] float banner_height(const Ui& ui, float width, std::string_view title, const BannerLook& look = {});
// For a page or list that has nothing: says so and what can be done. In the middle of RECT's width, from its top.
bool empty_state(Ui& ui, const Rect& rect, Icon icon, std::string_view title, std::string_view body,
                 std::string_view action = {});
[[nodiscard]] float empty_state_height(const Ui& ui, float width, std::string_view title, std::string_view body,
                                       std::string_view action = {});
// At the bottom of PAGE, over everything drawn before; draw it last. True when its action was pressed.
bool toast(Ui& ui, const Rect& page, Icon icon, std::string_view sentence, std::string_view action = {});

}  // namespace kiem::gui
