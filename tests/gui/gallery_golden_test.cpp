// The gallery, as it must look: light, dark and contrast, large letters, a phone, the keyboard's ring, a toast.
#include <doctest/doctest.h>

#include "gui/app/gallery.hpp"
#include "gui/kit/headless.hpp"
#include "tests/gui/golden.hpp"

namespace kiem::gui {
namespace {

struct Page {
  std::string name;
  Vec size;
  Look look;
  bool parts = false;
  bool toast = false;
  int tabs = 0;
};

void check(const Page& page) {
  Gallery gallery;
  gallery.parts = page.parts;
  gallery.toast = page.toast;
  Headless window(page.size, page.look, [&](Ui& ui) { draw_gallery(ui, gallery); });
  window.settle();
  for (int i = 0; i < page.tabs; ++i) window.key(Key::tab);
  const std::string difference = compare_with_golden(page.name, paint(window.ui()));
  CHECK_MESSAGE(difference.empty(), difference);
}

TEST_CASE("the gallery looks as it did") {
  check({.name = "gallery-light", .size = {1366, 768}, .look = {}});
  check({.name = "gallery-dark", .size = {1366, 768}, .look = {.theme = Theme::dark}, .toast = true});
  check({.name = "gallery-contrast",
         .size = {1366, 768},
         .look = {.theme = Theme::contrast, .text_percent = 150},
         .tabs = 7});
  check({.name = "gallery-parts", .size = {1000, 1400}, .look = {}, .parts = true, .tabs = 8});
  check({.name = "gallery-phone", .size = {390, 844}, .look = {.theme = Theme::dark}});
}

}  // namespace
}  // namespace kiem::gui
