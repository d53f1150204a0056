// Records, schemas, conflicts and undone acts made by hand, printed for people and as JSON.
#include <doctest/doctest.h>

#include "sync/cli/answer_output.hpp"
#include "sync/cli/exit_code.hpp"
#include "sync/cli/schema_output.hpp"
#include "sync/cli/terminal_text.hpp"
#include "tests/unit/cli/printed.hpp"

namespace kiem::cli {
namespace {

FieldModel field(std::string key, std::string nl, std::string en, std::string type, std::string merge = "one") {
  FieldModel made;
  made.label = {std::move(key), std::move(nl), std::move(en)};
  made.type = std::move(type);
  made.merge = std::move(merge);
  made.circle = "open";
  return made;
}

CollectionModel tools() {
  CollectionModel made;
  made.label = {"tool", "Gereedschap", "Tools"};
  made.home = "open";
  made.writers = "members";
  made.title = "name";
  made.records = 2;
  FieldModel state = field("state", "Stand", "State", "choice");
  state.choices = {{"free", "vrij", "free"}, {"lent", "uitgeleend", "lent"}};
  FieldModel owner = field("owner", "Van wie", "Owner", "person");
  owner.circle = "members";
  owner.about_person = true;
  FieldModel spare = field("spare", "Reserve", "Spare", "record");
  spare.of = "tool";
  made.fields = {field("name", "Naam", "Name", "text"),
                 state,
                 field("bought", "Gekocht", "Bought", "date"),
                 field("tags", "Waarvoor", "Used for", "text", "set"),
                 owner,
                 spare};
  return made;
}

RecordModel drill() {
  RecordModel made;
  made.id = id<RecordId>(1);
  made.collection = "tool";
  made.title = "Boor";
  made.cells = {{"name", "Boor", {}, false},         {"state", "lent", {}, true},
                {"bought", "2027-04-17", {}, false}, {"tags", "", {"hout", "steen"}, false},
                {"owner", "Noor", {}, false},        {"spare", "", {}, false}};
  made.conflicts = {{"state", {{person(1, "Noor"), {0}, "lent", true}, {person(2, "Sven"), {0}, "free", false}}}};
  made.added_by = person(1, "Noor");
  return made;
}

TEST_CASE("a record shows its labels in the reader's language, values by type, and what contradicts") {
  CHECK(text_of(kDutch, Request(ShowRecord{}), RecordAnswer{drill(), tools(), false}) ==
        "Boor\n"
        "  Stand     uitgeleend\n"
        "  Gekocht   za 17 april 2027\n"
        "  Waarvoor  hout, steen\n"
        "  Van wie   Noor\n"
        "  Van       Noor\n"
        "  Kenmerk   040g2081040g2081040g2081040g2081040g2081040g2081040g\n"
        "\n"
        "Tegenspraak\n"
        "  Noor zette Stand op uitgeleend, Sven op vrij, los van elkaar; nu geldt\n"
        "  uitgeleend.\n"
        "Hoe je kiest, zie je met: kiem conflicts\n");
  CHECK(has(text_of(kEnglish, Request(ShowRecord{}), RecordAnswer{drill(), tools(), false}), "  State     lent\n"));
}

TEST_CASE("each act on a record is told in its own words") {
  const RecordAnswer answer{drill(), tools(), false};
  CHECK(text_of(kDutch, Request(AddRecord{}), answer) == to_text(id<RecordId>(1)) + "\nToegevoegd: Boor.\n");
  CHECK(text_of(kDutch, Request(ChangeRecord{}), answer).starts_with("Boor is veranderd.\n  Stand     uitgeleend\n"));
  CHECK(text_of(kDutch, Request(DeleteRecord{}), RecordAnswer{drill(), tools(), true}) ==
        "Boor is verwijderd. Het kan terug met:\n  kiem record restore tool 040g2081\n");
  CHECK(text_of(kEnglish, Request(DeleteRecord{{}, "tool", {"Boor"}, true}), answer) == "Boor is back.\n");
  CHECK(text_of(kDutch, Request(SettleConflict{{}, {"Boor"}, "state", 1}), answer) ==
        "Boor: Stand is nu uitgeleend.\n");
  CHECK(text_of(kDutch, Request(SettleConflict{{}, {"Boor"}, "spare", 1}), answer) == "Boor: Reserve is nu leeg.\n");
}

TEST_CASE("erasing first says what would go and how to go on, then that it went and what is left of it") {
  const EraseRecord unsure{{}, "tool", {"Boor"}, false}, sure{{}, "tool", {"Boor"}, true};
  RecordAnswer answer{drill(), tools(), false};
  const std::string asked = text_of(kDutch, Request(unsure), answer);
  CHECK(has(asked, "gaat voor goed weg"));
  CHECK(has(asked, "  kiem record erase tool " + short_id(drill().id) + " --sure\n"));
  answer.erased = true;
  const std::string done = text_of(kEnglish, Request(sure), answer);
  CHECK(has(done, "was erased"));
  CHECK_FALSE(has(done, "with other data"));
  answer.kept = 1;
  CHECK(has(text_of(kEnglish, Request(sure), answer), "1 piece of it stands in one act with other data"));
  CHECK(answer_json(Lang::nl, answer).ends_with("\"deleted\":false,\"erased\":true,\"kept\":1}\n"));
  answer.kept = 2;
  CHECK(has(text_of(kDutch, Request(sure), answer), "2 stukken ervan staan samen met andere gegevens"));
  // What was deleted before has no name any more.
  answer.record.title.clear();
  answer.deleted = true;
  CHECK(has(text_of(kDutch, Request(sure), answer), short_id(drill().id) + " is gewist"));
}

TEST_CASE("records are aligned below their labels, as many as fit, and no line is wider than a terminal") {
  RecordModel ladder;
  ladder.id = id<RecordId>(3);
  ladder.cells = {{"name", "", {}, false}};
  const Records answer{tools(), {drill(), ladder}, true};
  CHECK(text_of(kDutch, Request(ListRecords{}), answer) ==
        "Gereedschap: 2 stukken\n\n"
        "            Naam           Stand           Gekocht    Waarvoor     Van wie\n"
        "  040g2081  Boor           uitgeleend (!)  za 17 apr  hout, steen  Noor\n"
        "  0c1g60r3  (zonder naam)\n"
        "\n"
        "(!) is los van elkaar verschillend geschreven. Kijk met: kiem conflicts\n");

  Records wide = answer;
  wide.complete = false;
  wide.records[0].title = "\x1b[2J" + std::string(300, 'x');
  wide.records[0].cells[3].values = {std::string(200, 'y')};
  const std::string text = text_of(kDutch, Request(ListRecords{}), wide);
  CHECK_FALSE(has(text, "\x1b"));
  CHECK(has(text, "kiem record show tool STUK"));
  CHECK(has(text, "--limit en --skip"));
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) CHECK(display_width(line) <= kColumns);
  CHECK(exit_code(Answer(wide)) == ExitCode::done);
}

TEST_CASE("an empty collection says how to begin, an empty answer that nothing fits") {
  CHECK(has(text_of(kDutch, Request(ListRecords{}), Records{tools(), {}, true}), "kiem record add tool VELD=WAARDE"));
  ListRecords some;
  some.where = {{"state", "free"}};
  CHECK(text_of(kDutch, Request(some), Records{tools(), {}, true}) == "Gereedschap: niets dat hierbij past.\n");
}

TEST_CASE("records as JSON keep what is stored") {
  const std::string json = answer_json(Lang::nl, Records{tools(), {drill()}, true});
  CHECK(json.starts_with("{\"collection\":{\"key\":\"tool\",\"label\":{\"nl\":\"Gereedschap\",\"en\":\"Tools\"},"));
  CHECK(has(json, "{\"key\":\"bought\",\"value\":\"2027-04-17\",\"values\":null,\"conflict\":false}"));
  CHECK(has(json, "{\"key\":\"state\",\"value\":\"lent\",\"values\":null,\"conflict\":true}"));
  CHECK(has(json, "{\"key\":\"tags\",\"value\":null,\"values\":[\"hout\",\"steen\"],\"conflict\":false}"));
  CHECK(has(json, "{\"key\":\"spare\",\"value\":null,\"values\":null,\"conflict\":false}"));
  CHECK(json.ends_with("\"complete\":true}\n"));
  CHECK(answer_json(Lang::nl, RecordAnswer{drill(), tools(), true})
            .ends_with("\"deleted\":true,\"erased\":false,\"kept\":0}\n"));
}

TEST_CASE("a schema is a page in plain words") {
  SchemaAnswer answer;
  answer.collections = {tools()};
  CHECK(text_of(kDutch, Request(ShowSchema{}), answer) ==
        "Gereedschap (tool), 2 stukken\n"
        "  leesbaar voor iedereen in het initiatief; iedereen die het leest, schrijft\n"
        "  eraan mee\n"
        "  name    Naam (tekst); hier heet een stuk naar\n"
        "  state   Stand (keuze: vrij, uitgeleend)\n"
        "  bought  Gekocht (datum)\n"
        "  tags    Waarvoor (meer teksten naast elkaar)\n"
        "  owner   Van wie (mens); leesbaar voor vrijwilligers en coördinatoren; gaat\n"
        "          over een mens\n"
        "  spare   Reserve (verwijzing: Gereedschap)\n");
  answer.added_fields = 1;
  CHECK(text_of(kDutch, Request(ExtendSchema{}), answer) == "Toegevoegd: 1 veld. Bekijk het met: kiem schema show\n");
  answer.added_collections = 2;
  answer.dry_run = true;
  CHECK(text_of(kEnglish, Request(ExtendSchema{}), answer) ==
        "This would be added: 2 collections and 1 field. Nothing was changed yet.\n");
  CHECK(answer_json(Lang::nl, answer)
            .ends_with("\"added_collections\":2,\"added_fields\":1,\"added_keeps\":0,\"dry_run\":true}\n"));
  CHECK(has(text_of(kDutch, Request(ExtendSchema{}), SchemaAnswer{}), "Niets nieuws"));
  for (const char* name : {"tool", "Gereedschap", "tools", "GEREEDSCHAP"}) {
    CHECK(collections_named(answer.collections, name).has_value());
  }
  CHECK(collections_named(answer.collections, "seed").error().args == std::vector<std::string>{"collection", "seed"});
}

TEST_CASE("a conflict is one sentence, and a command for each side") {
  Conflicts answer;
  answer.rows = {{"task",
                  id<RecordId>(1),
                  "Heg knippen",
                  {"seats", {{person(1, "Noor"), {0}, "4", false}, {person(2, "Sven"), {0}, "3", true}}}}};
  CHECK(text_of(kDutch, Request(ListConflicts{}), answer) ==
        "Heg knippen\n"
        "  Noor zette aantal plekken op 4, Sven op 3, los van elkaar; nu geldt 3.\n"
        "  Kies met:\n"
        "    kiem settle 040g2081 seats --side 1  4 (Noor)\n"
        "    kiem settle 040g2081 seats --side 2  3 (Sven)\n");
  CHECK(has(answer_json(Lang::nl, answer), "\"title\":\"Heg knippen\",\"field\":\"seats\",\"sides\":[{\"person\":{"));
  CHECK(text_of(kEnglish, Request(ListConflicts{}), Conflicts{}) == "Nothing contradicts.\n");
  // Where the initiative was named the command names it, and what it chooses stands below.
  CHECK(has(text_of(kDutch, Request(ListConflicts{{"Sociaal Tuinieren"}}), answer),
            "    kiem settle 040g2081 seats --side 1 --initiative \"Sociaal Tuinieren\"\n"
            "      4 (Noor)\n"
            "    kiem settle 040g2081 seats --side 2 --initiative \"Sociaal Tuinieren\"\n"
            "      3 (Sven)\n"));
  const std::string named = " kiem conflicts --initiative ST\n";
  CHECK(has(text_of(kDutch, Request(ShowRecord{{"ST"}, {}, {}}), RecordAnswer{drill(), tools(), false}), named));
  ListRecords list;
  list.initiative = {"ST"};
  CHECK(has(text_of(kDutch, Request(list), Records{tools(), {drill()}, true}), named));
}

TEST_CASE("what is found names the record, the field and the words around") {
  FoundTexts answer;
  answer.found = {{id<RecordId>(1), "task", "Heg knippen", "note", "Neem een heggenschaar mee"}};
  CHECK(text_of(kDutch, Request(SearchText{}), answer) ==
        "  040g2081  Heg knippen (toelichting)\n"
        "            Neem een heggenschaar mee\n");
  answer.complete = false;
  CHECK(has(text_of(kDutch, Request(SearchText{}), answer), "--limit"));
  CHECK(has(text_of(kDutch, Request(SearchText{}), FoundTexts{}), "Niets gevonden."));
  CHECK(answer_json(Lang::nl, answer).ends_with("\"excerpt\":\"Neem een heggenschaar mee\"}],\"complete\":false}\n"));
}

TEST_CASE("undo says what was taken back and what stayed because somebody wrote since") {
  Undone undone{id<ActId>(1), {{"seats", "3", "2"}}, {}};
  undone.left.push_back({"date"});
  CHECK(text_of(kDutch, Request(UndoAct{}), undone) ==
        "Teruggenomen:\n"
        "  aantal plekken: 2, was 3\n"
        "Dit bleef staan, want daarna heeft iemand het veranderd: datum.\n");
  CHECK(has(answer_json(Lang::nl, undone),
            "\"changes\":[{\"field\":\"seats\",\"before\":\"3\",\"after\":\"2\"}],\"left\":[\"date\"]"));
  undone.changes = {{"tool", "", ""}};
  undone.left.clear();
  CHECK(has(text_of(kDutch, Request(UndoAct{}), undone), "tool: wat verwijderd was staat er weer"));
  undone.changes = {{"claim", "Heg knippen", ""}};
  CHECK(has(text_of(kDutch, Request(UndoAct{}), undone), "Er is geen aanmelding meer voor Heg knippen."));
  undone.changes = {{"claim", "", "Heg knippen (2)"}};
  CHECK(has(text_of(kDutch, Request(UndoAct{}), undone), "De aanmelding voor Heg knippen (2) is er weer."));
  undone.changes = {{"claim", "Heg knippen", "Heg knippen (2)"}};
  CHECK(has(text_of(kDutch, Request(UndoAct{}), undone), "aanmelding: Heg knippen (2), was Heg knippen"));
  undone.changes.clear();
  CHECK(text_of(kDutch, Request(UndoAct{}), undone) == "Die handeling is teruggenomen.\n");
  undone.left.push_back({"date"});
  CHECK(text_of(kEnglish, Request(UndoAct{}), undone).starts_with("Nothing was taken back.\n"));
}

TEST_CASE("what was written apart or taken back in a list of the initiative's own is told by its labels") {
  const FieldWords state{
      {"staat", "Staat", "Condition"}, "choice", {{"stuk", "kapot", "broken"}, {"goed", "goed", "fine"}}};
  Undone undone{id<ActId>(1), {{"staat", "stuk", "goed", state}}, {}};
  undone.left.push_back({"uitleg", {{"uitleg", "Uitleg", "Manual"}, "text", {}}, "Zet hem vast."});
  CHECK(text_of(kEnglish, Request(UndoAct{}), undone) ==
        "Taken back:\n"
        "  Condition: fine, was broken\n"
        "This stayed, since somebody has changed it after that: Manual (“Zet hem vast.”).\n");
  undone.changes = {{"gereedschap", "", "", {{"gereedschap", "Gereedschap", "Tools"}, {}, {}}}};
  CHECK(has(text_of(kDutch, Request(UndoAct{}), undone), "Gereedschap: wat verwijderd was staat er weer"));

  Conflicts conflicts;
  ConflictRow row{"staat", {{person(1, "Noor"), {0}, "goed", true}, {person(2, "Sven"), {0}, "stuk", false}}, state};
  conflicts.rows.push_back(
      {"gereedschap", id<RecordId>(3), "Boor", row, {{"gereedschap", "Gereedschap", "Tools"}, {}, {}}});
  const std::string told = text_of(kDutch, Request(ListConflicts{}), conflicts);
  CHECK(told.starts_with(
      "Boor (Gereedschap)\n  Noor zette Staat op goed, Sven op kapot, los van elkaar; nu geldt goed.\n"));
  CHECK(has(told, " staat --side 2"));  // the command takes the key
  CHECK(has(told, "kapot (Sven)"));
}

}  // namespace
}  // namespace kiem::cli
