// The lists that an initiative added itself: which there are, what is in one, one thing of it.
#include <algorithm>

#include "core/base/bytes.hpp"
#include "gui/screens/pages.hpp"

namespace kiem::gui {
namespace {

constexpr float kRecordWidth = 760;
constexpr float kRecordPadding = 18;
constexpr float kMark = 56;
constexpr float kMarkBeside = 280;  // narrower, and the mark stands above the words

void list_rows(Pen pen, Column& column, const std::vector<model::ListsModel::Row>& rows, Icon shown) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const model::ListsModel::Row& row = rows[i];
    const Group group(pen.ui, std::to_string(i), row.title);
    // Where there is no room for it at the right, the number goes below.
    const bool beside = column.w >= 480;
    const std::string detail = beside || row.trailing.empty() ? row.detail : row.trailing + ". " + row.detail;
    const RowLook look{.icon = shown, .detail = detail, .trailing = beside ? row.trailing : std::string_view()};
    const Rect rect = column.take(list_row_height(pen.ui, column.w - 12, row.title, look) + 12, 10);
    if (!pen.ui.near_sight(rect)) continue;
    card(pen.ui, rect);
    if (list_row(pen.ui, rect.inset(6), row.title, look)) pen.asks.push_back(row.open);
  }
}

// What was kept longer than agreed: one quiet line, and below it what it is about once it is unfolded.
void due_in(Pen pen, Column& column, const model::DueModel& due) {
  const Group group(pen.ui, "due", due.told);
  icon_text_in(pen.ui, column, Icon::clock, due.told, {}, 12);
  press_in(pen, column, due.toggle, {}, 14);
  for (const model::DueModel::Row& row : due.rows) {
    const Group one(pen.ui, to_text(row.record), row.title);
    const RowLook look{.icon = Icon::clock, .detail = row.detail, .actionable = row.open.has_value()};
    const Rect rect = column.take(list_row_height(pen.ui, column.w - 12, row.title, look) + 12, 10);
    if (pen.ui.near_sight(rect)) {
      card(pen.ui, rect);
      if (list_row(pen.ui, rect.inset(6), row.title, look) && row.open) pen.asks.push_back(*row.open);
    }
    text_in(pen.ui, column, row.question, {}, 8);
    for (const model::Button& button : row.buttons) press_in(pen, column, button, {}, 8);
    column.skip(6);
  }
  text_in(pen.ui, column, due.note, kMuted, 12);
  column.skip(8);
}

// One thing in a list. Measured first and drawn after by the same lines, so that a card is as high as what is in it.
struct RecordCardDrawer {
  Ui& ui;
  const model::RecordCard& record;
  bool draws;

  void line(Column& column, const std::string& text, const TextLook& look, float gap) const {
    if (draws) return text_in(ui, column, text, look, gap);
    column.skip(paragraph_height(ui, column.w, text, look) + gap);
  }
  void chips(Column& column) const {
    for (const model::Chip& each : record.chips) {
      column.skip(6);
      if (draws) {
        chip_in(ui, column, each);
        continue;
      }
      const Vec size = chip_size(ui, each.text);
      column.skip(size.x <= column.w ? size.y
                                     : paragraph_height(ui, column.w, each.text, {.font = Font::small_strong}));
    }
  }
  void words(Column& column) const {
    line(column, record.title, {.font = Font::strong}, 4);
    for (const std::string& each : record.lines) line(column, each, kMuted, 2);
    chips(column);
  }
};

void record_card(Pen pen, Column& column, const model::RecordCard& record, bool always) {
  const Group group(pen.ui, to_text(record.record), record.title);
  const bool beside = column.w >= kMarkBeside;
  const float left = beside ? kMark + kRecordPadding : 0;
  const float top = beside ? 0 : kMark + 10;
  Column measure(0, 0, column.w - 2 * kRecordPadding - left);
  RecordCardDrawer{pen.ui, record, false}.words(measure);
  const Rect rect = column.take(std::max(measure.y + top, kMark) + 2 * kRecordPadding, 14);
  if (!always && !pen.ui.near_sight(rect)) return;
  if (card_button(pen.ui, rect, record.title, false)) pen.asks.push_back(record.open);
  avatar(pen.ui, {rect.x + kRecordPadding, rect.y + kRecordPadding, kMark, kMark}, record.title);
  Column words(rect.x + kRecordPadding + left, rect.y + kRecordPadding + top, measure.w);
  RecordCardDrawer{pen.ui, record, true}.words(words);
}

void draw_line(Pen pen, Column& column, const model::RecordPage::Line& line) {
  const Group group(pen.ui, line.label, line.label);
  heading_in(pen.ui, column, line.label, Level::caption, 2);
  for (const std::string& value : line.values) {
    text_in(pen.ui, column, value, line.blank ? kMuted : TextLook{}, 4);
  }
  if (!line.apart.empty()) {
    column.skip(4);
    icon_text_in(pen.ui, column, Icon::alert, line.apart, {.font = Font::strong}, 10);
    for (std::size_t i = 0; i < line.choices.size(); ++i) {
      const Group one(pen.ui, std::to_string(i), line.label);
      press_in(pen, column, line.choices[i], {}, 8);
    }
  }
  column.skip(12);
}

}  // namespace

void lists_page(Pen pen, const PageRoom& place, const model::ScreenModel& screen, const model::ListsModel& lists) {
  PageScroll scroll(pen.ui, "lists", place);
  Column& column = scroll.column();
  told_in(pen, column, screen.shell);
  page_head(pen.ui, column, lists.title, lists.subtitle);
  column.skip(20);
  column.w = std::min(column.w, kRecordWidth);
  if (!lists.find_label.empty()) {
    std::string find = lists.find;
    if (search_field(pen.ui, column.take(48, 18), lists.find_label, find).changed) {
      pen.asks.emplace_back(model::Type{model::Field::find, find});
    }
  }
  list_rows(pen, column, lists.found, Icon::search);
  text_in(pen.ui, column, lists.found_note, kMuted, 12);
  if (lists.due) due_in(pen, column, *lists.due);
  list_rows(pen, column, lists.lists, Icon::folder);
  if (lists.empty) empty_in(pen, column, Icon::folder, *lists.empty);
  column.skip(12);
  text_in(pen.ui, column, lists.how_to_add, {.font = Font::small, .ink = Ink::muted});
}

void records_page(Pen pen, const PageRoom& place, const model::ScreenModel& screen,
                  const model::RecordsModel& records) {
  PageScroll scroll(pen.ui, "records", place);
  Column& column = scroll.column();
  press_in(pen, column, {screen.shell.back, model::GoBack{}, model::Weight::secondary}, Icon::back, 16);
  told_in(pen, column, screen.shell);
  page_head(pen.ui, column, records.title, records.subtitle);
  column.skip(20);
  column.w = std::min(column.w, kRecordWidth);
  if (!records.search_label.empty()) {
    std::string search = records.search;
    if (search_field(pen.ui, column.take(48, 14), records.search_label, search).changed) {
      pen.asks.emplace_back(model::Type{model::Field::records_search, search});
    }
  }
  // An empty list offers it in its own words.
  const bool is_offered =
      records.empty && records.empty->way_out && records.add && records.empty->way_out->label == records.add->label;
  if (records.add && !is_offered) press_in(pen, column, *records.add, Icon::add, 18);
  for (const model::RecordCard& each : records.cards) {
    // The last one is always there, so that Shift+Tab finds the end of a list of which only what is near is drawn.
    record_card(pen, column, each, &each == &records.cards.back());
  }
  if (records.empty) empty_in(pen, column, Icon::folder, *records.empty);
  text_in(pen.ui, column, records.not_all, kMuted, 12);
  if (records.deleted.empty()) return;
  column.skip(16);
  heading_in(pen.ui, column, records.deleted_caption, Level::caption, 8);
  for (std::size_t i = 0; i < records.deleted.size(); ++i) {
    const Group group(pen.ui, std::to_string(i), records.deleted_caption);
    press_in(pen, column, records.deleted[i], Icon::undo, 10);
  }
}

void record_as_page(Pen pen, const PageRoom& place, const model::ScreenModel& screen, const model::RecordPage& page) {
  PageScroll scroll(pen.ui, "record", place);
  Column& column = scroll.column();
  press_in(pen, column, {screen.shell.back, model::GoBack{}, model::Weight::secondary}, Icon::back, 16);
  told_in(pen, column, screen.shell);
  if (page.empty) return empty_in(pen, column, Icon::folder, *page.empty);
  page_head(pen.ui, column, page.title, page.subtitle);
  column.skip(20);
  column.w = std::min(column.w, kRecordWidth);
  for (const model::RecordPage::Line& line : page.lines) draw_line(pen, column, line);
  icon_text_in(pen.ui, column, Icon::person, page.added_by, kMuted, 20);
  if (page.edit) press_in(pen, column, *page.edit, Icon::edit, 10);
  if (page.remove) press_in(pen, column, *page.remove, Icon::remove, 12);
}

}  // namespace kiem::gui
