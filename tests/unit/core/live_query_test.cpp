// Questions that stay asked, on one laptop (what comes from others: tests/property/live_laws_test.cpp).
#include <doctest/doctest.h>

#include <algorithm>

#include "core/kiem.hpp"
#include "tests/support/fakes.hpp"
#include "tests/support/raw_store.hpp"
#include "tests/support/temp_home.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

LiveRow person_row(std::uint8_t id, std::string name) {
  LiveRow row;
  row.id.bytes[0] = id;
  PersonRow person;
  person.person.name = std::move(name);
  row.row = std::move(person);
  return row;
}

// Each letter is a row; the same letter in the other case is the same row, changed.
std::vector<LiveRow> lettered_rows(std::string_view letters) {
  std::vector<LiveRow> rows;
  for (const char letter : letters) {
    const bool other = letter >= 'A' && letter <= 'Z';
    rows.push_back(person_row(static_cast<std::uint8_t>(other ? letter - 'A' + 'a' : letter), other ? "B" : "A"));
  }
  return rows;
}

// "+c2 *b0 -a": added c in place 2, changed b in place 0, removed a.
std::string told_of(const LiveChanges& changes) {
  std::string text;
  const auto letter = [](const RecordId& id) { return std::string(1, static_cast<char>(id.bytes[0])); };
  for (const auto& each : changes.added) text += "+" + letter(each.row.id) + std::to_string(each.at) + " ";
  for (const auto& each : changes.changed) text += "*" + letter(each.row.id) + std::to_string(each.at) + " ";
  for (const auto& each : changes.removed) text += "-" + letter(each) + " ";
  return text;
}

std::string difference(std::string_view before, std::string_view after) {
  auto rows = lettered_rows(before);
  const auto changes = changes_between(rows, lettered_rows(after));
  apply(changes, rows);
  CHECK(rows == lettered_rows(after));
  return told_of(changes);
}

struct WatchedLaptop {
  WatchedLaptop() : fake(3) {
    make_initiative(home.store(), fake.env());
    open();
  }
  void open() {
    auto opened = Community::open(home.store(), test_passphrase(), fake.env(), cheap_options());
    REQUIRE(opened);
    community = std::move(*opened);
  }
  void act(const Request& request) { REQUIRE(community->perform(request)); }
  void add_task(std::string title, std::optional<std::int32_t> date = {}) {
    AddTask task;
    task.title = std::move(title);
    task.date = date;
    act(task);
  }
  LiveQuery watch(Watchable query) {
    auto watched = community->watch(std::move(query));
    REQUIRE(watched);
    return *std::move(watched);
  }
  std::optional<LiveChanges> changes(LiveQuery& query) {
    auto changes = query.changes();
    REQUIRE(changes);
    return *changes;
  }

  TempHome home;
  FakeEnv fake;
  std::unique_ptr<Community> community;
};

std::string live_title(const LiveRow& row) {
  if (const auto* card = std::get_if<TaskCard>(&row.row)) return card->title;
  if (const auto* task = std::get_if<TaskDetail>(&row.row)) return task->card.title;
  if (const auto* place = std::get_if<PlaceRow>(&row.row)) return place->title;
  if (const auto* person = std::get_if<PersonRow>(&row.row)) return person->person.name;
  return std::get<RecordModel>(row.row).title;
}

constexpr const char* kWatchedTools = R"([[collection]]
key = "gereedschap"
title = "naam"
field = [
  { key = "naam", type = "text" },
  { key = "waar", type = "record", of = "place" },
]
)";

}  // namespace

TEST_CASE("the difference of two answers names what came, changed and went, and as few as can be as moved") {
  CHECK(difference("", "") == "");
  CHECK(difference("abc", "abc") == "");
  CHECK(difference("", "ab") == "+a0 +b1 ");
  CHECK(difference("ab", "") == "-a -b ");
  CHECK(difference("abc", "axbc") == "+x1 ");
  CHECK(difference("abc", "aBc") == "*b1 ");
  CHECK(difference("abcd", "dabc") == "*d0 ");
  CHECK(difference("abcd", "bcda") == "*a3 ");
  CHECK(difference("a", "AB") == "+b1 *a0 ");
  CHECK(difference("abcde", "eBxd") == "+x2 *e0 *b1 -a -c ");
}

TEST_CASE("a list that is watched tells each change once, in the order of the list") {
  WatchedLaptop laptop;
  auto tasks = laptop.watch(ListTasks{});
  CHECK(tasks.rows().empty());
  CHECK_FALSE(laptop.changes(tasks));
  laptop.add_task("Gras maaien", 20'002);
  laptop.add_task("Heg snoeien", 20'001);
  auto changes = laptop.changes(tasks);
  REQUIRE(changes);
  REQUIRE(changes->added.size() == 2);
  CHECK(live_title(changes->added[0].row) == "Heg snoeien");
  CHECK(changes->added[1].at == 1);
  CHECK_FALSE(laptop.changes(tasks));
  CHECK(tasks.evaluations() == 2);  // two acts, one look

  EditTask later;
  later.task = {"Heg snoeien"};
  later.date = 20'003;
  laptop.act(later);
  changes = laptop.changes(tasks);
  REQUIRE(changes);
  REQUIRE(changes->changed.size() == 1);
  CHECK(changes->changed[0].at == 1);
  CHECK(changes->added.empty());
  CHECK(changes->removed.empty());

  laptop.act(CancelTask{{}, {"Gras maaien"}, "regen"});
  changes = laptop.changes(tasks);
  REQUIRE(changes);
  CHECK(changes->removed.size() == 1);
  REQUIRE(tasks.rows().size() == 1);
  CHECK(live_title(tasks.rows()[0]) == "Heg snoeien");
}

TEST_CASE("a question that a transaction does not touch is not asked again") {
  WatchedLaptop laptop;
  laptop.add_task("Heg snoeien");
  laptop.add_task("Gras maaien");
  AddPlace garden;
  garden.title = "Tuin Linde 4";
  laptop.act(garden);
  laptop.act(ExtendSchema{{}, kWatchedTools, false});
  auto tasks = laptop.watch(ListTasks{});
  auto places = laptop.watch(ListPlaces{});
  auto people = laptop.watch(ListPeople{});
  auto hedge = laptop.watch(ShowTask{{}, {"Heg snoeien"}});
  auto garden_page = laptop.watch(ShowPlace{{}, {"Tuin Linde 4"}});
  ListRecords list;
  list.collection = "gereedschap";
  auto tools = laptop.watch(list);
  const std::array all{&tasks, &places, &people, &hedge, &garden_page, &tools};
  // How often each was asked by now, after all were asked for news.
  const auto asked = [&] {
    std::vector<std::uint64_t> times;
    for (auto* query : all) {
      laptop.changes(*query);
      times.push_back(query->evaluations());
    }
    return times;
  };
  using Times = std::vector<std::uint64_t>;
  CHECK(asked() == Times{1, 1, 1, 1, 1, 1});
  laptop.act(ClaimTask{{}, {"Gras maaien"}, 1, {}});  // the garden has tasks, of which it may be one
  CHECK(asked() == Times{2, 2, 1, 1, 2, 1});
  laptop.act(ClaimTask{{}, {"Heg snoeien"}, 1, {}});
  CHECK(asked() == Times{3, 3, 1, 2, 3, 1});
  AddPlace other;
  other.title = "Schuur";
  laptop.act(other);
  CHECK(asked() == Times{3, 4, 1, 2, 3, 2});  // a tool may be there
  laptop.act(AddRecord{{}, "gereedschap", {{"naam", "Schep"}}});
  CHECK(asked() == Times{3, 4, 1, 2, 3, 3});
  // What was refused was rolled back, and touched nothing.
  CHECK_FALSE(laptop.community->perform(AddRecord{{}, "gereedschap", {{"naam", ""}}}));
  CHECK(asked() == Times{3, 4, 1, 2, 3, 3});
  laptop.act(CreateInitiative{"Buurtkeuken"});
  CHECK(asked() == Times{3, 4, 1, 2, 3, 3});
}

TEST_CASE("one thing that is watched is followed by its id, goes, and comes back") {
  WatchedLaptop laptop;
  laptop.act(ExtendSchema{{}, kWatchedTools, false});
  laptop.act(AddRecord{{}, "gereedschap", {{"naam", "Schep"}}});
  CHECK(laptop.community->watch(ShowRecord{{}, "gereedschap", {"Hark"}}).error().code == ErrorCode::not_found);
  auto spade = laptop.watch(ShowRecord{{}, "gereedschap", {"Schep"}});
  ChangeRecord rename;
  rename.collection = "gereedschap";
  rename.record = {"Schep"};
  rename.set = {{"naam", "Spade"}};
  laptop.act(rename);
  auto changes = laptop.changes(spade);
  REQUIRE(changes);
  REQUIRE(changes->changed.size() == 1);
  CHECK(live_title(changes->changed[0].row) == "Spade");

  const RecordId id = spade.rows()[0].id;
  laptop.act(DeleteRecord{{}, "gereedschap", {"Spade"}, false});
  changes = laptop.changes(spade);
  REQUIRE(changes);
  CHECK(changes->removed == std::vector{id});
  CHECK(spade.rows().empty());
  laptop.act(AddRecord{{}, "gereedschap", {{"naam", "Hark"}}});
  CHECK_FALSE(laptop.changes(spade));
  laptop.act(DeleteRecord{{}, "gereedschap", {to_text(id)}, true});
  changes = laptop.changes(spade);
  REQUIRE(changes);
  CHECK(changes->added.size() == 1);
}

TEST_CASE("what is shown of another record is told when that changes") {
  WatchedLaptop laptop;
  laptop.act(ExtendSchema{{}, kWatchedTools, false});
  AddPlace garden;
  garden.title = "Tuin Linde 4";
  laptop.act(garden);
  AddTask hedge;
  hedge.title = "Heg snoeien";
  hedge.place = Naming{"Tuin Linde 4"};
  laptop.act(hedge);
  laptop.act(AddRecord{{}, "gereedschap", {{"naam", "Schep"}, {"waar", "Tuin Linde 4"}}});
  auto tasks = laptop.watch(ListTasks{});
  auto task = laptop.watch(ShowTask{{}, {"Heg snoeien"}});
  auto spade = laptop.watch(ShowRecord{{}, "gereedschap", {"Schep"}});
  ChangeRecord rename;
  rename.collection = "place";
  rename.record = {"Tuin Linde 4"};
  rename.set = {{"title", "Lindetuin"}};
  laptop.act(rename);
  for (auto* query : {&tasks, &task, &spade}) CHECK(laptop.changes(*query));
  CHECK(std::get<TaskCard>(tasks.rows()[0].row).place_title == "Lindetuin");
}

TEST_CASE("a field that is added shows in a list of records that is watched") {
  WatchedLaptop laptop;
  laptop.act(ExtendSchema{{}, kWatchedTools, false});
  laptop.act(AddRecord{{}, "gereedschap", {{"naam", "Schep"}}});
  ListRecords list;
  list.collection = "gereedschap";
  auto tools = laptop.watch(list);
  laptop.act(ExtendSchema{{}, "[[extend]]\nkey = \"gereedschap\"\nfield = [ { key = \"merk\", type = \"text\" } ]\n"});
  const auto changes = laptop.changes(tools);
  REQUIRE(changes);
  CHECK(changes->changed.size() == 1);
  CHECK(std::get<RecordModel>(tools.rows()[0].row).cells.size() == 3);
}

TEST_CASE("after the views were made anew everything is asked again, and what is the same is not told") {
  WatchedLaptop laptop;
  laptop.add_task("Heg snoeien");
  laptop.community.reset();
  {
    RawStore raw(laptop.home.store(), laptop.fake.env());
    REQUIRE(raw.db().execute("UPDATE task SET title = 'Iets anders'"));
  }
  laptop.open();
  auto tasks = laptop.watch(ListTasks{});
  auto places = laptop.watch(ListPlaces{});
  CHECK(live_title(tasks.rows()[0]) == "Iets anders");
  laptop.act(RunDoctor{true});
  const auto changes = laptop.changes(tasks);
  REQUIRE(changes);
  REQUIRE(changes->changed.size() == 1);
  CHECK(live_title(tasks.rows()[0]) == "Heg snoeien");
  CHECK_FALSE(laptop.changes(places));
  CHECK(places.evaluations() == 2);
}
