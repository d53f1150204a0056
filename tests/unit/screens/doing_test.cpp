#include <doctest/doctest.h>

#include <map>
#include <set>

#include "tests/unit/screens/client.hpp"

namespace kiem {
namespace {

using namespace samples;

TEST_CASE("two clicks sign up: on the card, and on the question that follows") {
  for (const gui::Vec size : {kLaptop, kPhone}) {
    Client client(facts(), state(), size);
    REQUIRE(client.click("Ik doe mee", "Heg knippen"));
    CHECK(client.requests.empty());
    CHECK(gui::says(client.window.last(), "Meedoen met Heg knippen?"));
    REQUIRE(client.click("Een meer"));
    REQUIRE(client.click("Meld 2 mensen aan"));
    REQUIRE(client.last_act<ClaimTask>() != nullptr);
    CHECK(client.last_act<ClaimTask>()->task.text == to_text(id_of<RecordId>(2)));
    CHECK(client.last_act<ClaimTask>()->count == 2);
    CHECK_FALSE(client.state.pending);
  }
}

TEST_CASE("two clicks sign off, and the second thought is one click") {
  Client client(facts(), state(), kPhone);
  REQUIRE(client.click("Afmelden", "Opknapdag"));
  REQUIRE(client.click("Toch niet"));
  CHECK(client.last_act<WithdrawClaim>() == nullptr);
  REQUIRE(client.click("Afmelden", "Opknapdag"));
  REQUIRE(client.click("Ja, meld me af"));
  REQUIRE(client.last_act<WithdrawClaim>() != nullptr);
  CHECK(client.last_act<WithdrawClaim>()->task.text == to_text(id_of<RecordId>(3)));
}

TEST_CASE("a card opens its task, and the way back leads to the list") {
  Client client(facts(), state(), kPhone);
  REQUIRE(client.click("Heg knippen"));
  CHECK(client.state.task == id_of<RecordId>(2));
  client.facts.task = hedge_detail();
  client.window.settle();
  CHECK(gui::says(client.window.last(), "Wie komen er (2 van 3)"));
  REQUIRE(client.click("Waarom?", "1. Sven L."));
  CHECK(gui::says(client.window.last(), "anderen gaan voor"));
  REQUIRE(client.click("Terug"));
  CHECK_FALSE(client.state.task);
}

TEST_CASE("every page can be reached by clicks, wide and narrow") {
  for (const gui::Vec size : {kLaptop, kPhone}) {
    Client client(facts(), state(), size);
    const auto go = [&](const char* wide, const char* narrow, model::Page page) {
      if (size == kLaptop) {
        REQUIRE(client.click(wide));
      } else {
        if (page != model::Page::mine && page != model::Page::places && page != model::Page::tasks) {
          REQUIRE(client.click("Meer"));
        }
        REQUIRE(client.click(narrow));
      }
      CHECK(client.state.page == page);
    };
    go("Mijn taken", "Mijn", model::Page::mine);
    go("Plaatsen", "Plaatsen", model::Page::places);
    go("Mensen", "Mensen", model::Page::people);
    go("Delen", "Delen", model::Page::sharing);
    go("Instellingen", "Instellingen", model::Page::settings);
    go("Taken", "Taken", model::Page::tasks);
  }
}

TEST_CASE("typing in the search box finds as it goes, and Escape brings everything back") {
  Client client(facts(), state(), kLaptop);
  REQUIRE(client.click("Zoek een taak"));
  client.type("koffie");
  CHECK(typed(client.state, model::Field::search) == "koffie");
  CHECK(gui::says(client.window.last(), "Samen koffie in de kas"));
  CHECK_FALSE(gui::says(client.window.last(), "Opknapdag"));
  client.key(gui::Key::escape);
  CHECK(typed(client.state, model::Field::search).empty());
  CHECK(gui::says(client.window.last(), "Opknapdag"));
}

TEST_CASE("Ctrl+K puts the keyboard in the search box") {
  Client client(facts(), state(), kLaptop);
  client.key(gui::Key::k, {.ctrl = true});
  client.type("heg");
  CHECK(typed(client.state, model::Field::search) == "heg");
}

TEST_CASE("filters are pressed and show which one holds") {
  Client client(facts(), state(), kLaptop);
  REQUIRE(client.click("Van mij"));
  CHECK(client.state.filter == model::BoardFilter::mine);
  CHECK(gui::find(client.window.last(), "Van mij")->selected);
  CHECK_FALSE(gui::says(client.window.last(), "Samen koffie in de kas"));
}

TEST_CASE("a passphrase is typed in dots, told to no list, and sent by Enter") {
  model::UiState now;
  now.page = model::Page::unlock;
  Client client(model::Facts{}, now, kPhone);
  REQUIRE(client.click("Wachtwoord"));
  client.type("gewoon geheim");
  CHECK(typed(client.state, model::Field::passphrase) == "gewoon geheim");
  CHECK(gui::describe(client.window.last()).find("geheim") == std::string::npos);
  client.key(gui::Key::enter);
  REQUIRE(client.host.size() == 1);
  CHECK(std::get<model::OpenStore>(client.host[0]).passphrase == "gewoon geheim");
  CHECK(gui::says(client.window.last(), "Even openen..."));
}

TEST_CASE("the first run leads from a button to a form and on, and what was typed stays") {
  model::UiState now;
  now.has_store = false;
  now.page = model::Page::first_run;
  Client client(model::Facts{}, now, kLaptop);
  REQUIRE(client.click("Wij beginnen een initiatief"));
  REQUIRE(client.click("Naam van het initiatief"));
  client.type("Tuin Zoë");
  REQUIRE(client.click("Begin"));
  CHECK(gui::says(client.window.last(), "Vul je voornaam in."));
  CHECK(typed(client.state, model::Field::initiative_name) == "Tuin Zoë");
  REQUIRE(client.click("Sluiten"));
  CHECK_FALSE(client.state.notice);
  REQUIRE(client.click("Terug"));
  CHECK(client.state.page == model::Page::first_run);
  REQUIRE(client.click("Wij beginnen een initiatief"));
  CHECK(gui::find(client.window.last(), "Naam van het initiatief")->value == "Tuin Zoë");
}

TEST_CASE("looking around takes a name and one button") {
  model::UiState now;
  now.has_store = false;
  now.page = model::Page::first_run;
  Client client(model::Facts{}, now, kPhone);
  REQUIRE(client.click("Kijk rond in de proeftuin"));
  REQUIRE(client.click("Je voornaam"));
  client.type("Noor");
  REQUIRE(client.click("Ga rondkijken"));
  REQUIRE(client.host.size() == 1);
  CHECK(std::get<model::StartPractice>(client.host[0]).name == "Noor");
}

TEST_CASE("letters, colours and language are chosen by a click and by keys") {
  Client client(facts(), state(), kLaptop);
  REQUIRE(client.click("A+"));
  CHECK(client.state.settings.text_percent == 115);
  client.key(gui::Key::plus, {.ctrl = true});
  CHECK(client.state.settings.text_percent == 130);
  client.key(gui::Key::minus, {.ctrl = true});
  client.key(gui::Key::zero, {.ctrl = true});
  CHECK(client.state.settings.text_percent == 100);
  CHECK_FALSE(client.click("A-"));
  REQUIRE(client.click("Instellingen"));
  REQUIRE(client.click("Donker"));
  CHECK(client.state.settings.theme == model::Theme::dark);
  REQUIRE(client.click("English"));
  CHECK(gui::says(client.window.last(), "Settings"));
  CHECK_FALSE(gui::says(client.window.last(), "Instellingen"));
  REQUIRE(client.click("Nederlands"));
  CHECK(gui::says(client.window.last(), "Instellingen"));
}

TEST_CASE("the plug is pulled, an address is typed, an invitation is made and copied") {
  model::Facts known = facts();
  known.status->initiatives[0].my_role = kiem::Role::coordinator;
  Client client(known, state(), kLaptop);
  REQUIRE(client.click("Delen"));
  REQUIRE(client.click("Trek de stekker eruit"));
  CHECK_FALSE(std::get<model::SetPlug>(client.host.back()).plugged_in);
  REQUIRE(client.click("Adres van de andere laptop"));
  client.type("tcp://10.0.0.2:7430");
  REQUIRE(client.click("Nu delen"));
  CHECK(std::get<SyncWith>(client.requests.back()).address == "tcp://10.0.0.2:7430");
  client.state.busy = model::Busy::no;
  REQUIRE(client.click("Mensen"));
  REQUIRE(client.click("Iemand uitnodigen"));
  REQUIRE(client.click("Maak een code"));
  CHECK(std::holds_alternative<InviteNewcomer>(client.requests.back()));
  client.facts.invitation =
      InvitationMade{"kiem1abc", id_of<SpaceId>(9), "Lindekwartier", kiem::Role::volunteer, {}, true};
  REQUIRE(client.click("Kopieer de code"));
  CHECK(gui::says(client.window.last(), "QR-code van de uitnodiging"));
  CHECK(std::get<model::CopyText>(client.host.back()).text == "kiem1abc");
  CHECK(gui::says(client.window.last(), "De code is gekopieerd."));
}

TEST_CASE("news leads to its task and is gone then") {
  model::Facts known = facts();
  known.came_back = model::CameBack{person(11, "Sven L."), id_of<RecordId>(2), "Heg knippen"};
  Client client(known, state(), kLaptop);
  REQUIRE(client.click("Bekijk"));
  CHECK(client.state.task == id_of<RecordId>(2));
  CHECK_FALSE(client.facts.came_back);
}

TEST_CASE("a conflict is settled by a click on one of its values") {
  model::Facts known = facts_with_task();
  ConflictRow times;
  times.field = "time";
  times.sides = {{anneke(), at(kToday, 9, 0), "10:00", true},
                 {person(2, "Rachid B."), at(kToday, 10, 0), "13:30", false}};
  known.task->conflicts = {times};
  Client client(known, state_with_task(), kPhone);
  REQUIRE(client.click("Kies 13.30"));
  REQUIRE(client.last_act<EditTask>() != nullptr);
  CHECK(client.last_act<EditTask>()->start == 13 * 60 + 30);
}

TEST_CASE("a task is written down by clicks and keys, and a slip keeps what was typed") {
  for (const gui::Vec size : {kLaptop, kPhone}) {
    Client client(facts(), state(), size);
    REQUIRE(client.click("Taak toevoegen"));
    REQUIRE(client.click("Wat gaan we doen?"));
    client.type("Kas opruimen");
    REQUIRE(client.click("Dag"));
    client.type("32-4-2027");
    REQUIRE(client.click("Schuurtje"));
    REQUIRE(client.click("Bewaren"));
    CHECK(client.last_act<AddTask>() == nullptr);
    REQUIRE(client.click("Sluiten"));
    REQUIRE(client.click("Dag"));
    client.key(gui::Key::a, {.ctrl = true});
    client.type("24-4-2027");
    client.key(gui::Key::enter);
    REQUIRE(client.last_act<AddTask>() != nullptr);
    CHECK(client.last_act<AddTask>()->title == "Kas opruimen");
    CHECK(client.last_act<AddTask>()->date == kToday + 7);
    CHECK(client.last_act<AddTask>()->place->text == to_text(id_of<RecordId>(106)));
  }
}

// --- keyboard --------------------------------------------------------------------------------------------------------

struct Walk {
  std::set<gui::WidgetId> reached;
  std::map<gui::WidgetId, std::string> offered;  // all that could be pressed in any frame on the way
  bool came_round = false;
};

// Presses Tab until the keyboard stands where it began.
Walk walk(Client& client, gui::Mods mods) {
  constexpr int kMostPresses = 400;
  Walk walked;
  std::optional<gui::WidgetId> first;
  for (int i = 0; i < kMostPresses && !walked.came_round; ++i) {
    client.window.key(gui::Key::tab, mods);
    for (const gui::Widget& widget : client.window.last().widgets) {
      if (widget.actionable && widget.enabled) walked.offered[widget.id] = widget.label;
    }
    const gui::Widget* const widget = gui::focused(client.window.last());
    if (widget == nullptr) continue;
    CHECK_MESSAGE(widget->visible.h > 0, widget->label);
    if (!first) first = widget->id;
    walked.came_round = !walked.reached.insert(widget->id).second && widget->id == *first;
  }
  return walked;
}

TEST_CASE("Tab and Shift+Tab reach everything that can be pressed on every page, and come round") {
  for (const gui::Vec size : {kLaptop, kPhone}) {
    Client client(facts(), state(), size);
    for (const Scene& scene : scenes()) {
      INFO(scene.name);
      for (const gui::Mods mods : {gui::Mods{}, gui::Mods{.shift = true}}) {
        client.show(scene.facts, scene.state);
        const Walk walked = walk(client, mods);
        CHECK(walked.came_round);
        for (const auto& each : walked.offered) CHECK_MESSAGE(walked.reached.contains(each.first), each.second);
      }
    }
  }
}

void tab_to(Client& client, std::string_view label, std::string_view group = {}) {
  for (int i = 0; i < 80; ++i) {
    const gui::Widget* const widget = gui::focused(client.window.last());
    if (widget != nullptr && widget->label == label && (group.empty() || widget->group == group)) return;
    client.key(gui::Key::tab);
  }
  FAIL("the keyboard did not reach " << label);
}

TEST_CASE("signing up and off goes by keyboard alone, with Enter and with Space") {
  for (const gui::Vec size : {kLaptop, kPhone}) {
    for (const gui::Key press : {gui::Key::enter, gui::Key::space}) {
      Client client(facts(), state(), size);
      tab_to(client, "Ik doe mee", "Heg knippen");
      client.key(press);
      REQUIRE(client.state.pending);
      tab_to(client, "Ja, ik doe mee");
      client.key(press);
      CHECK(client.last_act<ClaimTask>() != nullptr);
      tab_to(client, "Afmelden", "Opknapdag");
      client.key(press);
      client.key(gui::Key::escape);
      CHECK_FALSE(client.state.pending);
      CHECK(client.last_act<WithdrawClaim>() == nullptr);
    }
  }
}

TEST_CASE("arrows move through the sidebar") {
  Client client(facts(), state(), kLaptop);
  tab_to(client, "Taken");
  client.key(gui::Key::down);
  REQUIRE(gui::focused(client.window.last()) != nullptr);
  CHECK(gui::focused(client.window.last())->label == "Mijn taken");
  client.key(gui::Key::up);
  CHECK(gui::focused(client.window.last())->label == "Taken");
}

TEST_CASE("Escape goes from a task to the list and from a page to the one before") {
  Client client(facts_with_task(), state_with_task(), kPhone);
  client.key(gui::Key::escape);
  CHECK_FALSE(client.state.task);
  REQUIRE(client.click("Plaatsen"));
  client.key(gui::Key::escape);
  CHECK(client.state.page == model::Page::tasks);
}

TEST_CASE("a long board draws only what is near") {
  model::Facts known = facts();
  for (int i = 0; i < 2000; ++i) {
    TaskCard task = card(200, "Taak " + std::to_string(i), kToday + 2 + i / 4, 3, 2);
    task.id.bytes[0] = static_cast<std::uint8_t>(i);
    task.id.bytes[1] = static_cast<std::uint8_t>(i / 256);
    known.tasks->tasks.push_back(task);
  }
  Client client(known, state(), kLaptop);
  std::size_t cards = 0;
  for (const gui::Widget& widget : client.window.last().widgets) cards += widget.role == gui::Role::card ? 1 : 0;
  CHECK(cards >= 3);
  CHECK(cards < 40);
}

TEST_CASE("a neighbour is let in by clicks: letters, words that are read to each other, and a way out at each step") {
  for (const gui::Vec size : {kLaptop, kPhone}) {
    model::Facts known = facts();
    known.status->initiatives[0].practice = false;
    known.status->initiatives[0].my_role = kiem::Role::coordinator;
    model::UiState now = state();
    now.page = model::Page::sharing;
    Client client(known, now, size);
    REQUIRE(client.click("Kiem in de buurt"));
    CHECK(gui::says(client.window.last(), "Even rondkijken"));
    REQUIRE(client.click("Laat een buur meedoen"));
    REQUIRE(client.click("Toon de acht letters"));
    const auto hears = [&](const NodeRequest& request, Result<NodeAnswer> answer) {
      for (NodeRequest& next : model::take_answer(client.facts, client.state, request, answer)) {
        client.requests.push_back(std::move(next));
      }
      client.window.settle();
    };
    REQUIRE(std::holds_alternative<OpenPairing>(client.requests.back()));
    hears(client.requests.back(), NodeAnswer(PairingOpened{"k7qd-2m9x"}));
    CHECK(gui::says(client.window.last(), "k7qd-2m9x"));
    CHECK(gui::find(client.window.last(), "Stop ermee") != nullptr);
    hears(client.requests.back(), NodeAnswer(PairingShown{{"appel", "brug", "citroen", "dak"}}));
    CHECK(gui::says(client.window.last(), "2. brug"));
    CHECK(gui::find(client.window.last(), "Stop ermee") != nullptr);
    REQUIRE(client.click("Ja, dezelfde woorden"));
    CHECK(gui::find(client.window.last(), "Stop ermee") != nullptr);
    hears(client.requests.back(), NodeAnswer(PairingGiven{"Lindekwartier"}));
    CHECK(gui::says(client.window.last(), "Je buur hoort nu bij Lindekwartier."));
  }
}

TEST_CASE("a code of eight letters is typed where an invitation is, and Enter looks for the neighbour") {
  model::UiState now = state();
  now.page = model::Page::join;
  Client client(facts(), now, kPhone);
  REQUIRE(client.click("Code"));
  client.type("k7qd2m9x");
  client.key(gui::Key::enter);
  REQUIRE_FALSE(client.requests.empty());
  CHECK(std::holds_alternative<PairWith>(client.requests.back()));
  CHECK(gui::says(client.window.last(), "Je buur zoeken"));
  client.key(gui::Key::escape);
  CHECK(client.state.page == model::Page::join);
  CHECK(typed(client.state, model::Field::code) == "k7qd2m9x");
}

TEST_CASE("a thing is found in a list, changed by typing and pressing, and taken away, wide and narrow") {
  for (const gui::Vec size : {kLaptop, kPhone}) {
    Client client(facts_with_lists(), state(), size);
    if (size == kPhone) REQUIRE(client.click("Meer"));
    REQUIRE(client.click("Lijsten"));
    REQUIRE(client.click("Gereedschap"));
    REQUIRE(client.click("Zoek in Gereedschap"));
    client.type("steen");
    CHECK_FALSE(gui::says(client.window.last(), "Ladder"));
    REQUIRE(client.click("Boormachine"));
    CHECK(gui::says(client.window.last(), "los van elkaar; nu geldt stuk."));
    REQUIRE(client.click("Kies vrij", "Stand"));
    REQUIRE(client.last_act<kiem::SettleConflict>() != nullptr);
    CHECK(client.last_act<kiem::SettleConflict>()->side == 2);
    REQUIRE(client.click("Pas aan"));
    REQUIRE(client.click("vrij", "Stand"));
    REQUIRE(client.click("Nog een bij Waarvoor"));
    client.type("metaal");
    client.key(gui::Key::enter);
    CHECK(gui::find(client.window.last(), "metaal weg") != nullptr);
    REQUIRE(client.click("hout weg"));
    REQUIRE(client.click("Uitleg, alinea 2"));
    client.key(gui::Key::end);
    client.type(" Rustig aan.");
    REQUIRE(client.click("Opslaan"));
    const auto* const change = client.last_act<ChangeRecord>();
    REQUIRE(change != nullptr);
    REQUIRE(change->set.size() == 2);
    CHECK(change->set[0].text == "vrij");
    CHECK(change->set[1].text == "Bril op.\nGaten eerst aftekenen. Rustig aan.");
    REQUIRE(change->add.size() == 1);
    CHECK(change->add[0].text == "metaal");
    REQUIRE(change->remove.size() == 1);
    CHECK(change->remove[0].text == "hout");
  }
}

TEST_CASE("a line that tells of a success can carry an undo, reached by the mouse and by the keyboard") {
  for (const bool by_keyboard : {false, true}) {
    model::UiState now = state_on(model::Page::records);
    now.notice = model::Notice{model::Notice::Kind::done, "Boormachine is aangepast.", {}, model::TakeBack{}};
    Client client(facts_with_lists(), now, kLaptop);
    if (by_keyboard) {
      for (int i = 0; i < 40; ++i) {
        client.key(gui::Key::tab);
        const gui::Widget* const at = gui::focused(client.window.last());
        if (at != nullptr && at->label == "Ongedaan maken") break;
      }
      client.key(gui::Key::enter);
    } else {
      REQUIRE(client.click("Ongedaan maken"));
    }
    REQUIRE(client.last_act<UndoAct>() != nullptr);
    CHECK_FALSE(client.state.notice);
  }
}

}  // namespace
}  // namespace kiem
