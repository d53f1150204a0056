#include <algorithm>

#include "gui/screens/pages.hpp"

namespace kiem::gui {
namespace {

// Title at the left, the search box at the right where there is room for both.
void board_head(Pen pen, Column& column, const PageRoom& place, const model::BoardModel& board) {
  constexpr float kSearchWidth = 220;
  constexpr float kRoomForBoth = 520;
  std::string search = board.search;
  const auto search_in = [&](const Rect& rect) {
    if (search_field(pen.ui, rect, board.search_label, search).changed) {
      pen.asks.emplace_back(model::Type{model::Field::search, search});
    }
  };
  if (!place.narrow && column.w >= kRoomForBoth) {
    Column title(column.x, column.y, column.w - kSearchWidth - 20);
    page_head(pen.ui, title, board.title, "");
    search_in({column.x + column.w - kSearchWidth, column.y, kSearchWidth, 48});
    column.y = std::max(title.y, column.y + 48);
    text_in(pen.ui, column, board.subtitle, kMuted);
    column.skip(22);
    return;
  }
  constexpr float kButtonBeside = 240;
  const bool beside = place.narrow && column.w >= kButtonBeside;
  Column words(column.x, column.y, beside ? column.w - 60 : column.w);
  page_head(pen.ui, words, board.title, board.subtitle);
  const float top = beside ? column.y : words.y + 12;
  column.y = words.y + 16;
  if (place.narrow) {
    const Rect rect{beside ? column.x + column.w - 50 : column.x, top, 50, 50};
    if (icon_button(pen.ui, rect, Icon::search, board.search_button)) pen.asks.emplace_back(model::ToggleSearch{});
    column.y = std::max(column.y, rect.bottom() + 16);
  }
  if (!place.narrow || board.search_open) {
    const Group group(pen.ui, "search", board.search_label);
    search_in(column.take(48, 16));
  }
}

// One place in a card. Measured first and drawn after by the same lines, so that a card is as high as what is in it.
struct PlaceCard {
  Pen pen;
  const model::PlaceItem& item;
  bool draws;

  void line(Column& column, const std::string& text, const TextLook& look, float gap) const {
    if (text.empty()) return;
    if (draws) {
      text_in(pen.ui, column, text, look, gap);
    } else {
      column.skip(paragraph_height(pen.ui, column.w, text, look) + gap);
    }
  }
  void tasks(Column& column) const {
    const TextLook words{.font = Font::small_strong};
    const Vec size = chip_size(pen.ui, item.tasks.text);
    if (draws) return chip_in(pen.ui, column, item.tasks);
    column.skip(size.x <= column.w ? size.y : paragraph_height(pen.ui, column.w, item.tasks.text, words));
  }
  void show(Column& column) const {
    if (!item.show) return;
    column.skip(12);
    if (draws) return press_in(pen, column, *item.show);
    const float width = std::min(column.w, button_width(pen.ui, item.show->label));
    column.skip(button_height(pen.ui, width, item.show->label));
  }
  void all(Column& column) const {
    line(column, item.title, {.font = Font::strong}, 4);
    line(column, item.kind, {.font = Font::small, .ink = Ink::muted}, 8);
    line(column, item.text, {}, 6);
    line(column, item.meet, kMuted, 8);
    column.skip(2);
    tasks(column);
    show(column);
  }
};

void place_cards(Pen pen, Column& column, const std::vector<model::PlaceItem>& places) {
  constexpr float kGap = 14;
  constexpr float kPadding = 18;
  constexpr float kLeastOfTwo = 340;
  const std::size_t in_row = column.w >= 2 * kLeastOfTwo + kGap ? 2 : 1;
  const float width = (column.w - static_cast<float>(in_row - 1) * kGap) / static_cast<float>(in_row);
  for (std::size_t first = 0; first < places.size(); first += in_row) {
    const std::size_t end = std::min(first + in_row, places.size());
    float height = 0;
    for (std::size_t i = first; i < end; ++i) {
      Column measure(0, 0, width - 2 * kPadding);
      PlaceCard{pen, places[i], false}.all(measure);
      height = std::max(height, measure.y);
    }
    const Rect row = column.take(height + 2 * kPadding, kGap);
    for (std::size_t i = first; i < end; ++i) {
      const Group group(pen.ui, std::to_string(i), places[i].title);
      const Rect rect{row.x + static_cast<float>(i - first) * (width + kGap), row.y, width, row.h};
      card(pen.ui, rect);
      Column inside(rect.inset(kPadding));
      PlaceCard{pen, places[i], true}.all(inside);
    }
  }
}

}  // namespace

void board_page(Pen pen, const PageRoom& place, const model::ScreenModel& screen, const model::BoardModel& board) {
  PageScroll scroll(pen.ui, "board", place);
  Column& column = scroll.column();
  told_in(pen, column, screen.shell);
  board_head(pen, column, place, board);
  // An empty board offers it in its own words.
  const bool adds_here =
      board.add && !(board.empty && board.empty->way_out && board.empty->way_out->label == board.add->label);
  if (place.narrow) {
    choices(pen, column, board.filters, 18, adds_here ? &*board.add : nullptr);
  } else {
    constexpr float kAdd = 48;
    if (adds_here &&
        icon_button(pen.ui, {column.x + column.w - kAdd, column.y - 2, kAdd, kAdd}, Icon::add, board.add->label)) {
      pen.asks.push_back(board.add->intent);
    }
    Column pills(column.x, column.y, column.w - (adds_here ? kAdd + 10 : 0));
    choices(pen, pills, board.filters, 18);
    column.y = pills.y;
  }
  text_in(pen.ui, column, board.incomplete, kMuted, 12);
  icon_text_in(pen.ui, column, Icon::sync, board.arriving, {}, 12);
  card_groups(pen, column, board.groups);
  if (board.empty) empty_in(pen, column, Icon::tasks, *board.empty);
}

void mine_page(Pen pen, const PageRoom& place, const model::ScreenModel& screen, const model::MineModel& mine) {
  PageScroll scroll(pen.ui, "mine", place);
  Column& column = scroll.column();
  told_in(pen, column, screen.shell);
  page_head(pen.ui, column, mine.title, mine.subtitle);
  column.skip(20);
  card_groups(pen, column, mine.groups);
  if (mine.empty) empty_in(pen, column, Icon::my_tasks, *mine.empty);
}

void places_page(Pen pen, const PageRoom& place, const model::ScreenModel& screen, const model::PlacesModel& places) {
  PageScroll scroll(pen.ui, "places", place);
  Column& column = scroll.column();
  told_in(pen, column, screen.shell);
  page_head(pen.ui, column, places.title, places.subtitle);
  column.skip(20);
  if (places.add) press_in(pen, column, *places.add, Icon::add, 16);
  place_cards(pen, column, places.places);
  if (places.empty) empty_in(pen, column, Icon::place, *places.empty);
}

void people_page(Pen pen, const PageRoom& place, const model::ScreenModel& screen, const model::PeopleModel& people) {
  PageScroll scroll(pen.ui, "people", place);
  Column& column = scroll.column();
  told_in(pen, column, screen.shell);
  page_head(pen.ui, column, people.title, people.subtitle);
  column.skip(16);
  column.w = std::min(column.w, 760.0F);
  if (people.invite) press_in(pen, column, *people.invite, Icon::person_add, 16);
  for (std::size_t i = 0; i < people.people.size(); ++i) {
    const model::PersonItem& item = people.people[i];
    const Group group(pen.ui, std::to_string(i), item.shown);
    const std::string detail = item.detail.empty() ? item.role : item.role + ". " + item.detail;
    const RowLook look{.person = item.name, .detail = detail, .actionable = false};
    const float height = list_row_height(pen.ui, column.w - 12, item.shown, look) + 12;
    const Rect rect = column.take(height, 10);
    if (!pen.ui.near_sight(rect)) continue;
    card(pen.ui, rect);
    list_row(pen.ui, rect.inset(6), item.shown, look);
  }
  if (people.empty) empty_in(pen, column, Icon::people, *people.empty);
}

void more_page(Pen pen, const PageRoom& place, const model::ScreenModel& screen, const model::MoreModel& more) {
  PageScroll scroll(pen.ui, "more", place);
  Column& column = scroll.column();
  told_in(pen, column, screen.shell);
  page_head(pen.ui, column, more.title, screen.shell.initiative);
  column.skip(20);
  const std::vector<model::NavItem> in_bar = bar_items(pen.ui, place.room.w, screen.shell);
  for (const model::NavItem& item : more.items) {
    const bool is_in_bar =
        std::any_of(in_bar.begin(), in_bar.end(), [&](const model::NavItem& other) { return other.page == item.page; });
    if (is_in_bar) continue;
    const RowLook look{.icon = icon_of(item.page)};
    if (list_row(pen.ui, column.take(list_row_height(pen.ui, column.w, item.label, look), 6), item.label, look)) {
      pen.asks.emplace_back(model::GoTo{item.page});
    }
  }
  if (!more.lock) return;
  const RowLook look{.icon = Icon::lock};
  const float height = list_row_height(pen.ui, column.w, more.lock->label, look);
  if (list_row(pen.ui, column.take(height, 6), more.lock->label, look)) pen.asks.push_back(more.lock->intent);
}

}  // namespace kiem::gui
