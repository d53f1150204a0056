// The type scale: which letters there are, in which size. Sizes are of Dear ImGui, ascent plus descent: 21 is about
// 17.4 pixels in a browser. Values, any thread, nothing fails.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace kiem::gui {

enum class Font : std::uint8_t {
  body,          // 21 regular
  body_medium,   // 21 medium: rows of the sidebar, filters
  strong,        // 21.5 semibold: buttons, titles of cards
  section,       // 28 semibold: title of a task's page, day in a date tile
  title,         // 37 bold: title of a page
  small,         // 18 regular, the smallest there is
  small_strong,  // 18 semibold: chips, captions
};
inline constexpr std::size_t kFonts = 7;

// Height of one line of this font, in logical pixels.
[[nodiscard]] float size_of(Font font);
// From one line of text that wraps to the next, in logical pixels: 1.22 times the size, 1.1 for titles.
[[nodiscard]] float line_step(Font font);

// The sizes of text that a person can choose, in percent.
inline constexpr std::array kTextSizes{100, 115, 130, 150, 175, 200};
// The next larger or smaller one; the same when there is none. PERCENT may be any number.
[[nodiscard]] int larger_text(int percent);
[[nodiscard]] int smaller_text(int percent);

// Pictures of the Material Design Icons that Kiem uses; only these are in the font texture.
enum class Icon : std::uint8_t {
  // clang-format off
  leaf, tasks, my_tasks, calendar, chart, people, person, person_add, person_check, place, clock, search, check,
  check_circle, phone, sync, waiting, offline, lock, unlock, show, hide, back, forward, down, add, remove, alert, info,
  help, settings, close, moon, sun, contrast, language, home, key, folder, letters, laptop, edit, undo, swap, circle,
  box, box_checked, heart, join, filter, usb, history, save, menu,
  // clang-format on
};
inline constexpr std::size_t kIcons = static_cast<std::size_t>(Icon::menu) + 1;
// Its place in the font, U+F000 to U+F673.
[[nodiscard]] char16_t glyph_of(Icon icon);

}  // namespace kiem::gui
