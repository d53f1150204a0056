#include "gui/model/task_page.hpp"

#include <doctest/doctest.h>

#include "tests/unit/model/samples.hpp"

namespace kiem::model {
namespace {

using namespace samples;

TaskPage page_of(const TaskDetail& detail, UiState now = state_with_task()) {
  Facts known = facts();
  known.task = detail;
  return task_page(reader(), known, now);
}

TEST_CASE("a task's page tells what, when, where and that the address comes with the confirmation") {
  const TaskPage page = page_of(hedge_detail());
  CHECK_FALSE(page.empty);
  CHECK(page.title == "Heg knippen");
  CHECK(page.day == "Morgen");
  CHECK(page.hours == "18.30 – 20.30 uur");
  CHECK(page.place == "Tuin Linde 4");
  CHECK(page.address == "Je ziet het adres als je bevestigd bent");
  CHECK(page.asked_for == "3 handen");
  CHECK(page.added_by == "Taak van Anneke V.");
  CHECK(page.assigner == "Anneke V. verdeelt de plekken");
  CHECK(page.standing.empty());
  REQUIRE(page.main);
  CHECK(page.main->label == "Ik doe mee");
}

TEST_CASE("who comes is shown, who waits is not counted as coming, and nobody is left out") {
  const TaskPage page = page_of(hedge_detail());
  CHECK(page.who_caption == "Wie komen er (2 van 3)");
  REQUIRE(page.faces.size() == 3);
  CHECK(page.faces[0].label == "Joke");
  CHECK(page.faces[0].detail.empty());
  CHECK(page.faces[1].label == "Cor");
  CHECK(page.faces[1].detail == "voorlopig");
  CHECK(page.faces[2].free);
  CHECK(page.faces[2].label == "vrij");
  REQUIRE(page.waiting.size() == 1);
  CHECK(page.waiting[0].name == "1. Sven L.");
  REQUIRE(page.others.size() == 1);
  CHECK(page.others[0].state == "afgemeld");
}

TEST_CASE("a claim without effect is no claim") {
  TaskDetail detail = hedge_detail();
  detail.claims[3].reason.code = ClaimReason::no_effect;
  CHECK(page_of(detail).others.empty());
  CHECK(page_of(detail).others_caption.empty());
}

TEST_CASE("why somebody waits is told in one sentence when it is asked") {
  TaskPage page = page_of(hedge_detail());
  CHECK(page.waiting[0].why.empty());
  REQUIRE(page.waiting[0].ask_why);
  const Step step = apply(state_with_task(), facts_with_task(), page.waiting[0].ask_why->intent);
  page = page_of(hedge_detail(), step.state);
  CHECK(page.waiting[0].why == "Er zijn 3 plekken en anderen gaan voor. Dat kan nog veranderen.");
  const Step again = apply(step.state, facts_with_task(), page.waiting[0].ask_why->intent);
  CHECK(page_of(hedge_detail(), again.state).waiting[0].why.empty());
}

TEST_CASE("my own place and the reason for it stand there unasked") {
  TaskDetail detail = hedge_detail();
  ClaimRow mine = claim(noor(), ClaimState::waiting, ClaimReason::taken_by_confirmed, 2);
  mine.reason.number = 3;
  detail.claims.push_back(mine);
  detail.card.mine = mine;
  const TaskPage page = page_of(detail);
  CHECK(page.standing == "Je staat op de wachtlijst van Heg knippen, als nummer 2.");
  CHECK(page.standing_why == "Alle 3 plekken zijn al aan anderen bevestigd.");
  REQUIRE(page.waiting.size() == 2);
  CHECK(page.waiting[1].name == "2. Noor (jij)");
  CHECK_FALSE(page.waiting[1].ask_why);
  CHECK(page.main->label == "Van de lijst af");
}

TEST_CASE("who entered it for somebody else is told with the reason") {
  TaskDetail detail = hedge_detail();
  detail.claims[2].entered_by = anneke();
  UiState now = state_with_task();
  now.why = detail.claims[2].person.id;
  CHECK(page_of(detail, now).waiting[0].why.ends_with(" Anneke V. schreef het op."));
}

TEST_CASE("a confirmed person reads that the seat is theirs and can sign off") {
  TaskDetail detail = hedge_detail();
  detail.card.mine = claim(noor(), ClaimState::confirmed, ClaimReason::confirmed_by_assigner);
  detail.claims.push_back(*detail.card.mine);
  const TaskPage page = page_of(detail);
  CHECK(page.standing == "Je doet mee met Heg knippen. Je plek is bevestigd.");
  CHECK(page.standing_why.empty());
  CHECK(page.main->label == "Je doet mee – afmelden");
  CHECK(page.faces[2].label == "jij");
}

TEST_CASE("a group is one circle that tells how many") {
  TaskDetail detail = hedge_detail();
  detail.claims[0].count = 5;
  const TaskPage page = page_of(detail);
  CHECK(page.faces[0].label == "Joke +4");
  CHECK(page.who_caption == "Wie komen er (6 van 3)");
}

TEST_CASE("many people and many free seats are told in words beyond the circles") {
  TaskDetail detail = hedge_detail();
  detail.card.seats = 40;
  detail.card.free = 38;
  CHECK(page_of(detail).more_free == "nog 34 vrij");
  detail.claims.clear();
  for (std::uint8_t i = 0; i < 12; ++i) {
    detail.claims.push_back(claim(person(static_cast<std::uint8_t>(20 + i), "Mens"), ClaimState::confirmed,
                                  ClaimReason::confirmed_by_assigner));
  }
  const TaskPage page = page_of(detail);
  CHECK(page.faces.size() == kMostFaces);
  CHECK(page.more_free == "en 2 meer");
  detail.claims.clear();
  detail.card.seats.reset();
  detail.card.free.reset();
  CHECK(page_of(detail).nobody == "Nog niemand. Wees de eerste.");
  CHECK(page_of(detail).who_caption == "Wie komen er (0)");
}

ConflictRow times() {
  ConflictRow row;
  row.field = "time";
  row.sides = {{anneke(), at(kToday, 9, 0), "10:00", true},
               {person(2, "Rachid B."), at(kToday - 1, 21, 0), "13:30", false}};
  return row;
}

TEST_CASE("a conflict lists who put what and how it is shown, and choosing writes that value") {
  TaskDetail detail = hedge_detail();
  detail.conflicts = {times()};
  const TaskPage page = page_of(detail);
  REQUIRE(page.conflicts.size() == 1);
  const Conflict& conflict = page.conflicts.front();
  CHECK(conflict.caption == "Begintijd: er is meer dan één antwoord");
  REQUIRE(conflict.sides.size() == 2);
  CHECK(conflict.sides[0].text == "Anneke V. zette 10.00");
  CHECK(conflict.sides[0].when == "vandaag 09.00");
  CHECK(conflict.sides[0].shown == "zo staat het er nu");
  CHECK(conflict.sides[1].when == "gisteren 21.00");
  CHECK(conflict.sides[1].shown.empty());
  CHECK(conflict.note.empty());
  REQUIRE(conflict.sides[1].choose);
  CHECK(conflict.sides[1].choose->label == "Kies 13.30");
  Facts known = facts_with_task();
  const Step step = apply(state_with_task(), known, conflict.sides[1].choose->intent);
  REQUIRE(step.requests.size() == 1);
  const auto& edit = std::get<EditTask>(std::get<Request>(step.requests[0]));
  CHECK(edit.start == 13 * 60 + 30);
  CHECK_FALSE(edit.end);
  CHECK_FALSE(edit.clear_time);
  CHECK(edit.task.text == to_text(detail.card.id));
}

TEST_CASE("a conflict of which nothing is shown says so") {
  TaskDetail detail = hedge_detail();
  detail.conflicts = {times()};
  detail.conflicts[0].sides[0].shown = false;
  CHECK(page_of(detail).conflicts[0].note == "Tot er gekozen is staat er niets.");
}

TEST_CASE("a called-off task gives its reason and nothing to press") {
  TaskDetail detail = hedge_detail();
  detail.card.state = TaskState::cancelled;
  detail.card.cancel_reason = "regen";
  const TaskPage page = page_of(detail);
  CHECK(page.closed == "Deze taak gaat niet door");
  CHECK(page.closed_why == "regen");
  CHECK_FALSE(page.main);
  detail.card.state = TaskState::done;
  CHECK(page_of(detail).closed == "Deze taak is klaar");
}

TEST_CASE("history is told newest first, with doubt about a clock and what no longer counts") {
  Facts known = facts_with_task();
  LogRow row;
  row.kind = LogKind::claimed;
  row.person = person(3, "Joke T.");
  row.claimed = at(kToday, 9, 15);
  row.title = "Heg knippen";
  LogRow doubtful = row;
  doubtful.time_doubtful = true;
  doubtful.standing = Standing::late;
  known.history = LogAnswer{{row, doubtful}, true};
  UiState now = state_with_task();
  CHECK(task_page(reader(), known, now).history.empty());
  CHECK(task_page(reader(), known, now).history_button.label == "Toon wat er gebeurde");
  now = apply(now, known, ToggleHistory{}).state;
  const TaskPage page = task_page(reader(), known, now);
  REQUIRE(page.history.size() == 2);
  CHECK(page.history[0].text == "Joke T. meldde zich aan voor Heg knippen.");
  CHECK(page.history[0].when == "Vandaag 09.15");
  CHECK(page.history[1].when == "Vandaag 09.15 (de klok van die laptop liep misschien niet goed)");
  CHECK(page.history[1].changes == std::vector<std::string>{"Kwam binnen na het sluiten."});
  CHECK(page.history_button.label == "Verberg wat er gebeurde");
}

TEST_CASE("no task, a task on its way and a task that is gone are three different things") {
  CHECK(task_page(reader(), facts(), state()).empty->title == "Kies een taak");
  CHECK(task_page(reader(), facts(), state_with_task()).empty->title == "Even zoeken...");
  UiState now = state();
  now.task = id_of<RecordId>(99);
  const TaskPage gone = task_page(reader(), facts(), now);
  CHECK(gone.empty->title == "Deze taak is er niet meer");
  CHECK_FALSE(apply(now, facts(), gone.empty->way_out->intent).state.task);
}

TEST_CASE("before signing up it is said what happens and who confirms") {
  const Step asked = apply(state_with_task(), facts_with_task(), AskClaim{id_of<RecordId>(2)});
  const auto step = confirm_step(reader(), facts_with_task(), asked.state);
  REQUIRE(step);
  CHECK(step->title == "Meedoen met Heg knippen?");
  CHECK(step->when == "Morgen, 18.30 – 20.30 uur");
  REQUIRE_FALSE(step->help.empty());
  CHECK(step->help[0] == "Je plek is voorlopig, tot Anneke V. hem bevestigt. Afmelden kan altijd.");
  CHECK(step->count == "Alleen ik");
  CHECK_FALSE(step->fewer->enabled);
  CHECK(step->yes.label == "Ja, ik doe mee");
  CHECK(step->no.label == "Toch niet");
}

TEST_CASE("a group reads its number on the button, and that it is more than there is room for") {
  UiState now = apply(state_with_task(), facts_with_task(), AskClaim{id_of<RecordId>(2)}).state;
  now = apply(now, facts_with_task(), ChangeCount{2}).state;
  const auto step = confirm_step(reader(), facts_with_task(), now);
  CHECK(step->count == "3 mensen");
  CHECK(step->yes.label == "Meld 3 mensen aan");
  CHECK(step->help.back().starts_with("Er is nog één plek."));
}

TEST_CASE("a full task asks for the waiting list, and leaving is asked in its own words") {
  Facts known = facts();
  known.tasks->tasks = {card(1, "Soep", kToday, 1, 0)};
  auto step = confirm_step(reader(), known, apply(state(), known, AskClaim{id_of<RecordId>(1)}).state);
  REQUIRE(step);
  CHECK(step->title == "Op de wachtlijst van Soep?");
  CHECK(step->yes.label == "Ja, zet me op de lijst");
  step = confirm_step(reader(), facts(), apply(state(), facts(), AskWithdraw{id_of<RecordId>(1)}).state);
  REQUIRE(step);
  CHECK(step->help[0].starts_with("Je gaat van de wachtlijst."));
  step = confirm_step(reader(), facts(), apply(state(), facts(), AskWithdraw{id_of<RecordId>(3)}).state);
  CHECK(step->title == "Afmelden voor Opknapdag?");
  CHECK(step->help[0].starts_with("Je plek komt vrij"));
  CHECK(step->count_caption.empty());
}

TEST_CASE("a question about a task that is gone is not asked") {
  UiState now = state();
  now.pending = Pending{Pending::Kind::claim, id_of<RecordId>(99), 1};
  CHECK_FALSE(confirm_step(reader(), facts(), now));
  CHECK_FALSE(confirm_step(reader(), facts(), state()));
}

TEST_CASE("my claim says on how many laptops it is, and nobody else's does") {
  Facts known = facts_with_task();
  CHECK(task_page(reader(), known, state_with_task()).spread.empty());
  known.task->mine_on = Spread{3, 7};
  CHECK(task_page(reader(), known, state_with_task()).spread.empty());
  known.task->card.mine = claim(noor(), ClaimState::provisional, ClaimReason::seat_free);
  CHECK(task_page(reader(), known, state_with_task()).spread == "Je aanmelding is op 3 van 7 laptops.");
  known.task->mine_on = Spread{1, 7};
  CHECK(task_page(reader(Lang::en), known, state_with_task()).spread == "Your sign-up is on this laptop only, so far.");
}

}  // namespace
}  // namespace kiem::model
