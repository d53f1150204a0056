// Locking, remembering and the way by recovery words, by the labels that a person presses.
#include <doctest/doctest.h>

#include "tests/unit/screens/client.hpp"

namespace kiem {
namespace {

using namespace samples;

model::Facts of_a_person() {
  model::Facts known = facts();
  known.slots = SlotKinds{.passphrase = true, .recovery = true};
  return known;
}

model::UiState at_the_door() {
  model::UiState now;
  now.page = model::Page::unlock;
  return now;
}

template <class Wanted>
bool was_asked(const Client& client) {
  return std::any_of(client.host.begin(), client.host.end(),
                     [](const model::HostAsk& ask) { return std::holds_alternative<Wanted>(ask); });
}

TEST_CASE("the lock is one press away, in the sidebar, behind Meer and by Ctrl+L, also while typing") {
  Client wide(of_a_person(), state(), kLaptop);
  REQUIRE(wide.click("Op slot doen"));
  CHECK(was_asked<model::LockStore>(wide));
  CHECK(wide.state.page == model::Page::unlock);
  CHECK(gui::says(wide.window.last(), "Kiem is op slot. Met je wachtwoord gaat het weer open."));
  CHECK_FALSE(gui::says(wide.window.last(), "Heg knippen"));

  Client narrow(of_a_person(), state(), kPhone);
  REQUIRE(narrow.click("Meer"));
  REQUIRE(narrow.click("Op slot doen"));
  CHECK(was_asked<model::LockStore>(narrow));

  model::UiState writing = state();
  writing.page = model::Page::add_task;
  Client keys(of_a_person(), writing, kLaptop);
  REQUIRE(keys.click("Wat gaan we doen?"));
  keys.type("Soep koken");
  keys.key(gui::Key::l, {.ctrl = true});
  CHECK(was_asked<model::LockStore>(keys));
  CHECK(model::typed(keys.state, model::Field::task_title) == "Soep koken");
}

TEST_CASE("a practice store has no lock and nothing to remember") {
  model::Facts practice = facts();
  practice.slots = SlotKinds{.key_file = true, .recovery = true};
  model::UiState now = state();
  now.page = model::Page::settings;
  Client client(practice, now, kLaptop);
  CHECK(gui::find(client.window.last(), "Op slot doen") == nullptr);
  CHECK_FALSE(gui::says(client.window.last(), "Onthoud op deze laptop"));
  client.key(gui::Key::l, {.ctrl = true});
  CHECK(client.host.empty());
}

TEST_CASE("remembering and the time to the lock are chosen in the settings") {
  model::UiState now = state();
  now.page = model::Page::settings;
  Client client(of_a_person(), now, kLaptop);
  REQUIRE(client.click("Na een uur", "Vanzelf op slot"));
  CHECK(client.state.settings.lock_minutes == 60);
  REQUIRE(client.click("Ja", "Onthoud op deze laptop"));
  CHECK(was_asked<model::RememberStore>(client));
  CHECK(client.state.busy == model::Busy::remembering);
}

TEST_CASE("twelve words from paper and a new passphrase are typed by hand and sent by Enter") {
  model::Facts known;
  known.slots = SlotKinds{.passphrase = true, .recovery = true};
  Client client(known, at_the_door(), kLaptop);
  REQUIRE(client.click("Wachtwoord vergeten?"));
  CHECK(client.state.page == model::Page::forgotten);
  REQUIRE(client.click("Jouw herstelwoorden"));
  client.type("appel boom");
  client.key(gui::Key::enter);
  REQUIRE(was_asked<model::OpenByWords>(client));
  static_cast<void>(model::take_opened(client.facts, client.state, {}));
  client.window.settle();
  REQUIRE(client.click("Kies een wachtwoord (liefst een paar woorden)"));
  client.type("nieuw paard");
  REQUIRE(client.click("Nog een keer hetzelfde wachtwoord"));
  client.type("nieuw paard");
  // Dots, and told to no list.
  CHECK(gui::describe(client.window.last()).find("nieuw paard") == std::string::npos);
  client.key(gui::Key::enter);
  CHECK(was_asked<model::PutPassphrase>(client));
}

}  // namespace
}  // namespace kiem
