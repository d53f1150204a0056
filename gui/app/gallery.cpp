#include "gui/app/gallery.hpp"

#include <array>
#include <utility>

#include "gui/kit/scroll.hpp"
#include "gui/kit/widgets.hpp"

namespace kiem::gui {
namespace {

constexpr float kPhone = 700;
constexpr float kThreeColumns = 1258;

struct Sample {
  std::string_view weekday, day, month, date, title, time, place;
  std::string_view seats;
  Tone tone;
};
constexpr std::array kSamples{
    Sample{"wo", "25", "nov", "woensdag 25 november", "Soep koken voor de tuinlunch", "09.30 – 12.00 uur",
           "Keuken van het buurthuis", "Je doet mee", Tone::good},
    Sample{"za", "28", "nov", "zaterdag 28 november", "Bladeren harken in de boomgaard", "10.00 – 12.30 uur",
           "Boomgaard, ingang Kerkstraat", "Nog 2 plekken", Tone::notice},
    Sample{"zo", "29", "nov", "zondag 29 november", "Vijf fruitbomen planten", "13.00 – 16.00 uur",
           "Veldje achter de kas", "Nog 1 plek", Tone::alert},
    Sample{"di", "1", "dec", "dinsdag 1 december", "Koffie schenken bij het buurtoverleg", "19.00 – 21.30 uur",
           "Zaal 2, buurthuis De Linde", "Vol", Tone::neutral},
    Sample{"do", "3", "dec", "donderdag 3 december", "Gereedschap schoonmaken en slijpen", "14.00 – 16.00 uur",
           "Schuur", "Nog 4 plekken", Tone::notice},
};
constexpr std::array<std::string_view, 4> kNames{"Joke van Dam", "Willem", "Aïsha Yıldız", "Şenay"};

void draw_sidebar(Ui& ui, Gallery& gallery, Rect side) {
  fill(ui, side, Ink::sidebar);
  hairline(ui, {side.right() - 1, side.y, 0, side.h});
  ScrollArea area(ui, "zijkant", side.inset(14, 0));
  Column column(area.content());
  Rect head = column.take(70, 6);
  const Rect tile{head.x + 8, head.y + 18, 44, 44};
  logo(ui, tile);
  Column words(tile.right() + 14, head.y + 17, head.right() - tile.right() - 14);
  words.skip(paragraph(ui, words.rest(), "Kiem", {.font = Font::section, .max_lines = 1}));
  words.skip(paragraph(ui, words.rest(), "Tuin De Vlinder", {.font = Font::small, .ink = Ink::muted}));
  column.y = std::max(column.y, words.y + 6);
  const auto item = [&](Icon icon, std::string_view label, bool here, int count) {
    return nav_item(ui, column.take(nav_item_height(ui, column.w, label, count), 4), icon, label, here, count);
  };
  if (item(Icon::tasks, "Taken", !gallery.parts, 0)) gallery.parts = false;
  if (item(Icon::my_tasks, "Mijn taken", false, 1)) ++gallery.presses;
  if (item(Icon::calendar, "Agenda", false, 0)) ++gallery.presses;
  if (item(Icon::people, "Onderdelen", gallery.parts, 0)) gallery.parts = true;
  column.skip(24);
  Rect letters = column.take(48, 18);
  if (glyph_button(ui, cut_right(letters, 52, 8), "A+", "Grotere letters")) ++gallery.presses;
  if (glyph_button(ui, cut_right(letters, 52, 8), "A-", "Kleinere letters")) ++gallery.presses;
  cut_left(letters, 14);
  text_line(ui, letters, "Letters", {.font = Font::small, .ink = Ink::muted});
  const Rect sync = column.take(188);
  fill(ui, sync, Ink::page, 14);
  Column inside(sync.inset(16, 14));
  dot(ui, {inside.x + 8, inside.y + 11}, Tone::good);
  Rect room = inside.rest();
  cut_left(room, 26);
  inside.skip(paragraph(ui, room, "Alles bijgewerkt", {.font = Font::strong}) + 3);
  room.y = inside.y;
  inside.skip(paragraph(ui, room, "Zonet, met 3 anderen", {.font = Font::small, .ink = Ink::muted}) + 12);
  for (std::size_t i = 0; i < 2; ++i) {
    Rect row = inside.take(30, 10);
    avatar(ui, cut_left(row, 30, 12), kNames[i]);
    text_line(ui, row, kNames[i], {.max_lines = 1});
  }
  area.reach(column.y + 14);
}

struct CardPlan {
  bool narrow = false;   // the button below instead of beside
  bool stacked = false;  // the date above instead of beside
  float side = 0;        // width of the button beside
  float words = 0;       // width of title, time and place
};
CardPlan plan_of(const Ui& ui, float width, std::string_view action, const ButtonLook& look) {
  CardPlan plan;
  plan.narrow = width < 560;
  plan.stacked = width < 300;
  plan.side = plan.narrow ? 0 : std::max(170.0F, button_width(ui, action, look));
  plan.words = width - 36 - (plan.stacked ? 0 : 90) - (plan.narrow ? 0 : plan.side + 12);
  return plan;
}

void draw_card(Ui& ui, Gallery& gallery, std::size_t index, Column& column) {
  const Sample& sample = kSamples[index];
  const Group group(ui, sample.date, sample.title);
  const bool joined = index == 0 && gallery.joined;
  const bool full = sample.tone == Tone::neutral;
  const std::string_view action = joined ? "Afmelden" : full ? "Op de wachtlijst" : "Ik doe mee";
  ButtonLook look;
  if (joined) look = {.kind = ButtonKind::secondary, .icon = Icon::check};
  if (full) look = {.kind = ButtonKind::quiet};
  const CardPlan plan = plan_of(ui, column.w, action, look);
  const float inner = column.w - 36;
  const Vec chip_box = chip_size(ui, sample.seats);
  float words = paragraph_height(ui, plan.words, sample.title, {.font = Font::strong}) + 10;
  words += icon_text_height(ui, plan.words, sample.time) + 8 + icon_text_height(ui, plan.words, sample.place);
  if (plan.narrow) words += 10 + chip_box.y;
  const float action_height = button_height(ui, plan.narrow ? inner : plan.side, action, look);
  float height = plan.stacked ? 88 + 12 + words : std::max(88.0F, words);
  if (plan.narrow) height += 16 + action_height;
  const Rect rect = column.take(height + 36, 14);
  if (card_button(ui, rect, sample.title, gallery.chosen == index)) gallery.chosen = index;
  const Rect inside = rect.inset(18);
  date_tile(ui, {inside.x, inside.y, 72, 88}, sample.weekday, sample.day, sample.month,
            joined ? Tone::good : Tone::neutral, sample.date);
  Column text(inside.x + (plan.stacked ? 0 : 90), inside.y + (plan.stacked ? 100 : 0), plan.words);
  text.skip(paragraph(ui, text.rest(), sample.title, {.font = Font::strong}) + 10);
  text.skip(icon_text(ui, text.rest(), Icon::clock, sample.time, {.ink = Ink::muted}) + 8);
  text.skip(icon_text(ui, text.rest(), Icon::place, sample.place, {.ink = Ink::muted}) + 10);
  Rect act{inside.right() - plan.side, inside.bottom() - action_height, plan.side, action_height};
  if (plan.narrow) {
    chip(ui, {text.x, text.y, chip_box.x, chip_box.y}, sample.seats, sample.tone);
    act = {inside.x, inside.bottom() - action_height, inner, action_height};
  } else {
    chip(ui, {inside.right() - chip_box.x, inside.y - 4, chip_box.x, chip_box.y}, sample.seats, sample.tone);
  }
  if (button(ui, act, action, look)) {
    ++gallery.presses;
    if (index == 0) gallery.joined = !gallery.joined;
    gallery.toast = true;
  }
}

void draw_board(Ui& ui, Gallery& gallery, Rect page) {
  const float margin = page.w < 500 ? 16 : 32;
  ScrollArea area(ui, "taken", page.inset(margin, 0));
  Column column(area.content());
  column.skip(20);
  const bool beside = column.w > 620;
  const float words = beside ? column.w - 240 : column.w;
  const float top = column.y;
  column.skip(heading(ui, {column.x, column.y, words, 0}, "Goedemiddag, Ria", Level::page) + 6);
  column.skip(
      paragraph(ui, {column.x, column.y, words, 0}, "Vier taken zoeken nog hulp. Doe je mee?", {.ink = Ink::muted}) +
      24);
  const Rect box = beside ? Rect{column.x + column.w - 220, top + 4, 220, 48} : column.take(48, 18);
  search_field(ui, box, "Zoek een taak", gallery.search);
  const std::array<std::string, 3> labels{"Alles", "Deze week", "Hulp nodig"};
  float height = 0;
  if (const auto pressed = filters(ui, column.rest(), labels, gallery.filter, height)) gallery.filter = *pressed;
  column.skip(height + 18);
  for (std::size_t i = 0; i < kSamples.size(); ++i) draw_card(ui, gallery, i, column);
  area.reach(column.y);
}

void draw_details(Ui& ui, Gallery& gallery, Rect side) {
  const Sample& sample = kSamples[gallery.chosen];
  const Group group(ui, "bijzonderheden", "bijzonderheden");
  fill(ui, side, Ink::sidebar);
  hairline(ui, {side.x, side.y, 0, side.h});
  ScrollArea area(ui, "bijzonderheden", side.inset(28, 0));
  Column column(area.content());
  column.skip(20);
  const Rect date = column.take(92, 20);
  fill(ui, date, Ink::tint, 16);
  const Rect tile{date.x + 18, date.y + 18, 56, 56};
  fill(ui, tile, Ink::card, 12);
  icon(ui, {tile.x + 12, tile.y + 12, 32, 32}, Icon::leaf, Ink::on_tint);
  Column when(tile.right() + 16, date.y + 20, date.right() - tile.right() - 28);
  when.skip(paragraph(ui, when.rest(), sample.date, {.font = Font::strong, .ink = Ink::on_tint, .max_lines = 1}) + 6);
  paragraph(ui, when.rest(), sample.time, {.ink = Ink::on_tint, .max_lines = 1});
  column.skip(heading(ui, column.rest(), sample.title, Level::section) + 12);
  column.skip(icon_text(ui, column.rest(), Icon::place, sample.place, {.ink = Ink::muted}) + 14);
  column.skip(
      paragraph(ui, column.rest(),
                "We harken het blad van de paden en leggen het als deken tussen de struiken. Goed voor de egels! "
                "Rustig tempo, ook leuk samen met een buurkind.") +
      18);
  column.skip(heading(ui, column.rest(), "Meenemen", Level::caption) + 6);
  column.skip(paragraph(ui, column.rest(), "Werkhandschoenen als je die hebt. Harken zijn er genoeg.") + 18);
  column.skip(heading(ui, column.rest(), "Wie komen er (3 van 5)", Level::caption) + 10);
  Flow flow(column.rest(), 8);
  for (std::size_t i = 0; i < 5; ++i) {
    const Rect seat = flow.take({58, 70});
    const Rect disc{seat.centre().x - 22, seat.y, 44, 44};
    const std::string_view name = i < 3 ? kNames[i] : "vrij";
    if (i < 3) {
      avatar(ui, disc, name);
    } else {
      free_seat(ui, disc, "vrij");
    }
    text_line(ui, {seat.x, seat.y + 48, seat.w, 22}, i < 3 ? name.substr(0, name.find(' ')) : name,
              {.font = Font::small, .ink = i < 3 ? Ink::text : Ink::muted, .align = Align::centre, .max_lines = 1});
  }
  column.skip(flow.height() + 24);
  hairline(ui, column.take(1, 16));
  column.skip(icon_text(ui, column.rest(), Icon::phone, "Vragen? Bel Joke van Dam") + 18);
  const ButtonLook look{.kind = ButtonKind::primary, .icon = Icon::person_check};
  if (button(ui, column.take(56, 10), "Ik doe mee", look)) ++gallery.presses;
  column.skip(paragraph(ui, column.rest(), "Werkt ook zonder internet.",
                        {.font = Font::small, .ink = Ink::muted, .align = Align::centre}));
  area.reach(column.y + 10);
}

void draw_parts(Ui& ui, Gallery& gallery, Rect page) {
  const float margin = page.w < 500 ? 16 : 32;
  ScrollArea area(ui, "onderdelen", page.inset(margin, 0));
  Column column(area.content());
  column.w = std::min(column.w, 640.0F);
  column.skip(20);
  column.skip(heading(ui, column.rest(), "Onderdelen", Level::page) + 24);
  const auto show_banner = [&](std::string_view title, const BannerLook& look) {
    if (banner(ui, column.take(banner_height(ui, column.w, title, look), 14), title, look)) ++gallery.presses;
  };
  show_banner("Nog niet gedeeld: 2 wijzigingen",
              {.tone = Tone::neutral, .icon = Icon::waiting, .body = "Even geen verbinding. Alles wordt bewaard."});
  show_banner("Twee tijden voor één taak", {.tone = Tone::notice,
                                            .icon = Icon::alert,
                                            .body = "Joke zegt 10.00 uur, Willem zegt 10.30 uur.",
                                            .action = "Kies de tijd"});
  show_banner("Deze schijf is vol",
              {.tone = Tone::alert, .icon = Icon::alert, .body = "Maak ruimte en probeer opnieuw."});
  column.skip(10);
  const FieldLook named{.placeholder = "Voornaam is genoeg", .help = "Zo zien de anderen je."};
  text_field(ui, column.take(text_field_height(ui, column.w, "Hoe heet je?", named), 18), "Hoe heet je?", gallery.name,
             named);
  const FieldLook secret{.problem = "Deze zin past niet. Kijk of Caps Lock aan staat.", .secret = true};
  text_field(ui, column.take(text_field_height(ui, column.w, "Je wachtzin", secret), 18), "Je wachtzin",
             gallery.passphrase, secret);
  const std::string_view quiet = "Stil tussen 22.00 en 8.00 uur";
  if (checkbox(ui, column.take(checkbox_height(ui, column.w, quiet), 10), quiet, gallery.quiet_hours)) {
    gallery.quiet_hours = !gallery.quiet_hours;
  }
  const RowLook person{.person = "Aïsha Yıldız", .detail = "doet mee sinds maart", .trailing = "laptop"};
  if (list_row(ui, column.take(list_row_height(ui, column.w, "Aïsha Yıldız", person), 4), "Aïsha Yıldız", person)) {
    ++gallery.presses;
  }
  const RowLook place{.icon = Icon::place, .detail = "Achter de kas", .selected = true};
  if (list_row(ui, column.take(list_row_height(ui, column.w, "Het veldje", place), 14), "Het veldje", place)) {
    ++gallery.presses;
  }
  progress(ui, column.take(10, 18), "Plekken bezet", "3 van 5", 0.6F);
  Flow flow(column.rest(), 12);
  const auto show_button = [&](std::string_view label, const ButtonLook& look) {
    const float width = std::min(column.w, button_width(ui, label, look));
    if (button(ui, flow.take({width, button_height(ui, width, label, look)}), label, look)) ++gallery.presses;
  };
  show_button("Opslaan", {.kind = ButtonKind::primary, .icon = Icon::save});
  show_button("Annuleren", {.kind = ButtonKind::secondary});
  show_button("Op de wachtlijst", {.kind = ButtonKind::quiet});
  show_button("Je doet mee – afmelden", {.kind = ButtonKind::tinted, .icon = Icon::check});
  show_button("Meer lezen", {.kind = ButtonKind::plain, .icon = Icon::forward});
  show_button("Kan nu niet", {.enabled = false});
  column.skip(flow.height() + 36);
  const std::string_view body = "Vraag je coördinator of voeg er een toe.";
  if (empty_state(ui, column.take(empty_state_height(ui, column.w, "Nog geen taken", body, "Taak toevoegen"), 20),
                  Icon::tasks, "Nog geen taken", body, "Taak toevoegen")) {
    ++gallery.presses;
  }
  area.reach(column.y);
}

void draw_bar(Ui& ui, Gallery& gallery, Rect bar) {
  fill(ui, bar, Ink::sidebar);
  hairline(ui, {bar.x, bar.y, bar.w, 0});
  const float width = bar.w / 2;
  if (bar_item(ui, cut_left(bar, width), Icon::tasks, "Taken", !gallery.parts)) gallery.parts = false;
  if (bar_item(ui, bar, Icon::people, "Meer", gallery.parts)) gallery.parts = true;
}

}  // namespace

void draw_gallery(Ui& ui, Gallery& gallery) {
  ui.enter_page(gallery.parts ? "onderdelen" : "taken");
  Rect page = ui.area();
  Rect details{};
  if (page.w < kPhone) {
    const Rect bar = cut_bottom(page, 76);
    if (gallery.parts) {
      draw_parts(ui, gallery, page);
    } else {
      draw_board(ui, gallery, page);
    }
    draw_bar(ui, gallery, bar);
  } else {
    draw_sidebar(ui, gallery, cut_left(page, 250));
    if (ui.area().w >= kThreeColumns && !gallery.parts) details = cut_right(page, 388);
    if (gallery.parts) {
      draw_parts(ui, gallery, page);
    } else {
      draw_board(ui, gallery, page);
    }
    if (details.w > 0) draw_details(ui, gallery, details);
  }
  if (gallery.toast &&
      toast(ui, page, Icon::check_circle, "Gelukt! De anderen zien het zodra er verbinding is.", "Ongedaan maken")) {
    gallery.toast = false;
  }
}

Result<Start> gallery_start(Gallery& gallery, const Options& options) {
  gallery.parts = options.view == "parts";
  Start start;
  start.title = "Kiem";
  start.look.theme = options.theme.value_or(Theme::light);
  start.look.text_percent = options.text_percent.value_or(100);
  start.app.draw = [&gallery](Ui& ui) { draw_gallery(ui, gallery); };
  start.app.act = [&gallery, seen = gallery](Ui&, std::uint64_t) mutable {
    Next next;
    next.draw_again = std::exchange(seen, gallery) != gallery;
    return next;
  };
  return start;
}

}  // namespace kiem::gui
