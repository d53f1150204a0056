// Every widget of the kit on two pages, walked through: layout at all sizes of text and in narrow windows, the keyboard
// reaching everything.
#include "gui/app/gallery.hpp"

#include <doctest/doctest.h>

#include <set>

#include "gui/kit/headless.hpp"

namespace kiem::gui {
namespace {

TEST_CASE("nothing overlaps and nothing is cut, on a laptop and a phone, at every size of text") {
  Gallery gallery;
  Headless window({1366, 768}, {}, [&](Ui& ui) { draw_gallery(ui, gallery); });
  for (const int percent : kTextSizes) {
    window.set_look({.text_percent = percent});
    for (const Vec size : {Vec{1366, 768}, Vec{390, 844}}) {
      window.resize(size);
      for (const bool parts : {false, true}) {
        gallery.parts = parts;
        window.settle();
        CAPTURE(percent);
        CAPTURE(size.x);
        CAPTURE(parts);
        for (const auto& fault : layout_faults(window.last())) FAIL_CHECK(fault);
      }
    }
  }
}

TEST_CASE("Tab reaches everything that can be pressed, and brings it into sight") {
  Gallery gallery;
  Headless window({1366, 768}, {}, [&](Ui& ui) { draw_gallery(ui, gallery); });
  for (const bool parts : {false, true}) {
    gallery.parts = parts;
    window.settle();
    std::set<WidgetId> all;
    for (const auto& widget : window.last().widgets) {
      if (widget.actionable && widget.enabled) all.insert(widget.id);
    }
    std::set<WidgetId> reached;
    for (std::size_t i = 0; i < all.size(); ++i) {
      window.key(Key::tab);
      const Widget* widget = focused(window.last());
      REQUIRE(widget != nullptr);
      CAPTURE(widget->label);
      CHECK(widget->visible.h > std::min(widget->rect.h, 700.0F) - 1);
      reached.insert(widget->id);
    }
    CHECK(reached == all);
  }
}

TEST_CASE("the gallery is used by labels") {
  Gallery gallery;
  Headless window({1366, 768}, {}, [&](Ui& ui) { draw_gallery(ui, gallery); });
  CHECK(window.click("Afmelden", "Soep koken voor de tuinlunch"));
  CHECK_FALSE(gallery.joined);
  window.settle();
  CHECK(says(window.last(), "Gelukt!"));
  CHECK(window.click("Ongedaan maken"));
  CHECK_FALSE(gallery.toast);
  CHECK(window.click("Koffie schenken bij het buurtoverleg"));
  CHECK(gallery.chosen == 3);
  CHECK(window.click("Onderdelen"));
  CHECK(gallery.parts);
  CHECK(window.click("Je wachtzin"));
  window.type("stil");
  CHECK(gallery.passphrase == "stil");
}

}  // namespace
}  // namespace kiem::gui
