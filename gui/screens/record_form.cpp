// The form for one thing of a list: boxes, pills, and what stands there already.
#include <algorithm>

#include "gui/screens/pages.hpp"

namespace kiem::gui {
namespace {

constexpr float kWidest = 640;

void box(Pen pen, Column& column, const model::RecordForm::Item& item, const model::RecordForm::Box& from,
         const model::RecordForm& form) {
  std::string text = from.text;
  const FieldLook look{.help = from.help};
  const Rect rect = column.take(text_field_height(pen.ui, column.w, from.label, look), 12);
  const FieldAnswer answer = text_field(pen.ui, rect, from.label, text, look);
  if (answer.changed) pen.asks.push_back(model::typed_in(item, from, text));
  if (!answer.entered) return;
  // Enter takes the next one of several, and else it saves.
  if (from.into == model::RecordForm::Box::Into::field) {
    if (form.save.enabled) pen.asks.push_back(form.save.intent);
  } else if (item.add) {
    pen.asks.push_back(item.add->intent);
  }
}

void item_in(Pen pen, Column& column, const model::RecordForm::Item& item, const model::RecordForm& form) {
  const Group group(pen.ui, std::to_string(item.field), item.caption);
  if (!item.caption.empty()) heading_in(pen.ui, column, item.caption, Level::group, 6);
  text_in(pen.ui, column, item.help, {.font = Font::small, .ink = Ink::muted}, 8);
  for (std::size_t i = 0; i < item.drops.size(); ++i) {
    const Group one(pen.ui, "drop " + std::to_string(i), item.caption);
    press_in(pen, column, item.drops[i], Icon::close, 8);
  }
  for (const model::RecordForm::Box& each : item.boxes) box(pen, column, item, each, form);
  if (!item.options.empty()) choices(pen, column, item.options, 8);
  text_in(pen.ui, column, item.options_note, {.font = Font::small, .ink = Ink::muted}, 8);
  if (item.add) press_in(pen, column, *item.add, Icon::add, 8);
  if (!item.caption.empty()) column.skip(12);
}

}  // namespace

void record_form_page(Pen pen, const PageRoom& place, const model::ScreenModel& screen, const model::RecordForm& form) {
  PageRoom middle = place;
  if (place.room.w - 2 * place.margin > kWidest) middle.margin = (place.room.w - kWidest) / 2;
  PageScroll scroll(pen.ui, "record form", middle);
  Column& column = scroll.column();
  told_in(pen, column, screen.shell);
  page_head(pen.ui, column, form.title, "");
  column.skip(20);
  for (const model::RecordForm::Item& item : form.items) item_in(pen, column, item, form);
  column.skip(8);
  press_across(pen, column, form.save, Icon::check, 12);
  press_across(pen, column, form.back, Icon::back, 12);
}

}  // namespace kiem::gui
