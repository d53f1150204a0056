#include <cmath>

#include "gui/kit/state.hpp"
#include "gui/kit/widgets.hpp"

namespace kiem::gui {
namespace {

constexpr float kNoticePadding = 16;
constexpr float kNoticeIcon = 36;
constexpr float kNoticeGap = 4;
constexpr float kActionGap = 12;

float banner_words(float width) { return width - 2 * kNoticePadding - kNoticeIcon; }

float words_height(const Ui& ui, float width, std::string_view title, std::string_view body) {
  const float below = paragraph_height(ui, width, body, {.font = Font::body});
  return paragraph_height(ui, width, title, {.font = Font::strong}) + (body.empty() ? 0 : kNoticeGap + below);
}

constexpr float kEmptyWidth = 440;
constexpr float kEmptyIcon = 96;

}  // namespace

bool banner(Ui& ui, const Rect& rect, std::string_view title, const BannerLook& look) {
  const auto [back, front] = inks_of(look.tone);
  record(ui, Role::status, title, rect).value = look.body;
  draw_fill(ui, rect, color_of(ui, back), 16);
  draw_icon(ui, {rect.x + kNoticePadding + 12, rect.y + kNoticePadding + size_of(Font::strong) / 2}, look.icon,
            color_of(ui, front));
  const float width = banner_words(rect.w);
  Column column(rect.x + kNoticePadding + kNoticeIcon, rect.y + kNoticePadding, width);
  const Ink ink = look.tone == Tone::neutral ? Ink::text : front;
  column.skip(paragraph(ui, column.rest(), title, {.font = Font::strong, .ink = ink}) + kNoticeGap);
  if (!look.body.empty()) {
    column.skip(paragraph(ui, column.rest(), look.body, {.ink = Ink::text}) + kNoticeGap);
  }
  if (look.action.empty()) return false;
  column.y += kActionGap - kNoticeGap;
  const ButtonLook secondary{.kind = ButtonKind::secondary};
  const float action_width = std::min(width, button_width(ui, look.action, secondary));
  const Rect action = column.take(button_height(ui, action_width, look.action, secondary));
  return button(ui, {action.x, action.y, action_width, action.h}, look.action, secondary);
}

float banner_height(const Ui& ui, float width, std::string_view title, const BannerLook& look) {
  const float words = banner_words(width);
  float height = 2 * kNoticePadding + words_height(ui, words, title, look.body);
  if (!look.action.empty()) {
    const ButtonLook secondary{.kind = ButtonKind::secondary};
    const float action_width = std::min(words, button_width(ui, look.action, secondary));
    height += kActionGap + button_height(ui, action_width, look.action, secondary);
  }
  return height;
}

bool empty_state(Ui& ui, const Rect& rect, Icon shown, std::string_view title, std::string_view body,
                 std::string_view action) {
  const float width = std::min(rect.w, kEmptyWidth);
  Column column(rect.x + (rect.w - width) / 2, rect.y, width);
  const Rect tile{rect.centre().x - kEmptyIcon / 2, column.y, kEmptyIcon, kEmptyIcon};
  draw_fill(ui, tile, color_of(ui, Ink::tint), kEmptyIcon / 2);
  draw_icon(ui, tile.centre(), shown, color_of(ui, Ink::on_tint), IconSize::huge);
  column.skip(kEmptyIcon + 20);
  column.skip(paragraph(ui, column.rest(), title, {.font = Font::section, .align = Align::centre}) + 8);
  column.skip(paragraph(ui, column.rest(), body, {.ink = Ink::muted, .align = Align::centre}));
  if (action.empty()) return false;
  column.skip(20);
  const float action_width = std::min(width, button_width(ui, action));
  const float height = button_height(ui, action_width, action);
  return button(ui, {rect.centre().x - action_width / 2, column.y, action_width, height}, action);
}

float empty_state_height(const Ui& ui, float width, std::string_view title, std::string_view body,
                         std::string_view action) {
  const float room = std::min(width, kEmptyWidth);
  float height = kEmptyIcon + 20 + paragraph_height(ui, room, title, {.font = Font::section}) + 8;
  height += paragraph_height(ui, room, body);
  if (!action.empty()) height += 20 + button_height(ui, std::min(room, button_width(ui, action)), action);
  return height;
}

bool toast(Ui& ui, const Rect& page, Icon shown, std::string_view sentence, std::string_view action) {
  constexpr float kMargin = 20;
  constexpr float kLeft = 52;  // where words begin
  constexpr float kRight = 20;
  constexpr float kWidest = 690;
  const float most = std::min(kWidest, page.w - 2 * kMargin);
  const float action_width = action.empty() ? 0 : button_width(ui, action, {.kind = ButtonKind::plain});
  const bool beside = action_width <= most / 3;
  const float words = most - kLeft - kRight - (beside ? action_width : 0);
  const auto lines = lines_of(ui, Font::body_medium, sentence, words);
  float widest = 0;
  for (const auto line : lines) widest = std::max(widest, ui.text_width(Font::body_medium, line));
  const float text_height = std::max(56.0F, lines_height(Font::body_medium, lines.size()) + 32);
  const float width = beside ? kLeft + widest + kRight + action_width : most;
  const float height = text_height + (beside ? 0 : 52.0F);
  const Rect rect{page.centre().x - width / 2, page.bottom() - height - kMargin, width, height};

  Ui::State& state = ui.state();
  state.over = true;
  record(ui, Role::status, sentence, rect);
  draw_shadow(ui, rect);
  draw_fill(ui, rect, color_of(ui, Ink::inverse), 14);
  draw_icon(ui, {rect.x + 32, rect.y + text_height / 2}, shown, color_of(ui, Ink::on_inverse));
  draw_lines(ui, {rect.x + kLeft, rect.y, widest, text_height}, Font::body_medium, color_of(ui, Ink::on_inverse), lines,
             false);
  bool pressed = false;
  if (!action.empty()) {
    const Rect place = beside ? Rect{rect.right() - action_width - 6, rect.centre().y - 24, action_width, 48}
                              : Rect{rect.x + 8, rect.bottom() - 54, rect.w - 16, 48};
    const Touch touched = touch(ui, Role::button, action, place);
    if (touched.hovered) draw_edge(ui, place, color_of(ui, Ink::on_inverse), 12, 1.5F);
    draw_lines(ui, place, Font::strong, color_of(ui, Ink::on_inverse), {action}, true);
    pressed = touched.pressed;
  }
  state.over = false;
  return pressed;
}

}  // namespace kiem::gui
