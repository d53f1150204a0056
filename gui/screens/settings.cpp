#include <algorithm>

#include "gui/screens/pages.hpp"

namespace kiem::gui {
namespace {

constexpr float kReadingWidth = 640;
constexpr float kPictureSide = 320;

// Lines of text are easier to read when they are not as long as the window is wide.
void narrow(Column& column) { column.w = std::min(column.w, kReadingWidth); }

void sync_lines(Ui& ui, Column& column, const model::SyncCard& card) {
  dot(ui, {column.x + 8, column.y + size_of(Font::strong) / 2 + 1}, tone_of(card.tone));
  Column words(column.x + 26, column.y, column.w - 26);
  text_in(ui, words, card.headline, {.font = Font::strong}, 4);
  text_in(ui, words, card.detail, kMuted, 4);
  column.y = words.y;
}

float sync_lines_height(const Ui& ui, float width, const model::SyncCard& card) {
  return paragraph_height(ui, width - 26, card.headline, {.font = Font::strong}) + 4 +
         (card.detail.empty() ? 0 : paragraph_height(ui, width - 26, card.detail, kMuted) + 4);
}

}  // namespace

void settings_page(Pen pen, const PageRoom& place, const model::ScreenModel& screen,
                   const model::SettingsModel& settings) {
  PageScroll scroll(pen.ui, "settings", place);
  Column& column = scroll.column();
  told_in(pen, column, screen.shell);
  page_head(pen.ui, column, settings.title, settings.subtitle);
  column.skip(24);
  for (const model::Choice& choice : settings.choices) {
    const Group group(pen.ui, choice.caption, choice.caption);
    heading_in(pen.ui, column, choice.caption, Level::group, 10);
    choices(pen, column, choice.options, choice.help.empty() ? 26 : 8);
    if (choice.help.empty()) continue;
    Column words(column.x, column.y, std::min(column.w, kReadingWidth));
    text_in(pen.ui, words, choice.help, {.font = Font::small, .ink = Ink::muted}, 26);
    column.y = words.y;
  }
  if (!settings.initiative.empty()) {
    heading_in(pen.ui, column, settings.initiative_caption, Level::group, 10);
    for (const model::Button& button : settings.initiative) press_in(pen, column, button, {}, 10);
    column.skip(16);
  }
  heading_in(pen.ui, column, settings.keys_caption, Level::group, 6);
  narrow(column);
  text_in(pen.ui, column, settings.keys, kMuted);
}

void sharing_page(Pen pen, const PageRoom& place, const model::ScreenModel& screen,
                  const model::SharingModel& sharing) {
  PageScroll scroll(pen.ui, "sharing", place);
  Column& column = scroll.column();
  told_in(pen, column, screen.shell);
  page_head(pen.ui, column, sharing.title, "");
  column.skip(6);
  narrow(column);
  text_in(pen.ui, column, sharing.explained, kMuted, 20);
  boxed(
      pen, column, sync_lines_height(pen.ui, column.w - 36, sharing.card) + 36,
      [&](Column& inside) { sync_lines(pen.ui, inside, sharing.card); }, 20);
  icon_text_in(pen.ui, column, Icon::laptop, sharing.whole, {}, 8);
  icon_text_in(pen.ui, column, Icon::waiting, sharing.waiting, {}, 8);
  for (const std::string& clock : sharing.clocks) icon_text_in(pen.ui, column, Icon::clock, clock, {}, 8);
  column.skip(8);
  if (sharing.plug) {
    press_in(pen, column, *sharing.plug, Icon::offline, 8);
    text_in(pen.ui, column, sharing.plug_help, kMuted, 24);
  }
  heading_in(pen.ui, column, sharing.met_caption, Level::group, 6);
  text_in(pen.ui, column, sharing.nobody, kMuted, 20);
  for (std::size_t i = 0; i < sharing.card.met.size(); ++i) {
    const model::SyncCard::Met& met = sharing.card.met[i];
    const Group group(pen.ui, std::to_string(i), met.name);
    const std::string detail = met.when + ", " + met.lacks;
    const RowLook look{.person = met.name, .detail = detail, .actionable = false};
    list_row(pen.ui, column.take(list_row_height(pen.ui, column.w, met.name, look), 4), met.name, look);
  }
  column.skip(20);
  if (sharing.nearby) press_in(pen, column, *sharing.nearby, Icon::laptop, 28);
  if (!sharing.routes.empty()) {
    heading_in(pen.ui, column, sharing.routes_caption, Level::group, 6);
    text_in(pen.ui, column, sharing.routes_help, kMuted, 10);
    choices(pen, column, sharing.routes, 28);
  }
  heading_in(pen.ui, column, sharing.by_hand_caption, Level::group, 6);
  text_in(pen.ui, column, sharing.by_hand_help, kMuted, 6);
  for (const std::string& line : sharing.found_at) text_in(pen.ui, column, line, kMuted, 6);
  column.skip(6);
  std::string address = sharing.address;
  const FieldAnswer answer =
      text_field(pen.ui, column.take(text_field_height(pen.ui, column.w, sharing.address_label), 12),
                 sharing.address_label, address);
  if (answer.changed) pen.asks.emplace_back(model::Type{model::Field::address, address});
  if (answer.entered && sharing.meet.enabled) pen.asks.push_back(sharing.meet.intent);
  press_in(pen, column, sharing.meet, Icon::sync, 24);
  if (!sharing.start_for_real) return;
  heading_in(pen.ui, column, sharing.practice_caption, Level::group, 6);
  text_in(pen.ui, column, sharing.practice_help, kMuted, 12);
  press_in(pen, column, *sharing.start_for_real, {}, 12);
}

void invite_page(Pen pen, const PageRoom& place, const model::ScreenModel& screen, const model::InviteModel& invite) {
  PageScroll scroll(pen.ui, "invite", place);
  Column& column = scroll.column();
  press_in(pen, column, {screen.shell.back, model::GoBack{}, model::Weight::secondary}, Icon::back, 16);
  told_in(pen, column, screen.shell);
  page_head(pen.ui, column, invite.title, invite.help);
  column.skip(24);
  narrow(column);
  heading_in(pen.ui, column, invite.role_caption, Level::group, 10);
  choices(pen, column, invite.roles, 12);
  text_in(pen.ui, column, invite.role_help, kMuted, 12);
  column.skip(8);
  if (!invite.code.empty()) {
    heading_in(pen.ui, column, invite.code_caption, Level::group, 8);
    boxed(
        pen, column, paragraph_height(pen.ui, column.w - 36, invite.code) + 36,
        [&](Column& inside) { text_in(pen.ui, inside, invite.code); }, 12);
    if (invite.picture) {
      // Not wider than a hand: a camera takes it in from where one reads, also on a phone's screen.
      const float side = std::min(column.w, kPictureSide);
      const Rect room = column.take(side, 16);
      squares(pen.ui, {room.x, room.y, side, side}, invite.picture_label, invite.picture->black,
              {.side = invite.picture->side, .margin = kQuietSquares});
    }
    for (const std::string& line : invite.code_help) text_in(pen.ui, column, line, kMuted, 6);
    column.skip(10);
    if (invite.copy) press_in(pen, column, *invite.copy, Icon::save, 12);
  }
  if (invite.make) press_in(pen, column, *invite.make, Icon::person_add, 12);
  if (invite.beside) press_in(pen, column, *invite.beside, Icon::laptop, 12);
}

}  // namespace kiem::gui
