// What several screens are put together from: buttons of models, a page's head, a card of a task. For screens alone.
#pragma once

#include <vector>

#include "gui/kit/scroll.hpp"
#include "gui/kit/widgets.hpp"
#include "gui/model/screen.hpp"

namespace kiem::gui {

// Where a screen draws, and where what the person asks is collected.
struct Pen {
  Ui& ui;
  std::vector<model::Intent>& asks;
};

[[nodiscard]] Tone tone_of(model::Tone tone);
[[nodiscard]] ButtonLook look_of(const model::Button& button, std::optional<Icon> icon = {});

void press(Pen pen, const Rect& rect, const model::Button& button, std::optional<Icon> icon = {});
// As wide as its words, at most as wide as the column; moves the column on.
void press_in(Pen pen, Column& column, const model::Button& button, std::optional<Icon> icon = {}, float gap = 0);
// As wide as the column.
void press_across(Pen pen, Column& column, const model::Button& button, std::optional<Icon> icon = {}, float gap = 0);

// Second lines.
inline constexpr TextLook kMuted{.ink = Ink::muted};

// Pills of which the one that holds is filled.
// TRAILING, when there is one, follows them as a picture of its own.
void choices(Pen pen, Column& column, const std::vector<model::Button>& options, float gap = 0,
             const model::Button* trailing = nullptr, Icon trailing_icon = Icon::add);
// Words in a pale pill, or wrapped below each other where the pill would not fit.
void chip_in(Ui& ui, Column& column, const model::Chip& chip, float gap = 0);
// Text that takes part in the column; nothing when it is empty.
void text_in(Ui& ui, Column& column, std::string_view text, const TextLook& look = {}, float gap = 0);
void icon_text_in(Ui& ui, Column& column, Icon icon, std::string_view text, const TextLook& look = {}, float gap = 0);
void heading_in(Ui& ui, Column& column, std::string_view text, Level level, float gap = 0);
// Title and subtitle at the top of a page; large letters only where there is room for them.
void page_head(Ui& ui, Column& column, std::string_view title, std::string_view subtitle);
void empty_in(Pen pen, Column& column, Icon icon, const model::Empty& empty);

// One task in a list. The card is as high as its words need; it is drawn only near what is seen, unless ALWAYS.
void task_card(Pen pen, Column& column, const model::CardModel& card, bool always);
void card_groups(Pen pen, Column& column, const std::vector<model::CardGroup>& groups);

}  // namespace kiem::gui
