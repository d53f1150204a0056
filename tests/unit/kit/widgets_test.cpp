#include "gui/kit/widgets.hpp"

#include <doctest/doctest.h>

#include "gui/kit/headless.hpp"

namespace kiem::gui {
namespace {

TEST_CASE("initials are of the first two words, or of the first two letters") {
  CHECK(initials("Joke van Dam") == "JV");
  CHECK(initials("Willem") == "Wi");
  CHECK(initials("aïsha yıldız") == "AY");
  CHECK(initials("Şenay") == "Şe");
  CHECK(initials("éva") == "Év");
  CHECK(initials("Anne-Marie Bos") == "AM");
  CHECK(initials("  Zoë  ") == "Zo");
  CHECK(initials("X") == "X");
  CHECK(initials("жанна") == "Жа");
  CHECK(initials("") == "?");
  CHECK(initials("123") == "?");
  CHECK(initials("\xFF\xFE") != "");
}

// Draws DRAW once in a window, says what is wrong with the layout.
std::string faults_of(const std::function<void(Ui&)>& draw, int percent = 100) {
  Headless window({1000, 4000}, {.text_percent = percent}, draw);
  window.settle();
  std::string all;
  for (const auto& fault : layout_faults(window.last())) all += fault + "\n";
  return all;
}

TEST_CASE("a button asked for its height keeps its words at any width") {
  const std::string label = "Je doet mee – afmelden voor zaterdag";
  for (const bool has_icon : {false, true}) {
    ButtonLook look;
    if (has_icon) look.icon = Icon::check;
    CHECK(faults_of([&](Ui& ui) {
            Column column(5, 5, 0);
            for (float width = 130; width < 500; width += 10) {
              const Group group(ui, std::to_string(width), std::to_string(width));
              column.w = width;
              button(ui, column.take(button_height(ui, width, label, look), 4), label, look);
            }
          }).empty());
  }
}

TEST_CASE("a button too narrow for its longest word says that it is cut") {
  CHECK(faults_of([](Ui& ui) {
          button(ui, {5, 5, 60, 48}, "Vrijwilligersbijeenkomst");
        }).find("cut") != std::string::npos);
  CHECK(faults_of([](Ui& ui) { filter(ui, {5, 5, 60, 44}, "Hulp nodig", true); }).find("cut") != std::string::npos);
  CHECK(faults_of([](Ui& ui) {
          text_line(ui, {5, 5, 60, 44}, "Hulp is hier nodig");
        }).find("cut") != std::string::npos);
  CHECK(faults_of([](Ui& ui) {
          chip(ui, {5, 5, 60, 30}, "Nog 2 plekken", Tone::good);
        }).find("cut") != std::string::npos);
}

TEST_CASE("a line that may be shortened is told whole") {
  Headless window({800, 600}, {}, [](Ui& ui) {
    text_line(ui, {5, 5, 60, 44}, "Boomgaard, ingang Kerkstraat", {.max_lines = 1});
    paragraph(ui, {5, 60, 100, 0}, "Een lange zin die vele regels nodig heeft om helemaal te staan", {.max_lines = 2});
  });
  window.settle();
  CHECK(layout_faults(window.last()).empty());
  CHECK(says(window.last(), "Boomgaard, ingang Kerkstraat"));
  CHECK(says(window.last(), "helemaal te staan"));
}

TEST_CASE("a paragraph is as high as was said before") {
  Headless window({800, 600}, {}, [](Ui& ui) {
    for (const float width : {80.0F, 200.0F, 500.0F}) {
      const std::string text = "Wie heeft er zin om zaterdag mee te gaan?\nBreng handschoenen mee.";
      CHECK(paragraph(ui, {0, 0, width, 0}, text) == paragraph_height(ui, width, text));
      CHECK(heading(ui, {0, 0, width, 0}, text, Level::section) == heading_height(ui, width, text, Level::section));
      CHECK(icon_text(ui, {0, 0, width, 0}, Icon::clock, text) == icon_text_height(ui, width, text));
    }
    CHECK(paragraph(ui, {0, 0, 100, 0}, "") == 0);
  });
  window.settle();
}

TEST_CASE("a heading whose word does not fit the line is smaller, not broken") {
  Headless window({800, 600}, {}, [](Ui& ui) {
    CHECK(heading_height(ui, 800, "Goedemiddag", Level::page) == size_of(Font::title));
    CHECK(heading_height(ui, 180, "Goedemiddag", Level::page) == size_of(Font::section));
    CHECK(heading_height(ui, 140, "Goedemiddag", Level::page) == size_of(Font::strong));
    CHECK(heading_height(ui, 60, "Goedemiddag", Level::page) > size_of(Font::strong));
    CHECK(heading(ui, {0, 0, 180, 0}, "Goedemiddag", Level::page) == size_of(Font::section));
  });
  window.settle();
}

TEST_CASE("filters stay in their place when another is chosen, and say which one is on") {
  const std::array<std::string, 3> labels{"Alles", "Deze week", "Hulp nodig"};
  std::size_t on = 0;
  Headless window({800, 600}, {}, [&](Ui& ui) {
    float height = 0;
    if (const auto pressed = filters(ui, {10, 10, 300, 0}, labels, on, height)) on = *pressed;
    CHECK(height == filters_height(ui, 300, labels));
  });
  window.settle();
  const Rect before = find(window.last(), "Hulp nodig")->rect;
  CHECK(find(window.last(), "Alles")->selected);
  CHECK(window.click("Deze week"));
  window.settle();
  CHECK(on == 1);
  CHECK(find(window.last(), "Deze week")->selected);
  CHECK_FALSE(find(window.last(), "Alles")->selected);
  CHECK(find(window.last(), "Hulp nodig")->rect == before);
}

TEST_CASE("a button inside a card takes its own press, the card the rest") {
  int card = 0;
  int inner = 0;
  Headless window({800, 600}, {}, [&](Ui& ui) {
    card += card_button(ui, {10, 10, 400, 124}, "Bladeren harken", false) ? 1 : 0;
    inner += button(ui, {200, 70, 164, 48}, "Ik doe mee") ? 1 : 0;
  });
  CHECK(window.click("Ik doe mee"));
  CHECK(inner == 1);
  CHECK(card == 0);
  CHECK(window.click("Bladeren harken"));
  CHECK(inner == 1);
  CHECK(card == 1);
}

TEST_CASE("a toast covers what lies below it, and its action can be pressed") {
  int below = 0;
  int undo = 0;
  bool shown = true;
  Headless window({800, 600}, {}, [&](Ui& ui) {
    below += button(ui, {0, 520, 800, 70}, "Onderaan") ? 1 : 0;
    if (shown) undo += toast(ui, ui.area(), Icon::check, "Gelukt!", "Ongedaan maken") ? 1 : 0;
  });
  window.settle();
  CHECK(layout_faults(window.last()).empty());
  const auto click_at = [&](Vec at) {
    window.ui().feed(PointerMoved{at});
    window.ui().feed(PointerButton{true});
    window.ui().feed(PointerButton{false});
    window.settle();
  };
  CHECK(says(window.last(), "Gelukt!"));
  click_at({300, 552});
  CHECK(below == 0);
  CHECK(window.click("Ongedaan maken"));
  CHECK(undo == 1);
  shown = false;
  window.settle();
  click_at({300, 552});
  CHECK(below == 1);
}

TEST_CASE("banners, rows, boxes and empty states fit the height they ask for, at every size of text") {
  const std::string body = "Even geen verbinding met de anderen. Alles wordt bewaard op deze laptop.";
  for (const int percent : kTextSizes) {
    for (const float width : {190.0F, 300.0F, 380.0F}) {
      CAPTURE(percent);
      CAPTURE(width);
      const auto draw = [&](Ui& ui) {
        Column column(4, 4, width);
        const BannerLook look{.tone = Tone::notice, .body = body, .action = "Kies de tijd"};
        banner(ui, column.take(banner_height(ui, width, "Twee tijden", look), 10), "Twee tijden", look);
        const RowLook row{.person = "Joke van Dam", .detail = "doet mee sinds maart", .trailing = "pc"};
        list_row(ui, column.take(list_row_height(ui, width, "Joke van Dam", row), 10), "Joke van Dam", row);
        checkbox(ui, column.take(checkbox_height(ui, width, body), 10), body, true);
        nav_item(ui, column.take(nav_item_height(ui, width, "Mijn taken", 3), 10), Icon::my_tasks, "Mijn taken", false,
                 3);
        empty_state(ui, column.take(empty_state_height(ui, width, "Nog geen taken", body, "Toevoegen")), Icon::tasks,
                    "Nog geen taken", body, "Toevoegen");
      };
      CHECK(faults_of(draw, percent) == "");
    }
  }
}

TEST_CASE("progress and a badge are told in words") {
  Headless window({800, 600}, {}, [](Ui& ui) {
    progress(ui, {10, 10, 200, 10}, "Plekken bezet", "3 van 5", 0.6F);
    badge(ui, {300, 30}, 12, "12 taken");
    free_seat(ui, {400, 10, 44, 44}, "vrij");
    date_tile(ui, {500, 10, 72, 88}, "za", "28", "nov", Tone::good, "zaterdag 28 november");
  });
  window.settle();
  CHECK(describe(window.last()) ==
        "progress \"Plekken bezet\" = \"3 van 5\"\nbadge \"12 taken\"\npicture \"vrij\"\n"
        "picture \"zaterdag 28 november\"\n");
  CHECK(layout_faults(window.last()).empty());
}

}  // namespace
}  // namespace kiem::gui
