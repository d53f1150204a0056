#include <doctest/doctest.h>

#include "gui/model/answers.hpp"
#include "gui/model/drafts.hpp"
#include "gui/model/screen.hpp"
#include "tests/unit/model/samples.hpp"

namespace kiem::model {
namespace {

using namespace samples;

UiState writing() {
  UiState now = state();
  now.page = Page::add_task;
  now.back = {Page::tasks};
  typed(now, Field::task_title) = " Kas opruimen ";
  return now;
}

const AddTask& added(const Step& step) {
  REQUIRE(step.requests.size() == 1);
  return std::get<AddTask>(std::get<Request>(step.requests[0]));
}

TEST_CASE("a title alone makes a task without day, place or end of seats") {
  const Step step = apply(writing(), facts(), SaveTask{});
  const AddTask& task = added(step);
  CHECK(task.initiative.text == to_text(id_of<SpaceId>(9)));
  CHECK(task.title == "Kas opruimen");
  CHECK_FALSE(task.seats);
  CHECK_FALSE(task.date);
  CHECK_FALSE(task.start);
  CHECK_FALSE(task.end);
  CHECK_FALSE(task.place);
  CHECK(task.note.empty());
  CHECK(step.state.busy == Busy::adding);
  CHECK(apply(step.state, facts(), SaveTask{}).requests.empty());
}

TEST_CASE("what was typed becomes the task") {
  UiState now = writing();
  typed(now, Field::task_day) = " za 24 april 2027 ";
  typed(now, Field::task_from) = "10u00";
  typed(now, Field::task_until) = "12.30";
  typed(now, Field::task_seats) = " 3 ";
  typed(now, Field::task_note) = "Neem handschoenen mee.";
  now = apply(now, facts(), ChooseTaskPlace{id_of<RecordId>(101)}).state;
  const Step step = apply(now, facts(), SaveTask{});
  const AddTask& task = added(step);
  CHECK(task.date == kToday + 7);
  CHECK(task.start == 600);
  CHECK(task.end == 750);
  CHECK(task.seats == 3);
  CHECK(task.place->text == to_text(id_of<RecordId>(101)));
  CHECK(task.note == "Neem handschoenen mee.");
  CHECK_FALSE(apply(now, facts(), ChooseTaskPlace{id_of<RecordId>(101)}).state.task_place);
}

TEST_CASE("what cannot be read is told, and everything that was typed stays") {
  const auto complaint = [](Field field, std::string text) {
    UiState now = writing();
    typed(now, field) = std::move(text);
    const Step step = apply(now, facts(), SaveTask{});
    CHECK(step.requests.empty());
    CHECK(step.state.busy == Busy::no);
    CHECK(step.state.typed == now.typed);
    REQUIRE(step.state.notice);
    CHECK(step.state.notice->kind == Notice::Kind::error);
    return step.state.notice->text;
  };
  CHECK(complaint(Field::task_title, "  ") == "Schrijf op wat we gaan doen.");
  CHECK(complaint(Field::task_day, "31-4-2027").find("31-4-2027") != std::string::npos);
  CHECK(complaint(Field::task_day, "+5").find("+5") != std::string::npos);
  CHECK(complaint(Field::task_from, "25.00").find("25.00") != std::string::npos);
  CHECK(complaint(Field::task_until, "straks").find("straks") != std::string::npos);
  for (const char* const number : {"0", "-1", "drie", "3x", "99999999999"}) {
    CHECK(complaint(Field::task_seats, number).find(number) != std::string::npos);
  }
}

TEST_CASE("a place needs a name and keeps its words") {
  UiState now = state();
  now.page = Page::add_place;
  now.back = {Page::places};
  CHECK(apply(now, facts(), SavePlace{}).state.notice->text == "Geef de plaats een naam.");
  typed(now, Field::place_title) = "Lindeplein";
  typed(now, Field::place_kind) = "plein";
  typed(now, Field::place_text) = "Veel tegels.";
  typed(now, Field::place_meet) = "De grote linde";
  const Step step = apply(now, facts(), SavePlace{});
  REQUIRE(step.requests.size() == 1);
  const auto& place = std::get<AddPlace>(std::get<Request>(step.requests[0]));
  CHECK(place.title == "Lindeplein");
  CHECK(place.kind == "plein");
  CHECK(place.text == "Veel tegels.");
  CHECK(place.meeting_point == "De grote linde");
  CHECK(place.area.empty());
}

TEST_CASE("a task that was added is opened and its form is empty again, a refused one keeps its form") {
  Facts known = facts();
  UiState now = apply(writing(), known, SaveTask{}).state;
  const NodeRequest request = AddTask{};
  CHECK(take_answer(known, now, request, fail(ErrorCode::disk_full, Fault::machine)).empty());
  CHECK(now.page == Page::add_task);
  CHECK(now.busy == Busy::no);
  CHECK(typed(now, Field::task_title) == " Kas opruimen ");
  now = apply(now, known, SaveTask{}).state;
  CHECK_FALSE(take_answer(known, now, request, Answer(TaskAdded{id_of<RecordId>(50), "Kas opruimen"})).empty());
  CHECK(now.page == Page::tasks);
  CHECK(now.back.empty());
  CHECK(now.task == id_of<RecordId>(50));
  CHECK(typed(now, Field::task_title).empty());
  CHECK(now.notice->text == "Kas opruimen staat erop.");
}

TEST_CASE("who went elsewhere meanwhile stays there") {
  Facts known = facts();
  UiState now = state();
  now.page = Page::people;
  now.busy = Busy::adding;
  static_cast<void>(take_answer(known, now, AddPlace{}, Answer(PlaceAdded{id_of<RecordId>(51), "Lindeplein"})));
  CHECK(now.page == Page::people);
  CHECK(now.busy == Busy::no);
  now.page = Page::add_place;
  now.back = {Page::places};
  static_cast<void>(take_answer(known, now, AddPlace{}, Answer(PlaceAdded{id_of<RecordId>(51), "Lindeplein"})));
  CHECK(now.page == Page::places);
}

TEST_CASE("members add tasks and places, guests and partners do not see the buttons") {
  Facts known = facts();
  CHECK(board_model(reader(), known, state()).add);
  CHECK(places_model(reader(), known, state()).add);
  for (const kiem::Role role : {kiem::Role::none, kiem::Role::guest, kiem::Role::partner}) {
    known.status->initiatives[0].my_role = role;
    CHECK_FALSE(board_model(reader(), known, state()).add);
    CHECK_FALSE(places_model(reader(), known, state()).add);
  }
}

TEST_CASE("the form of a task offers the places there are") {
  FormModel form = form_model(reader(), facts(), writing());
  CHECK(form.fields.size() == 6);
  REQUIRE(form.pills.size() == 2);
  CHECK_FALSE(form.pills[0].on);
  const UiState chosen = apply(writing(), facts(), form.pills[0].intent).state;
  CHECK(form_model(reader(), facts(), chosen).pills[0].on);
  CHECK(form_model(reader(), Facts{}, writing()).pills.empty());
  const std::vector<NodeRequest> asked = queries_of(writing());
  CHECK(std::holds_alternative<ListPlaces>(std::get<Request>(asked.at(2))));
}

}  // namespace
}  // namespace kiem::model
