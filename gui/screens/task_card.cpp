#include <algorithm>

#include "core/base/bytes.hpp"
#include "gui/screens/pieces.hpp"

namespace kiem::gui {
namespace {

constexpr float kPadding = 18;
constexpr float kTileWidth = 72;
constexpr float kTileHeight = 88;
constexpr float kCardGap = 14;
constexpr float kButtonWidth = 164;
constexpr float kLineGap = 6;
// From this width on the button stands at the right, from the next one the tile at the left.
constexpr float kSideBySide = 520;
constexpr float kTileBeside = 280;

std::optional<Icon> icon_of(const model::Button& button) {
  if (std::holds_alternative<model::AskWithdraw>(button.intent)) return Icon::check;
  return {};
}

void tile(Ui& ui, const Rect& rect, const model::CardModel& card) {
  const Tone tone = card.mine || card.selected ? Tone::good : Tone::neutral;
  date_tile(ui, rect, card.tile.weekday, card.tile.day, card.tile.month, tone, card.tile_label);
}

// The width of the right column, wide enough for chip and button; 0 when it would leave too little for the words.
float side_width(const Ui& ui, float width, const model::CardModel& card) {
  if (width < kSideBySide) return 0;
  float side = std::max(kButtonWidth, chip_size(ui, card.chip.text).x);
  if (card.button)
    side = std::max(side, button_width(ui, card.button->label, look_of(*card.button, icon_of(*card.button))));
  return side <= width * 0.45F ? side : 0;
}

float words_height(const Ui& ui, float width, const model::CardModel& card, bool with_icons) {
  const auto line = [&](const std::string& text) {
    if (text.empty()) return 0.0F;
    return kLineGap +
           (with_icons ? icon_text_height(ui, width, text, kMuted) : paragraph_height(ui, width, text, kMuted));
  };
  return paragraph_height(ui, width, card.title, {.font = Font::strong}) + line(card.when) + line(card.where);
}

void words(Ui& ui, Column& column, const model::CardModel& card, bool with_icons) {
  text_in(ui, column, card.title, {.font = Font::strong});
  const auto line = [&](Icon shown, const std::string& text) {
    if (text.empty()) return;
    column.skip(kLineGap);
    if (with_icons) {
      icon_text_in(ui, column, shown, text, kMuted);
    } else {
      text_in(ui, column, text, kMuted);
    }
  };
  line(Icon::clock, card.when);
  line(Icon::place, card.where);
}

// The height of what words() and the chip take in one column.
float stacked_height(const Ui& ui, float width, const model::CardModel& card) {
  const float chip_height = chip_size(ui, card.chip.text).x <= width
                                ? chip_size(ui, card.chip.text).y
                                : paragraph_height(ui, width, card.chip.text, {.font = Font::small_strong});
  return words_height(ui, width, card, false) + 8 + chip_height;
}

bool wide_card(Pen pen, Column& column, const model::CardModel& card, float side, bool always) {
  const float width = column.w - 2 * kPadding - 2 * kPadding - kTileWidth - side;
  const float inner = std::max(kTileHeight, words_height(pen.ui, width, card, true));
  const Rect rect = column.take(inner + 2 * kPadding, kCardGap);
  if (!always && !pen.ui.near_sight(rect)) return false;
  const bool opened = card_button(pen.ui, rect, card.title, card.selected);
  tile(pen.ui, {rect.x + kPadding, rect.y + kPadding, kTileWidth, kTileHeight}, card);
  Column text(rect.x + 2 * kPadding + kTileWidth, rect.y + kPadding, width);
  words(pen.ui, text, card, true);
  const Vec chip_room = chip_size(pen.ui, card.chip.text);
  const float right = rect.right() - kPadding;
  chip(pen.ui, {right - chip_room.x, rect.y + 13, chip_room.x, chip_room.y}, card.chip.text, tone_of(card.chip.tone));
  if (card.button) {
    press(pen, {right - side, rect.y + rect.h - 17 - 48, side, 48}, *card.button, icon_of(*card.button));
  }
  return opened;
}

bool narrow_card(Pen pen, Column& column, const model::CardModel& card, bool always) {
  const bool beside = column.w >= kTileBeside;
  const float inside = column.w - 2 * kPadding;
  const float width = beside ? inside - kTileWidth - kPadding : inside;
  const float text_height = stacked_height(pen.ui, width, card);
  const ButtonLook look = card.button ? look_of(*card.button, icon_of(*card.button)) : ButtonLook{};
  const float button_space =
      card.button ? 16 + std::max(54.0F, button_height(pen.ui, inside, card.button->label, look)) : 0;
  const float top = beside ? std::max(kTileHeight, text_height) : kTileHeight + 12 + text_height;
  const Rect rect = column.take(top + button_space + 2 * kPadding, kCardGap);
  if (!always && !pen.ui.near_sight(rect)) return false;
  const bool opened = card_button(pen.ui, rect, card.title, card.selected);
  tile(pen.ui, {rect.x + kPadding, rect.y + kPadding, kTileWidth, kTileHeight}, card);
  Column text(beside ? rect.x + 2 * kPadding + kTileWidth : rect.x + kPadding,
              beside ? rect.y + kPadding : rect.y + kPadding + kTileHeight + 12, width);
  words(pen.ui, text, card, false);
  text.skip(8);
  chip_in(pen.ui, text, card.chip);
  if (card.button) {
    press(pen, {rect.x + kPadding, rect.y + kPadding + top + 16, inside, button_space - 16}, *card.button,
          icon_of(*card.button));
  }
  return opened;
}

}  // namespace

void task_card(Pen pen, Column& column, const model::CardModel& card, bool always) {
  const Group group(pen.ui, to_text(card.task), card.title);
  const float side = side_width(pen.ui, column.w, card);
  const bool opened = side > 0 ? wide_card(pen, column, card, side, always) : narrow_card(pen, column, card, always);
  if (opened) pen.asks.emplace_back(model::OpenTask{card.task});
}

void card_groups(Pen pen, Column& column, const std::vector<model::CardGroup>& groups) {
  for (const model::CardGroup& group : groups) {
    heading_in(pen.ui, column, group.heading, Level::caption, 8);
    for (const model::CardModel& card : group.cards) {
      // The last one is always there, so that Shift+Tab finds the end of a list of which only what is near is drawn.
      task_card(pen, column, card, &group == &groups.back() && &card == &group.cards.back());
    }
    column.skip(8);
  }
}

}  // namespace kiem::gui
