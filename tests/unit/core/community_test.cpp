// One laptop from its first moment: the acts and queries of the façade, as the command line asks for them.
#include <doctest/doctest.h>

#include "core/kiem.hpp"
#include "tests/support/fakes.hpp"
#include "tests/support/temp_home.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

StoreOptions cheap() {
  StoreOptions options;
  options.cost = {1, 64};
  return options;
}

Passphrase passphrase(std::string_view words = "zon en regen") { return {SecretBytes::copy_of(view(words))}; }

// A person with an initiative on one laptop.
struct Laptop {
  explicit Laptop(std::uint64_t seed = 1) : fake(seed) {
    std::string words;
    auto made = Community::create(home.store(), passphrase(), "Anneke V.", fake.env(), words, cheap());
    REQUIRE(made);
    CHECK(std::count(words.begin(), words.end(), ' ') == 11);
    community = std::move(*made);
    REQUIRE(community->perform(CreateInitiative{"Sociaal Tuinieren"}));
  }

  template <class Wanted>
  Wanted ask(const Request& request) {
    auto answer = community->perform(request);
    if (!answer) FAIL("refused with code ", static_cast<int>(answer.error().code));
    REQUIRE(std::holds_alternative<Wanted>(*answer));
    return std::get<Wanted>(std::move(*answer));
  }
  Error refusal(const Request& request) {
    const auto answer = community->perform(request);
    REQUIRE_FALSE(answer);
    return answer.error();
  }
  TaskAdded add_task(std::string title, std::optional<std::uint32_t> seats = 1) {
    AddTask task;
    task.title = std::move(title);
    task.seats = seats;
    return ask<TaskAdded>(task);
  }
  void add_people(std::string_view csv) {
    ImportFile file;
    file.file_name = "mensen.csv";
    file.contents = to_bytes(view(csv));
    ask<ImportAnswer>(file);
  }
  void reopen() {
    community.reset();
    auto opened = Community::open(home.store(), passphrase(), fake.env(), cheap());
    REQUIRE(opened);
    community = std::move(*opened);
  }

  TempHome home;
  FakeEnv fake;
  std::unique_ptr<Community> community;
};

}  // namespace

TEST_CASE("a new initiative has its founder as coordinator, by name") {
  Laptop laptop;
  const auto status = laptop.ask<StatusAnswer>(ShowStatus{});
  CHECK(status.me.name == "Anneke V.");
  REQUIRE(status.initiatives.size() == 1);
  CHECK(status.initiatives[0].name == "Sociaal Tuinieren");
  CHECK(status.initiatives[0].my_role == Role::coordinator);
  CHECK(status.initiatives[0].members == 1);
  CHECK_FALSE(status.initiatives[0].practice);
  const auto people = laptop.ask<People>(ListPeople{}).people;
  REQUIRE(people.size() == 1);
  CHECK(people[0].person.name == "Anneke V.");
  CHECK(people[0].role == Role::coordinator);
  CHECK_FALSE(people[0].card);
}

TEST_CASE("a task is on the board with what was said of it, also after reopening the store") {
  Laptop laptop;
  AddPlace garden;
  garden.title = "Tuin Linde 4";
  laptop.ask<PlaceAdded>(garden);
  AddTask hedge;
  hedge.title = "  Heg knippen ";
  hedge.seats = 3;
  hedge.date = 20925;
  hedge.start = 18 * 60 + 30;
  hedge.place = Naming{"Tuin Linde 4"};
  hedge.note = "De heg is hoog.\nDaarna thee.";
  const auto added = laptop.ask<TaskAdded>(hedge);
  laptop.reopen();
  const auto tasks = laptop.ask<Tasks>(ListTasks{});
  CHECK(tasks.complete);
  REQUIRE(tasks.tasks.size() == 1);
  const TaskCard& card = tasks.tasks[0];
  CHECK(card.id == added.id);
  CHECK(card.title == "Heg knippen");
  CHECK(card.seats == 3U);
  CHECK(card.free == 3U);
  CHECK(card.date == 20925);
  CHECK(card.start == 18 * 60 + 30);
  CHECK(card.place_title == "Tuin Linde 4");
  CHECK(card.note == "De heg is hoog.\nDaarna thee.");
  CHECK(card.state == TaskState::open);
  const auto detail = laptop.ask<TaskDetail>(ShowTask{{}, {to_text(added.id).substr(0, 8)}});
  REQUIRE(detail.added_by);
  CHECK(detail.added_by->name == "Anneke V.");
  REQUIRE(detail.assigner);
  CHECK(detail.assigner->name == "Anneke V.");
}

TEST_CASE("on the assigner's own laptop a claim is confirmed in the same command") {
  Laptop laptop;
  laptop.add_task("Heg knippen");
  const auto answer = laptop.ask<ClaimAnswer>(ClaimTask{{}, {"Heg knippen"}, 1, {}});
  CHECK(answer.claim.state == ClaimState::confirmed);
  CHECK(answer.claim.reason.code == ClaimReason::confirmed_by_assigner);
  CHECK(answer.claim.mine);
  CHECK(answer.task.card.free == 0U);
  CHECK(answer.task.card.confirmed == 1);
}

TEST_CASE("who comes after the last seat waits in order with a reason, and moves up when somebody signs off") {
  Laptop laptop;
  laptop.add_people("id;naam;rol\nm01;Joke T.;vrijwilliger\nm02;Wouter P.;vrijwilliger\n");
  laptop.add_task("Soep rondbrengen");
  laptop.ask<ClaimAnswer>(ClaimTask{{}, {"Soep rondbrengen"}, 1, {}});
  const auto joke = laptop.ask<ClaimAnswer>(ClaimTask{{}, {"Soep rondbrengen"}, 1, Naming{"Joke T."}});
  CHECK(joke.claim.state == ClaimState::waiting);
  CHECK(joke.claim.position == 1);
  CHECK(joke.claim.reason.code == ClaimReason::taken_by_confirmed);
  REQUIRE(joke.claim.entered_by);
  CHECK(joke.claim.entered_by->name == "Anneke V.");
  const auto wouter = laptop.ask<ClaimAnswer>(ClaimTask{{}, {"Soep rondbrengen"}, 1, Naming{"Wouter P."}});
  CHECK(wouter.claim.position == 2);

  const auto gone = laptop.ask<ClaimAnswer>(WithdrawClaim{{}, {"Soep rondbrengen"}, {}});
  CHECK(gone.claim.state == ClaimState::withdrawn);
  const auto task = laptop.ask<TaskDetail>(ShowTask{{}, {"Soep rondbrengen"}});
  REQUIRE(task.claims.size() == 3);
  CHECK(task.claims[0].person.name == "Joke T.");
  CHECK(task.claims[0].state == ClaimState::confirmed);
  CHECK(task.claims[1].person.name == "Wouter P.");
  CHECK(task.claims[1].position == 1);
  CHECK(task.claims[2].state == ClaimState::withdrawn);
}

TEST_CASE("a group that does not fit stops who comes behind it, until it asks for less") {
  Laptop laptop;
  laptop.add_people("id;naam;rol\nm01;Jaap V.;organisatie\nm02;Joke T.;vrijwilliger\n");
  laptop.add_task("Opknapdag", 3);
  laptop.ask<ClaimAnswer>(ClaimTask{{}, {"Opknapdag"}, 1, {}});
  const auto jaap = laptop.ask<ClaimAnswer>(ClaimTask{{}, {"Opknapdag"}, 3, Naming{"Jaap V."}});
  CHECK(jaap.claim.state == ClaimState::waiting);
  CHECK(jaap.claim.reason.code == ClaimReason::count_does_not_fit);
  const auto joke = laptop.ask<ClaimAnswer>(ClaimTask{{}, {"Opknapdag"}, 1, Naming{"Joke T."}});
  CHECK(joke.claim.state == ClaimState::waiting);
  CHECK(joke.claim.reason.code == ClaimReason::behind_one_that_does_not_fit);
  const auto smaller = laptop.ask<ClaimAnswer>(ClaimTask{{}, {"Opknapdag"}, 2, Naming{"Jaap V."}});
  CHECK(smaller.claim.state == ClaimState::confirmed);
  CHECK(smaller.task.card.confirmed == 3);
}

TEST_CASE("claiming twice writes nothing and says the same") {
  Laptop laptop;
  laptop.add_task("Heg knippen");
  laptop.ask<ClaimAnswer>(ClaimTask{{}, {"Heg knippen"}, 1, {}});
  const auto before = laptop.ask<StatusAnswer>(ShowStatus{}).initiatives[0].operations;
  const auto again = laptop.ask<ClaimAnswer>(ClaimTask{{}, {"Heg knippen"}, 1, {}});
  CHECK(again.claim.state == ClaimState::confirmed);
  CHECK(laptop.ask<StatusAnswer>(ShowStatus{}).initiatives[0].operations == before);
}

TEST_CASE("a called-off task keeps its claims, says why, and takes no more") {
  Laptop laptop;
  laptop.add_task("Gieters nakijken", 2);
  laptop.ask<ClaimAnswer>(ClaimTask{{}, {"Gieters nakijken"}, 1, {}});
  const auto off = laptop.ask<TaskChanged>(CancelTask{{}, {"Gieters nakijken"}, "regen"});
  CHECK(off.task.card.state == TaskState::cancelled);
  CHECK(off.task.card.cancel_reason == "regen");
  REQUIRE(off.task.claims.size() == 1);
  CHECK(off.task.claims[0].state == ClaimState::cancelled);
  CHECK(off.task.claims[0].reason.code == ClaimReason::task_cancelled);
  CHECK(laptop.refusal(ClaimTask{{}, {"Gieters nakijken"}, 2, {}}).code == ErrorCode::task_closed);
  CHECK(laptop.refusal(EditTask{{}, {"Gieters nakijken"}, "Iets anders", {}, {}, {}, {}, {}, {}}).code ==
        ErrorCode::task_closed);
  CHECK(laptop.ask<Tasks>(ListTasks{}).tasks.empty());
  ListTasks all;
  all.all = true;
  CHECK(laptop.ask<Tasks>(all).tasks.size() == 1);
}

TEST_CASE("an edit changes what is given, keeps the rest, and confirms who now fits") {
  Laptop laptop;
  laptop.add_people("id;naam;rol\nm01;Joke T.;vrijwilliger\n");
  laptop.add_task("Heg knippen");
  laptop.ask<ClaimAnswer>(ClaimTask{{}, {"Heg knippen"}, 1, {}});
  laptop.ask<ClaimAnswer>(ClaimTask{{}, {"Heg knippen"}, 1, Naming{"Joke T."}});
  EditTask edit;
  edit.task = {"Heg knippen"};
  edit.seats = 2;
  edit.note = "Neem handschoenen mee.";
  const auto changed = laptop.ask<TaskChanged>(edit);
  REQUIRE(changed.changes.size() == 2);
  CHECK(changed.changes[0].field == "seats");
  CHECK(changed.changes[0].before == "1");
  CHECK(changed.changes[0].after == "2");
  CHECK(changed.task.card.confirmed == 2);
  CHECK(laptop.refusal(edit).code == ErrorCode::nothing_to_change);
}

TEST_CASE("fewer seats than confirmed displaces nobody and is told as overbooked") {
  Laptop laptop;
  laptop.add_people("id;naam;rol\nm01;Joke T.;vrijwilliger\n");
  laptop.add_task("Heg knippen", 2);
  laptop.ask<ClaimAnswer>(ClaimTask{{}, {"Heg knippen"}, 1, {}});
  laptop.ask<ClaimAnswer>(ClaimTask{{}, {"Heg knippen"}, 1, Naming{"Joke T."}});
  EditTask edit;
  edit.task = {"Heg knippen"};
  edit.seats = 1;
  const auto changed = laptop.ask<TaskChanged>(edit);
  CHECK(changed.task.card.overbooked);
  CHECK(changed.task.card.confirmed == 2);
}

TEST_CASE("the log tells who did what and what it replaced, newest first") {
  Laptop laptop;
  laptop.add_task("Heg knippen");
  laptop.fake.clock.advance(60'000);
  EditTask edit;
  edit.task = {"Heg knippen"};
  edit.title = "Heg snoeien";
  laptop.ask<TaskChanged>(edit);
  laptop.fake.clock.advance(60'000);
  laptop.ask<ClaimAnswer>(ClaimTask{{}, {"Heg snoeien"}, 1, {}});
  const auto log = laptop.ask<LogAnswer>(ShowLog{});
  CHECK(log.complete);
  REQUIRE(log.rows.size() >= 5);
  CHECK(log.rows[0].kind == LogKind::confirmed);
  CHECK(log.rows[1].kind == LogKind::claimed);
  CHECK(log.rows[1].title == "Heg snoeien");
  CHECK(log.rows[2].kind == LogKind::task_changed);
  REQUIRE(log.rows[2].changes.size() == 1);
  CHECK(log.rows[2].changes[0].before == "Heg knippen");
  CHECK(log.rows[2].changes[0].after == "Heg snoeien");
  CHECK(log.rows[3].kind == LogKind::task_added);
  CHECK(log.rows[3].person.name == "Anneke V.");
  CHECK(log.rows.back().kind == LogKind::founded);
  CHECK(log.rows[3].claimed < log.rows[2].claimed);
}

TEST_CASE("the doctor finds the views equal to a rebuild from the log") {
  Laptop laptop;
  laptop.add_people("id;naam;rol\nm01;Joke T.;vrijwilliger\n");
  laptop.add_task("Heg knippen", 2);
  laptop.ask<ClaimAnswer>(ClaimTask{{}, {"Heg knippen"}, 1, Naming{"Joke T."}});
  laptop.ask<TaskChanged>(FinishTask{{}, {"Heg knippen"}});
  const auto doctor = laptop.ask<DoctorAnswer>(RunDoctor{});
  CHECK_MESSAGE(doctor.healthy(), doctor.first_difference);
  CHECK(doctor.operations > 5);
}

TEST_CASE("the same file twice adds nothing, and a dry run adds nothing once") {
  Laptop laptop;
  ImportFile file;
  file.file_name = "taken.csv";
  file.contents =
      to_bytes(view("titel;plekken;datum;contact\nHeg knippen;3;17-04-2027;bel Jan\nHarken;;31-02-2027;\n"));
  file.dry_run = true;
  const auto dry = laptop.ask<ImportAnswer>(file);
  CHECK(dry.added == 1);
  REQUIRE(dry.left_out.size() == 1);
  CHECK(dry.left_out[0].column == "contact");
  CHECK(dry.left_out[0].why == ImportAnswer::LeftOut::Why::sealed);
  REQUIRE(dry.problems.size() == 1);
  CHECK(dry.problems[0].row == 3);
  CHECK(laptop.ask<Tasks>(ListTasks{}).tasks.empty());

  file.dry_run = false;
  CHECK(laptop.ask<ImportAnswer>(file).added == 1);
  const auto again = laptop.ask<ImportAnswer>(file);
  CHECK(again.added == 0);
  CHECK(again.already == 1);
  CHECK(laptop.ask<Tasks>(ListTasks{}).tasks.size() == 1);
}

TEST_CASE("what is named twice, not at all, or by a prefix is found, asked back or refused") {
  Laptop laptop;
  laptop.add_task("Heg knippen");
  laptop.add_task("Heg knippen");
  const auto twice = laptop.refusal(ShowTask{{}, {"Heg knippen"}});
  CHECK(twice.code == ErrorCode::ambiguous);
  CHECK(twice.args.size() == 4);
  CHECK(laptop.refusal(ShowTask{{}, {"Zonder naam"}}).code == ErrorCode::not_found);
  CHECK(laptop.refusal(ShowTask{{}, {"a"}}).code == ErrorCode::not_found);
}

TEST_CASE("titles are bounded, not empty, valid text without control characters") {
  Laptop laptop;
  const auto refuse = [&](std::string title) {
    AddTask task;
    task.title = std::move(title);
    return laptop.refusal(task).code;
  };
  CHECK(refuse("") == ErrorCode::empty_text);
  CHECK(refuse("  \n ") == ErrorCode::empty_text);
  CHECK(refuse(std::string(1'000'000, 'x')) == ErrorCode::text_too_long);
  CHECK(refuse(std::string(201, 'x')) == ErrorCode::text_too_long);
  CHECK(refuse("rood\x1b[31m") == ErrorCode::bad_text);
  CHECK(refuse("half \xC3") == ErrorCode::bad_text);
  CHECK(refuse("c1 \xC2\x9b") == ErrorCode::bad_text);
  laptop.add_task(std::string(200, 'x'));
  CHECK(laptop.ask<Tasks>(ListTasks{}).tasks.size() == 1);
}

TEST_CASE("without an initiative every act on one is refused, with two it has to be named") {
  TempHome home;
  FakeEnv fake;
  std::string words;
  auto community = Community::create(home.store(), passphrase(), "Noor", fake.env(), words, cheap());
  REQUIRE(community);
  const auto none = (*community)->perform(ListTasks{});
  REQUIRE_FALSE(none);
  CHECK(none.error().code == ErrorCode::no_initiative);
  REQUIRE((*community)->perform(CreateInitiative{"Een"}));
  REQUIRE((*community)->perform(CreateInitiative{"Twee"}));
  const auto both = (*community)->perform(ListTasks{});
  REQUIRE_FALSE(both);
  CHECK(both.error().code == ErrorCode::many_initiatives);
  CHECK((*community)->perform(ListTasks{{"Twee"}, false, {}}));
}

TEST_CASE("a store that was made with a key file holds practice initiatives alone") {
  TempHome home;
  FakeEnv fake;
  std::string words;
  const SecretBytes key = SecretBytes::random(32, fake.rng);
  auto community = Community::create(home.store(), KeyFile{key.clone()}, "Noor", fake.env(), words, cheap());
  REQUIRE(community);
  REQUIRE((*community)->perform(CreateInitiative{"Lindekwartier"}));
  const auto status = (*community)->perform(ShowStatus{});
  REQUIRE(status);
  CHECK(std::get<StatusAnswer>(*status).initiatives[0].practice);
}
