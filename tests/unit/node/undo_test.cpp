// Taking back texts and claims, with others who write meanwhile (records_test.cpp has the other fields).
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/support/sim_world.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

constexpr const char* kNotes = R"([[collection]]
key = "stuk"
title = "naam"
field = [
  { key = "naam", type = "text" },
  { key = "uitleg", label = { nl = "Uitleg", en = "Manual" }, type = "text", merge = "text" },
]
)";

// TwoWriters people of one initiative, with one text.
struct TwoWriters {
  TwoWriters() : world(21) {
    world.add("Noor");
    world.add("Sven");
    world.found(0, "Gereedschapsbank");
    world[0].ask<SchemaAnswer>(ExtendSchema{{}, kNotes, false});
  }
  SimLaptop& operator[](std::size_t i) { return world[i]; }
  void begin(std::string text) {
    world[0].ask<RecordAnswer>(AddRecord{{}, "stuk", {{"naam", "Zaag"}, {"uitleg", std::move(text)}}});
    world.heal();
  }
  void write(std::size_t laptop, std::string text) {
    ChangeRecord change;
    change.collection = "stuk";
    change.record.text = "Zaag";
    change.set = {{"uitleg", std::move(text)}};
    world[laptop].ask<RecordAnswer>(change);
  }
  std::string text(std::size_t laptop) {
    return world[laptop].ask<RecordAnswer>(ShowRecord{{}, "stuk", {"Zaag"}}).record.cells[1].shown;
  }
  Undone undo(std::size_t laptop, std::string act = {}) {
    return world[laptop].ask<Undone>(UndoAct{{}, std::move(act)});
  }
  std::string last_act(std::size_t laptop) {
    ShowLog log;
    const auto rows = world[laptop].ask<LogAnswer>(log).rows;
    const auto me = principal_of(world[laptop].replica().keys().person);
    const auto mine = std::find_if(rows.begin(), rows.end(), [&](const LogRow& row) { return row.person.id == me; });
    REQUIRE(mine != rows.end());
    return to_text(mine->act);
  }
  void check_equal() {
    world.heal();
    CHECK(world[0].dump() == world[1].dump());
    CHECK(world[0].ask<DoctorAnswer>(RunDoctor{}).views_equal);
  }

  SimWorld world;
};

}  // namespace

TEST_CASE("an edit of a text is taken back, and done again by taking that back") {
  TwoWriters two;
  two.begin("Zet hem vast.\nTrek rustig.\nRuim op.");
  two.write(0, "Zet hem goed vast.\nRuim op.\nVeeg de vloer.");
  auto undone = two.undo(0);
  CHECK(two.text(0) == "Zet hem vast.\nTrek rustig.\nRuim op.");
  CHECK(undone.changes.size() == 3);
  CHECK(undone.left.empty());
  two.undo(0);
  CHECK(two.text(0) == "Zet hem goed vast.\nRuim op.\nVeeg de vloer.");
  two.check_equal();
  CHECK(two.text(1) == "Zet hem goed vast.\nRuim op.\nVeeg de vloer.");
}

TEST_CASE("of an edit of a text the paragraphs that somebody changed since stay, and the others are taken back") {
  TwoWriters two;
  two.begin("Zet hem vast.\nTrek rustig.\nRuim op.");
  two.write(0, "Zet hem goed vast.\nTrek heel rustig.\nRuim alles op.");
  const std::string act = two.last_act(0);
  two.world.heal();
  two.write(1, "Zet hem goed vast.\nTrek heel rustig en recht.\nRuim alles op.");
  two.world.heal();
  const auto undone = two.undo(0, act);
  CHECK(two.text(0) == "Zet hem vast.\nTrek heel rustig en recht.\nRuim op.");
  CHECK(undone.changes.size() == 2);
  CHECK(undone.left.size() == 1);
  two.check_equal();
  CHECK(two.text(1) == two.text(0));
}

TEST_CASE("when everything was changed since nothing is taken back, and that is told") {
  TwoWriters two;
  two.begin("Zet hem vast.");
  two.write(0, "Zet hem goed vast.");
  const std::string act = two.last_act(0);
  two.write(0, "Zet hem heel goed vast.");
  const auto before = two[0].dump();
  const auto undone = two.undo(0, act);
  CHECK(undone.changes.empty());
  CHECK(undone.left.size() == 1);
  CHECK(two[0].dump() == before);
}

TEST_CASE("what somebody wrote apart, unseen, beside an edit of a text stays when that is taken back") {
  TwoWriters two;
  two.begin("Zet hem vast.\nTrek rustig.");
  two.write(0, "Zet hem goed vast.\nTrek rustig.");
  two.write(1, "Zet hem vast.\nTrek rustig en recht.");
  const std::string act = two.last_act(0);
  two.world.heal();
  two.undo(0, act);
  CHECK(two.text(0) == "Zet hem vast.\nTrek rustig en recht.");
  two.check_equal();
}

TEST_CASE("signing up is taken back by signing off, and signing off by signing up again") {
  TwoWriters two;
  two[0].add_task("Heg snoeien", 3);
  two.world.heal();
  two[1].claim("Heg snoeien", 2);
  auto undone = two.undo(1);
  REQUIRE(undone.changes.size() == 1);
  CHECK(undone.changes[0].field == "claim");
  CHECK(undone.changes[0].before == "Heg snoeien (2)");
  CHECK(undone.changes[0].after == "");
  const auto card = [&](std::size_t laptop) { return two[laptop].ask<TaskDetail>(ShowTask{{}, {"Heg snoeien"}}).card; };
  REQUIRE(card(1).mine);
  CHECK(card(1).mine->state == ClaimState::withdrawn);
  undone = two.undo(1);
  CHECK(undone.changes[0].after == "Heg snoeien (2)");
  CHECK(card(1).mine->count == 2);
  two.world.heal();
  CHECK(card(0).confirmed == 2);
  two[1].withdraw("Heg snoeien");
  two.undo(1);
  CHECK(card(1).mine->count == 2);
  CHECK(card(1).mine->state != ClaimState::withdrawn);
  two.check_equal();
}

TEST_CASE("another number of people is taken back to the one before") {
  TwoWriters two;
  two[0].add_task("Heg snoeien", 5);
  two[0].claim("Heg snoeien", 2);
  const auto wanted = [&] { return two[0].ask<TaskDetail>(ShowTask{{}, {"Heg snoeien"}}).card.mine->count; };
  two[0].claim("Heg snoeien", 4);
  two.undo(0);
  CHECK(wanted() == 2);
  two[0].claim("Heg snoeien", 1);
  two.undo(0);
  CHECK(wanted() == 2);
  two.check_equal();
}

TEST_CASE("a claim that was changed since stays, and a seat that comes free goes to who waits") {
  TwoWriters two;
  two[0].add_task("Heg snoeien", 1);
  two[0].claim("Heg snoeien");
  const std::string act = two.last_act(0);
  two.world.heal();
  two[1].claim("Heg snoeien");
  two.world.heal();
  CHECK(two[0].claims("Heg snoeien").size() == 2);
  // The last act of this laptop confirmed the claim; what is taken back is signing up.
  two.undo(0);
  const auto card = two[0].ask<TaskDetail>(ShowTask{{}, {"Heg snoeien"}}).card;
  CHECK(card.confirmed == 1);
  CHECK(card.mine->state == ClaimState::withdrawn);
  two.check_equal();
  CHECK(two[1].ask<TaskDetail>(ShowTask{{}, {"Heg snoeien"}}).card.mine->state == ClaimState::confirmed);

  two[1].withdraw("Heg snoeien");
  const std::string off = two.last_act(1);
  two[1].claim("Heg snoeien");
  const auto undone = two.undo(1, off);
  CHECK(undone.changes.empty());
  REQUIRE(undone.left.size() == 1);
  CHECK(undone.left[0].field == "claim");
}

TEST_CASE("signing off from a task that was called off since is not taken back") {
  TwoWriters two;
  two[0].add_task("Heg snoeien", 1);
  two.world.heal();
  two[1].claim("Heg snoeien");
  two[1].withdraw("Heg snoeien");
  two.world.heal();
  two[0].ask<TaskChanged>(CancelTask{{}, {"Heg snoeien"}, "regen"});
  two.world.heal();
  const auto refused = two[1].community().perform(UndoAct{});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::task_closed);
}
