#include <algorithm>

#include "core/base/check.hpp"
#include "gui/screens/pages.hpp"
#include "gui/screens/screen.hpp"

namespace kiem::gui {
namespace {

constexpr float kNavStep = 54;
constexpr float kBarHeight = 76;
constexpr float kLettersHeight = 46;

void initiative_head(Ui& ui, Column& column, const model::Shell& shell) {
  const Rect rect{column.x + 8, column.y, column.w - 8, 44};
  logo(ui, {rect.x, rect.y, 44, 44});
  Column words(rect.x + 58, rect.y - 2, rect.w - 58);
  text_in(ui, words, shell.app, {.font = Font::section}, 0);
  text_in(ui, words, shell.initiative, {.font = Font::small, .ink = Ink::muted});
  column.y = std::max(rect.bottom(), words.y) + 22;
}

float sync_card_height(const Ui& ui, float width, const model::SyncCard& card, std::size_t met) {
  const float words = width - 16 - 42;
  return 14 + paragraph_height(ui, words, card.headline, {.font = Font::strong}) + 4 +
         (card.detail.empty() ? 0 : paragraph_height(ui, words, card.detail, {.font = Font::small}) + 8) +
         static_cast<float>(met) * 40 + 8;
}

// Faces of those met last stand below, as many as there is room for.
void sync_card(Ui& ui, const Rect& rect, const model::SyncCard& card, std::size_t met) {
  fill(ui, rect, Ink::page, 14);
  dot(ui, {rect.x + 24, rect.y + 14 + size_of(Font::strong) / 2}, tone_of(card.tone));
  Column words(rect.x + 42, rect.y + 14, rect.w - 16 - 42);
  text_in(ui, words, card.headline, {.font = Font::strong}, 4);
  text_in(ui, words, card.detail, {.font = Font::small, .ink = Ink::muted}, 8);
  for (std::size_t i = 0; i < met; ++i) {
    const Group group(ui, std::to_string(i), card.met[i].name);
    const float y = words.y + static_cast<float>(i) * 40;
    avatar(ui, {rect.x + 16, y + 2, 28, 28}, card.met[i].name);
    text_line(ui, {rect.x + 56, y, rect.w - 56 - 12, 32}, card.met[i].name, {.max_lines = 1});
  }
}

}  // namespace

Icon icon_of(model::Page page) {
  switch (page) {
    case model::Page::tasks:
      return Icon::tasks;
    case model::Page::mine:
      return Icon::my_tasks;
    case model::Page::places:
      return Icon::place;
    case model::Page::people:
      return Icon::people;
    case model::Page::lists:
      return Icon::folder;
    case model::Page::sharing:
      return Icon::sync;
    case model::Page::settings:
      return Icon::settings;
    case model::Page::more:
      return Icon::menu;
    default:
      return Icon::circle;
  }
}

PageScroll::PageScroll(Ui& ui, std::string_view name, const PageRoom& place)
    : area_(ui, name, {place.room.x + place.margin, place.room.y, place.room.w - 2 * place.margin, place.room.h}),
      column_(area_.content()) {
  column_.skip(place.narrow ? 8 : 20);
}

PageScroll::~PageScroll() { area_.reach(column_.y + 12); }

void told_in(Pen pen, Column& column, const model::Shell& shell) {
  if (shell.notice && shell.notice->kind == model::Notice::Kind::error) {
    const BannerLook look{.tone = Tone::alert, .icon = Icon::alert, .action = shell.notice->close};
    const Group group(pen.ui, "error", shell.notice->text);
    if (banner(pen.ui, column.take(banner_height(pen.ui, column.w, shell.notice->text, look), 20), shell.notice->text,
               look)) {
      pen.asks.emplace_back(model::CloseNotice{});
    }
  }
  if (shell.news) {
    const model::Button& action = shell.news->look ? *shell.news->look : shell.news->close;
    const BannerLook look{.tone = Tone::good, .icon = Icon::laptop, .action = action.label};
    const Group group(pen.ui, "news", shell.news->text);
    if (banner(pen.ui, column.take(banner_height(pen.ui, column.w, shell.news->text, look), 20), shell.news->text,
               look)) {
      // Whoever looks at it has read it.
      pen.asks.push_back(action.intent);
      if (shell.news->look) pen.asks.push_back(shell.news->close.intent);
    }
  }
}

void sidebar(Pen pen, const Rect& room, const model::ScreenModel& screen) {
  constexpr float kMargin = 14;
  const model::Shell& shell = screen.shell;
  fill(pen.ui, room, Ink::sidebar);
  hairline(pen.ui, {room.right() - 1, room.y, 1, room.h});
  ScrollArea area(pen.ui, "sidebar", room.inset(kMargin, 0));
  Column column(area.content());
  column.skip(18);
  initiative_head(pen.ui, column, shell);
  for (const model::NavItem& item : shell.nav) {
    const float height = nav_item_height(pen.ui, column.w, item.label, static_cast<int>(item.count));
    const Rect rect = column.take(height, kNavStep - 50);
    if (nav_item(pen.ui, rect, icon_of(item.page), item.label, item.here, static_cast<int>(item.count))) {
      pen.asks.emplace_back(model::GoTo{item.page});
    }
  }
  if (shell.lock) {
    const Rect rect = column.take(nav_item_height(pen.ui, column.w, shell.lock->label), kNavStep - 50);
    if (nav_item(pen.ui, rect, Icon::lock, shell.lock->label, false)) pen.asks.push_back(shell.lock->intent);
  }
  column.skip(12);
  // At the bottom when the window is high enough, else below the rest.
  const float left = room.bottom() - column.y - kMargin - kLettersHeight - 18;
  std::size_t met = std::min<std::size_t>(shell.sync.met.size(), 3);
  while (met > 0 && sync_card_height(pen.ui, column.w, shell.sync, met) > left) --met;
  const float card_height = sync_card_height(pen.ui, column.w, shell.sync, met);
  column.y = std::max(column.y, room.bottom() - kMargin - card_height - 18 - kLettersHeight);
  const Rect letters = column.take(kLettersHeight, 18);
  text_line(pen.ui, {letters.x + 14, letters.y, letters.w - 126, letters.h}, shell.letters,
            {.font = Font::small, .ink = Ink::muted});
  const auto size_button = [&](float x, const model::Button& button) {
    if (glyph_button(pen.ui, {x, letters.y, 50, kLettersHeight}, button.label, button.label, button.enabled)) {
      pen.asks.push_back(button.intent);
    }
  };
  size_button(letters.right() - 108, shell.smaller);
  size_button(letters.right() - 50, shell.larger);
  sync_card(pen.ui, column.take(card_height, 0), shell.sync, met);
  area.reach(column.y);
}

float bar_height() { return kBarHeight; }

std::vector<model::NavItem> bar_items(const Ui& ui, float width, const model::Shell& shell) {
  std::vector<model::NavItem> items = shell.bar;
  const auto fits = [&] {
    const float each = width / static_cast<float>(items.size());
    return std::all_of(items.begin(), items.end(), [&](const model::NavItem& item) {
      return ui.text_width(Font::small_strong, item.short_label) + 4 <= each;
    });
  };
  // The last one leads to all others, so it stays.
  while (items.size() > 2 && !fits()) items.erase(items.end() - 2);
  const bool here = std::any_of(items.begin(), items.end(), [](const model::NavItem& item) { return item.here; });
  if (!here) items.back().here = true;
  return items;
}

void bottom_bar(Pen pen, const Rect& room, const model::ScreenModel& screen) {
  fill(pen.ui, room, Ink::sidebar);
  hairline(pen.ui, {room.x, room.y, room.w, 1});
  const std::vector<model::NavItem> items = bar_items(pen.ui, room.w, screen.shell);
  Rect rest = room;
  const float each = room.w / static_cast<float>(items.size());
  for (const model::NavItem& item : items) {
    if (bar_item(pen.ui, cut_left(rest, each), icon_of(item.page), item.short_label, item.here)) {
      pen.asks.emplace_back(model::GoTo{item.page});
    }
  }
}

}  // namespace kiem::gui
