// Collections that an initiative adds itself, on laptops that meet: nobody updates a program for them (DESIGN D3).
#include <doctest/doctest.h>

#include <algorithm>

#include "core/domain/text_rules.hpp"
#include "tests/support/sim_world.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

constexpr const char* kLibrary = R"([[collection]]
key = "gereedschap"
label = { nl = "Gereedschap", en = "Tools" }
title = "naam"
field = [
  { key = "naam", label = { nl = "Naam", en = "Name" }, type = "text" },
  { key = "stuks", type = "integer", pick = "min" },
  { key = "staat", type = "choice", choices = [ { key = "goed" }, { key = "stuk" } ], careful = ["stuk", "goed"] },
  { key = "labels", type = "text", merge = "set" },
  { key = "uren", type = "length", merge = "tally" },
  { key = "gekocht", type = "date" },
  { key = "stappen", type = "text", merge = "list" },
  { key = "uitleg", type = "text", merge = "text" },
]
[[collection]]
key = "uitlening"
home = "members"
writers = "author-or-coordinators"
title = "omschrijving"
field = [
  { key = "omschrijving", type = "text" },
  { key = "wat", type = "record", of = "gereedschap" },
  { key = "wie", type = "person" },
]
[[extend]]
key = "task"
field = [ { key = "nodig", type = "record", of = "gereedschap", merge = "set" } ]
)";

std::string cell(const RecordModel& record, std::string_view key) {
  for (const auto& each : record.cells) {
    if (each.key != key) continue;
    std::string all = each.shown;
    for (const auto& value : each.values) all += (all.empty() ? "" : ",") + value;
    return all;
  }
  return "no such field";
}

// Two or three people of one initiative; the first one founded it.
struct Library {
  explicit Library(std::size_t people) : world(11) {
    const std::vector<std::string> names{"Noor", "Sven", "Wil"};
    for (std::size_t i = 0; i < people; ++i) world.add(names[i]);
    world.found(0, "Gereedschapsbank");
  }
  SimLaptop& operator[](std::size_t i) { return world[i]; }

  SchemaAnswer add_schema(std::size_t laptop, std::string file = kLibrary) {
    return world[laptop].ask<SchemaAnswer>(ExtendSchema{{}, std::move(file), false});
  }
  RecordModel add(std::size_t laptop, std::vector<FieldInput> fields, std::string collection = "gereedschap") {
    return world[laptop].ask<RecordAnswer>(AddRecord{{}, std::move(collection), std::move(fields)}).record;
  }
  std::vector<RecordModel> list(std::size_t laptop, std::string collection = "gereedschap") {
    ListRecords request;
    request.collection = std::move(collection);
    return world[laptop].ask<Records>(request).records;
  }
  RecordModel show(std::size_t laptop, std::string record, std::string collection = "gereedschap") {
    return world[laptop].ask<RecordAnswer>(ShowRecord{{}, std::move(collection), {std::move(record)}}).record;
  }
  void edit(std::size_t laptop, std::string record, std::vector<FieldInput> set, std::vector<FieldInput> add_ = {},
            std::vector<FieldInput> remove = {}) {
    ChangeRecord change;
    change.collection = "gereedschap";
    change.record.text = std::move(record);
    change.set = std::move(set);
    change.add = std::move(add_);
    change.remove = std::move(remove);
    world[laptop].ask<RecordAnswer>(change);
  }
  Error refusal(std::size_t laptop, const Request& request) {
    const auto answer = world[laptop].community().perform(request);
    REQUIRE_FALSE(answer);
    return answer.error();
  }
  // All laptops show the same, and each the same as made anew from its log.
  void check_equal() {
    const auto first = world[0].dump();
    for (std::size_t i = 0; i < world.size(); ++i) {
      CHECK(world[i].dump() == first);
      const auto health = world[i].ask<DoctorAnswer>(RunDoctor{});
      CHECK(health.views_equal);
      CHECK(health.first_difference == "");
    }
  }

  SimWorld world;
};

}  // namespace

TEST_CASE("a collection that a coordinator adds is there on the other laptop, with its words and its records") {
  Library library(2);
  const auto added = library.add_schema(0);
  CHECK(added.added_collections == 2);
  CHECK(added.added_fields == 12);
  CHECK(added.collections.size() == 5);
  library.add(0,
              {{"naam", "Boormachine"}, {"stuks", "2"}, {"staat", "goed"}, {"labels", "elektrisch"}, {"uren", "1:30"}});
  library.add(0, {{"Naam", "Aanhanger"}, {"gekocht", "17-04-2027"}});
  library.world.heal();
  const auto tools = library.list(1);
  REQUIRE(tools.size() == 2);
  CHECK(tools[0].title == "Aanhanger");
  CHECK(cell(tools[0], "gekocht") == "2027-04-17");
  CHECK(cell(tools[1], "stuks") == "2");
  CHECK(cell(tools[1], "staat") == "goed");
  CHECK(cell(tools[1], "labels") == "elektrisch");
  CHECK(cell(tools[1], "uren") == "1:30");
  CHECK(tools[1].added_by.name == "Noor");
  const auto schema = library[1].ask<SchemaAnswer>(ShowSchema{});
  REQUIRE(schema.collections.size() == 5);
  CHECK(schema.collections[3].label.en == "Tools");
  CHECK(schema.collections[3].records == 2);
  // The other one works with it at once, also about a task.
  library.add(1, {{"omschrijving", "voor zaterdag"}, {"wat", "Boormachine"}, {"wie", "Sven"}}, "uitlening");
  library[1].add_task("Schuur bouwen");
  ChangeRecord needs;
  needs.collection = "task";
  needs.record.text = "Schuur bouwen";
  needs.add = {{"nodig", "Boormachine"}};
  library[1].ask<RecordAnswer>(needs);
  library.world.heal();
  CHECK(cell(library.show(0, "voor zaterdag", "uitlening"), "wat") == "Boormachine");
  CHECK(cell(library.show(0, "voor zaterdag", "uitlening"), "wie") == "Sven");
  CHECK(cell(library.show(0, "Schuur bouwen", "task"), "nodig") == "Boormachine");
  library.check_equal();
  library[1].restart();
  CHECK(library.list(1).size() == 2);
}

TEST_CASE("adding the same file again writes nothing, here and on the other laptop") {
  Library library(2);
  library.add_schema(0);
  library.world.heal();
  const auto before = library[0].dump();
  CHECK(library.add_schema(0).added_collections == 0);
  CHECK(library[0].dump() == before);
}

TEST_CASE("a field that is added later shows on records that were there, and costs them nothing on the wire") {
  Library library(2);
  library.add_schema(0);
  for (int i = 0; i < 20; ++i) library.add(0, {{"naam", "Schep " + std::to_string(i)}});
  library.world.heal();
  const auto added =
      library.add_schema(0, "[[extend]]\nkey = \"task\"\nfield = [ { key = \"aantal\", type = \"integer\" } ]");
  CHECK(added.added_collections == 0);
  CHECK(added.added_fields == 1);
  CHECK(library[0].only_here() == 1);  // the act alone
  library.world.heal();
  const auto schema = library[1].ask<SchemaAnswer>(ShowSchema{});
  const auto& fields = schema.collections[0].fields;
  CHECK(std::any_of(fields.begin(), fields.end(), [](const FieldModel& field) { return field.label.key == "aantal"; }));
  library.check_equal();
}

TEST_CASE("records whose schema act is not here yet are kept, and shown when it comes") {
  Library library(3);
  library.world.heal();
  library.add_schema(0);
  library.add(0, {{"naam", "Ladder"}});
  library.world.meet(0, 1);
  library.world.meet(1, 2);
  CHECK(library.list(2).size() == 1);
  library.world.heal();
  library.check_equal();
}

TEST_CASE("only coordinators add to the schema") {
  Library library(2);
  library.world.heal();
  const Error refused = library.refusal(1, ExtendSchema{{}, kLibrary, false});
  CHECK(refused.code == ErrorCode::not_allowed);
  CHECK(library[1].ask<SchemaAnswer>(ExtendSchema{{}, kLibrary, true}).added_collections == 2);  // looking is free
  CHECK(library[1].ask<SchemaAnswer>(ShowSchema{}).collections.size() == 3);
}

TEST_CASE("what only its author and coordinators may write is not changed by others, whatever their program sends") {
  Library library(3);
  library.add_schema(0);
  library.world.heal();
  library.add(1, {{"omschrijving", "van Sven"}}, "uitlening");
  library.world.heal();
  ChangeRecord change;
  change.collection = "uitlening";
  change.record.text = "van Sven";
  change.set = {{"omschrijving", "van Wil"}};
  library[2].ask<RecordAnswer>(ShowRecord{{}, "uitlening", {"van Sven"}});
  (void)library[2].community().perform(change);
  library.world.heal();
  for (std::size_t i = 0; i < 3; ++i) CHECK(library.list(i, "uitlening")[0].title == "van Sven");
  change.record.text = "van Sven";
  change.set = {{"omschrijving", "nagekeken"}};
  library[0].ask<RecordAnswer>(change);
  library.world.heal();
  for (std::size_t i = 0; i < 3; ++i) CHECK(library.list(i, "uitlening")[0].title == "nagekeken");
  library.check_equal();
}

TEST_CASE("what was written apart is listed, explained and settled, and everybody sees the choice") {
  Library library(2);
  library.add_schema(0);
  library.add(0, {{"naam", "Boor"}, {"stuks", "5"}, {"staat", "goed"}});
  library.world.heal();
  library.edit(0, "Boor", {{"stuks", "4"}, {"staat", "stuk"}}, {{"labels", "accu"}, {"uren", "2:00"}});
  library.edit(1, "Boor", {{"stuks", "3"}, {"staat", "goed"}}, {{"labels", "zwaar"}, {"uren", "1:00"}});
  library.world.heal();
  for (std::size_t i = 0; i < 2; ++i) {
    const auto boor = library.show(i, "Boor");
    CHECK(cell(boor, "stuks") == "3");     // the smaller
    CHECK(cell(boor, "staat") == "stuk");  // the careful one
    CHECK(cell(boor, "labels") == "accu,zwaar");
    CHECK(cell(boor, "uren") == "3:00");
    const auto conflicts = library[i].ask<Conflicts>(ListConflicts{}).rows;
    REQUIRE(conflicts.size() == 2);
    CHECK(conflicts[0].title == "Boor");
    REQUIRE(conflicts[0].conflict.sides.size() == 2);
    CHECK(conflicts[0].conflict.sides[0].shown);
  }
  const auto conflicts = library[1].ask<Conflicts>(ListConflicts{}).rows;
  const auto stuks = std::find_if(conflicts.begin(), conflicts.end(),
                                  [](const Conflicts::Row& row) { return row.conflict.field == "stuks"; });
  REQUIRE(stuks != conflicts.end());
  CHECK(stuks->conflict.sides[1].value == "4");
  CHECK(stuks->conflict.sides[1].person.name == "Noor");
  CHECK(stuks->words.label.nl == "Gereedschap");
  CHECK(stuks->conflict.words.label.key == "stuks");
  ShowLog log;
  const auto told = library[1].ask<LogAnswer>(log).rows;
  const auto is_own = [](const LogRow& row) {
    return !row.changes.empty() && row.changes[0].words.label.key == "stuks";
  };
  CHECK(std::any_of(told.begin(), told.end(), is_own));
  CHECK(library.refusal(1, SettleConflict{{}, {"Boor"}, "stuks", 3}).code == ErrorCode::bad_number);
  CHECK(library.refusal(1, SettleConflict{{}, {"Boor"}, "stuks", 0}).code == ErrorCode::bad_number);
  CHECK(library.refusal(1, SettleConflict{{}, {"Boor"}, "naam", 1}).code == ErrorCode::not_found);
  library[1].ask<RecordAnswer>(SettleConflict{{}, {"Boor"}, "stuks", 2});
  library.world.heal();
  CHECK(cell(library.show(0, "Boor"), "stuks") == "4");
  CHECK(library[0].ask<Conflicts>(ListConflicts{}).rows.size() == 1);
  library.check_equal();
}

TEST_CASE("a text that two people change apart keeps what both wrote, and two rewrites stand side by side") {
  Library library(2);
  library.add_schema(0);
  library.add(0, {{"naam", "Boor"}, {"uitleg", "Eerst de stekker erin.\nDan boren met een scherpe boor.\nKlaar."}});
  library.world.heal();
  library.edit(0, "Boor", {{"uitleg", "Eerst de stekker erin.\nDan boren met een nieuwe scherpe boor.\nKlaar."}});
  library.edit(1, "Boor",
               {{"uitleg", "Eerst de stekker goed erin.\nDan boren met een scherpe boor.\nKlaar.\nOpruimen."}});
  library.world.heal();
  for (std::size_t i = 0; i < 2; ++i) {
    CHECK(cell(library.show(i, "Boor"), "uitleg") ==
          "Eerst de stekker goed erin.\nDan boren met een nieuwe scherpe boor.\nKlaar.\nOpruimen.");
    CHECK(library[i].ask<Conflicts>(ListConflicts{}).rows.empty());
  }
  library.edit(0, "Boor",
               {{"uitleg", "Lees eerst het boekje.\nDan boren met een nieuwe scherpe boor.\nKlaar.\nOpruimen."}});
  library.edit(1, "Boor",
               {{"uitleg", "Vraag hulp aan Noor.\nDan boren met een nieuwe scherpe boor.\nKlaar.\nOpruimen."}});
  library.world.heal();
  auto rows = library[1].ask<Conflicts>(ListConflicts{}).rows;
  REQUIRE(rows.size() == 1);
  REQUIRE(rows[0].conflict.sides.size() == 2);
  const std::string other = rows[0].conflict.sides[1].value;
  library[1].ask<RecordAnswer>(SettleConflict{{}, {"Boor"}, "uitleg", 2});
  library.world.heal();
  CHECK(cell(library.show(0, "Boor"), "uitleg").starts_with(other + "\n"));
  CHECK(library[0].ask<Conflicts>(ListConflicts{}).rows.empty());
  library.check_equal();
}

TEST_CASE("elements of a list stay in the order they were added in, and those of two people do not mix") {
  Library library(2);
  library.add_schema(0);
  library.add(0, {{"naam", "Ladder"}, {"stappen", "een"}, {"stappen", "twee"}});
  library.world.heal();
  library.edit(0, "Ladder", {}, {{"stappen", "a1"}, {"stappen", "a2"}});
  library.edit(1, "Ladder", {}, {{"stappen", "b1"}, {"stappen", "b2"}}, {{"stappen", "een"}});
  library.world.heal();
  const std::string steps = cell(library.show(0, "Ladder"), "stappen");
  CHECK((steps == "twee,a1,a2,b1,b2" || steps == "twee,b1,b2,a1,a2"));
  library.check_equal();
}

TEST_CASE("an act is undone by an act, except where somebody wrote since") {
  Library library(2);
  library.add_schema(0);
  library.add(0, {{"naam", "Zaag"}, {"stuks", "1"}});
  library.edit(0, "Zaag", {{"stuks", "2"}, {"staat", "stuk"}}, {{"labels", "oud"}});
  library.world.heal();
  library.edit(1, "Zaag", {{"staat", "goed"}});
  library.world.heal();
  const auto undone = library[0].ask<Undone>(UndoAct{});
  REQUIRE(undone.left.size() == 1);
  CHECK(undone.left[0].field == "staat");
  library.world.heal();
  for (std::size_t i = 0; i < 2; ++i) {
    CHECK(cell(library.show(i, "Zaag"), "stuks") == "1");
    CHECK(cell(library.show(i, "Zaag"), "staat") == "goed");
    CHECK(cell(library.show(i, "Zaag"), "labels") == "");
  }
  // Undoing the undo does the act again; undoing the making takes the record away.
  library[0].ask<Undone>(UndoAct{});
  CHECK(cell(library.show(0, "Zaag"), "stuks") == "2");
  CHECK(cell(library.show(0, "Zaag"), "labels") == "oud");
  library.add(0, {{"naam", "Vergissing"}});
  library[0].ask<Undone>(UndoAct{});
  CHECK(library.list(0).size() == 1);
  library.world.heal();
  library.check_equal();
  CHECK(library.refusal(0, UndoAct{{}, "ffffffffffffffffffffffffffffffff"}).code == ErrorCode::not_found);
}

TEST_CASE("claims of a task that was taken back are told alike on both laptops, and come back with it") {
  Library library(2);
  library[0].add_task("Vergissing");
  library.world.heal();
  library[1].claim("Vergissing");
  library[0].ask<Undone>(UndoAct{});
  library.world.heal();
  library.check_equal();
  library[0].ask<Undone>(UndoAct{});
  library.world.heal();
  CHECK(library[0].claims("Vergissing").size() == 1);
  library.check_equal();
}

TEST_CASE(
    "a text or a list of more than one operation holds becomes several, in one act, and reads the same elsewhere") {
  Library library(2);
  library.add_schema(0);
  library.world.heal();
  const auto lines = [](int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += (i == 0 ? "" : "\n") + std::string("regel ") + std::to_string(i);
    return text;
  };
  // A new record too: what does not fit the operation that makes it comes in the next.
  library.add(0, {{"naam", "Boor"}, {"uitleg", lines(520)}});
  CHECK(cell(library.show(0, "Boor"), "uitleg") == lines(520));
  ChangeRecord change;
  change.collection = "gereedschap";
  change.record.text = "Boor";
  for (const int count : {1, 255, 256, 257, 600, 0}) {
    CAPTURE(count);
    change.set = {{"uitleg", lines(count)}};
    library[0].ask<RecordAnswer>(change);
    CHECK(cell(library.show(0, "Boor"), "uitleg") == lines(count));
  }
  change.set.clear();
  for (int i = 0; i < 300; ++i) {
    change.add.push_back({"stappen", "stap " + std::to_string(i)});
  }
  library[0].ask<RecordAnswer>(change);
  library.world.heal();
  CHECK(cell(library.show(1, "Boor"), "uitleg") == "");
  CHECK(cell(library.show(1, "Boor"), "stappen") == cell(library.show(0, "Boor"), "stappen"));
  library.check_equal();
}

TEST_CASE("one line that no operation holds is refused, and a text that no request holds, and nothing is written") {
  Library library(1);
  library.add_schema(0);
  library.add(0, {{"naam", "Boor"}});
  ChangeRecord change;
  change.collection = "gereedschap";
  change.record.text = "Boor";
  std::string text = "eerst";
  for (int i = 0; i < 400; ++i) text += "\nregel";
  const auto refused = [&](const std::string& with, std::size_t limit) {
    change.set = {{"uitleg", with}};
    const Error error = library.refusal(0, change);
    CHECK(error.code == ErrorCode::text_too_long);
    CHECK(error.args == std::vector<std::string>{"uitleg", std::to_string(limit)});
    CHECK(cell(library.show(0, "Boor"), "uitleg") == "");
  };
  refused(text + "\n" + std::string(kMaxTextBytes + 1, 'x'), kMaxTextBytes);
  std::string whole;
  while (whole.size() < kMaxLongText) whole += std::string(99, 'w') + "\n";
  whole.back() = 'w';
  REQUIRE(whole.size() == kMaxLongText);
  refused(whole + "w", kMaxLongText);
  for (const std::string& fits : {text + "\n" + std::string(kMaxTextBytes, 'x'), whole}) {
    change.set = {{"uitleg", fits}};
    library[0].ask<RecordAnswer>(change);
    CHECK(cell(library.show(0, "Boor"), "uitleg") == fits);
  }
}

TEST_CASE("a deleted record can be brought back, and both laptops agree") {
  Library library(2);
  library.add_schema(0);
  const auto spade = library.add(0, {{"naam", "Spade"}});
  library.world.heal();
  CHECK(library[1].ask<RecordAnswer>(DeleteRecord{{}, "gereedschap", {"Spade"}, false}).deleted);
  library.world.heal();
  CHECK(library.list(0).empty());
  CHECK(library.refusal(0, ShowRecord{{}, "gereedschap", {"Spade"}}).code == ErrorCode::not_found);
  library[0].ask<RecordAnswer>(DeleteRecord{{}, "gereedschap", {to_text(spade.id)}, true});
  library.world.heal();
  CHECK(library.list(1).size() == 1);
  library.check_equal();
}

TEST_CASE("records are filtered, ordered and paged") {
  Library library(1);
  library.add_schema(0);
  library.add(0, {{"naam", "B"}, {"stuks", "2"}, {"staat", "goed"}, {"labels", "tuin"}});
  library.add(0, {{"naam", "A"}, {"stuks", "3"}, {"staat", "goed"}});
  library.add(0, {{"naam", "C"}, {"stuks", "1"}, {"staat", "stuk"}, {"labels", "tuin"}});
  ListRecords request;
  request.collection = "Gereedschap";
  request.where = {{"staat", "goed"}};
  auto found = library[0].ask<Records>(request).records;
  REQUIRE(found.size() == 2);
  CHECK(found[0].title == "A");
  request.where = {{"labels", "tuin"}};
  request.order = "stuks";
  found = library[0].ask<Records>(request).records;
  REQUIRE(found.size() == 2);
  CHECK(found[0].title == "C");
  request.where = {};
  request.descending = true;
  request.limit = 1;
  request.skip = 1;
  const auto page = library[0].ask<Records>(request);
  REQUIRE(page.records.size() == 1);
  CHECK(page.records[0].title == "B");
  CHECK_FALSE(page.complete);
  request.collection = "fietsen";
  CHECK(library.refusal(0, request).code == ErrorCode::not_found);
}

TEST_CASE("words are found in every open and members' text, and people by name") {
  Library library(1);
  library.add_schema(0);
  library.add(0, {{"naam", "Grote Boormachine"}});
  library[0].add_task("Boorgaten dichten");
  const auto found = library[0].ask<FoundTexts>(SearchText{{}, "boor", {}});
  REQUIRE(found.found.size() == 2);
  CHECK(found.found[0].collection == "task");
  CHECK(found.found[1].excerpt == "Grote Boormachine");
  CHECK(library[0].ask<FoundTexts>(SearchText{{}, "noor", {}}).found.size() == 1);
  CHECK_FALSE(library[0].ask<FoundTexts>(SearchText{{}, "boor", 1}).complete);
  CHECK(library[0].ask<FoundTexts>(SearchText{{}, "fiets", {}}).found.empty());
}

TEST_CASE("what cannot be meant is refused, and nothing is written") {
  Library library(1);
  library.add_schema(0);
  library.add(0, {{"naam", "Boor"}});
  const auto before = library[0].dump();
  const auto refused = [&](std::vector<FieldInput> fields) {
    return library.refusal(0, AddRecord{{}, "gereedschap", std::move(fields)}).code;
  };
  CHECK(refused({{"stuks", "2"}}) == ErrorCode::empty_text);
  CHECK(refused({{"naam", "  "}}) == ErrorCode::empty_text);
  CHECK(refused({{"naam", "x"}, {"stuks", "twee"}}) == ErrorCode::bad_number);
  CHECK(refused({{"naam", "x"}, {"staat", "kapot"}}) == ErrorCode::not_found);
  CHECK(refused({{"naam", "x"}, {"gekocht", "31-02-2027"}}) == ErrorCode::bad_date);
  CHECK(refused({{"naam", "x"}, {"uren", "1:75"}}) == ErrorCode::bad_number);
  CHECK(refused({{"naam", "x"}, {"kleur", "rood"}}) == ErrorCode::not_found);
  CHECK(library.refusal(0, AddRecord{{}, "task", {{"title", "x"}}}).code == ErrorCode::not_allowed);
  ChangeRecord change;
  change.collection = "gereedschap";
  change.record.text = "Boor";
  CHECK(library.refusal(0, change).code == ErrorCode::nothing_to_change);
  change.remove = {{"labels", "tuin"}};
  CHECK(library.refusal(0, change).code == ErrorCode::not_found);
  change.remove = {};
  change.add = {{"stuks", "3"}};
  CHECK(library.refusal(0, change).code == ErrorCode::not_allowed);
  change.add = {};
  change.clear = {"naam"};
  CHECK(library.refusal(0, change).code == ErrorCode::empty_text);
  CHECK(library[0].dump() == before);
}
