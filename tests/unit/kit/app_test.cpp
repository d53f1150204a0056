#include "gui/kit/app.hpp"

#include <doctest/doctest.h>

#include <thread>

#include "gui/kit/widgets.hpp"

namespace kiem::gui {
namespace {

TEST_CASE("an act that changes what is shown draws again before anything is painted") {
  int presses = 0;
  int shown = -1;
  bool pressed = false;
  App app;
  app.draw = [&](Ui& ui) {
    shown = presses;
    pressed = button(ui, {0, 0, 200, 48}, "Meer");
  };
  app.act = [&](Ui&, std::uint64_t) {
    Next next;
    if (std::exchange(pressed, false)) {
      ++presses;
      next.draw_again = true;
    }
    return next;
  };
  Ui ui;
  CHECK_FALSE(run_until_settled(ui, app, {400, 300}, 0.1F, 0).draw_again);
  ui.feed(PointerMoved{{20, 20}});
  ui.feed(PointerButton{true});
  ui.feed(PointerButton{false});
  const Settled settled = run_until_settled(ui, app, {400, 300}, 0.1F, 5);
  CHECK(presses == 1);
  CHECK(shown == 1);
  CHECK_FALSE(settled.draw_again);
  CHECK(settled.frames <= 4);
}

TEST_CASE("an app that never rests gets a bounded number of frames, and is drawn again later") {
  Ui ui;
  const App app{[](Ui&) {}, [](Ui&, std::uint64_t) { return Next{.draw_again = true}; }};
  const Settled settled = run_until_settled(ui, app, {400, 300}, 0.1F, 0);
  CHECK(settled.frames == 16);
  CHECK(settled.draw_again);
}

TEST_CASE("an app that wants to end gets no more frames") {
  Ui ui;
  int frames = 0;
  const App app{[&](Ui&) { ++frames; }, [](Ui&, std::uint64_t) { return Next{.draw_again = true, .quit = true}; }};
  CHECK(run_until_settled(ui, app, {400, 300}, 0.1F, 0).quit);
  CHECK(frames == 1);
}

TEST_CASE("a mailbox hands over what was posted, in order, and wakes") {
  int woken = 0;
  Mailbox<int> mailbox([&] { ++woken; }, 3);
  CHECK(mailbox.take().empty());
  CHECK(mailbox.post(1));
  CHECK(mailbox.post(2));
  CHECK(mailbox.post(3));
  CHECK_FALSE(mailbox.post(4));
  CHECK(woken == 3);
  CHECK(mailbox.take() == std::vector<int>{1, 2, 3});
  CHECK(mailbox.post(5));
  CHECK(mailbox.take() == std::vector<int>{5});
}

TEST_CASE("many threads may post") {
  Mailbox<int> mailbox(nullptr, 4000);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 1000; ++i) {
        if (!mailbox.post(i)) return;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(mailbox.take().size() == 4000);
}

}  // namespace
}  // namespace kiem::gui
