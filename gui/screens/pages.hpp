// The pages, one function each, drawn in the place that screen.cpp deals out. For screens alone.
#pragma once

#include "gui/screens/pieces.hpp"

namespace kiem::gui {

// ROOM is the column between sidebar and details, or the whole width of a narrow window; contents keep MARGIN from its
// sides.
struct PageRoom {
  Rect room;
  float margin = 32;
  bool narrow = false;
};

void board_page(Pen pen, const PageRoom& place, const model::ScreenModel& screen, const model::BoardModel& board);
void mine_page(Pen pen, const PageRoom& place, const model::ScreenModel& screen, const model::MineModel& mine);
void places_page(Pen pen, const PageRoom& place, const model::ScreenModel& screen, const model::PlacesModel& places);
void people_page(Pen pen, const PageRoom& place, const model::ScreenModel& screen, const model::PeopleModel& people);
void sharing_page(Pen pen, const PageRoom& place, const model::ScreenModel& screen, const model::SharingModel& sharing);
void settings_page(Pen pen, const PageRoom& place, const model::ScreenModel& screen,
                   const model::SettingsModel& settings);
void invite_page(Pen pen, const PageRoom& place, const model::ScreenModel& screen, const model::InviteModel& invite);
void lists_page(Pen pen, const PageRoom& place, const model::ScreenModel& screen, const model::ListsModel& lists);
void records_page(Pen pen, const PageRoom& place, const model::ScreenModel& screen, const model::RecordsModel& records);
void record_as_page(Pen pen, const PageRoom& place, const model::ScreenModel& screen, const model::RecordPage& page);
void record_form_page(Pen pen, const PageRoom& place, const model::ScreenModel& screen, const model::RecordForm& form);
void nearby_page(Pen pen, const PageRoom& place, const model::ScreenModel& screen, const model::NearbyModel& nearby);
void pairing_page(Pen pen, const PageRoom& place, const model::ScreenModel& screen, const model::PairingModel& pairing);
void more_page(Pen pen, const PageRoom& place, const model::ScreenModel& screen, const model::MoreModel& more);
void first_run_page(Pen pen, const PageRoom& place, const model::ScreenModel& screen,
                    const model::FirstRunModel& first);
void form_page(Pen pen, const PageRoom& place, const model::ScreenModel& screen, const model::FormModel& form);
void words_page(Pen pen, const PageRoom& place, const model::ScreenModel& screen, const model::WordsModel& words);

// The open task: beside the list (the button stands at the bottom), or as a page of its own with a way back.
void task_details(Pen pen, const Rect& room, const model::ScreenModel& screen);
void task_as_page(Pen pen, const PageRoom& place, const model::ScreenModel& screen);
void confirm_page(Pen pen, const PageRoom& place, const model::ScreenModel& screen, const model::ConfirmStep& step);

// What stands at the top of every page: an error with its way out, and news.
void told_in(Pen pen, Column& column, const model::Shell& shell);
// A card with contents: draws the card behind what CONTENTS puts in its column.
template <class Contents>
void boxed(Pen pen, Column& column, float height, const Contents& contents, float gap = 16) {
  const Rect rect = column.take(height, gap);
  card(pen.ui, rect);
  Column inside(rect.inset(18));
  contents(inside);
}

void sidebar(Pen pen, const Rect& room, const model::ScreenModel& screen);
[[nodiscard]] float bar_height();
void bottom_bar(Pen pen, const Rect& room, const model::ScreenModel& screen);
// Those of the bar that fit beside each other with their words whole.
[[nodiscard]] std::vector<model::NavItem> bar_items(const Ui& ui, float width, const model::Shell& shell);
[[nodiscard]] Icon icon_of(model::Page page);

// A scroll area over ROOM with a column inside its margins.
class PageScroll {
 public:
  PageScroll(Ui& ui, std::string_view name, const PageRoom& place);
  ~PageScroll();
  PageScroll(const PageScroll&) = delete;
  PageScroll& operator=(const PageScroll&) = delete;
  [[nodiscard]] Column& column() { return column_; }

 private:
  ScrollArea area_;
  Column column_;
};

}  // namespace kiem::gui
