// The practice garden as a visitor meets it: the real neighbours in a process of their own, the real node thread, and
// the screens worked by their labels. Only the window is missing.
#include <doctest/doctest.h>

#include <chrono>
#include <condition_variable>
#include <mutex>

#include "core/crypto/system_rng.hpp"
#include "gui/host/host.hpp"
#include "gui/host/node_thread.hpp"
#include "gui/kit/headless.hpp"
#include "sync/cli/system_services.hpp"
#include "sync/transport/zmq_network.hpp"
#include "tests/support/fakes.hpp"
#include "tests/support/temp_home.hpp"

namespace kiem::test {
namespace {

struct Visitor {
  Visitor() {
    gui::NodeServices node{{clock, rng, log}, {}, {}, KIEM_PRACTICE, folder.path() / "practice", {}};
    node.open_network = [](const BoxKeyPair& keys, Clock& at) { return ZmqNetwork::create(keys, at); };
    node.wake = [this] {
      const std::lock_guard lock(mutex);
      woken = true;
      bell.notify_one();
    };
    auto started = gui::NodeThread::start(std::move(node));
    REQUIRE(started.has_value());
    backend = *std::move(started);
    gui::HostServices services{clock, [](WallTime) { return 60; }, folder.store(), [](const model::Settings&) {}};
    model::UiState state;
    state.has_store = false;
    state.page = model::Page::first_run;
    host = std::make_unique<gui::Host>(std::move(services), *backend, std::move(state));
    app = host->app();
    window = std::make_unique<gui::Headless>(gui::Vec{1366, 768}, gui::Look{}, [this](gui::Ui& ui) { app.draw(ui); });
    settle();
  }
  void settle() {
    do {
      window->settle();
    } while (app.act(window->ui(), clock.monotonic_ms()).draw_again);
  }
  // Until the screen's facts are as wanted; each turn waits for news.
  void wait_for(const std::function<bool()>& wanted) {
    settle();
    while (!wanted()) {
      std::unique_lock lock(mutex);
      CAPTURE(describe(window->last()));
      REQUIRE(bell.wait_for(lock, std::chrono::seconds(60), [this] { return woken; }));
      woken = false;
      lock.unlock();
      settle();
    }
  }
  void click(std::string_view label, std::string_view group = {}) {
    CAPTURE(label);
    CAPTURE(describe(window->last()));
    REQUIRE(window->click(label, group));
    settle();
  }
  [[nodiscard]] const TaskCard* card(const std::string& title) const {
    if (!host->facts().tasks) return nullptr;
    for (const TaskCard& each : host->facts().tasks->tasks) {
      if (each.title == title) return &each;
    }
    return nullptr;
  }
  [[nodiscard]] bool is(const std::string& title, ClaimState state) const {
    const TaskCard* const found = card(title);
    return found != nullptr && found->mine && found->mine->state == state;
  }

  TempHome folder;
  cli::SystemClock clock;
  SystemRng rng;
  CollectedLog log;
  std::mutex mutex;
  std::condition_variable bell;
  bool woken = false;
  std::unique_ptr<gui::NodeThread> backend;
  std::unique_ptr<gui::Host> host;
  gui::App app;
  std::unique_ptr<gui::Headless> window;
};

TEST_CASE("a visitor joins the practice garden, gets a seat, sees Sven come back, and pulls the plug") {
  Visitor visitor;
  visitor.click("Kijk rond in de proeftuin");
  visitor.click("Je voornaam");
  visitor.window->type("Noor");
  visitor.settle();
  visitor.click("Ga rondkijken");
  visitor.wait_for([&] { return visitor.card("Heg knippen") != nullptr; });
  CHECK(visitor.card("Heg knippen")->free == 1U);

  visitor.click("Ik doe mee", "Heg knippen");
  visitor.click("Ja, ik doe mee");
  visitor.wait_for([&] { return visitor.is("Heg knippen", ClaimState::confirmed); });
  visitor.wait_for([&] { return visitor.host->facts().came_back.has_value(); });
  CHECK(says(visitor.window->last(), "Sven"));
  CHECK(visitor.card("Heg knippen")->waiting == 1);

  // Without a network a claim is kept and waits; with it, it is answered.
  const std::string other = "Kijken wat er nodig is (schouw)";
  visitor.click("Delen");
  visitor.click("Trek de stekker eruit");
  visitor.click("Taken");
  visitor.click("Ik doe mee", other);
  visitor.click("Ja, ik doe mee");
  visitor.wait_for([&] { return visitor.is(other, ClaimState::provisional); });
  visitor.click("Delen");
  visitor.click("Doe de stekker er weer in");
  visitor.wait_for([&] { return visitor.is(other, ClaimState::confirmed); });

  visitor.click("Begin echt");
  CHECK(visitor.host->state().page == model::Page::first_run);
  CHECK_FALSE(visitor.host->facts().tasks.has_value());
}

}  // namespace
}  // namespace kiem::test
