// A Ui without a window: what is fed, what a screen draws, what comes of it.
#include "gui/kit/ui.hpp"

#include <doctest/doctest.h>

#include "gui/kit/headless.hpp"
#include "gui/kit/scroll.hpp"
#include "gui/kit/widgets.hpp"

namespace kiem::gui {
namespace {

constexpr Vec kSize{800, 600};

// Three buttons under each other that count their presses.
struct Counter {
  int first = 0;
  int second = 0;
  int third = 0;
  void operator()(Ui& ui) {
    Column column(20, 20, 300);
    first += button(ui, column.take(48, 10), "Eerste") ? 1 : 0;
    second += button(ui, column.take(48, 10), "Tweede", {.enabled = false}) ? 1 : 0;
    third += button(ui, column.take(48, 10), "Derde") ? 1 : 0;
  }
};

std::string focused_label(const Headless& window) {
  const Widget* widget = focused(window.last());
  return widget == nullptr ? "" : widget->label;
}

TEST_CASE("a click by label presses that button once") {
  Counter counter;
  Headless window(kSize, {}, std::ref(counter));
  CHECK(window.click("Eerste"));
  CHECK(counter.first == 1);
  CHECK(window.click("Derde"));
  CHECK(window.click("Derde"));
  CHECK(counter.third == 2);
  CHECK(counter.first == 1);
}

TEST_CASE("what is disabled or not there cannot be clicked") {
  Counter counter;
  Headless window(kSize, {}, std::ref(counter));
  CHECK_FALSE(window.click("Tweede"));
  CHECK_FALSE(window.click("Vierde"));
  CHECK(counter.second == 0);
}

TEST_CASE("a disabled button takes the mouse and does nothing") {
  Counter counter;
  Headless window(kSize, {}, std::ref(counter));
  window.settle();
  window.ui().feed(PointerMoved{{50, 100}});
  window.ui().feed(PointerButton{true});
  window.ui().feed(PointerButton{false});
  window.settle();
  CHECK(counter.second == 0);
  CHECK(focused(window.last()) == nullptr);
}

TEST_CASE("a button that is let go of elsewhere is not pressed") {
  Counter counter;
  Headless window(kSize, {}, std::ref(counter));
  window.settle();
  window.ui().feed(PointerMoved{{50, 40}});
  window.ui().feed(PointerButton{true});
  window.ui().feed(PointerMoved{{700, 500}});
  window.ui().feed(PointerButton{false});
  window.settle();
  CHECK(counter.first == 0);
}

TEST_CASE("press and release in one batch of events are not lost") {
  Counter counter;
  Headless window(kSize, {}, std::ref(counter));
  window.settle();
  for (int i = 0; i < 3; ++i) {
    window.ui().feed(PointerMoved{{50, 40}});
    window.ui().feed(PointerButton{true});
    window.ui().feed(PointerButton{false});
  }
  CHECK(window.ui().unsettled());
  window.settle();
  CHECK(counter.first == 3);
}

TEST_CASE("Tab and Shift+Tab visit buttons, Enter and Space press them") {
  Counter counter;
  Headless window(kSize, {}, std::ref(counter));
  window.settle();
  window.key(Key::tab);
  CHECK(focused_label(window) == "Eerste");
  window.key(Key::enter);
  CHECK(counter.first == 1);
  window.key(Key::tab);
  CHECK(focused_label(window) == "Derde");
  window.key(Key::space);
  CHECK(counter.third == 1);
  window.key(Key::tab, {.shift = true});
  CHECK(focused_label(window) == "Eerste");
  window.key(Key::down);
  CHECK(focused_label(window) == "Derde");
  window.key(Key::up);
  CHECK(focused_label(window) == "Eerste");
}

TEST_CASE("keys typed fast are taken one by one, in order") {
  Counter counter;
  Headless window(kSize, {}, std::ref(counter));
  window.settle();
  for (const Key key : {Key::tab, Key::enter, Key::enter, Key::tab, Key::enter}) window.ui().feed(KeyPressed{key, {}});
  window.settle();
  CHECK(counter.first == 2);
  CHECK(counter.third == 1);
}

TEST_CASE("a key that no widget takes reaches the screen, once") {
  int escapes = 0;
  int finds = 0;
  int asked_twice = 0;
  Headless window(kSize, {}, [&](Ui& ui) {
    button(ui, {0, 0, 100, 48}, "Knop");
    escapes += ui.pressed(Key::escape) ? 1 : 0;
    finds += ui.pressed(Key::f, {.ctrl = true}) ? 1 : 0;
    asked_twice += ui.pressed(Key::escape) ? 1 : 0;
  });
  window.settle();
  window.key(Key::escape);
  CHECK(escapes == 1);
  CHECK(asked_twice == 0);
  window.key(Key::f, {.ctrl = true});
  window.key(Key::f);
  CHECK(finds == 1);
  window.settle();
  CHECK(escapes == 1);
}

TEST_CASE("a button whose label changes by its press keeps the keyboard") {
  bool joined = false;
  Headless window(kSize, {}, [&](Ui& ui) {
    button(ui, {0, 0, 200, 48}, "Zoeken");
    const Group group(ui, "7", "Bladeren harken");
    if (button(ui, {0, 100, 200, 48}, joined ? "Afmelden" : "Ik doe mee")) joined = !joined;
  });
  window.settle();
  window.key(Key::tab);
  window.key(Key::tab);
  CHECK(focused_label(window) == "Ik doe mee");
  window.key(Key::enter);
  window.settle();
  CHECK(joined);
  CHECK(focused_label(window) == "Afmelden");
  window.key(Key::enter);
  CHECK_FALSE(joined);
}

TEST_CASE("equal labels in two groups are two widgets") {
  int soup = 0;
  int leaves = 0;
  Headless window(kSize, {}, [&](Ui& ui) {
    {
      const Group group(ui, "1", "Soep");
      soup += button(ui, {0, 0, 200, 48}, "Ik doe mee") ? 1 : 0;
    }
    const Group group(ui, "2", "Blad");
    leaves += button(ui, {0, 60, 200, 48}, "Ik doe mee") ? 1 : 0;
  });
  CHECK(window.click("Ik doe mee", "Blad"));
  CHECK(soup == 0);
  CHECK(leaves == 1);
  CHECK(layout_faults(window.last()).empty());
}

TEST_CASE("coming back to a page finds the keyboard and the scroll where they were") {
  bool details = false;
  Headless window(kSize, {}, [&](Ui& ui) {
    ui.enter_page(details ? "taak" : "taken");
    if (details) {
      if (button(ui, {0, 0, 200, 48}, "Terug")) details = false;
      return;
    }
    ScrollArea area(ui, "lijst", {0, 0, 400, 300});
    Column column(area.content());
    for (int i = 0; i < 20; ++i) {
      if (card_button(ui, column.take(80, 10), "Taak " + std::to_string(i), false)) details = true;
    }
    area.reach(column.y);
  });
  window.settle();
  for (int i = 0; i < 12; ++i) window.key(Key::tab);
  CHECK(focused_label(window) == "Taak 11");
  const Widget* card = find(window.last(), "Taak 11");
  REQUIRE(card != nullptr);
  const float y = card->rect.y;
  CHECK(card->visible.h == doctest::Approx(80));
  window.key(Key::enter);
  window.settle();
  CHECK(details);
  CHECK(focused_label(window).empty());
  CHECK(window.click("Terug"));
  window.settle();
  CHECK(focused_label(window) == "Taak 11");
  CHECK(find(window.last(), "Taak 11")->rect.y == doctest::Approx(y));
}

struct List {
  std::size_t count = 100;
  std::size_t drawn = 0;
  std::size_t pressed = 0;
  void operator()(Ui& ui) {
    drawn = 0;
    ScrollArea area(ui, "lijst", {0, 0, 400, 300});
    Column column(area.content());
    const float top = column.y;
    const Rows rows = rows_near_sight(ui, top, 60, count);
    for (std::size_t i = rows.first; i < rows.end; ++i) {
      ++drawn;
      if (list_row(ui, {0, top + static_cast<float>(i) * 60, 400, 56}, "Rij " + std::to_string(i))) pressed = i;
    }
    area.reach(top + static_cast<float>(count) * 60);
  }
};

TEST_CASE("the wheel scrolls the area under the pointer, no farther than its ends") {
  List list;
  Headless window(kSize, {}, std::ref(list));
  window.settle();
  const auto top = [&] { return find(window.last(), "Rij 0"); };
  CHECK(top()->rect.y == doctest::Approx(8));
  window.ui().feed(PointerMoved{{100, 100}});
  window.ui().feed(Wheel{-1});
  window.settle();
  CHECK(top()->rect.y < 0);
  window.ui().feed(Wheel{50});
  window.settle();
  CHECK(top()->rect.y == doctest::Approx(8));
  window.ui().feed(Wheel{-10000});
  window.settle();
  const Widget* last = find(window.last(), "Rij 99");
  REQUIRE(last != nullptr);
  CHECK(last->rect.bottom() <= 300);
  CHECK(last->rect.bottom() > 250);
}

TEST_CASE("a long list draws what is near, and the keyboard still walks to its end") {
  List list;
  list.count = 100000;
  Headless window(kSize, {}, std::ref(list));
  window.settle();
  CHECK(list.drawn < 40);
  for (int i = 0; i < 200; ++i) window.key(Key::tab);
  CHECK(focused_label(window) == "Rij 199");
  CHECK(focused(window.last())->visible.h == doctest::Approx(56));
  CHECK(list.drawn < 60);
  window.key(Key::enter);
  CHECK(list.pressed == 199);
  window.key(Key::end);
  CHECK(find(window.last(), "Rij 99999") != nullptr);
  window.key(Key::home);
  CHECK(find(window.last(), "Rij 0") != nullptr);
}

TEST_CASE("page keys scroll by almost a page") {
  List list;
  Headless window(kSize, {}, std::ref(list));
  window.settle();
  window.key(Key::page_down);
  const float moved = find(window.last(), "Rij 5")->rect.y;
  CHECK(moved < 308);
  window.key(Key::page_up);
  CHECK(find(window.last(), "Rij 5")->rect.y == doctest::Approx(308));
}

TEST_CASE("a finger that moves scrolls and presses nothing") {
  List list;
  list.pressed = 77;
  Headless window(kSize, {}, std::ref(list));
  window.settle();
  window.ui().feed(PointerMoved{{100, 200}});
  window.ui().feed(PointerButton{true});
  window.ui().feed(PointerMoved{{100, 180}});
  window.ui().feed(PointerMoved{{100, 100}});
  window.ui().feed(PointerButton{false});
  window.settle();
  CHECK(list.pressed == 77);
  CHECK(find(window.last(), "Rij 5")->rect.y == doctest::Approx(208));
}

TEST_CASE("clicking by label scrolls to what is out of sight") {
  List list;
  Headless window(kSize, {}, std::ref(list));
  CHECK(window.click("Rij 9"));
  CHECK(list.pressed == 9);
}

TEST_CASE("what stands outside its scroll area cannot be hit") {
  List list;
  list.pressed = 77;
  Headless window(kSize, {}, std::ref(list));
  window.settle();
  // Row 5 reaches from 308 on, below the area's end at 300.
  window.ui().feed(PointerMoved{{100, 330}});
  window.ui().feed(PointerButton{true});
  window.ui().feed(PointerButton{false});
  window.settle();
  CHECK(list.pressed == 77);
}

TEST_CASE("text twice as large makes the logical window half as large") {
  Rect area;
  Headless window({1366, 768}, {}, [&](Ui& ui) {
    area = ui.area();
    button(ui, {10, 10, 200, 48}, "Knop");
  });
  window.settle();
  CHECK(area == Rect{0, 0, 1366, 768});
  window.set_look({.theme = Theme::dark, .text_percent = 200, .pixel_ratio = 1});
  CHECK(area == Rect{0, 0, 683, 384});
  CHECK(window.click("Knop"));
  window.resize({390, 844});
  CHECK(area == Rect{0, 0, 195, 422});
}

TEST_CASE("text has about the same width at every size") {
  Headless window({1366, 768}, {}, [](Ui&) {});
  const float once = window.ui().text_width(Font::body, "Bladeren harken in de boomgaard");
  CHECK(once > 250);
  CHECK(once < 350);
  for (const int percent : kTextSizes) {
    window.set_look({.text_percent = percent});
    CHECK(window.ui().text_width(Font::body, "Bladeren harken in de boomgaard") == doctest::Approx(once).epsilon(0.04));
  }
}

TEST_CASE("the font texture fits drivers of OpenGL 3.3 at every size of text, also on a sharp display") {
  Ui ui;
  for (const float ratio : {1.0F, 2.0F}) {
    for (const int percent : kTextSizes) {
      ui.set_look({.text_percent = percent, .pixel_ratio = ratio});
      CAPTURE(ratio);
      CAPTURE(percent);
      CHECK(ui.texture_size().x <= (ratio > 1 ? 4096 : 2048));
      CHECK(ui.texture_size().y <= (ratio > 1 ? 4096 : 2048));
    }
  }
}

TEST_CASE("letters that are seldom needed come into the texture when a text has them, once") {
  std::string name = "Aïsha Yıldız";
  Headless window(kSize, {}, [&](Ui& ui) { text_line(ui, {10, 10, 400, 40}, name); });
  window.settle();
  const unsigned version = window.ui().texture_version();
  const float unknown = window.ui().text_width(Font::body, "\xF0\x9F\x8C\xB1");  // an emoji: a replacement sign
  name = "Γιώργος и Жанна";
  window.settle();
  CHECK(window.ui().texture_version() == version + 1);
  CHECK(window.ui().text_width(Font::body, "Ж") != unknown);
  CHECK(window.ui().text_width(Font::body, "Ж") > window.ui().text_width(Font::body, "и"));
  window.settle();
  name = "Жанна 漢字 \xF0\x9F\x8C\xB1 \xFF";
  window.settle();
  CHECK(window.ui().texture_version() == version + 1);
}

TEST_CASE("a frame that is at rest asks for no other") {
  Counter counter;
  Headless window(kSize, {}, std::ref(counter));
  window.settle();
  CHECK_FALSE(window.ui().unsettled());
  window.ui().frame(kSize, 0.1F, std::ref(counter));
  CHECK_FALSE(window.ui().unsettled());
}

TEST_CASE("the pointer has the shape of what it is on") {
  std::string text;
  Headless window(kSize, {}, [&](Ui& ui) {
    button(ui, {0, 0, 200, 48}, "Knop");
    button(ui, {0, 50, 200, 48}, "Dicht", {.enabled = false});
    search_field(ui, {0, 100, 200, 48}, "Zoek", text);
  });
  window.settle();
  const auto at = [&](float x, float y) {
    window.ui().feed(PointerMoved{{x, y}});
    window.settle();
    return window.ui().pointer();
  };
  CHECK(at(10, 10) == Pointer::hand);
  CHECK(at(10, 60) == Pointer::arrow);
  CHECK(at(10, 110) == Pointer::text);
  CHECK(at(500, 500) == Pointer::arrow);
}

TEST_CASE("two windows in one program do not disturb each other") {
  Counter one;
  Counter other;
  Headless first(kSize, {}, std::ref(one));
  {
    Headless second(kSize, {.theme = Theme::dark, .text_percent = 150}, std::ref(other));
    CHECK(first.click("Eerste"));
    CHECK(second.click("Derde"));
    CHECK(first.click("Eerste"));
  }
  CHECK(first.click("Eerste"));
  CHECK(one.first == 3);
  CHECK(other.third == 1);
}

TEST_CASE("what a person does is counted, and what happens to the window is not") {
  Ui ui;
  CHECK(ui.acts() == 0);
  ui.feed(PointerMoved{{5, 5}});
  ui.feed(PointerButton{true});
  ui.feed(Wheel{1});
  ui.feed(KeyPressed{Key::l, {.ctrl = true}});
  ui.feed(Typed{U'a'});
  CHECK(ui.acts() == 5);
  ui.feed(PointerLeft{});
  ui.feed(FocusLost{});
  ui.frame({100, 100}, 0.1F, [](Ui&) {});
  CHECK(ui.acts() == 5);
}

}  // namespace
}  // namespace kiem::gui
