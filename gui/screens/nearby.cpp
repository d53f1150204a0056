#include <algorithm>

#include "gui/screens/pages.hpp"

namespace kiem::gui {
namespace {

constexpr float kColumnWidth = 640;

}  // namespace

void nearby_page(Pen pen, const PageRoom& place, const model::ScreenModel& screen, const model::NearbyModel& nearby) {
  PageScroll scroll(pen.ui, "nearby", place);
  Column& column = scroll.column();
  press_in(pen, column, {screen.shell.back, model::GoBack{}, model::Weight::secondary}, Icon::back, 16);
  told_in(pen, column, screen.shell);
  page_head(pen.ui, column, nearby.title, nearby.subtitle);
  column.skip(20);
  column.w = std::min(column.w, kColumnWidth);
  for (std::size_t i = 0; i < nearby.rows.size(); ++i) {
    const model::NearbyModel::Row& row = nearby.rows[i];
    const Group group(pen.ui, std::to_string(i), row.name);
    const RowLook look{.icon = Icon::laptop, .detail = row.detail, .actionable = false};
    const Rect rect = column.take(list_row_height(pen.ui, column.w - 12, row.name, look) + 12, 10);
    card(pen.ui, rect);
    list_row(pen.ui, rect.inset(6), row.name, look);
  }
  if (!nearby.nobody.empty()) {
    heading_in(pen.ui, column, nearby.nobody, Level::group, 10);
    for (const std::string& step : nearby.steps) text_in(pen.ui, column, step, {}, 10);
  }
  column.skip(8);
  press_in(pen, column, nearby.look, Icon::search, 32);
  heading_in(pen.ui, column, nearby.beside_caption, Level::group, 10);
  if (nearby.let_in) press_in(pen, column, *nearby.let_in, Icon::person_add, 6);
  text_in(pen.ui, column, nearby.let_in_help, kMuted, 14);
  if (nearby.join) press_in(pen, column, *nearby.join, Icon::join, 12);
}

void pairing_page(Pen pen, const PageRoom& place, const model::ScreenModel& screen,
                  const model::PairingModel& pairing) {
  constexpr float kWidestCode = 560;
  PageRoom narrowed = place;
  if (place.room.w - 2 * place.margin > kWidestCode) narrowed.margin = (place.room.w - kWidestCode) / 2;
  PageScroll scroll(pen.ui, "pairing", narrowed);
  Column& column = scroll.column();
  if (!place.narrow) column.skip(24);
  told_in(pen, column, screen.shell);
  page_head(pen.ui, column, pairing.title, "");
  column.skip(10);
  for (const std::string& line : pairing.help) text_in(pen.ui, column, line, kMuted, 10);
  column.skip(10);
  if (!pairing.roles.empty()) {
    heading_in(pen.ui, column, pairing.role_caption, Level::caption, 8);
    choices(pen, column, pairing.roles, 24);
  }
  if (!pairing.code.empty()) {
    const float width = column.w - 36;
    const TextLook large{.font = column.w >= 280 ? Font::title : Font::section, .align = Align::centre};
    boxed(
        pen, column, paragraph_height(pen.ui, width, pairing.code, large) + 36,
        [&](Column& inside) { text_in(pen.ui, inside, pairing.code, large); }, 24);
  }
  if (!pairing.words.empty()) {
    const TextLook look{.font = Font::section};
    float height = 36 - 6;
    for (const std::string& word : pairing.words) height += paragraph_height(pen.ui, column.w - 36, word, look) + 6;
    boxed(
        pen, column, height,
        [&](Column& inside) {
          for (const std::string& word : pairing.words) text_in(pen.ui, inside, word, look, 6);
        },
        24);
  }
  for (const model::Button& each : pairing.buttons) press_across(pen, column, each, {}, 12);
  press_across(pen, column, pairing.stop, {}, 12);
}

}  // namespace kiem::gui
