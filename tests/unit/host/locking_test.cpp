// Locking by hand and by itself, remembering, and the way by recovery words, on a real store.
#include <doctest/doctest.h>

#include "core/identity/recovery.hpp"
#include "core/l10n/errors.hpp"
#include "tests/unit/host/hosted_client.hpp"

namespace kiem::test {
namespace {

constexpr std::int64_t kMinute = 60'000;

SlotKinds slots(const HostedClient& client) { return slot_kinds(client.folder.store()).value(); }

bool is_locked(HostedClient& client) {
  return client.page() == m::Page::unlock && client.backend.community() == nullptr;
}

// --- by hand ---------------------------------------------------------------------------------------------------------

TEST_CASE("Ctrl+L shuts the store, forgets people, keeps a draft, and the passphrase leads back to it") {
  HostedClient client;
  client.begin();
  client.add_task("Heg knippen", 1);
  client.click("Taak toevoegen");
  client.type("Wat gaan we doen?", "Soep koken");
  client.window.key(gui::Key::l, {.ctrl = true});
  client.settle();
  CHECK(is_locked(client));
  CHECK_FALSE(client.host->facts().status);
  CHECK_FALSE(client.host->facts().tasks);
  CHECK(client.host->waiting() == 0);
  CHECK_FALSE(client.says("Heg knippen"));
  CHECK_FALSE(client.says("Soep koken"));
  CHECK(client.says("Kiem is op slot. Met je wachtwoord gaat het weer open. Wat je aan het typen was, staat er nog."));

  client.unlock("fout paard");
  CHECK(is_locked(client));
  client.unlock("correct paard");
  CHECK(client.page() == m::Page::add_task);
  CHECK(m::typed(client.host->state(), m::Field::task_title) == "Soep koken");
  REQUIRE(client.host->facts().tasks);
  CHECK(client.host->facts().tasks->tasks.size() == 1);
}

TEST_CASE("a store that was locked is not opened by the key that the keyring keeps") {
  HostedClient client;
  client.begin();
  client.click("Instellingen");
  client.click("Ja", "Onthoud op deze laptop");
  REQUIRE(slots(client).held);
  const int fetches = client.keyring.fetches;
  client.click("Op slot doen");
  client.fake.clock.advance(30 * kMinute);
  client.settle();
  CHECK(is_locked(client));
  CHECK(client.keyring.fetches == fetches);
  client.unlock("correct paard");
  CHECK(client.page() == m::Page::settings);
}

// --- by itself -------------------------------------------------------------------------------------------------------

TEST_CASE("a store locks when nobody did anything for as long as the settings say, and at that moment") {
  HostedClient client;
  client.begin();
  client.rest();
  const std::uint64_t deadline = client.fake.clock.monotonic_ms() + 15 * kMinute;
  CHECK(client.next.act_again_ms == deadline);
  // Idle: woken for other reasons nothing is drawn, and the deadline stays.
  client.fake.clock.advance(15 * kMinute - 1);
  CHECK_FALSE(client.wake());
  CHECK(client.next.act_again_ms == deadline);
  client.fake.clock.advance(1);
  CHECK(client.wake());
  CHECK(is_locked(client));
  client.settle();
  CHECK(client.says("Je was er even niet, dus Kiem is op slot. Met je wachtwoord gaat het weer open."));
  // Once: a locked store waits for a person alone.
  CHECK_FALSE(client.next.act_again_ms);
  CHECK_FALSE(client.wake());
}

TEST_CASE("every key and every move of the pointer puts the lock off") {
  HostedClient client;
  client.begin();
  client.rest();
  for (const gui::Event& event :
       {gui::Event(gui::PointerMoved{{3, 3}}), gui::Event(gui::KeyPressed{gui::Key::down, {}}),
        gui::Event(gui::Typed{U'x'}), gui::Event(gui::Wheel{1})}) {
    client.fake.clock.advance(15 * kMinute - 1);
    client.window.ui().feed(event);
    CHECK_FALSE(client.wake());
    CHECK(client.next.act_again_ms == client.fake.clock.monotonic_ms() + 15 * kMinute);
  }
  // What the window does by itself is nobody.
  client.fake.clock.advance(15 * kMinute);
  client.window.ui().feed(gui::FocusLost{});
  CHECK(client.wake());
  CHECK(is_locked(client));
}

TEST_CASE("a laptop that slept is locked before the key that woke it counts") {
  HostedClient client;
  client.begin();
  // Asleep: the monotonic clock stands still.
  client.fake.clock.set_wall(client.fake.clock.wall().ms + 15 * kMinute);
  client.window.ui().feed(gui::KeyPressed{gui::Key::down, {}});
  CHECK(client.wake());
  CHECK(is_locked(client));
}

TEST_CASE("the time to the lock is the chosen one, and never is never") {
  HostedClient client;
  client.begin();
  client.click("Instellingen");
  client.click("Na 5 minuten", "Vanzelf op slot");
  CHECK(client.kept.back().lock_minutes == 5);
  CHECK(client.next.act_again_ms == client.fake.clock.monotonic_ms() + 5 * kMinute);
  client.click("Nooit", "Vanzelf op slot");
  CHECK_FALSE(client.next.act_again_ms);
  client.fake.clock.advance(1000 * kMinute);
  client.settle();
  CHECK(client.page() == m::Page::settings);
}

TEST_CASE("recovery words on the screen are not locked away, for they come once") {
  HostedClient client;
  client.click("Wij beginnen een initiatief");
  client.type("Je voornaam", "Noor");
  client.type("Naam van het initiatief", "Tuin");
  client.type("Kies een wachtwoord (liefst een paar woorden)", "correct paard");
  client.type("Nog een keer hetzelfde wachtwoord", "correct paard");
  client.click("Begin");
  REQUIRE(client.page() == m::Page::words);
  client.rest();
  CHECK_FALSE(client.next.act_again_ms);
  client.fake.clock.advance(60 * kMinute);
  CHECK_FALSE(client.wake());
  client.window.key(gui::Key::l, {.ctrl = true});
  client.settle();
  CHECK(client.page() == m::Page::words);
  CHECK(client.host->facts().recovery_words.size() == 2);
}

TEST_CASE("a store without a passphrase never locks") {
  HostedClient client;
  std::string words;
  const Bytes key(kKeyFileBytes, 7);
  REQUIRE(Community::create(client.folder.store(), KeyFile{SecretBytes::copy_of(key)}, "Noor", client.fake.env(), words,
                            cheap())
              .has_value());
  client.host->open(KeyFile{SecretBytes::copy_of(key)});
  client.settle();
  CHECK_FALSE(client.next.act_again_ms);
  client.fake.clock.advance(1000 * kMinute);
  client.window.key(gui::Key::l, {.ctrl = true});
  client.settle();
  CHECK(client.backend.community() != nullptr);
}

// --- remembering -----------------------------------------------------------------------------------------------------

TEST_CASE("a remembered store opens by itself when the program starts, and asks again once that was turned off") {
  HostedClient client;
  client.begin();
  CHECK_FALSE(slots(client).held);  // off until it is asked for
  CHECK(client.keyring.kept.empty());
  client.click("Instellingen");
  client.click("Ja", "Onthoud op deze laptop");
  CHECK(slots(client).held);
  CHECK(slots(client).passphrase);
  REQUIRE(client.keyring.kept.size() == 1);
  CHECK(client.keyring.kept.begin()->first == store_id(client.folder.store()).value());
  CHECK(client.keyring.kept.begin()->second.size() == kHeldKeyBytes);

  client.restart();
  CHECK(client.page() == m::Page::tasks);
  CHECK(client.backend.community() != nullptr);
  client.click("Instellingen");
  client.click("Nee", "Onthoud op deze laptop");
  CHECK_FALSE(slots(client).held);
  CHECK(client.keyring.kept.empty());
  client.restart();
  CHECK(is_locked(client));
}

TEST_CASE("a keyring that refuses, lost the key or has another one leaves the passphrase, in one sentence") {
  HostedClient client;
  client.begin();
  client.click("Instellingen");
  client.click("Ja", "Onthoud op deze laptop");
  const auto kept = client.keyring.kept;
  const std::string lost =
      "Deze laptop heeft de sleutel niet meer. Met je wachtwoord gaat Kiem open; bij Instellingen kan het onthouden "
      "weer "
      "aan.";
  const auto falls_back = [&](const std::string& sentence) {
    client.restart();
    CHECK(is_locked(client));
    CHECK_FALSE(client.host->state().notice);
    CHECK(client.says(sentence));
    client.unlock("correct paard");
    CHECK(client.page() == m::Page::tasks);
  };
  client.keyring.refusal = "locked";
  falls_back(error_sentence(Lang::nl, {ErrorCode::keyring_failed, Fault::machine, {"locked"}}));
  client.keyring.refusal.clear();
  client.keyring.kept.clear();
  falls_back(lost);
  client.keyring.kept = kept;
  client.keyring.kept.begin()->second.back() ^= 1;
  falls_back(lost);
  client.keyring.kept.begin()->second.resize(3);
  falls_back(lost);
  // Asked for once more, it works again.
  client.click("Instellingen");
  client.click("Ja", "Onthoud op deze laptop");
  client.restart();
  CHECK(client.page() == m::Page::tasks);
}

TEST_CASE("a keyring that refuses to keep leaves the store as it was") {
  HostedClient client;
  client.begin();
  client.click("Instellingen");
  client.keyring.refusal = "no";
  client.click("Ja", "Onthoud op deze laptop");
  CHECK_FALSE(slots(client).held);
  REQUIRE(client.host->state().notice);
  CHECK(client.host->state().notice->kind == m::Notice::Kind::error);
  CHECK(client.host->state().busy == m::Busy::no);
}

TEST_CASE("turning it off works without the keyring, and says that something stayed there") {
  HostedClient client;
  client.begin();
  client.click("Instellingen");
  client.click("Ja", "Onthoud op deze laptop");
  client.keyring.refusal = "locked";
  client.click("Nee", "Onthoud op deze laptop");
  CHECK_FALSE(slots(client).held);
  CHECK(client.keyring.kept.size() == 1);
  REQUIRE(client.host->state().notice);
  CHECK(client.host->state().notice->text.find("niets meer opent") != std::string::npos);
}

// --- recovery words --------------------------------------------------------------------------------------------------

TEST_CASE("twelve words open the store, a new passphrase is chosen, and the old one opens nothing any more") {
  HostedClient client;
  const std::string words = client.begin();
  client.restart();
  client.click("Wachtwoord vergeten?");
  client.type("Jouw herstelwoorden", "appel boom kas");
  client.click("Openen");
  CHECK(client.page() == m::Page::forgotten);
  REQUIRE(client.host->state().notice);
  CHECK(client.host->state().notice->kind == m::Notice::Kind::error);
  CHECK(m::typed(client.host->state(), m::Field::recovery_words) == "appel boom kas");

  client.type_over("Jouw herstelwoorden", words);
  client.click("Openen");
  REQUIRE(client.page() == m::Page::new_passphrase);
  CHECK(m::typed(client.host->state(), m::Field::recovery_words).empty());
  CHECK_FALSE(client.host->facts().tasks);
  client.type("Kies een wachtwoord (liefst een paar woorden)", "nieuw paard");
  client.type("Nog een keer hetzelfde wachtwoord", "nieuw paard");
  client.click("Dit wordt mijn wachtwoord");
  CHECK(client.page() == m::Page::tasks);
  CHECK(client.says("Je nieuwe wachtwoord geldt vanaf nu."));

  client.restart();
  client.unlock("correct paard");
  CHECK(is_locked(client));
  client.unlock("nieuw paard");
  CHECK(client.page() == m::Page::tasks);
}

TEST_CASE("words that belong together and to another store are told as wrong words") {
  HostedClient client;
  client.begin();
  client.restart();
  client.click("Wachtwoord vergeten?");
  SeededRng other(99);
  client.type("Jouw herstelwoorden", RecoveryWords::generate(other).to_text());
  client.click("Openen");
  CHECK(client.page() == m::Page::forgotten);
  REQUIRE(client.host->state().notice);
  CHECK(client.host->state().notice->text ==
        error_sentence(Lang::nl, Error{ErrorCode::wrong_words, Fault::person, {}}));
}

TEST_CASE("a window left after the words locks as any other") {
  HostedClient client;
  const std::string words = client.begin();
  client.restart();
  client.click("Wachtwoord vergeten?");
  client.type("Jouw herstelwoorden", words);
  client.click("Openen");
  REQUIRE(client.page() == m::Page::new_passphrase);
  client.fake.clock.advance(15 * kMinute);
  CHECK(client.wake());
  client.settle();
  CHECK(is_locked(client));
}

}  // namespace
}  // namespace kiem::test
