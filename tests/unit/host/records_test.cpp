// Lists of the initiative's own in the whole client, on a store: what the window shows is what a schema file says.
#include <doctest/doctest.h>

#include "tests/unit/host/hosted_client.hpp"

namespace kiem::test {
namespace {

constexpr std::string_view kShed = R"toml(
[[collection]]
key = "gereedschap"
label = { nl = "Gereedschap", en = "Tools" }
title = "naam"
field = [
  { key = "naam", label = { nl = "Naam", en = "Name" }, type = "text" },
  { key = "stand", label = { nl = "Stand", en = "State" }, type = "choice", choices = [
      { key = "vrij", nl = "vrij", en = "free" },
      { key = "stuk", nl = "stuk", en = "broken" },
    ], careful = ["stuk", "vrij"] },
  { key = "gekocht", label = { nl = "Gekocht op", en = "Bought on" }, type = "date" },
  { key = "waarvoor", label = { nl = "Waarvoor", en = "Used for" }, type = "text", merge = "set" },
  { key = "gebruikt", label = { nl = "Gebruikt", en = "Used" }, type = "length", merge = "tally" },
  { key = "eigenaar", label = { nl = "Van wie", en = "Owner" }, type = "person", circle = "members" },
  { key = "uitleg", label = { nl = "Uitleg", en = "Manual" }, type = "text", merge = "text" },
]
)toml";

struct Shed : HostedClient {
  Shed() {
    begin();
    ExtendSchema extend;
    extend.file = kShed;
    REQUIRE(backend.community()->perform(extend).has_value());
    settle();
    click("Lijsten");
    click("Gereedschap");
  }
  [[nodiscard]] RecordModel only() {
    ListRecords list;
    list.collection = "gereedschap";
    const auto answer = backend.community()->perform(list);
    REQUIRE(answer.has_value());
    const auto& records = std::get<Records>(*answer).records;
    REQUIRE(records.size() == 1);
    return records.front();
  }
};

TEST_CASE("a list that a schema file brought is filled, changed, emptied and undone in the window") {
  Shed shed;
  CHECK(shed.says("Hier staat nog niets"));
  shed.click("Voeg iets toe");
  shed.click("Opslaan");
  CHECK(shed.page() == m::Page::edit_record);
  REQUIRE(shed.host->state().notice);
  CHECK(shed.host->state().notice->kind == m::Notice::Kind::error);
  shed.type("Naam", "Boormachine");
  shed.click("vrij", "Stand");
  shed.type("Gekocht op", "17-4-2027");
  shed.type("Nog een bij Waarvoor", "hout");
  shed.click("Erbij");
  shed.type("Gebruikt", "1:30");
  shed.click("Noor", "Van wie");
  shed.click("Nog een alinea");
  shed.type("Uitleg, alinea 1", "Bril op.");
  shed.click("Nog een alinea");
  shed.type("Uitleg, alinea 2", "Rustig aan.");
  shed.click("Opslaan");
  CHECK(shed.page() == m::Page::records);
  CHECK(shed.says("Boormachine staat erop."));
  RecordModel drill = shed.only();
  CHECK(drill.title == "Boormachine");
  CHECK(drill.cells[1].shown == "vrij");
  CHECK(drill.cells[2].shown == "2027-04-17");
  CHECK(drill.cells[3].values == std::vector<std::string>{"hout"});
  CHECK(drill.cells[4].shown == "1:30");
  CHECK(drill.cells[5].shown == "Noor");
  CHECK(drill.cells[6].shown == "Bril op.\nRustig aan.");

  shed.click("Boormachine");
  CHECK(shed.says("za 17 april 2027"));
  shed.click("Pas aan");
  shed.click("stuk", "Stand");
  shed.type("Nog een bij Waarvoor", "steen");
  shed.click("hout weg");
  shed.type("Gebruikt", "0:30");
  shed.type_over("Uitleg, alinea 2", "Rustig aan. Niet haasten.");
  shed.click("Opslaan");
  CHECK(shed.page() == m::Page::record);
  drill = shed.only();
  CHECK(drill.cells[1].shown == "stuk");
  CHECK(drill.cells[3].values == std::vector<std::string>{"steen"});
  CHECK(drill.cells[4].shown == "2:00");
  CHECK(drill.cells[6].shown == "Bril op.\nRustig aan. Niet haasten.");

  shed.click("Haal weg");
  CHECK(shed.page() == m::Page::records);
  CHECK(shed.says("Hier staat nog niets"));
  shed.click("Ongedaan maken");
  CHECK(shed.says("Boormachine staat er weer."));
  CHECK(shed.only().cells[1].shown == "stuk");
}

TEST_CASE("a change is taken back by the line that tells of it") {
  Shed shed;
  shed.click("Voeg iets toe");
  shed.type("Naam", "Ladder");
  shed.click("Opslaan");
  shed.click("Ladder");
  shed.click("Pas aan");
  shed.type_over("Naam", "Trap");
  shed.click("Opslaan");
  CHECK(shed.only().title == "Trap");
  shed.click("Ongedaan maken");
  CHECK(shed.says("Het is ongedaan gemaakt."));
  CHECK(shed.only().title == "Ladder");
  CHECK(shed.host->waiting() == 0);
}

TEST_CASE("searching everything finds what stands in a list, and opens it") {
  Shed shed;
  shed.click("Voeg iets toe");
  shed.type("Naam", "Heggenschaar");
  shed.click("Nog een alinea");
  shed.type("Uitleg, alinea 1", "Eerst oliën, dan knippen.");
  shed.click("Opslaan");
  shed.click("Terug");
  CHECK(shed.page() == m::Page::lists);
  shed.type("Zoek in alles", "oliën");
  CHECK(shed.says("Heggenschaar"));
  shed.click("Heggenschaar");
  CHECK(shed.page() == m::Page::record);
  CHECK(shed.says("Eerst oliën, dan knippen."));
  CHECK(layout_faults(shed.window.last()).empty());
}

}  // namespace
}  // namespace kiem::test
