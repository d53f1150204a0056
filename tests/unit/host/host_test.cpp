#include "gui/host/host.hpp"

#include <doctest/doctest.h>

#include "gui/host/direct_backend.hpp"
#include "gui/host/settings_file.hpp"
#include "gui/kit/headless.hpp"
#include "gui/screens/screen.hpp"
#include "tests/support/fakes.hpp"
#include "tests/support/temp_home.hpp"

namespace kiem::test {
namespace {

namespace m = kiem::model;
using gui::DirectBackend;
using gui::Headless;
using gui::Host;

StoreOptions cheap() {
  StoreOptions options;
  options.cost = {1, 64};
  return options;
}

// A client on a store of its own, without window or thread.
struct Client {
  explicit Client(m::UiState state = fresh())
      : backend(fake.env(), cheap()), host(services(), backend, std::move(state)), app(host.app()), window(make()) {
    settle();
  }
  static m::UiState fresh() {
    m::UiState state;
    state.has_store = false;
    state.page = m::Page::first_run;
    return state;
  }
  gui::HostServices services() {
    return {fake.clock, [](WallTime) { return 60; }, folder.store(),
            [this](const m::Settings& settings) { kept.push_back(settings); }};
  }
  Headless make() {
    return Headless({1366, 768}, {}, [this](gui::Ui& ui) { app.draw(ui); });
  }
  void settle() {
    do {
      window.settle();
    } while (app.act(window.ui(), fake.clock.monotonic_ms()).draw_again);
  }
  void click(std::string_view label, std::string_view group = {}) {
    CAPTURE(label);
    CAPTURE(describe(window.last()));
    REQUIRE(window.click(label, group));
    settle();
  }
  void type(std::string_view field, std::string_view text) {
    click(field);
    window.type(text);
    settle();
  }
  [[nodiscard]] bool says(std::string_view text) { return gui::says(window.last(), text); }
  void add_task(const std::string& title, std::uint32_t seats) {
    AddTask task;
    task.title = title;
    task.seats = seats;
    REQUIRE(backend.community()->perform(task).has_value());
    settle();
  }
  // The first run up to the empty board.
  void begin() {
    click("Wij beginnen een initiatief");
    type("Je voornaam", "Noor");
    type("Naam van het initiatief", "Tuin");
    type("Kies een wachtwoord (liefst een paar woorden)", "correct paard");
    type("Nog een keer hetzelfde wachtwoord", "correct paard");
    click("Begin");
    while (host.state().page == m::Page::words) click("Ik heb ze opgeschreven");
  }

  TempHome folder;
  FakeEnv fake;
  std::vector<m::Settings> kept;
  DirectBackend backend;
  Host host;
  gui::App app;
  Headless window;
};

TEST_CASE("the first run makes a store and an initiative, shows the words once, and ends on the board") {
  Client client;
  CHECK(client.says("Kijk rond in de proeftuin"));
  client.begin();
  CHECK(client.host.state().page == m::Page::tasks);
  CHECK(client.host.facts().recovery_words.empty());
  CHECK(client.says("Tuin"));
  CHECK(client.host.waiting() == 0);
}

TEST_CASE("a claim and a withdrawal by clicks are acts in the store, and what they lead to is on the board") {
  Client client;
  client.begin();
  client.add_task("Heg knippen", 1);
  client.click("Ik doe mee", "Heg knippen");
  REQUIRE(client.host.state().pending.has_value());
  client.click("Ja, ik doe mee");
  const auto& tasks = client.host.facts().tasks;
  REQUIRE(tasks.has_value());
  REQUIRE(tasks->tasks.size() == 1);
  REQUIRE(tasks->tasks.front().mine.has_value());
  CHECK(tasks->tasks.front().mine->state == ClaimState::confirmed);
  CHECK(client.says("Heg knippen"));
}

TEST_CASE("a wrong passphrase is told in a sentence, nothing typed is lost, and the right one opens") {
  Client client;
  client.begin();
  m::UiState locked;
  locked.page = m::Page::unlock;
  Host host(client.services(), client.backend, locked);
  client.backend.shut();
  gui::App app = host.app();
  Headless window({1366, 768}, {}, [&](gui::Ui& ui) { app.draw(ui); });
  const auto settle = [&] {
    do {
      window.settle();
    } while (app.act(window.ui(), 0).draw_again);
  };
  settle();
  REQUIRE(window.click("Wachtwoord"));
  window.type("verkeerd");
  settle();
  REQUIRE(window.click("Openen"));
  settle();
  CHECK(host.state().page == m::Page::unlock);
  REQUIRE(host.state().notice.has_value());
  CHECK(m::typed(host.state(), m::Field::passphrase) == "verkeerd");
  REQUIRE(window.click("Wachtwoord"));
  window.key(gui::Key::a, {true, false});
  window.type("correct paard");
  settle();
  REQUIRE(window.click("Openen"));
  settle();
  CHECK(host.state().page == m::Page::tasks);
  CHECK(m::typed(host.state(), m::Field::passphrase).empty());
}

TEST_CASE("what others do comes to the board by itself, one round of questions at a time") {
  Client client;
  client.begin();
  client.add_task("Heg knippen", 1);
  client.add_task("Snoeien", 2);
  CHECK(client.says("Heg knippen"));
  CHECK(client.says("Snoeien"));
  CHECK(client.host.waiting() == 0);
}

TEST_CASE("settings change the look at once and are handed on to be kept") {
  Client client;
  client.begin();
  REQUIRE(client.host.show("settings"));
  client.add_task("Snoeien", 1);  // any answer leads to the view that was wanted
  CHECK(client.host.state().page == m::Page::settings);
  client.click("Donker");
  CHECK(client.window.ui().look().theme == gui::Theme::dark);
  REQUIRE(client.kept.size() == 1);
  CHECK(client.kept.front().theme == m::Theme::dark);
}

TEST_CASE("every view has a name, and no other name is one") {
  Client client;
  client.begin();
  client.add_task("Heg knippen", 1);
  for (const char* const view :
       {"tasks", "mine", "places", "people", "sharing", "settings", "invite", "more", "task", "confirm"}) {
    CAPTURE(view);
    CHECK(client.host.show(view));
    client.add_task(std::string("Taak ") + view, 1);
    CHECK(layout_faults(client.window.last()).empty());
  }
  CHECK_FALSE(client.host.show("nergens"));
}

// --- settings --------------------------------------------------------------------------------------------------------

TEST_CASE("settings are read as they were written, and from a broken file come the usual ones") {
  const TempHome folder;
  CHECK(gui::read_settings(folder.path(), Lang::en) == m::Settings{Lang::en, m::Theme::light, 100});
  const m::Settings chosen{Lang::nl, m::Theme::contrast, 150};
  REQUIRE(gui::write_settings(folder.path(), chosen).has_value());
  CHECK(gui::read_settings(folder.path(), Lang::en) == chosen);
  CHECK_FALSE(gui::write_settings(folder.path() / "absent", chosen).has_value());
  std::filesystem::remove(folder.path() / "client.settings");
  std::filesystem::create_directory(folder.path() / "client.settings");
  CHECK(gui::read_settings(folder.path(), Lang::nl) == m::Settings{});
  CHECK_FALSE(gui::write_settings(folder.path(), chosen).has_value());
}

}  // namespace
}  // namespace kiem::test
