#include "gui/screens/pieces.hpp"

#include <algorithm>
#include <cmath>

#include "core/base/check.hpp"
#include "gui/screens/screen.hpp"

namespace kiem::gui {

Theme theme_of(model::Theme theme) {
  switch (theme) {
    case model::Theme::light:
      return Theme::light;
    case model::Theme::dark:
      return Theme::dark;
    case model::Theme::contrast:
      return Theme::contrast;
  }
  KIEM_UNREACHABLE("a theme without colours");
}

Tone tone_of(model::Tone tone) {
  switch (tone) {
    case model::Tone::neutral:
      return Tone::neutral;
    case model::Tone::good:
      return Tone::good;
    case model::Tone::attention:
      return Tone::notice;
    case model::Tone::urgent:
      return Tone::alert;
  }
  KIEM_UNREACHABLE("a tone without colours");
}

ButtonLook look_of(const model::Button& from, std::optional<Icon> shown) {
  const ButtonKind kind = from.weight == model::Weight::primary     ? ButtonKind::primary
                          : from.weight == model::Weight::secondary ? ButtonKind::secondary
                                                                    : ButtonKind::quiet;
  return {kind, shown, from.enabled};
}

void press(Pen pen, const Rect& rect, const model::Button& from, std::optional<Icon> shown) {
  if (button(pen.ui, rect, from.label, look_of(from, shown))) pen.asks.push_back(from.intent);
}

void press_in(Pen pen, Column& column, const model::Button& from, std::optional<Icon> shown, float gap) {
  const ButtonLook look = look_of(from, shown);
  const float width = std::min(column.w, button_width(pen.ui, from.label, look));
  Rect rect = column.take(button_height(pen.ui, width, from.label, look), gap);
  rect.w = width;
  press(pen, rect, from, shown);
}

void press_across(Pen pen, Column& column, const model::Button& from, std::optional<Icon> shown, float gap) {
  const float height = std::max(56.0F, button_height(pen.ui, column.w, from.label, look_of(from, shown)));
  press(pen, column.take(height, gap), from, shown);
}

void choices(Pen pen, Column& column, const std::vector<model::Button>& options, float gap,
             const model::Button* trailing, Icon trailing_icon) {
  Flow flow({column.x, column.y, column.w, 100000}, 10);
  for (const model::Button& option : options) {
    const Vec size = filter_size(pen.ui, option.label);
    if (size.x <= column.w) {
      if (filter(pen.ui, flow.take(size), option.label, option.on)) pen.asks.push_back(option.intent);
      continue;
    }
    // Longer than a line: a button can wrap its words, a pill cannot.
    const ButtonLook look{.kind = option.on ? ButtonKind::primary : ButtonKind::secondary};
    const Rect rect = flow.take({column.w, button_height(pen.ui, column.w, option.label, look)});
    if (button(pen.ui, rect, option.label, look)) pen.asks.push_back(option.intent);
  }
  if (trailing != nullptr && icon_button(pen.ui, flow.take({48, 44}), trailing_icon, trailing->label)) {
    pen.asks.push_back(trailing->intent);
  }
  column.skip(flow.height() + gap);
}

void chip_in(Ui& ui, Column& column, const model::Chip& from, float gap) {
  const Vec size = chip_size(ui, from.text);
  if (size.x > column.w) return text_in(ui, column, from.text, {.font = Font::small_strong}, gap);
  Rect rect = column.take(size.y, gap);
  rect.w = size.x;
  chip(ui, rect, from.text, tone_of(from.tone));
}

void text_in(Ui& ui, Column& column, std::string_view text, const TextLook& look, float gap) {
  if (!text.empty()) column.skip(paragraph(ui, column.rest(), text, look) + gap);
}

void icon_text_in(Ui& ui, Column& column, Icon shown, std::string_view text, const TextLook& look, float gap) {
  if (!text.empty()) column.skip(icon_text(ui, column.rest(), shown, text, look) + gap);
}

void heading_in(Ui& ui, Column& column, std::string_view text, Level level, float gap) {
  if (!text.empty()) column.skip(heading(ui, column.rest(), text, level) + gap);
}

void page_head(Ui& ui, Column& column, std::string_view title, std::string_view subtitle) {
  // The longest word of a title has to fit on a line of its own: "Goedemiddag,".
  const Level level = column.w < 200 ? Level::group : column.w < 280 ? Level::section : Level::page;
  heading_in(ui, column, title, level, 6);
  text_in(ui, column, subtitle, {.ink = Ink::muted});
}

void empty_in(Pen pen, Column& column, Icon shown, const model::Empty& empty) {
  const std::string_view action = empty.way_out ? std::string_view(empty.way_out->label) : std::string_view();
  column.skip(12);
  const Rect rect = column.take(empty_state_height(pen.ui, column.w, empty.title, empty.help, action), 12);
  if (empty_state(pen.ui, rect, shown, empty.title, empty.help, action)) pen.asks.push_back(empty.way_out->intent);
}

}  // namespace kiem::gui
