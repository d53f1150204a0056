#include "gui/screens/screen.hpp"

#include "gui/screens/pages.hpp"

namespace kiem::gui {
namespace {

struct Drawer {
  Pen pen;
  const PageRoom& place;
  const model::ScreenModel& screen;

  void operator()(const model::BoardModel& page) const { board_page(pen, place, screen, page); }
  void operator()(const model::MineModel& page) const { mine_page(pen, place, screen, page); }
  void operator()(const model::PlacesModel& page) const { places_page(pen, place, screen, page); }
  void operator()(const model::PeopleModel& page) const { people_page(pen, place, screen, page); }
  void operator()(const model::SharingModel& page) const { sharing_page(pen, place, screen, page); }
  void operator()(const model::SettingsModel& page) const { settings_page(pen, place, screen, page); }
  void operator()(const model::InviteModel& page) const { invite_page(pen, place, screen, page); }
  void operator()(const model::ListsModel& page) const { lists_page(pen, place, screen, page); }
  void operator()(const model::RecordsModel& page) const { records_page(pen, place, screen, page); }
  void operator()(const model::RecordPage& page) const { record_as_page(pen, place, screen, page); }
  void operator()(const model::RecordForm& page) const { record_form_page(pen, place, screen, page); }
  void operator()(const model::NearbyModel& page) const { nearby_page(pen, place, screen, page); }
  void operator()(const model::PairingModel& page) const { pairing_page(pen, place, screen, page); }
  void operator()(const model::MoreModel& page) const { more_page(pen, place, screen, page); }
  void operator()(const model::FirstRunModel& page) const { first_run_page(pen, place, screen, page); }
  void operator()(const model::FormModel& page) const { form_page(pen, place, screen, page); }
  void operator()(const model::WordsModel& page) const { words_page(pen, place, screen, page); }
};

// The name under which focus and scroll positions of this page are remembered.
std::string name_of(const model::ScreenModel& screen, bool task_alone) {
  std::string name = "page " + std::to_string(static_cast<int>(screen.page));
  if (screen.confirm) return name + " confirm";
  if (task_alone) return name + " task " + screen.task.title;
  // Each of its steps begins at its top.
  const auto* const record = std::get_if<model::RecordPage>(&screen.body);
  if (record != nullptr) return name + " " + record->title;
  if (const auto* const pairing = std::get_if<model::PairingModel>(&screen.body)) return name + " " + pairing->title;
  return name;
}

void page(Pen pen, const PageRoom& place, const model::ScreenModel& screen, bool task_alone) {
  if (screen.confirm) return confirm_page(pen, place, screen, *screen.confirm);
  if (task_alone) return task_as_page(pen, place, screen);
  std::visit(Drawer{pen, place, screen}, screen.body);
}

void keys(Pen pen, const model::ScreenModel& screen) {
  if (pen.ui.pressed(Key::escape)) pen.asks.emplace_back(model::GoBack{});
  const Mods ctrl{.ctrl = true};
  if (pen.ui.pressed(Key::plus, ctrl)) pen.asks.push_back(screen.shell.larger.intent);
  if (pen.ui.pressed(Key::minus, ctrl)) pen.asks.push_back(screen.shell.smaller.intent);
  if (pen.ui.pressed(Key::zero, ctrl)) pen.asks.emplace_back(model::StepTextSize{0});
  if (screen.shell.lock && pen.ui.pressed(Key::l, ctrl)) pen.asks.push_back(screen.shell.lock->intent);
  const auto* const board = std::get_if<model::BoardModel>(&screen.body);
  if (board != nullptr && !screen.confirm && pen.ui.pressed(Key::k, ctrl)) {
    pen.ui.ask_focus(board->search_label);
  }
}

void told_at_the_end(Pen pen, const Rect& room, const model::ScreenModel& screen) {
  if (screen.shell.notice && screen.shell.notice->kind == model::Notice::Kind::done) {
    const std::optional<model::Button>& action = screen.shell.notice->action;
    const std::string_view label = action ? std::string_view(action->label) : std::string_view();
    if (toast(pen.ui, room, Icon::check_circle, screen.shell.notice->text, label)) pen.asks.push_back(action->intent);
  }
}

}  // namespace

std::vector<model::Intent> draw_screen(Ui& ui, const model::ScreenModel& screen) {
  std::vector<model::Intent> asks;
  const Pen pen{ui, asks};
  Rect room = ui.area();
  const bool wide = room.w >= kWideLeast;
  const bool beside = wide && screen.framed && model::shows_task(screen.page) && !screen.confirm &&
                      room.w - kSidebarWidth - kDetailsWidth >= kListLeast;
  const bool task_alone = screen.has_task && !beside;
  ui.enter_page(name_of(screen, task_alone));
  fill(ui, room, Ink::page);
  if (screen.framed && wide) sidebar(pen, cut_left(room, kSidebarWidth), screen);
  Rect details;
  if (beside) details = cut_right(room, kDetailsWidth);
  const Rect bar = screen.framed && !wide ? cut_bottom(room, bar_height()) : Rect{};
  page(pen, {room, wide ? 32.0F : 16.0F, !wide}, screen, task_alone);
  if (beside) task_details(pen, details, screen);
  if (bar.h > 0) bottom_bar(pen, bar, screen);
  told_at_the_end(pen, room, screen);
  keys(pen, screen);
  return asks;
}

}  // namespace kiem::gui
