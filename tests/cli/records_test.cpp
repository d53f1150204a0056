// A collection of an initiative's own from a file, and records in it: what each command answers on one laptop.
// tests/peers/records_test.cpp has the story on two.
#include <doctest/doctest.h>

#include "tests/cli/json_text.hpp"
#include "tests/cli/shell.hpp"

namespace kiem::test {
namespace {

const std::string kExample = KIEM_TESTS "/cli/gereedschap.toml";

// A field's value of a record in JSON.
std::string value_of(const JsonText& json, const std::string& record, const std::string& key) {
  return json.at(json.find(record + "/fields", "/key", key) + "/value");
}

struct ToolShell : Shell {
  ToolShell() {
    begin();
    done({"schema", "add", kExample});
  }
};

TEST_CASE("the reference page shows the example as it is tested") {
  const std::string page = contents_of(KIEM_TESTS "/../core/schema/SCHEMA.md");
  CHECK(has(page, "```toml\n" + contents_of(kExample) + "```\n"));
}

TEST_CASE("a schema file is tried, added once, and told in plain words") {
  Shell shell;
  shell.begin();
  CHECK(shell.done({"schema", "add", kExample, "--dry-run"}) ==
        "Dit zou erbij komen: 2 verzamelingen, 13 velden en 1 bewaartermijn. Er is nog\nniets veranderd.\n");
  CHECK(shell.run({"schema", "show", "gereedschap"}).code == 1);
  CHECK(has(shell.done({"schema", "add", kExample}), "Toegevoegd: 2 verzamelingen, 13 velden en 1 bewaartermijn."));
  CHECK(has(shell.done({"schema", "add", kExample}), "Niets nieuws"));
  const std::string shown = shell.done({"schema", "show", "Uitleen"});
  CHECK(has(shown, "Uitleen (uitleen), 0 stukken\n"));
  CHECK(has(shown, "  bewaard tot 365 dagen na ‘Tot en met’\n"));
  CHECK(has(shown, "ding      Gereedschap (verwijzing: Gereedschap)\n"));
  CHECK(has(shown, "afspraak  Afspraak (tekst); gaat over een mens\n"));
  CHECK_FALSE(has(shown, "Naam"));
  const JsonText json = json_of(shell, {"schema", "show", "gereedschap"});
  REQUIRE(json.size("/collections") == 1);
  CHECK(json.at("/collections/0/label/en") == "Tools");
  CHECK(json.at("/collections/0/fields/1/choices/2/key") == "stuk");
  CHECK(json_of(shell, {"schema", "show"}).size("/collections") == 5);
  CHECK(has(shell.done({"log"}), "Anneke breidde uit wat er wordt bijgehouden"));
}

TEST_CASE("records are added, listed, found, changed, deleted and brought back") {
  ToolShell shell;
  const std::string id = shell.first_line({"record", "add", "gereedschap", "naam=Boormachine", "stand=vrij", "aantal=2",
                                           "eigenaar=Anneke", "waarvoor=boren", "waarvoor=hout", "gebruikt=1:30"});
  CHECK(id.size() == 52);
  shell.done({"record", "add", "Tools", "Name=Ladder, lang", "state=broken"});
  const std::string list = shell.done({"record", "list", "gereedschap"});
  CHECK(has(list, "Gereedschap: 2 stukken\n\n"));
  CHECK(has(list, "Naam          Stand  Aantal  Waarvoor     Gebruikt  Van wie\n"));
  CHECK(has(list, "Boormachine   vrij   2       "));
  CHECK(has(list, "Ladder, lang  stuk\n"));
  CHECK(
      has(shell.done({"record", "list", "gereedschap", "--where", "stand=vrij", "--lang", "en"}), "Tools: 1 record\n"));
  CHECK(has(shell.done({"record", "list", "gereedschap", "--where", "stand=uitgeleend"}), "niets dat hierbij past"));
  JsonText json = json_of(shell, {"record", "list", "gereedschap", "--order", "naam", "--descending", "--limit", "1"});
  REQUIRE(json.size("/records") == 1);
  CHECK(json.at("/records/0/title") == "Ladder, lang");
  CHECK(json.at("/complete") == "false");
  json = json_of(shell, {"record", "list", "gereedschap", "--skip", "1", "--order", "naam"});
  CHECK(json.at("/records/0/title") == "Ladder, lang");

  shell.done({"record", "edit", "gereedschap", "Boormachine", "--set", "stand=uitgeleend", "--add", "gebruikt=45",
              "--remove", "waarvoor=hout", "--clear", "aantal"});
  json = json_of(shell, {"record", "show", "gereedschap", id.substr(0, 8)});
  CHECK(value_of(json, "", "stand") == "uitgeleend");
  CHECK(value_of(json, "", "gebruikt") == "2:15");
  CHECK(value_of(json, "", "aantal") == "null");
  CHECK(json.at(json.find("/fields", "/key", "waarvoor") + "/values") == "[\"boren\"]");
  CHECK(has(shell.done({"record", "show", "gereedschap", "Boormachine"}), "  Van wie   Anneke\n"));

  shell.done({"record", "add", "uitleen", "wat=Boor voor de kas", "ding=Boormachine", "lener=Anneke",
              "vanaf=17-04-2027", "terug=nee", "afspraak=Zaterdag ophalen"});
  CHECK(has(shell.done({"record", "show", "uitleen", "Boor voor de kas"}), "Vanaf        za 17 april 2027\n"));
  CHECK(has(shell.done({"search", "ophalen"}), "Zaterdag ophalen"));
  CHECK(has(shell.done({"search", "ophalen"}), "Afspraak"));
  CHECK(has(shell.done({"search", "zeppelin"}), "Niets gevonden."));
  CHECK(has(shell.done({"log"}), "Anneke voegde Boor voor de kas toe"));

  CHECK(has(shell.done({"record", "delete", "gereedschap", "Boormachine"}),
            "kiem record restore gereedschap " + id.substr(0, 8)));
  CHECK(shell.run({"record", "show", "gereedschap", "Boormachine"}).code == 1);
  CHECK(shell.done({"record", "restore", "gereedschap", id.substr(0, 8)}) == "Boormachine staat er weer.\n");
  CHECK(has(shell.done({"record", "show", "gereedschap", "Boormachine"}), "  Stand     uitgeleend\n"));
}

TEST_CASE("an act is taken back by the number that the log shows, or the last one without") {
  ToolShell shell;
  shell.done({"record", "add", "gereedschap", "naam=Boor", "stand=vrij"});
  shell.done({"record", "edit", "gereedschap", "Boor", "--set", "stand=stuk"});
  const std::string act = json_of(shell, {"log", "--limit", "1"}).at("/log/0/act").substr(0, 8);
  CHECK(has(shell.done({"log", "--limit", "1"}), act + "  Anneke veranderde Boor\n"));
  shell.done({"record", "edit", "gereedschap", "Boor", "--set", "aantal=3"});
  const JsonText undone = json_of(shell, {"undo", act});
  CHECK(undone.at("/changes/0/field") == "stand");
  CHECK(undone.at("/changes/0/after") == "vrij");
  CHECK(undone.size("/left") == 0);
  const JsonText after = json_of(shell, {"record", "show", "gereedschap", "Boor"});
  CHECK(value_of(after, "", "stand") == "vrij");
  CHECK(value_of(after, "", "aantal") == "3");
  CHECK(has(shell.done({"undo"}), "Teruggenomen:\n"));
  refused(shell.run({"undo", "zzzzzzzz"}), 1, "De nummers zie je met: kiem log");
}

TEST_CASE("what must not be written down is refused with its line and why, and nothing changes") {
  ToolShell shell;
  const std::string with_bsn =
      "[[extend]]\nkey = \"gereedschap\"\nfield = [\n  { key = \"kleur\", type = \"text\" },\n"
      "  { key = \"lener_bsn\", label = { nl = \"BSN van wie leent\" }, type = \"text\" },\n]\n";
  refused(shell.run({"schema", "add", shell.file("bsn.toml", with_bsn)}), 1, "Regel 5, bij ‘");
  refused(shell.run({"schema", "add", shell.file("bsn.toml", with_bsn)}), 1, "burgerservicenummer");
  CHECK_FALSE(has(shell.done({"schema", "show", "gereedschap"}), "kleur"));
  refused(shell.run({"schema", "add", shell.file("a.toml", "[[collection]]\nkey = \"zaad\" label\n")}), 1,
          "Regel 2, bij");
  refused(shell.run({"schema", "add", shell.file("b.toml", "kleur = 1\n"), "--lang", "en"}), 1, "Line 1, at ‘kleur’");
  refused(shell.run({"schema", "add", shell.file("c.toml", "")}), 1, "een met [[collection]].");
  refused(shell.run({"schema", "add", shell.file("d.toml", std::string(64 * 1024 + 1, '#'))}), 1, "hoogstens 64 KiB");
  refused(shell.run({"schema", "add", "/nowhere.toml"}), 1, "/nowhere.toml");
}

TEST_CASE("what cannot be done with a record says what can") {
  ToolShell shell;
  shell.done({"record", "add", "gereedschap", "naam=Boor"});
  refused(shell.run({"record", "list", "zaden"}), 1, "kiem schema show");
  refused(shell.run({"record", "add", "gereedschap", "naam"}), 2, "‘naam’ mist een = teken.");
  refused(shell.run({"record", "add", "gereedschap", "stand=vrij"}), 1, "naam");
  refused(shell.run({"record", "add", "gereedschap", "naam=x", "kleur=rood"}), 1, "geen veld ‘kleur’");
  refused(shell.run({"record", "add", "gereedschap", "naam=x", "stand=weg"}), 1, "geen keuze ‘weg’");
  refused(shell.run({"record", "add", "gereedschap", "naam=x", "aantal=twee"}), 1, "Geef een heel getal, zoals 12.");
  refused(shell.run({"record", "add", "gereedschap", "naam=x", "gebruikt=1:75"}), 1, "een duur zoals 1:30");
  refused(shell.run({"record", "add", "task", "title=x"}), 1, "kiem task add");
  refused(shell.run({"record", "edit", "gereedschap", "Boor", "--set", "waarvoor=x"}), 1, "--add of --remove");
  refused(shell.run({"record", "edit", "gereedschap", "Boor", "--add", "aantal=1"}), 1, "--set of --clear");
  refused(shell.run({"record", "edit", "gereedschap", "Boor"}), 1, "Zo staat het er al.");
  refused(shell.run({"record", "show", "gereedschap", "Zaag"}), 1, "geen stuk ‘Zaag’");
  refused(shell.run({"settle", "Boor", "stand", "--side", "1"}), 1, "kiem conflicts");
  CHECK(shell.done({"conflicts"}) == "Niets spreekt elkaar tegen.\n");
}

TEST_CASE("what is over its term is listed with the reason and how to erase it, and the status counts it") {
  ToolShell shell;
  shell.done({"record", "add", "uitleen", "wat=Zaag", "tot=01-01-2030"});
  const std::string id =
      shell.first_line({"record", "add", "uitleen", "wat=Boor voor de kas", "tot=17-04-2027"}).substr(0, 8);
  // Half past ten in the evening of 16 April 2028 where it is UTC: a day earlier than a year later, for the leap day.
  shell.fake.clock.set_wall(1'839'537'000'000);
  CHECK(shell.done({"record", "due"}) == "Niets is over zijn bewaartermijn.\n");
  CHECK_FALSE(has(shell.done({"status"}), "bewaartermijn"));
  CHECK(json_of(shell, {"status"}).at("/initiatives/0/due") == "0");
  // East of there it is the 17th already.
  shell.environment.zone_offset = [](WallTime) { return 120; };
  CHECK(shell.done({"record", "due"}) ==
        "1 stuk is over zijn bewaartermijn:\n\n  " + id +
            "  Boor voor de kas (Uitleen)\n"
            "            bewaard tot en met zo 16 april 2028: 365 dagen na ‘Tot en met’ (za\n"
            "            17 april 2027)\n\n"
            "Zo zie je wat er weg zou gaan, en hoe je het voor goed wist:\n"
            "  kiem record erase uitleen " +
            id + "\n");
  const std::string english = shell.done({"record", "due", "Loans", "--lang", "en"});
  CHECK(has(english, "1 record has been kept longer than agreed:\n"));
  CHECK(has(english, "kept until Sun 16 April 2028: 365 days after ‘Until’ (Sat"));
  CHECK(shell.done({"record", "due", "gereedschap"}) == "Niets is over zijn bewaartermijn.\n");
  refused(shell.run({"record", "due", "zaden"}), 1, "kiem schema show");
  CHECK(has(shell.done({"status"}), "1 stuk is over zijn bewaartermijn: kiem record due\n"));
  CHECK(has(shell.done({"status", "--lang", "en"}), "1 record has been kept longer than agreed: kiem record due\n"));
  JsonText json = json_of(shell, {"record", "due"});
  REQUIRE(json.size("/due") == 1);
  CHECK(json.at("/due/0/title") == "Boor voor de kas");
  CHECK(json.at("/due/0/collection") == "uitleen");
  CHECK(json.at("/due/0/deleted") == "false");
  CHECK(json.at("/due/0/kept_until") == "2028-04-16");
  CHECK(json.at("/due/0/keep/after") == "tot");
  CHECK(json.at("/due/0/keep/days") == "365");
  CHECK(json.at("/due/0/from") == "2027-04-17");
  CHECK(json.at("/complete") == "true");
  CHECK(json_of(shell, {"status"}).at("/initiatives/0/due") == "1");

  shell.done({"record", "delete", "uitleen", "Boor voor de kas"});
  CHECK(has(shell.done({"record", "due"}), id + "  Boor voor de kas (Uitleen, verwijderd)\n"));
  CHECK(has(shell.done({"record", "erase", "uitleen", id}), "kiem record erase uitleen " + id + " --sure"));
  shell.done({"record", "erase", "uitleen", id, "--sure"});
  CHECK(has(shell.done({"log"}), "Anneke voegde Uitleen (gewist) toe"));
  CHECK(shell.done({"record", "due"}) == "Niets is over zijn bewaartermijn.\n");
}

TEST_CASE("a term is added later and shortened, and what makes it longer is refused in plain words") {
  ToolShell shell;
  const auto keep = [&](const std::string& term) {
    return shell.file("keep.toml", "[[extend]]\nkey = \"uitleen\"\nhome = \"members\"\nkeep = " + term + "\n");
  };
  CHECK(shell.done({"schema", "add", keep("{ after = \"tot\", days = 30 }")}) ==
        "Toegevoegd: 1 bewaartermijn. Bekijk het met: kiem schema show\n");
  CHECK(has(shell.done({"schema", "add", keep("{ after = \"tot\", days = 30 }")}), "Niets nieuws"));
  CHECK(has(shell.done({"schema", "add", kExample}), "Niets nieuws"));
  shell.done({"schema", "add", keep("{ after = \"last-write\", years = 2 }"), "--lang", "en"});
  const std::string shown = shell.done({"schema", "show", "uitleen", "--lang", "en"});
  CHECK(has(shown, "  kept until 2 years after the last change\n"));
  CHECK(has(shown, "  kept until 30 days after ‘Until’\n"));
  CHECK_FALSE(has(shown, "365"));
  const JsonText json = json_of(shell, {"schema", "show", "uitleen"});
  REQUIRE(json.size("/collections/0/keeps") == 2);
  CHECK(json.at(json.find("/collections/0/keeps", "/after", "last-write") + "/years") == "2");
  refused(shell.run({"schema", "add", keep("{ after = \"tot\", days = 31 }")}), 1, "kan alleen korter worden");
  refused(shell.run({"schema", "add", keep("{ after = \"tot\" }")}), 1, "SCHEMA.md heeft een voorbeeld");
  refused(shell.run({"schema", "add", keep("{ after = \"tot\", years = 101 }")}), 1, "1 tot en met 36500 dagen");
  refused(shell.run({"schema", "add", keep("{ after = \"wat\", days = 3 }")}), 1, "type = \"date\"");
}

}  // namespace
}  // namespace kiem::test
