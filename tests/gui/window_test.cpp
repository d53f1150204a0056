// A real window on a display: run under Xvfb. Clicks and keys come from xdotool, as a person's would, from outside.
#include "gui/app/window.hpp"

#include <doctest/doctest.h>

#include <cstdlib>

#include "gui/app/gallery.hpp"
#include "gui/kit/pace.hpp"
#include "gui/kit/widgets.hpp"
#include "tests/gui/hands.hpp"

namespace kiem::gui {
namespace {

std::unique_ptr<Window> open(Clock& clock, const Look& look = {}) {
  auto window = Window::open("Kiem", {1366, 768}, look, clock);
  REQUIRE(window.has_value());
  return std::move(*window);
}

TEST_CASE("a driver without OpenGL 3.3 is a sentence, not a crash") {
  TestClock clock;
  ::setenv("MESA_GL_VERSION_OVERRIDE", "2.1", 1);
  const auto window = Window::open("Kiem", {400, 300}, {}, clock);
  ::unsetenv("MESA_GL_VERSION_OVERRIDE");
  REQUIRE_FALSE(window.has_value());
  CHECK(window.error() == WindowFault::no_opengl);
  CHECK(sentence(window.error(), Lang::nl).find("OpenGL 3.3") != std::string_view::npos);
  CHECK(sentence(window.error(), Lang::en).find("OpenGL 3.3") != std::string_view::npos);
}

TEST_CASE("no display is a sentence, not a crash") {
  TestClock clock;
  const std::string display = std::getenv("DISPLAY");
  ::unsetenv("DISPLAY");
  const auto window = Window::open("Kiem", {400, 300}, {}, clock);
  ::setenv("DISPLAY", display.c_str(), 1);
  REQUIRE_FALSE(window.has_value());
  CHECK(window.error() == WindowFault::no_display);
  CHECK_FALSE(sentence(window.error(), Lang::nl).empty());
}

TEST_CASE("clicks, keys and letters from outside reach the screen") {
  TestClock clock;
  Gallery gallery;
  gallery.chosen = 4;
  const auto window = open(clock);
  Hands hands;
  int step = 0;
  App app;
  app.draw = [&](Ui& ui) { draw_gallery(ui, gallery); };
  app.act = [&, seen = gallery](Ui& ui, std::uint64_t) mutable {
    Next next;
    next.draw_again = std::exchange(seen, gallery) != gallery;
    if (window->counts().painted == 0 || next.draw_again) return next;
    if (step == 0) {
      hands(click_on(ui, "Afmelden", "Soep koken voor de tuinlunch"));
      ++step;
    } else if (step == 1 && !gallery.joined) {
      hands("key space");
      ++step;
    } else if (step == 2 && gallery.joined) {
      hands("key Tab key Return");  // on to the next card
      ++step;
    } else if (step == 3 && gallery.chosen == 1) {
      hands(click_on(ui, "Zoek een taak") + " type soep");
      ++step;
    } else if (step == 4 && gallery.search == "soep") {
      hands("key BackSpace key ctrl+a key ctrl+c key End key ctrl+v");
      ++step;
    } else if (step == 5 && gallery.search == "soesoe") {
      next.quit = true;
      ++step;
    }
    return next;
  };
  window->run(app);
  CHECK(step == 6);
}

TEST_CASE("an idle window paints nothing") {
  TestClock clock;
  Gallery gallery;
  const auto window = open(clock);
  std::optional<std::uint64_t> begun;
  std::uint64_t painted = 0;
  App app;
  app.draw = [&](Ui& ui) { draw_gallery(ui, gallery); };
  app.act = [&](Ui&, std::uint64_t now) {
    Next next;
    if (!begun && window->counts().painted > 0) {
      begun = now + 500;  // the server's first events have come by then
    } else if (begun && painted == 0 && now >= *begun) {
      painted = window->counts().painted;
      *begun = now + 2000;
    } else if (painted > 0 && now >= *begun) {
      next.quit = true;
    }
    next.look_again_ms = begun;
    return next;
  };
  window->run(app);
  // One frame at the end of the first wait, which `look again` asked for.
  CHECK(window->counts().painted <= painted + 1);
}

TEST_CASE("a storm of mouse moves is drawn at most thirty times a second") {
  TestClock clock;
  Gallery gallery;
  const auto window = open(clock);
  CHECK(move_gap_for(window->renderer().c_str()) == 33);
  Hands hands;
  Mailbox<int> done(Window::wake);
  std::thread waiter;
  std::uint64_t begun = 0;
  std::uint64_t painted = 0;
  std::uint64_t ended = 0;
  App app;
  app.draw = [&](Ui& ui) { draw_gallery(ui, gallery); };
  app.act = [&](Ui&, std::uint64_t now) {
    Next next;
    if (begun == 0 && window->counts().painted > 0) {
      begun = now;
      painted = window->counts().painted;
      std::string moves;
      for (int i = 0; i < 300; ++i)
        moves += "mousemove " + std::to_string(300 + i) + " " + std::to_string(200 + i) + " ";
      waiter = std::thread([&, moves] {
        hands(moves);
        hands.wait();
        CHECK(done.post(1));
      });
    }
    if (!done.take().empty()) {
      ended = now;
      next.quit = true;
    }
    return next;
  };
  window->run(app);
  waiter.join();
  const std::uint64_t drawn = window->counts().painted - painted;
  MESSAGE("300 moves in " << (ended - begun) << " ms: " << drawn << " pictures");
  CHECK(drawn <= (ended - begun) / 33 + 3);
}

TEST_CASE("the window shows what the rasteriser paints") {
  TestClock clock;
  for (const Theme theme : kThemes) {
    Gallery gallery;
    const auto window = open(clock, {.theme = theme});
    App app;
    app.draw = [&](Ui& ui) { draw_gallery(ui, gallery); };
    app.act = [&](Ui&, std::uint64_t) {
      Next next;
      next.quit = window->counts().painted > 0;
      return next;
    };
    window->run(app);
    const Picture shown = window->shown();
    const Picture painted = paint(window->ui());
    CHECK(shown.width == 1366);
    const std::size_t differing = differing_pixels(shown, painted, 8);
    MESSAGE(std::string(name_of(theme)) << ": " << differing << " of " << shown.rgba.size() / 4 << " pixels differ");
    CHECK(differing * 1000 < shown.rgba.size() / 4);
  }
}

TEST_CASE("another thread's post wakes a window that waits without end") {
  TestClock clock;
  const auto window = open(clock);
  Mailbox<int> mailbox(Window::wake);
  std::thread poster;
  App app;
  app.draw = [](Ui& ui) { button(ui, {10, 10, 200, 48}, "Knop"); };
  app.act = [&](Ui&, std::uint64_t) {
    Next next;
    if (window->counts().painted > 0 && !poster.joinable()) poster = std::thread([&] { CHECK(mailbox.post(7)); });
    next.quit = mailbox.take() == std::vector<int>{7};
    return next;
  };
  window->run(app);
  poster.join();
}

TEST_CASE("larger letters give the window a new texture") {
  TestClock clock;
  Gallery gallery;
  const auto window = open(clock);
  int pictures = 0;
  App app;
  app.draw = [&](Ui& ui) { draw_gallery(ui, gallery); };
  app.act = [&](Ui& ui, std::uint64_t) {
    Next next;
    if (window->counts().painted == 1 && pictures++ == 0) {
      Look look = ui.look();
      look.text_percent = 150;
      ui.set_look(look);
      next.draw_again = true;
    }
    next.quit = window->counts().painted > 1;
    return next;
  };
  window->run(app);
  CHECK(window->ui().look().text_percent == 150);
  const Picture shown = window->shown();
  const Picture painted = paint(window->ui());
  REQUIRE(shown.width == painted.width);
  REQUIRE(shown.height == painted.height);
  CHECK(differing_pixels(shown, painted, 8) < 1366U * 768U / 1000);
}

}  // namespace
}  // namespace kiem::gui
