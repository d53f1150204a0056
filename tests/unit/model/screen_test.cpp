#include "gui/model/screen.hpp"

#include <doctest/doctest.h>

#include "tests/unit/model/samples.hpp"

namespace kiem::model {
namespace {

using namespace samples;

UiState at_page(Page page, bool has_store = true) {
  UiState now = state();
  now.page = page;
  now.has_store = has_store;
  if (!has_store) now.initiative.reset();
  return now;
}

TEST_CASE("every page has a model in both languages") {
  for (const Lang lang : {Lang::nl, Lang::en}) {
    for (int page = 0; page <= static_cast<int>(Page::more); ++page) {
      const ScreenModel screen = screen_model(reader(lang), facts_with_task(), at_page(static_cast<Page>(page)));
      CHECK(screen.page == static_cast<Page>(page));
      CHECK(screen.shell.nav.size() == 6);
      CHECK(screen.shell.bar.size() == 4);
    }
  }
}

TEST_CASE("a model can be made of nothing that is known") {
  for (int page = 0; page <= static_cast<int>(Page::more); ++page) {
    UiState now;
    now.page = static_cast<Page>(page);
    CHECK(screen_model(reader(), Facts{}, now).shell.initiative.empty());
  }
}

TEST_CASE("the first run has three buttons, and one that leads to practice leads there") {
  const FirstRunModel first = first_run_model(reader(), at_page(Page::first_run, false));
  REQUIRE(first.choices.size() == 3);
  CHECK(first.choices[0].button.label == "Kijk rond in de proeftuin");
  CHECK(first.choices[1].button.label == "Ik heb een uitnodiging");
  CHECK(first.choices[2].button.label == "Wij beginnen een initiatief");
  CHECK(apply(UiState{}, Facts{}, first.choices[0].button.intent).state.page == Page::practice);
  CHECK(first_run_model(reader(), at_page(Page::first_run)).choices.size() == 2);
  CHECK(first.languages[0].label == "Nederlands");
  CHECK(first_run_model(reader(Lang::en), at_page(Page::first_run)).languages[0].label == "Nederlands");
}

TEST_CASE("forms have the fields they need, and secrets are shown on request only") {
  CHECK(form_model(reader(), Facts{}, at_page(Page::practice, false)).fields.size() == 1);
  CHECK(form_model(reader(), Facts{}, at_page(Page::begin, false)).fields.size() == 4);
  CHECK(form_model(reader(), Facts{}, at_page(Page::begin)).fields.size() == 1);
  CHECK(form_model(reader(), Facts{}, at_page(Page::join, false)).fields.size() == 4);
  CHECK(form_model(reader(), Facts{}, at_page(Page::join)).fields.size() == 1);
  UiState now = at_page(Page::unlock);
  FormModel form = form_model(reader(), Facts{}, now);
  REQUIRE(form.fields.size() == 1);
  CHECK(form.fields[0].secret);
  CHECK_FALSE(form.back);
  now = apply(now, Facts{}, form.show_secret->intent).state;
  form = form_model(reader(), Facts{}, now);
  CHECK_FALSE(form.fields[0].secret);
  CHECK(form.show_secret->label == "Verberg");
  now.busy = Busy::opening;
  CHECK_FALSE(form_model(reader(), Facts{}, now).go.enabled);
  CHECK(form_model(reader(), Facts{}, now).go.label == "Even openen...");
}

TEST_CASE("a form shows again what was typed before") {
  UiState now = at_page(Page::join, false);
  now = apply(now, Facts{}, Type{Field::code, "kiem1abc"}).state;
  now = apply(now, Facts{}, GoTo{Page::first_run}).state;
  now = apply(now, Facts{}, GoTo{Page::join}).state;
  CHECK(form_model(reader(), Facts{}, now).fields[0].value == "kiem1abc");
}

TEST_CASE("recovery words are numbered and say whose they are") {
  Facts known;
  known.recovery_words = {{RecoveryWords::Of::person, "appel  boom kas"}, {RecoveryWords::Of::initiative, "dak"}};
  const WordsModel words = words_model(reader(), known);
  CHECK(words.words == std::vector<std::string>{"1. appel", "2. boom", "3. kas"});
  CHECK(words.caption == "Jouw herstelwoorden");
  known.recovery_words.erase(known.recovery_words.begin());
  CHECK(words_model(reader(), known).caption == "De herstelwoorden van het initiatief");
  known.recovery_words.clear();
  CHECK(words_model(reader(), known).words.empty());
}

TEST_CASE("sidebar and bar mark where we are, also on pages that are not in them") {
  const auto here = [](const std::vector<NavItem>& items) {
    std::string marked;
    for (const NavItem& item : items) {
      if (item.here) marked += item.label;
    }
    return marked;
  };
  const auto shell_at = [&](Page page) { return shell_model(reader(), facts(), at_page(page)); };
  CHECK(here(shell_at(Page::tasks).nav) == "Taken");
  CHECK(here(shell_at(Page::invite).nav) == "Mensen");
  CHECK(here(shell_at(Page::join).nav) == "Instellingen");
  CHECK(here(shell_at(Page::sharing).bar) == "Meer");
  CHECK(here(shell_at(Page::places).bar) == "Plaatsen");
  CHECK(shell_at(Page::tasks).nav[1].count == 2);
  CHECK(shell_at(Page::tasks).initiative == "Lindekwartier (proeftuin)");
}

TEST_CASE("an error and what can be chosen from stand in one notice") {
  UiState now = state();
  now.notice = Notice{Notice::Kind::error, "Welke?", {"a Heg", "b Heg"}};
  CHECK(shell_model(reader(), facts(), now).notice->text == "Welke?\na Heg\nb Heg");
}

TEST_CASE("a laptop that comes back is news, with the way to the task it touches") {
  Facts known = facts();
  known.came_back = CameBack{person(11, "Sven L."), id_of<RecordId>(2), "Heg knippen"};
  const Shell shell = shell_model(reader(), known, state());
  REQUIRE(shell.news);
  CHECK(shell.news->text ==
        "De laptop van Sven L. was weg en komt terug. Sven L. had zich ook aangemeld voor Heg knippen.");
  CHECK(apply(state(), known, shell.news->look->intent).state.task == id_of<RecordId>(2));
  known.came_back->task.reset();
  CHECK_FALSE(shell_model(reader(), known, state()).news->look);
}

TEST_CASE("settings show what holds, and what this person may do in the initiative") {
  Facts known = facts();
  SettingsModel settings = settings_model(reader(), known, state());
  REQUIRE(settings.choices.size() == 3);
  CHECK(settings.choices[0].options.size() == 6);
  CHECK(settings.choices[0].options[0].on);
  CHECK(settings.choices[1].options[0].on);
  CHECK(settings.initiative.empty());
  known.status->initiatives[0].practice = false;
  CHECK(settings_model(reader(), known, state()).initiative.size() == 2);
  known.status->initiatives[0].my_role = kiem::Role::coordinator;
  CHECK(settings_model(reader(), known, state()).initiative.size() == 3);
  known.status->initiatives.push_back(initiative());
  known.status->initiatives[1].id = id_of<SpaceId>(8);
  settings = settings_model(reader(), known, state());
  REQUIRE(settings.choices.size() == 4);
  CHECK(settings.choices[3].options[0].on);
  CHECK(apply(state(), known, settings.choices[3].options[1].intent).state.initiative == id_of<SpaceId>(8));
}

TEST_CASE("people are shown with their role, and only a coordinator can invite") {
  Facts known = facts();
  PeopleModel people = people_model(reader(), known, state());
  REQUIRE(people.people.size() == 3);
  CHECK(people.subtitle == "Met 3 mensen.");
  CHECK(people.people[0].role == "Coördinator");
  CHECK(people.people[0].detail == "Kan goed: plannen en luisteren. Spreekt: Nederlands.");
  CHECK(people.people[1].role == "Zonder Kiem");
  CHECK(people.people[2].shown == "Noor (jij)");
  CHECK_FALSE(people.invite);
  known.status->initiatives[0].my_role = kiem::Role::coordinator;
  CHECK(people_model(reader(), known, state()).invite);
  known.people->people.clear();
  CHECK(people_model(reader(), known, state()).empty);
  known.people.reset();
  CHECK_FALSE(people_model(reader(), known, state()).empty);
}

TEST_CASE("places tell what they are and lead to their tasks") {
  const PlacesModel places = places_model(reader(), facts(), state());
  REQUIRE(places.places.size() == 2);
  CHECK(places.places[0].kind == "Tuin, Lindekwartier");
  CHECK(places.places[0].meet == "Verzamelen: Bij de kas");
  CHECK(places.places[0].tasks.text == "1 taak");
  CHECK(apply(state(), facts(), places.places[0].show->intent).state.place == id_of<RecordId>(101));
  CHECK(places.places[1].tasks.text == "Nu geen taken");
  CHECK_FALSE(places.places[1].show);
  Facts none = facts();
  none.places->places.clear();
  CHECK(places_model(reader(), none, state()).empty);
}

TEST_CASE("only the board and my tasks have a task beside them") {
  CHECK(screen_model(reader(), facts_with_task(), state_with_task()).has_task);
  UiState now = state_with_task();
  now.page = Page::people;
  CHECK_FALSE(screen_model(reader(), facts_with_task(), now).has_task);
}

TEST_CASE("opening and making a store stand alone, without a sidebar") {
  CHECK_FALSE(screen_model(reader(), Facts{}, at_page(Page::first_run, false)).framed);
  CHECK_FALSE(screen_model(reader(), Facts{}, at_page(Page::join, false)).framed);
  CHECK(screen_model(reader(), facts(), at_page(Page::join)).framed);
  CHECK(screen_model(reader(), facts(), at_page(Page::tasks)).framed);
}

}  // namespace
}  // namespace kiem::model
