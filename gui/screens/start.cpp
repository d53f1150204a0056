#include <algorithm>

#include "core/crypto/secret.hpp"
#include "gui/screens/pages.hpp"

namespace kiem::gui {
namespace {

constexpr float kFormWidth = 520;

// A column in the middle of the window, so that a form is not stretched over it.
PageRoom in_the_middle(PageRoom place) {
  if (place.room.w - 2 * place.margin > kFormWidth) place.margin = (place.room.w - kFormWidth) / 2;
  return place;
}

void mark(Ui& ui, Column& column, bool narrow) {
  if (!narrow) column.skip(24);
  logo(ui, {column.x, column.y, 56, 56});
  column.skip(56 + 20);
}

}  // namespace

void first_run_page(Pen pen, const PageRoom& place, const model::ScreenModel& screen,
                    const model::FirstRunModel& first) {
  PageScroll scroll(pen.ui, "first_run", in_the_middle(place));
  Column& column = scroll.column();
  mark(pen.ui, column, place.narrow);
  told_in(pen, column, screen.shell);
  page_head(pen.ui, column, first.title, first.help);
  column.skip(28);
  for (const model::FirstRunModel::Choice& choice : first.choices) {
    press_across(pen, column, choice.button, {}, 6);
    text_in(pen.ui, column, choice.help, {.font = Font::small, .ink = Ink::muted}, 20);
  }
  column.skip(4);
  choices(pen, column, first.languages);
}

void form_page(Pen pen, const PageRoom& place, const model::ScreenModel& screen, const model::FormModel& form) {
  PageScroll scroll(pen.ui, "form", in_the_middle(place));
  Column& column = scroll.column();
  if (screen.framed) {
    column.skip(4);
  } else {
    mark(pen.ui, column, place.narrow);
  }
  told_in(pen, column, screen.shell);
  page_head(pen.ui, column, form.title, form.help);
  column.skip(24);
  for (const model::FormField& field : form.fields) {
    std::string text = field.value;
    const FieldLook look{.help = field.help, .secret = field.secret};
    const Rect rect = column.take(text_field_height(pen.ui, column.w, field.label, look), 14);
    const FieldAnswer answer = text_field(pen.ui, rect, field.label, text, look);
    if (answer.changed) pen.asks.emplace_back(model::Type{field.field, text});
    if (answer.entered && form.go.enabled) pen.asks.push_back(form.go.intent);
    if (model::is_secret(field.field)) wipe(text);
  }
  if (!form.pills.empty()) {
    heading_in(pen.ui, column, form.pills_caption, Level::caption, 8);
    choices(pen, column, form.pills, 18);
  }
  if (form.show_secret) {
    press_in(pen, column, *form.show_secret, form.show_secret->on ? Icon::hide : Icon::show, 18);
  }
  column.skip(8);
  press_across(pen, column, form.go, {}, 12);
  if (form.other) press_across(pen, column, *form.other, Icon::help, 12);
  if (form.back) press_across(pen, column, *form.back, Icon::back, 12);
}

void words_page(Pen pen, const PageRoom& place, const model::ScreenModel& screen, const model::WordsModel& words) {
  PageScroll scroll(pen.ui, "words", in_the_middle(place));
  Column& column = scroll.column();
  mark(pen.ui, column, place.narrow);
  told_in(pen, column, screen.shell);
  page_head(pen.ui, column, words.title, "");
  column.skip(10);
  text_in(pen.ui, column, words.help, kMuted, 20);
  heading_in(pen.ui, column, words.caption, Level::group, 10);
  // Read downwards and then to the right, as on paper.
  const float least = 180;
  const std::size_t columns = column.w - 36 >= 2 * least ? 2 : 1;
  const std::size_t rows = (words.words.size() + columns - 1) / columns;
  const float pitch = 36;
  boxed(
      pen, column, static_cast<float>(rows) * pitch + 36,
      [&](Column& inside) {
        const float width = inside.w / static_cast<float>(columns);
        for (std::size_t i = 0; i < words.words.size(); ++i) {
          const std::size_t column_at = i / std::max<std::size_t>(rows, 1);
          const std::size_t row_at = i % std::max<std::size_t>(rows, 1);
          const float x = inside.x + static_cast<float>(column_at) * width;
          const float y = inside.y + static_cast<float>(row_at) * pitch;
          text_line(pen.ui, {x, y, width, pitch}, words.words[i], {.font = Font::strong});
        }
      },
      24);
  press_across(pen, column, words.written, Icon::check, 12);
}

}  // namespace kiem::gui
