#include "gui/host/host.hpp"

#include <doctest/doctest.h>

#include "gui/host/settings_file.hpp"
#include "gui/screens/screen.hpp"
#include "tests/unit/host/hosted_client.hpp"

namespace kiem::test {
namespace {

using gui::Headless;
using gui::Host;

TEST_CASE("the first run makes a store and an initiative, shows the words once, and ends on the board") {
  HostedClient client;
  CHECK(client.says("Kijk rond in de proeftuin"));
  client.begin();
  CHECK(client.host->state().page == m::Page::tasks);
  CHECK(client.host->facts().recovery_words.empty());
  CHECK(client.says("Tuin"));
  CHECK(client.host->waiting() == 0);
}

TEST_CASE("a claim and a withdrawal by clicks are acts in the store, and what they lead to is on the board") {
  HostedClient client;
  client.begin();
  client.add_task("Heg knippen", 1);
  client.click("Ik doe mee", "Heg knippen");
  REQUIRE(client.host->state().pending.has_value());
  client.click("Ja, ik doe mee");
  const auto& tasks = client.host->facts().tasks;
  REQUIRE(tasks.has_value());
  REQUIRE(tasks->tasks.size() == 1);
  REQUIRE(tasks->tasks.front().mine.has_value());
  CHECK(tasks->tasks.front().mine->state == ClaimState::confirmed);
  CHECK(client.says("Heg knippen"));
}

TEST_CASE("a wrong passphrase is told in a sentence, nothing typed is lost, and the right one opens") {
  HostedClient client;
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
  HostedClient client;
  client.begin();
  client.add_task("Heg knippen", 1);
  client.add_task("Snoeien", 2);
  CHECK(client.says("Heg knippen"));
  CHECK(client.says("Snoeien"));
  CHECK(client.host->waiting() == 0);
}

TEST_CASE("settings change the look at once and are handed on to be kept") {
  HostedClient client;
  client.begin();
  REQUIRE(client.host->show("settings"));
  client.add_task("Snoeien", 1);  // any answer leads to the view that was wanted
  CHECK(client.host->state().page == m::Page::settings);
  client.click("Donker");
  CHECK(client.window.ui().look().theme == gui::Theme::dark);
  REQUIRE(client.kept.size() == 1);
  CHECK(client.kept.front().theme == m::Theme::dark);
}

TEST_CASE("every view has a name, and no other name is one") {
  HostedClient client;
  client.begin();
  client.add_task("Heg knippen", 1);
  for (const char* const view : {"tasks", "mine", "places", "people", "sharing", "settings", "invite", "nearby",
                                 "pairing", "more", "task", "confirm"}) {
    CAPTURE(view);
    CHECK(client.host->show(view));
    client.add_task(std::string("Taak ") + view, 1);
    CHECK(layout_faults(client.window.last()).empty());
  }
  CHECK_FALSE(client.host->show("nergens"));
}

// --- settings --------------------------------------------------------------------------------------------------------

TEST_CASE("settings are read as they were written, and from a broken file come the usual ones") {
  const TempHome folder;
  CHECK(gui::read_settings(folder.path(), Lang::en) == m::Settings{Lang::en, m::Theme::light, 100, 15});
  const m::Settings chosen{Lang::nl, m::Theme::contrast, 150, 0};
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
