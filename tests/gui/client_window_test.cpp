// The whole client in a real window, worked from outside: a click and a keyboard walk, to acts that are in the store.
#include <doctest/doctest.h>

#include "core/crypto/system_rng.hpp"
#include "core/kiem.hpp"
#include "gui/app/window.hpp"
#include "gui/host/client.hpp"
#include "sync/control/control_client.hpp"
#include "sync/transport/zmq_network.hpp"
#include "tests/gui/hands.hpp"
#include "tests/support/fakes.hpp"
#include "tests/support/temp_home.hpp"

namespace kiem::gui {
namespace {

constexpr std::int64_t kNow = 1'800'000'000'000;

Unlock practice_key() {
  const Bytes key(32, 7);
  return KeyFile{SecretBytes::copy_of(key)};
}
Unlock passphrase() { return Passphrase{SecretBytes::copy_of(view("correct paard"))}; }

// A store with two tasks, closed again.
void prepare(const std::filesystem::path& home, const Unlock& unlock, Env env) {
  std::string words;
  auto made = Community::create(home, unlock, "Noor", env, words);
  REQUIRE(made.has_value());
  REQUIRE((*made)->perform(CreateInitiative{"Tuin"}).has_value());
  for (const char* const title : {"Heg knippen", "Snoeien"}) {
    AddTask task;
    task.title = title;
    REQUIRE((*made)->perform(task).has_value());
  }
}

struct Before {
  explicit Before(const std::function<Unlock()>& unlock = practice_key) : clock(kNow) {
    prepare(folder.store(), unlock(), {clock, rng, log});
    NodeServices node{{clock, rng, log}, {}, {}, folder.path() / "none", folder.path() / "practice", Window::wake};
    node.open_network = [](const BoxKeyPair& keys, Clock& at) { return ZmqNetwork::create(keys, at); };
    auto started = NodeThread::start(std::move(node));
    REQUIRE(started.has_value());
    backend = *std::move(started);
    HostServices services{clock, [](WallTime) { return 60; }, folder.store(), [](const model::Settings&) {}};
    host = std::make_unique<Host>(std::move(services), *backend, model::UiState{});
    host->open(unlock());
    auto opened = Window::open("Kiem", {1366, 768}, {}, clock);
    REQUIRE(opened.has_value());
    window = *std::move(opened);
  }
  [[nodiscard]] const TaskCard* card(const std::string& title) const {
    if (!host->facts().tasks) return nullptr;
    for (const TaskCard& each : host->facts().tasks->tasks) {
      if (each.title == title) return &each;
    }
    return nullptr;
  }
  [[nodiscard]] bool mine(const std::string& title) const {
    const TaskCard* const found = card(title);
    return found != nullptr && found->mine && found->mine->state == ClaimState::confirmed;
  }
  // Runs the window; after each frame in which all is at rest, `next` may do the next thing, and ends it by false.
  void run(const std::function<bool(Ui&)>& next) {
    App app = host->app();
    const auto act = app.act;
    app.act = [&, act](Ui& ui, std::uint64_t now) {
      Next result = act(ui, now);
      if (window->counts().painted > 0 && !result.draw_again && host->waiting() == 0) result.quit = !next(ui);
      return result;
    };
    window->run(app);
  }

  test::TempHome folder;
  TestClock clock;
  SystemRng rng;
  test::CollectedLog log;
  std::unique_ptr<NodeThread> backend;
  std::unique_ptr<Host> host;
  std::unique_ptr<Window> window;
  Hands hands;
};

TEST_CASE("clicks play a claim and its withdrawal") {
  Before before;
  int step = 0;
  before.run([&](Ui& ui) {
    const bool asks = before.host->state().pending.has_value();
    if (step == 0 && before.card("Heg knippen") != nullptr) {
      before.hands(click_on(ui, "Ik doe mee", "Heg knippen"));
      ++step;
    } else if (step == 1 && asks) {
      before.hands(click_on(ui, "Ja, ik doe mee"));
      ++step;
    } else if (step == 2 && before.mine("Heg knippen")) {
      before.hands(click_on(ui, "Afmelden", "Heg knippen"));
      ++step;
    } else if (step == 3 && asks) {
      before.hands(click_on(ui, "Ja, meld me af"));
      ++step;
    } else if (step == 4 && !asks && !before.mine("Heg knippen")) {
      return false;
    }
    return true;
  });
  CHECK(step == 4);
  CHECK_FALSE(before.mine("Snoeien"));
}

TEST_CASE("keys alone play a claim and its withdrawal") {
  Before before;
  int step = 0;
  // Walks by Tab until the button has the keyboard, then presses it. One key at a time: the next when the focus moved.
  std::optional<WidgetId> at;
  const auto walk_to = [&](Ui& ui, std::string_view label, const char* key) {
    const Widget* const here = focused(ui.last());
    const WidgetId id = here == nullptr ? 0 : here->id;
    if (at == id) return false;
    at = id;
    const bool arrived = here != nullptr && here->label == label;
    before.hands(std::string("key ") + (arrived ? key : "Tab"));
    if (arrived) at.reset();
    return arrived;
  };
  before.run([&](Ui& ui) {
    const bool asks = before.host->state().pending.has_value();
    if (step == 0 && before.card("Heg knippen") != nullptr) {
      if (walk_to(ui, "Ik doe mee", "Return")) ++step;
    } else if (step == 1 && asks) {
      if (walk_to(ui, "Ja, ik doe mee", "space")) ++step;
    } else if (step == 2 && !asks && (before.mine("Heg knippen") || before.mine("Snoeien"))) {
      if (walk_to(ui, "Afmelden", "Return")) ++step;
    } else if (step == 3 && asks) {
      if (walk_to(ui, "Ja, meld me af", "Return")) ++step;
    } else if (step == 4 && !asks && !before.mine("Heg knippen") && !before.mine("Snoeien")) {
      ++step;
      return false;
    }
    return true;
  });
  CHECK(step == 5);
}

TEST_CASE("a client that nobody touches locks at the moment it has to, and draws that once") {
  constexpr std::uint64_t kLeft = 400;
  Before before(passphrase);
  std::uint64_t painted = 0;
  bool has_jumped = false;
  int woken = 0;
  before.run([&](Ui& ui) {
    if (!has_jumped && before.card("Heg knippen") == nullptr) return true;
    if (!has_jumped) {
      has_jumped = true;
      before.clock.jump(15 * 60'000 - kLeft);
      return true;
    }
    if (before.host->state().page != model::Page::unlock) {
      painted = before.window->counts().painted;
      return ++woken < 100;
    }
    if (before.window->counts().painted == painted) return true;  // drawn, and not yet shown
    CHECK(find(ui.last(), "Wachtwoord") != nullptr);
    return false;
  });
  CHECK(before.host->state().page == model::Page::unlock);
  CHECK(before.window->counts().painted == painted + 1);
  // Nothing turned in vain meanwhile; what may have come is news of the node.
  CHECK(woken < 10);
}

TEST_CASE("a client at rest draws no frames, and a change by another process's command is drawn at once") {
  Before before;
  std::uint64_t painted = 0;
  bool asked = false;
  std::thread command;
  before.run([&](Ui&) {
    if (before.card("Heg knippen") == nullptr) return true;
    if (!asked) {
      asked = true;
      painted = before.window->counts().painted;
      command = std::thread([&] {
        const auto path = control_path(before.folder.store(), "");
        REQUIRE(path.has_value());
        auto client = ControlClient::connect(*path);
        REQUIRE(client.has_value());
        REQUIRE(client->has_value());
        AddTask task;
        task.title = "Maaien";
        CHECK((*client)->ask(Request(task)).has_value());
      });
      return true;
    }
    return before.card("Maaien") == nullptr;
  });
  command.join();
  CHECK(before.window->counts().painted > painted);
  CHECK(before.window->counts().painted < painted + 10);
}

}  // namespace
}  // namespace kiem::gui
