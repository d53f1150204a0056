#include "gui/model/board.hpp"

#include <doctest/doctest.h>

#include "tests/unit/model/samples.hpp"

namespace kiem::model {
namespace {

using namespace samples;

std::vector<std::string> headings(const std::vector<CardGroup>& groups) {
  std::vector<std::string> all;
  for (const CardGroup& group : groups) all.push_back(group.heading);
  return all;
}

std::vector<std::string> titles(const std::vector<CardGroup>& groups) {
  std::vector<std::string> all;
  for (const CardGroup& group : groups) {
    for (const CardModel& each : group.cards) all.push_back(each.title);
  }
  return all;
}

CardModel only_card(const TaskCard& task, Lang lang = Lang::nl) { return card_model(reader(lang), task, false); }

TEST_CASE("cards stand under their day, what has no day behind them, and what is over last") {
  const BoardModel board = board_model(reader(), facts(), state());
  CHECK(headings(board.groups) == std::vector<std::string>{"Vandaag", "Morgen", "Dinsdag 20 april",
                                                           "Donderdag 22 april", "Vóór vrijdag 23 april",
                                                           "Wanneer het uitkomt", "Nog open van eerder"});
  CHECK(titles(board.groups).size() == 7);
  CHECK_FALSE(board.empty);
  CHECK(board.incomplete.empty());
}

TEST_CASE("what is still coming is told on the board, in numbers") {
  Facts known = facts();
  CHECK(board_model(reader(), known, state()).arriving.empty());
  known.status->arriving = Arriving{1'240, 20'000};
  CHECK(board_model(reader(), known, state()).arriving ==
        "Er komt nog meer binnen: 1.240 van 20.000 wijzigingen zijn er.");
}

TEST_CASE("two tasks of one day stand under one heading") {
  Facts known = facts();
  known.tasks->tasks = {card(1, "A", kToday, 1, 1), card(2, "B", kToday, 1, 1)};
  const BoardModel board = board_model(reader(), known, state());
  REQUIRE(board.groups.size() == 1);
  CHECK(board.groups.front().cards.size() == 2);
}

TEST_CASE("the board greets by the hour") {
  Reader now = reader();
  const auto title_at = [&](int hour) {
    now.now = at(kToday, hour, 0);
    return board_model(now, facts(), state()).title;
  };
  CHECK(title_at(5) == "Goedenacht, Noor");
  CHECK(title_at(6) == "Goedemorgen, Noor");
  CHECK(title_at(12) == "Goedemiddag, Noor");
  CHECK(title_at(18) == "Goedenavond, Noor");
  Facts nameless = facts();
  nameless.status->me.name.clear();
  CHECK(board_model(now, nameless, state()).title == "Welkom");
  CHECK(board_model(reader(Lang::en), facts(), state()).title == "Good afternoon, Noor");
}

TEST_CASE("the last seat of tomorrow is named, else it is said how many tasks need help") {
  Facts known = facts();
  CHECK(board_model(reader(), known, state()).subtitle == "Morgen is er nog één plek bij Heg knippen. Doe je mee?");
  known.tasks->tasks = {card(1, "A", kToday + 2, 1, 1), card(2, "B", kToday + 1, 3, 2)};
  CHECK(board_model(reader(), known, state()).subtitle == "Twee taken zoeken nog hulp. Doe je mee?");
  known.tasks->tasks = {card(1, "A", kToday + 2, 1, 1)};
  CHECK(board_model(reader(), known, state()).subtitle == "Eén taak zoekt nog hulp. Doe je mee?");
  known.tasks->tasks = {card(1, "A", kToday + 2, 1, 0), card(2, "B", kToday - 1, 1, 1)};
  CHECK(board_model(reader(), known, state()).subtitle == "Overal zijn genoeg handen. Fijn!");
}

TEST_CASE("a search finds all its words in title, place, note and roles, without accents or capitals") {
  UiState now = state();
  const auto found = [&](std::string text) {
    typed(now, Field::search) = std::move(text);
    return titles(board_model(reader(), facts(), now).groups);
  };
  CHECK(found("HEG") == std::vector<std::string>{"Heg knippen"});
  CHECK(found("  linde ").size() == 2);
  CHECK(found("thee rustig") == std::vector<std::string>{"Heg knippen"});
  CHECK(found("thee soep").empty());
  CHECK(found("").size() == 7);
}

TEST_CASE("nothing found says what was looked for and shows the way back to everything") {
  UiState now = state();
  typed(now, Field::search) = "olifant";
  const BoardModel board = board_model(reader(), facts(), now);
  REQUIRE(board.empty);
  CHECK(board.empty->title == "Niets gevonden");
  CHECK(board.empty->help == "Er is geen taak met ‘olifant’. Probeer een ander woord.");
  REQUIRE(board.empty->way_out);
  const Step step = apply(now, facts(), board.empty->way_out->intent);
  CHECK_FALSE(board_model(reader(), facts(), step.state).empty);
}

TEST_CASE("an initiative without tasks says so, and an answer that has not come says that") {
  Facts known = facts();
  known.tasks->tasks.clear();
  REQUIRE(board_model(reader(), known, state()).empty);
  CHECK(board_model(reader(), known, state()).empty->title == "Nog geen taken");
  CHECK(board_model(reader(), known, state()).empty->way_out->label == "Taak toevoegen");
  CHECK(board_model(reader(), known, state()).subtitle.empty());
  known.status->initiatives[0].my_role = kiem::Role::guest;
  CHECK_FALSE(board_model(reader(), known, state()).empty->way_out);
  known.tasks.reset();
  CHECK_FALSE(board_model(reader(), known, state()).empty);
  CHECK(board_model(reader(), known, state()).subtitle == "Even zoeken...");
}

TEST_CASE("filters keep what they are called") {
  UiState now = state();
  const auto kept = [&](BoardFilter filter) {
    now.filter = filter;
    return titles(board_model(reader(), facts(), now).groups);
  };
  CHECK(kept(BoardFilter::mine) == std::vector<std::string>{"Soep rondbrengen", "Opknapdag"});
  CHECK(kept(BoardFilter::free) == std::vector<std::string>{"Heg knippen", "Samen koffie in de kas", "Poster ophangen",
                                                            "Bankje schuren en verven"});
  CHECK(kept(BoardFilter::this_week) ==
        std::vector<std::string>{"Soep rondbrengen", "Heg knippen", "Samen koffie in de kas", "Opknapdag"});
  now.filter = BoardFilter::all;
  now.place = id_of<RecordId>(101);
  CHECK(titles(board_model(reader(), facts(), now).groups) == std::vector<std::string>{"Heg knippen"});
  const std::vector<Button> filters = board_model(reader(), facts(), now).filters;
  CHECK(filters.back().label == "Tuin Linde 4  ×");
  CHECK(filters.back().on);
  now.place = id_of<RecordId>(200);
  CHECK(board_model(reader(), facts(), now).empty->title == "Hier is nu niets");
}

TEST_CASE("this week ends before its eighth day and begins today") {
  UiState now = state();
  now.filter = BoardFilter::this_week;
  Facts known = facts();
  known.tasks->tasks = {card(1, "today", kToday, 1, 1), card(2, "sixth", kToday + 6, 1, 1),
                        card(3, "seventh", kToday + 7, 1, 1), card(4, "before", kToday - 1, 1, 1)};
  CHECK(titles(board_model(reader(), known, now).groups) == std::vector<std::string>{"today", "sixth"});
}

TEST_CASE("a card says how full its task is and offers the one thing to do") {
  CHECK(only_card(card(1, "A", kToday, 3, 2)).chip.text == "Nog 2 plekken");
  CHECK(only_card(card(1, "A", kToday, 3, 2)).chip.tone == Tone::attention);
  CHECK(only_card(card(1, "A", kToday, 3, 1)).chip.tone == Tone::urgent);
  CHECK(only_card(card(1, "A", kToday, std::nullopt, 0)).chip.text == "Iedereen welkom");
  CHECK(only_card(card(1, "A", kToday, 3, 1)).button->label == "Ik doe mee");
  CHECK(only_card(card(1, "A", kToday, 3, 1)).button->weight == Weight::primary);
  const CardModel full = only_card(card(1, "A", kToday, 3, 0));
  CHECK(full.chip.text == "Vol");
  CHECK(full.button->label == "Op de wachtlijst");
  CHECK(full.button->weight == Weight::quiet);
}

TEST_CASE("my own claim is what my card tells") {
  TaskCard task = card(1, "A", kToday, 3, 0);
  const auto chip = [&](ClaimState at_state, ClaimReason reason, std::uint32_t position = 0) {
    task.mine = claim(noor(), at_state, reason, position);
    return only_card(task).chip;
  };
  CHECK(chip(ClaimState::confirmed, ClaimReason::confirmed_by_assigner).text == "Je doet mee");
  CHECK(chip(ClaimState::confirmed, ClaimReason::confirmed_by_assigner).tone == Tone::good);
  CHECK(chip(ClaimState::provisional, ClaimReason::seat_free).text == "Voorlopig");
  CHECK(chip(ClaimState::seen, ClaimReason::seat_free).text == "Gezien");
  CHECK(chip(ClaimState::waiting, ClaimReason::taken_by_earlier, 2).text == "Wachtlijst 2");
  CHECK(chip(ClaimState::unplaced, ClaimReason::waits_for_named_attempt).text == "Nog niet te plaatsen");
  CHECK(chip(ClaimState::late, ClaimReason::after_closing).text == "Te laat");
  CHECK(only_card(task).button->label == "Afmelden");
  task.mine = claim(noor(), ClaimState::withdrawn, ClaimReason::withdrawn_by_claimant);
  CHECK(only_card(task).chip.text == "Vol");
  CHECK(only_card(task).button->label == "Op de wachtlijst");
}

TEST_CASE("a group placed in part says how many") {
  TaskCard task = card(1, "A", kToday, 3, 0);
  task.mine = claim(noor(), ClaimState::confirmed, ClaimReason::confirmed_by_assigner);
  task.mine->count = 3;
  task.mine->confirmed = 2;
  CHECK(only_card(task).chip.text == "Bevestigd 2, 1 wacht");
  task.mine->confirmed = 3;
  CHECK(only_card(task).chip.text == "Je doet mee");
}

TEST_CASE("nobody can sign up for what is over, done or called off") {
  CHECK_FALSE(only_card(card(1, "A", kToday - 1, 3, 3)).button);
  CHECK(only_card(card(1, "A", kToday - 1, 3, 3)).chip.text == "Geweest");
  CHECK(only_card(card(1, "A", kToday, 3, 3)).button);
  TaskCard task = card(1, "A", kToday, 3, 3);
  task.state = TaskState::cancelled;
  CHECK_FALSE(only_card(task).button);
  CHECK(only_card(task).chip.text == "Afgelast");
  task.state = TaskState::done;
  CHECK_FALSE(only_card(task).button);
  CHECK(only_card(task).chip.text == "Klaar");
}

TEST_CASE("a called-off task stays on the board of who had signed up, and of nobody else") {
  Facts known = facts();
  TaskCard off = card(1, "A", kToday + 1, 3, 3);
  off.state = TaskState::cancelled;
  known.tasks->tasks = {off};
  CHECK(titles(board_model(reader(), known, state()).groups).empty());
  off.mine = claim(noor(), ClaimState::cancelled, ClaimReason::task_cancelled);
  known.tasks->tasks = {off};
  CHECK(titles(board_model(reader(), known, state()).groups) == std::vector<std::string>{"A"});
  CHECK(mine_model(reader(), known, state()).groups.front().heading == "Gaat niet door");
}

TEST_CASE("tiles have a day, a last day, or the freedom to choose") {
  CHECK(only_card(card(1, "A", kToday, 1, 1)).tile.weekday == "za");
  CHECK(only_card(card(1, "A", kToday, 1, 1)).tile.day == "17");
  CHECK(only_card(card(1, "A", kToday, 1, 1)).tile.month == "apr");
  TaskCard task = card(1, "A", std::nullopt, 1, 1);
  CHECK(only_card(task).tile.weekday == "kies");
  CHECK(only_card(task).tile.day == "zelf");
  task.before = kToday + 6;
  CHECK(only_card(task).tile.weekday == "vóór");
  CHECK(only_card(task).tile.day == "23");
  CHECK(only_card(task).tile_label == "Vóór vrijdag 23 april");
}

TEST_CASE("a task without a name or place still has a card") {
  const CardModel model = only_card(card(1, "", kToday, 1, 1));
  CHECK(model.title == "Taak zonder naam");
  CHECK(model.where.empty());
  CHECK(model.when.empty());
}

TEST_CASE("my tasks stand by where my claim stands") {
  const MineModel mine = mine_model(reader(), facts(), state());
  CHECK(headings(mine.groups) == std::vector<std::string>{"Je bent erbij", "Op de wachtlijst"});
  CHECK(mine.subtitle == "Je staat bij twee taken.");
  CHECK(mine_count(reader(), facts()) == 2);
  Facts known = facts();
  known.tasks->tasks.clear();
  const MineModel none = mine_model(reader(), known, state());
  REQUIRE(none.empty);
  CHECK(apply(state(), known, none.empty->way_out->intent).state.page == Page::tasks);
}

TEST_CASE("what a limit or damage hides is said") {
  Facts known = facts();
  known.tasks->complete = false;
  CHECK_FALSE(board_model(reader(), known, state()).incomplete.empty());
}

}  // namespace
}  // namespace kiem::model
