// A client on a store of its own, without window or thread: the host, its screens, and a backend that answers at once.
// For tests of the host; one thread.
#pragma once

#include <doctest/doctest.h>

#include "gui/host/direct_backend.hpp"
#include "gui/host/host.hpp"
#include "gui/kit/headless.hpp"
#include "tests/support/fake_secret_holder.hpp"
#include "tests/support/fakes.hpp"
#include "tests/support/temp_home.hpp"

namespace kiem::test {

namespace m = kiem::model;

inline StoreOptions cheap() {
  StoreOptions options;
  options.cost = {1, 64};
  return options;
}

struct HostedClient {
  explicit HostedClient(m::UiState begins = fresh())
      : backend(fake.env(), cheap(), &keyring),
        host(std::make_unique<gui::Host>(services(), backend, std::move(begins))),
        app(host->app()),
        window({1366, 768}, {}, [this](gui::Ui& ui) { app.draw(ui); }) {
    settle();
  }
  HostedClient(const HostedClient&) = delete;
  HostedClient& operator=(const HostedClient&) = delete;

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
  // The program ends and is started again, on the store that there is by now.
  void restart() {
    backend.shut();
    const auto slots = slot_kinds(folder.store());
    REQUIRE(slots.has_value());
    m::UiState state;
    state.settings = host->state().settings;
    state.page = m::Page::unlock;
    host = std::make_unique<gui::Host>(services(), backend, std::move(state), *slots);
    app = host->app();
    if (slots->held) host->open_remembered();
    settle();
  }
  void settle() {
    do {
      window.settle();
      next = app.act(window.ui(), fake.clock.monotonic_ms());
    } while (next.draw_again);
  }
  // As the window's loop does while nothing is drawn: true when it has to draw now.
  bool wake() {
    next = app.act(window.ui(), fake.clock.monotonic_ms());
    return next.draw_again;
  }
  // The line that tells of a success has gone by itself, and the person is still there.
  void rest() {
    fake.clock.advance(6'000);
    settle();
    window.ui().feed(gui::PointerMoved{{1, 1}});
    settle();
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
  // Instead of what stands there.
  void type_over(std::string_view field, std::string_view text) {
    click(field);
    window.key(gui::Key::a, {true, false});
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
  // The first run up to the empty board; the person's recovery words, as they were shown.
  std::string begin() {
    click("Wij beginnen een initiatief");
    type("Je voornaam", "Noor");
    type("Naam van het initiatief", "Tuin");
    type("Kies een wachtwoord (liefst een paar woorden)", "correct paard");
    type("Nog een keer hetzelfde wachtwoord", "correct paard");
    click("Begin");
    std::string words = host->facts().recovery_words.front().words;
    while (host->state().page == m::Page::words) click("Ik heb ze opgeschreven");
    return words;
  }
  // By the page that asks for it.
  void unlock(std::string_view passphrase) {
    type_over("Wachtwoord", passphrase);
    click("Openen");
  }
  [[nodiscard]] m::Page page() const { return host->state().page; }

  TempHome folder;
  FakeEnv fake;
  FakeSecretHolder keyring;
  std::vector<m::Settings> kept;
  gui::DirectBackend backend;
  std::unique_ptr<gui::Host> host;
  gui::App app;
  gui::Next next;
  gui::Headless window;
};

}  // namespace kiem::test
