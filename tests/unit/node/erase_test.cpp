// Erasing for good (FORMAT.md 5.7): what goes, where, by whom, and what becomes of what comes later.
#include <doctest/doctest.h>

#include <algorithm>

#include "core/oplog/author.hpp"
#include "core/oplog/spaces.hpp"
#include "tests/support/sim_world.hpp"
#include "tests/support/tools_schema.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

constexpr const char* kPlanted = "Lindelaan-14-alleenwonend";
constexpr std::size_t kNoor = 0, kSven = 1, kWil = 2;

// Noor coordinates; all three have the collection of tools.
struct Neighbours {
  Neighbours() : world(23) {
    for (const char* name : {"Noor", "Sven", "Wil"}) world.add(name);
    world.found(kNoor, "Gereedschapsbank");
    world[kNoor].ask<SchemaAnswer>(ExtendSchema{{}, kTools, false});
    world.heal();
  }
  RecordId add(std::size_t who, const std::string& name, const std::string& text) {
    return world[who].ask<RecordAnswer>(AddRecord{{}, "gereedschap", {{"naam", name}, {"uitleg", text}}}).record.id;
  }
  RecordAnswer erase(std::size_t who, const std::string& record, bool sure = true) {
    return world[who].ask<RecordAnswer>(EraseRecord{{}, "gereedschap", {record}, sure});
  }
  std::vector<std::string> names(std::size_t who) {
    std::vector<std::string> all;
    for (const auto& record : world[who].ask<Records>(ListRecords{{}, "gereedschap", {}, {}, false, {}, 0}).records) {
      all.push_back(record.title);
    }
    return all;
  }
  Error refusal(std::size_t who, const Request& request) {
    const auto answer = world[who].community().perform(request);
    REQUIRE_FALSE(answer);
    return answer.error();
  }
  // The same on every laptop, and on each the same as made anew from its log.
  void check_equal() {
    const auto first = world[kNoor].dump();
    const auto lacking = world[kNoor].lacking();
    for (std::size_t i = 0; i < world.size(); ++i) {
      CHECK(world[i].dump() == first);
      CHECK(world[i].lacking() == lacking);
      CHECK(world[i].ask<DoctorAnswer>(RunDoctor{}).views_equal);
    }
  }

  SimWorld world;
};

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("what is erased is gone from every laptop, and from every page of its store") {
  Neighbours it;
  it.add(kSven, "Ladder", std::string("staat bij ") + kPlanted);
  it.add(kSven, "Spade", "in de schuur");
  it.world.heal();
  const std::string changed = std::string("stond bij ") + kPlanted + " en nu niet meer";
  it.world[kWil].ask<RecordAnswer>(ChangeRecord{{}, "gereedschap", {"Ladder"}, {{"uitleg", changed}}, {}, {}, {}});
  it.world.heal();
  for (std::size_t i = 0; i < 3; ++i) REQUIRE(it.world[i].holds_text(kPlanted));

  const RecordAnswer answer = it.erase(kNoor, "Ladder");
  CHECK(answer.erased);
  CHECK(answer.kept == 0);
  CHECK(answer.record.title == "Ladder");
  it.world.heal();
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(it.names(i) == Names{"Spade"});
    CHECK_FALSE(it.world[i].holds_text(kPlanted));
    CHECK_FALSE(it.world[i].holds_text("Ladder"));
    CHECK(it.world[i].holds_text("in de schuur"));
  }
  CHECK(it.world[kNoor].lacking().size() == 2);
  it.check_equal();
}

TEST_CASE("without being sure nothing is written, and what would go is told") {
  Neighbours it;
  const RecordId ladder = it.add(kSven, "Ladder", "lang");
  const auto before = it.world[kSven].dump();
  const RecordAnswer answer = it.erase(kSven, "Ladder", false);
  CHECK_FALSE(answer.erased);
  CHECK(answer.record.id == ladder);
  CHECK(it.world[kSven].dump() == before);
}

TEST_CASE("what was deleted can still be erased, by its id") {
  Neighbours it;
  const RecordId ladder = it.add(kSven, "Ladder", kPlanted);
  it.world[kSven].ask<RecordAnswer>(DeleteRecord{{}, "gereedschap", {"Ladder"}, false});
  REQUIRE(it.world[kSven].holds_text(kPlanted));
  const RecordAnswer answer = it.erase(kSven, to_text(ladder));
  CHECK(answer.erased);
  CHECK(answer.deleted);
  CHECK_FALSE(it.world[kSven].holds_text(kPlanted));
}

TEST_CASE("what was erased does not come back: not by its id, not by undoing, not by writing to it") {
  Neighbours it;
  const RecordId ladder = it.add(kSven, "Ladder", "lang");
  it.erase(kSven, "Ladder");
  CHECK(it.refusal(kSven, DeleteRecord{{}, "gereedschap", {to_text(ladder)}, true}).code == ErrorCode::not_found);
  const Error undone = it.refusal(kSven, UndoAct{});
  CHECK(undone.code == ErrorCode::not_allowed);
  CHECK(undone.args == std::vector<std::string>{"undo_erase"});
  CHECK(it.refusal(kSven, EraseRecord{{}, "gereedschap", {to_text(ladder)}, true}).code == ErrorCode::not_found);
  it.world[kSven].from_below([&](Connection& db, const DeviceKeys& keys, Ingest& ingest) {
    Mutation restore = create_record(collection::kTask, ladder);
    restore.kind = static_cast<std::uint32_t>(MutationKind::restore);
    Draft draft(circle_id(all_spaces(db)->back().id, 1), kSchemaNumber);
    draft.add(restore);
    const auto operation = author(db, keys, draft, new_act(it.world[kSven].fake().rng), it.world[kSven].fake().env());
    REQUIRE((operation && ingest.take(*operation)));
  });
  CHECK(it.names(kSven).empty());
  CHECK(it.world[kSven].ask<Tasks>(ListTasks{}).tasks.empty());
}

TEST_CASE("the log tells that something was erased and by whom, and no word of it") {
  Neighbours it;
  it.add(kSven, "Ladder", kPlanted);
  it.world.heal();
  it.erase(kNoor, "Ladder");
  it.world.heal();
  const auto log = it.world[kWil].ask<LogAnswer>(ShowLog{});
  REQUIRE(log.rows.size() >= 2);
  CHECK(log.rows.front().kind == LogKind::erased);
  CHECK(log.rows.front().person.name == "Noor");
  for (const auto& row : log.rows) {
    CHECK(row.title != "Ladder");
    for (const auto& change : row.changes) {
      CHECK(change.after.find(kPlanted) == std::string::npos);
      CHECK(change.after != "Ladder");
    }
  }
  const auto added = std::ranges::find(log.rows, LogKind::record_added, &LogRow::kind);
  REQUIRE(added != log.rows.end());
  CHECK(added->erased);
  CHECK(added->words.label.key == "gereedschap");
  CHECK(added->changes.empty());
}

TEST_CASE("who made it and a coordinator may erase it, and nobody else") {
  Neighbours it;
  const RecordId ladder = it.add(kSven, "Ladder", "lang");
  it.add(kSven, "Spade", "scherp");
  it.world.heal();
  const Error refused = it.refusal(kWil, EraseRecord{{}, "gereedschap", {"Ladder"}, true});
  CHECK(refused.code == ErrorCode::not_allowed);
  CHECK(refused.args == std::vector<std::string>{"erase"});
  // A program that does it all the same is believed by nobody.
  it.world[kWil].from_below([&](Connection& db, const DeviceKeys& keys, Ingest& ingest) {
    Mutation erase = create_record(collection::kTask, ladder);
    erase.kind = static_cast<std::uint32_t>(MutationKind::erase);
    Draft draft(circle_id(all_spaces(db)->back().id, 1), kSchemaNumber);
    draft.add(erase);
    const auto operation = author(db, keys, draft, new_act(it.world[kWil].fake().rng), it.world[kWil].fake().env());
    REQUIRE((operation && ingest.take(*operation)));
  });
  it.world.heal();
  for (std::size_t i = 0; i < 3; ++i) CHECK(it.names(i) == Names{"Ladder", "Spade"});
  CHECK(it.world[kNoor].lacking().empty());
  CHECK(it.erase(kSven, "Ladder").erased);
  CHECK(it.erase(kNoor, "Spade").erased);
  it.world.heal();
  for (std::size_t i = 0; i < 3; ++i) CHECK(it.names(i).empty());
  it.check_equal();
}

TEST_CASE("the details of somebody who takes part are not erased") {
  Neighbours it;
  const Error refused = it.refusal(kNoor, EraseRecord{{}, "principal", {"Sven"}, true});
  CHECK(refused.code == ErrorCode::not_allowed);
  CHECK(refused.args == std::vector<std::string>{"erase_member"});
}

TEST_CASE("what somebody writes apart to what was erased goes too when it comes") {
  Neighbours it;
  it.add(kSven, "Ladder", "lang");
  it.world.heal();
  it.erase(kNoor, "Ladder");
  it.world[kWil].ask<RecordAnswer>(
      ChangeRecord{{}, "gereedschap", {"Ladder"}, {{"uitleg", kPlanted}, {"stuks", "3"}}, {}, {}, {}});
  it.world[kSven].ask<RecordAnswer>(ChangeRecord{{}, "gereedschap", {"Ladder"}, {{"naam", "Trap"}}, {}, {}, {}});
  it.world.heal();
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(it.names(i).empty());
    CHECK_FALSE(it.world[i].holds_text(kPlanted));
    CHECK_FALSE(it.world[i].holds_text("Trap"));
  }
  it.check_equal();
}

TEST_CASE("a task is erased with its title, note and place in line, and its claims are no more") {
  Neighbours it;
  it.world[kNoor].add_task(std::string("Heg van ") + kPlanted, 2);
  it.world.heal();
  it.world[kSven].claim(std::string("Heg van ") + kPlanted);
  it.world.heal();
  it.world[kNoor].ask<RecordAnswer>(EraseRecord{{}, "task", {std::string("Heg van ") + kPlanted}, true});
  it.world.heal();
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(it.world[i].ask<Tasks>(ListTasks{}).tasks.empty());
    CHECK_FALSE(it.world[i].holds_text(kPlanted));
  }
  it.check_equal();
}

TEST_CASE("a newcomer who never had it gets the operations without what was erased") {
  Neighbours it;
  it.add(kSven, "Ladder", kPlanted);
  it.world.heal();
  it.erase(kSven, "Ladder");
  it.world.heal();
  const std::size_t iris = it.world.add("Iris");
  REQUIRE(it.world.join(kNoor, iris).level);
  it.world.heal();
  CHECK(it.names(iris).empty());
  CHECK_FALSE(it.world[iris].holds_text(kPlanted));
  it.check_equal();
}

TEST_CASE("what stands in one piece with another record is hidden until that one is erased too") {
  Neighbours it;
  std::vector<RecordId> made(2);
  it.world[kNoor].from_below([&](Connection& db, const DeviceKeys& keys, Ingest& ingest) {
    Draft draft(circle_id(all_spaces(db)->back().id, 1), kSchemaNumber);
    for (std::size_t i = 0; i < made.size(); ++i) {
      made[i].bytes.fill(static_cast<std::uint8_t>(i + 1));
      draft.add(create_record(collection::kTask, made[i]));
      draft.add(write_field(collection::kTask, made[i], task_field::kTitle),
                TextValue{std::string(kPlanted) + std::to_string(i), {}});
    }
    const auto operation = author(db, keys, draft, new_act(it.world[kNoor].fake().rng), it.world[kNoor].fake().env());
    REQUIRE((operation && ingest.take(*operation)));
  });
  it.world.heal();
  REQUIRE(it.world[kSven].ask<Tasks>(ListTasks{}).tasks.size() == 2);

  const auto first = it.world[kNoor].ask<RecordAnswer>(EraseRecord{{}, "task", {to_text(made[0])}, true});
  CHECK(first.kept == 1);
  it.world.heal();
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(it.world[i].ask<Tasks>(ListTasks{}).tasks.size() == 1);
    CHECK(it.world[i].lacking().empty());
    CHECK(it.world[i].ask<FoundTexts>(SearchText{{}, std::string(kPlanted) + "0", {}}).found.empty());
  }
  const auto second = it.world[kNoor].ask<RecordAnswer>(EraseRecord{{}, "task", {to_text(made[1])}, true});
  CHECK(second.kept == 0);
  it.world.heal();
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(it.world[i].lacking().size() == 1);
    CHECK_FALSE(it.world[i].holds_text(kPlanted));
  }
  it.check_equal();
}

TEST_CASE("an erase that a removal sets aside gives back what it took, from whoever still has it") {
  Neighbours it;
  it.add(kSven, "Ladder", kPlanted);
  it.world.heal();
  // Noor writes behind it, so it is inside her removal; the erase is not.
  it.add(kNoor, "Spade", "scherp");
  it.world.heal();
  act::RemovePerson removal;
  removal.person = it.world[kSven].replica().keys().person;
  const SpaceId space = it.world[kNoor].replica().spaces()->back().id;
  for (std::uint32_t circle = 0; circle < kCircles; ++circle) removal.cut.push_back({circle_id(space, circle), {}, {}});
  std::ranges::sort(removal.cut, {}, &CircleHeads::circle);
  it.world[kNoor].write_act(removal);
  it.erase(kSven, "Ladder");
  REQUIRE(it.world.meet(kSven, kWil).level);
  REQUIRE(it.names(kWil) == Names{"Spade"});
  REQUIRE_FALSE(it.world[kWil].holds_text(kPlanted));

  REQUIRE(it.world.meet(kWil, kNoor).level);
  REQUIRE(it.world.meet(kWil, kNoor).level);
  for (const std::size_t each : {kNoor, kWil}) {
    CHECK(it.names(each) == Names{"Ladder", "Spade"});
    CHECK(it.world[each].lacking().empty());
  }
  CHECK(it.world[kWil].dump() == it.world[kNoor].dump());
}
