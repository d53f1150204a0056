#include "gui/kit/type.hpp"

#include "core/base/check.hpp"

namespace kiem::gui {

float size_of(Font font) {
  switch (font) {
    case Font::body:
    case Font::body_medium:
      return 21;
    case Font::strong:
      return 21.5F;
    case Font::section:
      return 28;
    case Font::title:
      return 37;
    case Font::small:
    case Font::small_strong:
      return 18;
  }
  KIEM_UNREACHABLE("a font of no size");
}

float line_step(Font font) {
  const bool is_title = font == Font::section || font == Font::title;
  return size_of(font) * (is_title ? 1.1F : 1.22F);
}

int larger_text(int percent) {
  for (const int size : kTextSizes) {
    if (size > percent) return size;
  }
  return kTextSizes.back();
}

int smaller_text(int percent) {
  for (std::size_t i = kTextSizes.size(); i > 0; --i) {
    if (kTextSizes[i - 1] < percent) return kTextSizes[i - 1];
  }
  return kTextSizes.front();
}

// Names and places: materialdesignicons.css of Debian's fonts-materialdesignicons-webfont 1.6.50.
char16_t glyph_of(Icon icon) {
  static constexpr std::array<char16_t, kIcons> kGlyphs{
      0xF32A,  // leaf
      0xF14E,  // tasks: clipboard-text
      0xF134,  // my_tasks: checkbox-marked-circle-outline
      0xF0ED,  // calendar
      0xF128,  // chart: chart-bar
      0xF00E,  // people: account-multiple
      0xF004,  // person: account
      0xF014,  // person_add: account-plus
      0xF008,  // person_check: account-check
      0xF34E,  // place: map-marker
      0xF150,  // clock
      0xF349,  // search: magnify
      0xF12C,  // check
      0xF133,  // check_circle: checkbox-marked-circle
      0xF3F2,  // phone
      0xF4E6,  // sync
      0xF51F,  // waiting: timer-sand
      0xF164,  // offline: cloud-outline-off
      0xF33E,  // lock
      0xF33F,  // unlock: lock-open
      0xF208,  // show: eye
      0xF209,  // hide: eye-off
      0xF04D,  // back: arrow-left
      0xF142,  // forward: chevron-right
      0xF140,  // down: chevron-down
      0xF415,  // add: plus
      0xF374,  // remove: minus
      0xF026,  // alert
      0xF2FD,  // info: information-outline
      0xF2D7,  // help: help-circle
      0xF493,  // settings
      0xF156,  // close
      0xF594,  // moon: weather-night
      0xF599,  // sun: weather-sunny
      0xF196,  // contrast: contrast-box
      0xF5CA,  // language: translate
      0xF2DC,  // home
      0xF306,  // key
      0xF24B,  // folder
      0xF27F,  // letters: format-size
      0xF322,  // laptop
      0xF3EB,  // edit: pencil
      0xF54C,  // undo
      0xF4E1,  // swap: swap-horizontal
      0xF130,  // circle: checkbox-blank-circle-outline
      0xF131,  // box: checkbox-blank-outline
      0xF132,  // box_checked: checkbox-marked
      0xF2D1,  // heart
      0xF64A,  // join: human-greeting
      0xF236,  // filter: filter-variant
      0xF553,  // usb
      0xF2DA,  // history
      0xF193,  // save: content-save
      0xF35C,  // menu
  };
  return kGlyphs[static_cast<std::size_t>(icon)];
}

}  // namespace kiem::gui
