#include <algorithm>

#include "gui/screens/pages.hpp"

namespace kiem::gui {
namespace {

constexpr float kBannerLeast = 92;
constexpr float kFace = 44;
constexpr float kFaceStep = 72;  // each face with its name below
constexpr TextLook kSmall{.font = Font::small, .ink = Ink::muted};

// The day in large, on a tint, with the leaf where there is room for it.
void day_banner(Ui& ui, Column& column, const model::TaskPage& page) {
  constexpr float kLeafRoom = 280;
  const TextLook day{.font = Font::strong, .ink = Ink::on_tint};
  const TextLook hours{.ink = Ink::on_tint};
  const float left = column.w >= kLeafRoom ? 18 + 56 + 16 : 18;
  const float width = column.w - left - 14;
  const float words = paragraph_height(ui, width, page.day, day) +
                      (page.hours.empty() ? 0 : 4 + paragraph_height(ui, width, page.hours, hours));
  const Rect rect = column.take(std::max(kBannerLeast, words + 32), 20);
  fill(ui, rect, Ink::tint, 16);
  if (column.w >= kLeafRoom) {
    const Rect tile{rect.x + 18, rect.centre().y - 28, 56, 56};
    fill(ui, tile, Ink::card, 14);
    icon(ui, tile.inset(10), Icon::leaf, Ink::on_tint);
  }
  Column text(rect.x + left, rect.centre().y - words / 2, width);
  text_in(ui, text, page.day, day, 4);
  text_in(ui, text, page.hours, hours);
}

void faces(Ui& ui, Column& column, const model::TaskPage& page) {
  const auto below = [&](const model::Face& face) {
    const TextLook name{.font = Font::small, .align = Align::centre};
    return paragraph_height(ui, kFaceStep - 4, face.label, name) +
           paragraph_height(ui, kFaceStep - 4, face.detail, name);
  };
  // Equal columns, as many as fit; each row as high as its highest face.
  // Names are wider than circles; the circles begin where the text above them does.
  constexpr float kOverhang = (kFaceStep - 4 - kFace) / 2;
  const auto in_row = static_cast<std::size_t>(std::max(1.0F, (column.w + kOverhang) / kFaceStep));
  for (std::size_t first = 0; first < page.faces.size(); first += in_row) {
    const std::size_t end = std::min(first + in_row, page.faces.size());
    float words = 0;
    for (std::size_t i = first; i < end; ++i) words = std::max(words, below(page.faces[i]));
    const Rect row = column.take(kFace + 4 + words, 10);
    for (std::size_t i = first; i < end; ++i) {
      const model::Face& face = page.faces[i];
      const Group group(ui, std::to_string(i), face.label);
      const float x = row.x - kOverhang + static_cast<float>(i - first) * kFaceStep;
      const Rect disc{x + kOverhang, row.y, kFace, kFace};
      if (face.free) {
        free_seat(ui, disc, face.label);
      } else {
        avatar(ui, disc, face.name);
      }
      Column name(x, row.y + kFace + 4, kFaceStep - 4);
      text_in(ui, name, face.label,
              {.font = Font::small, .ink = face.free ? Ink::muted : Ink::text, .align = Align::centre});
      text_in(ui, name, face.detail, {.font = Font::small, .ink = Ink::muted, .align = Align::centre});
    }
  }
}

void who_comes(Ui& ui, Column& column, const model::TaskPage& page) {
  heading_in(ui, column, page.who_caption, Level::caption, 8);
  faces(ui, column, page);
  text_in(ui, column, page.nobody, kMuted, 8);
  text_in(ui, column, page.more_free, kSmall, 8);
  column.skip(8);
}

void standing_rows(Pen pen, Column& column, std::string_view caption, const std::vector<model::StandingRow>& rows) {
  if (rows.empty()) return;
  heading_in(pen.ui, column, caption, Level::caption, 4);
  for (const model::StandingRow& row : rows) {
    const Group group(pen.ui, row.name, row.name);
    if (!row.ask_why) {
      text_in(pen.ui, column, row.name, {.font = Font::strong});
      text_in(pen.ui, column, row.state, kSmall);
    } else {
      const ButtonLook plain{.kind = ButtonKind::plain};
      const float width = button_width(pen.ui, row.ask_why->label, plain);
      const bool beside = width <= column.w * 0.45F;
      Column words(column.x, column.y, beside ? column.w - width - 8 : column.w);
      text_in(pen.ui, words, row.name, {.font = Font::body_medium});
      text_in(pen.ui, words, row.state, kSmall);
      const float wanted = beside ? width : std::min(width, column.w);
      const Rect place{beside ? column.x + column.w - width : column.x, beside ? column.y : words.y, wanted,
                       button_height(pen.ui, wanted, row.ask_why->label, plain)};
      if (button(pen.ui, place, row.ask_why->label, plain)) pen.asks.push_back(row.ask_why->intent);
      column.y = std::max(words.y, place.bottom());
    }
    text_in(pen.ui, column, row.why, kMuted);
    column.skip(8);
  }
  column.skip(8);
}

void conflicts(Pen pen, Column& column, const model::TaskPage& page) {
  for (const model::Conflict& conflict : page.conflicts) {
    const Group group(pen.ui, conflict.caption, conflict.caption);
    icon_text_in(pen.ui, column, Icon::alert, conflict.caption, {.font = Font::strong}, 6);
    for (std::size_t i = 0; i < conflict.sides.size(); ++i) {
      const model::ConflictSide& side = conflict.sides[i];
      const Group one(pen.ui, std::to_string(i), side.text);
      text_in(pen.ui, column, side.text, {}, 2);
      text_in(pen.ui, column, side.shown.empty() ? side.when : side.when + ", " + side.shown, kSmall, 6);
      if (side.choose) press_in(pen, column, *side.choose, {}, 12);
    }
    text_in(pen.ui, column, conflict.note, kMuted, 8);
    column.skip(8);
  }
}

void history(Pen pen, Column& column, const model::TaskPage& page) {
  press_in(pen, column, page.history_button, Icon::history, 12);
  for (std::size_t i = 0; i < page.history.size(); ++i) {
    const model::HistoryRow& row = page.history[i];
    const Group group(pen.ui, std::to_string(i), row.text);
    text_in(pen.ui, column, row.text, {}, 2);
    for (const std::string& change : row.changes) text_in(pen.ui, column, change, kMuted, 2);
    text_in(pen.ui, column, row.when, kSmall, 12);
  }
}

void standing(Ui& ui, Column& column, const model::TaskPage& page) {
  if (!page.closed.empty()) {
    const BannerLook look{.tone = Tone::alert, .icon = Icon::info, .body = page.closed_why};
    banner(ui, column.take(banner_height(ui, column.w, page.closed, look), 16), page.closed, look);
  }
  if (page.standing.empty()) return;
  const BannerLook look{.tone = tone_of(page.chip.tone), .icon = Icon::person_check, .body = page.standing_why};
  banner(ui, column.take(banner_height(ui, column.w, page.standing, look), 12), page.standing, look);
  icon_text_in(ui, column, Icon::laptop, page.spread, kSmall, 16);
}

std::optional<Icon> icon_of_main(const model::Button& button) {
  return std::holds_alternative<model::AskWithdraw>(button.intent) ? Icon::check : Icon::person_check;
}

// Signing off stands on a tint: it is possible, and what holds is that one joins.
void main_button(Pen pen, Column& column, const model::TaskPage& page) {
  if (!page.main) return;
  ButtonLook look = look_of(*page.main, icon_of_main(*page.main));
  if (std::holds_alternative<model::AskWithdraw>(page.main->intent)) look.kind = ButtonKind::tinted;
  const float height = std::max(56.0F, button_height(pen.ui, column.w, page.main->label, look));
  if (button(pen.ui, column.take(height, 10), page.main->label, look)) pen.asks.push_back(page.main->intent);
  text_in(pen.ui, column, page.reassurance, {.font = Font::small, .ink = Ink::muted, .align = Align::centre});
}

float main_height(const Ui& ui, float width, const model::TaskPage& page) {
  if (!page.main) return 0;
  const ButtonLook look = look_of(*page.main, icon_of_main(*page.main));
  return std::max(56.0F, button_height(ui, width, page.main->label, look)) + 10 +
         paragraph_height(ui, width, page.reassurance, {.font = Font::small});
}

void what(Ui& ui, Column& column, const model::TaskPage& page) {
  day_banner(ui, column, page);
  heading_in(ui, column, page.title, Level::section, 8);
  icon_text_in(ui, column, Icon::place, page.place, kMuted, 6);
  icon_text_in(ui, column, Icon::lock, page.address, kMuted, 14);
  standing(ui, column, page);
}

void rest(Pen pen, Column& column, const model::TaskPage& page) {
  conflicts(pen, column, page);
  text_in(pen.ui, column, page.note, {}, 14);
  if (!page.asked_for.empty()) {
    heading_in(pen.ui, column, page.asked_for_caption, Level::caption, 2);
    text_in(pen.ui, column, page.asked_for, {}, 14);
  }
  who_comes(pen.ui, column, page);
  standing_rows(pen, column, page.waiting_caption, page.waiting);
  standing_rows(pen, column, page.others_caption, page.others);
  icon_text_in(pen.ui, column, Icon::person, page.assigner, kMuted, 6);
  icon_text_in(pen.ui, column, Icon::edit, page.added_by, kMuted, 14);
  history(pen, column, page);
}

}  // namespace

void task_details(Pen pen, const Rect& room, const model::ScreenModel& screen) {
  constexpr float kMargin = 28;
  const model::TaskPage& page = screen.task;
  fill(pen.ui, room, Ink::sidebar);
  hairline(pen.ui, {room.x, room.y, 1, room.h});
  Rect inside = room.inset(kMargin, 0);
  if (page.empty) {
    Column column(inside.x, inside.y + 120, inside.w);
    empty_in(pen, column, Icon::leaf, *page.empty);
    return;
  }
  const float foot = main_height(pen.ui, inside.w, page);
  if (foot > 0) {
    cut_bottom(inside, 24);
    Column column(cut_bottom(inside, foot, 20));
    hairline(pen.ui, {column.x, column.y - 20, column.w, 1});
    main_button(pen, column, page);
  }
  ScrollArea area(pen.ui, "details", inside);
  Column column(area.content());
  column.skip(20);
  what(pen.ui, column, page);
  rest(pen, column, page);
  area.reach(column.y);
}

void task_as_page(Pen pen, const PageRoom& place, const model::ScreenModel& screen) {
  PageScroll scroll(pen.ui, "task", place);
  Column& column = scroll.column();
  press_in(pen, column, {screen.shell.back, model::GoBack{}, model::Weight::secondary}, Icon::back, 16);
  told_in(pen, column, screen.shell);
  if (screen.task.empty) {
    model::Empty empty = *screen.task.empty;
    empty.way_out.reset();  // it stands above already
    return empty_in(pen, column, Icon::leaf, empty);
  }
  what(pen.ui, column, screen.task);
  main_button(pen, column, screen.task);
  column.skip(20);
  rest(pen, column, screen.task);
}

void confirm_page(Pen pen, const PageRoom& place, const model::ScreenModel& screen, const model::ConfirmStep& step) {
  constexpr float kWidestStep = 560;
  PageRoom narrowed = place;
  if (place.room.w - 2 * place.margin > kWidestStep) narrowed.margin = (place.room.w - kWidestStep) / 2;
  PageScroll scroll(pen.ui, "confirm", narrowed);
  Column& column = scroll.column();
  if (!place.narrow) column.skip(48);
  told_in(pen, column, screen.shell);
  heading_in(pen.ui, column, step.title, Level::section, 8);
  icon_text_in(pen.ui, column, Icon::clock, step.when, kMuted, 20);
  for (const std::string& line : step.help) text_in(pen.ui, column, line, {}, 10);
  column.skip(12);
  if (!step.count_caption.empty()) {
    heading_in(pen.ui, column, step.count_caption, Level::caption, 8);
    const Rect row = column.take(52, 24);
    if (icon_button(pen.ui, {row.x, row.y, 52, 52}, Icon::remove, step.fewer->label, step.fewer->enabled)) {
      pen.asks.push_back(step.fewer->intent);
    }
    if (icon_button(pen.ui, {row.x + 60, row.y, 52, 52}, Icon::add, step.more->label, step.more->enabled)) {
      pen.asks.push_back(step.more->intent);
    }
    const bool beside = row.w >= 240;
    if (beside) {
      text_line(pen.ui, {row.x + 128, row.y, row.w - 128, 52}, step.count, {.font = Font::strong});
    } else {
      column.y -= 16;
      text_in(pen.ui, column, step.count, {.font = Font::strong}, 20);
    }
  }
  press_across(pen, column, step.yes, Icon::check, 12);
  press_across(pen, column, step.no, {}, 12);
}

}  // namespace kiem::gui
