// Two laptops keep a collection of their own making, without a line of C++: a file, a code to join by, and commands.
#include <doctest/doctest.h>

#include <csignal>
#include <fstream>

#include "tests/cli/json_text.hpp"
#include "tests/peers/program.hpp"
#include "tests/support/temp_home.hpp"

namespace kiem::test {
namespace {

// Runs as long as it lives.
struct Listening {
  explicit Listening(const Laptop& laptop)
      : process(laptop.at_home({"node", "--listen", "tcp://127.0.0.1:0"})), address(process.line()) {}
  ~Listening() {
    process.signal(SIGTERM);
    process.wait();
  }
  Listening(const Listening&) = delete;
  Listening& operator=(const Listening&) = delete;
  Process process;
  std::string address;
};

void meet(const Laptop& from, const Laptop& to) {
  const Listening node(to);
  from.done({"sync", node.address});
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST_CASE("a tool library of an initiative's own lives on two laptops") {
  const TempHome folder;
  const Laptop noor(folder.path(), "Noor");
  noor.done({"initiative", "create", "Tuin"});
  noor.done({"schema", "add", KIEM_TESTS "/cli/gereedschap.toml"});
  noor.done({"record", "add", "gereedschap", "naam=Boormachine", "stand=vrij", "aantal=4"});
  noor.done({"record", "add", "gereedschap", "naam=Ladder", "stand=stuk"});
  const Laptop sven(folder.path(), "Sven");
  {
    const Listening node(noor);
    sven.done({"join", noor.done({"invite"}).first_line()});
    sven.done({"sync", node.address});
  }

  // What Noor made is here with its labels, in either language.
  const std::string list = sven.done({"record", "list", "gereedschap"}).out;
  CHECK(list == noor.done({"record", "list", "gereedschap"}).out);
  CHECK(has(list, "Naam         Stand  Aantal\n"));
  CHECK(has(list, "Boormachine  vrij   4\n"));
  CHECK(has(sven.done({"record", "list", "tools", "--lang", "en"}).out, "Boormachine  free    4\n"));

  // Sven lends it out while Noor writes another count, and both count it apart.
  sven.done({"record", "edit", "gereedschap", "Boormachine", "--set", "stand=uitgeleend", "--set", "aantal=3", "--add",
             "gebruikt=1:30"});
  sven.done({"record", "add", "uitleen", "wat=Boor", "ding=Boormachine", "lener=Sven", "vanaf=17-04-2027", "terug=nee",
             "afspraak=Zaterdag ophalen"});
  noor.done({"record", "edit", "gereedschap", "Boormachine", "--set", "aantal=5", "--add", "gebruikt=0:45"});
  meet(sven, noor);
  for (const char* const collection : {"gereedschap", "uitleen"}) {
    const std::string same = noor.done({"record", "list", collection, "--json"}).out;
    CHECK(sven.done({"record", "list", collection, "--json"}).out == same);
  }
  const JsonText drill{noor.done({"record", "show", "gereedschap", "Boormachine", "--json"}).out};
  const auto value = [&](const std::string& key) { return drill.at(drill.find("/fields", "/key", key) + "/value"); };
  CHECK(value("stand") == "uitgeleend");
  CHECK(value("gebruikt") == "2:15");
  CHECK(value("aantal") == "3");  // the lowest, until somebody chooses
  const std::string loan = noor.done({"record", "show", "uitleen", "Boor"}).out;
  CHECK(has(loan, "  Wie leent    Sven\n"));
  CHECK(has(loan, "  Afspraak     Zaterdag ophalen\n"));

  // The count is chosen on one laptop and holds on both.
  const std::string conflicts = noor.done({"conflicts"}).out;
  CHECK(has(conflicts, "Sven zette Aantal op 3, Noor op 5, los van elkaar; nu geldt 3."));
  CHECK(has(conflicts, " aantal --side 2"));
  CHECK(sven.done({"conflicts"}).out == conflicts);
  CHECK(noor.done({"settle", "Boormachine", "aantal", "--side", "2"}).out == "Boormachine: Aantal is nu 5.\n");
  meet(noor, sven);
  CHECK(sven.done({"conflicts"}).out == "Niets spreekt elkaar tegen.\n");
  CHECK(has(sven.done({"record", "show", "gereedschap", "Boormachine"}).out, "  Aantal    5\n"));

  // A field that comes later shows on the other laptop too; only a coordinator adds one, and never a BSN.
  const std::string later = (folder.path() / "later.toml").string();
  std::ofstream(later) << "[[extend]]\nkey = \"gereedschap\"\nfield = [\n"
                          "  { key = \"kleur\", label = { nl = \"Kleur\", en = \"Colour\" }, type = \"text\" },\n]\n";
  const Ended refused = sven.run({"schema", "add", later});
  CHECK(refused.code == 1);
  CHECK(has(refused.err, "Wat jullie bijhouden verandert alleen een coördinator."));
  noor.done({"schema", "add", later});
  noor.done({"record", "edit", "gereedschap", "Boormachine", "--set", "kleur=groen"});
  meet(sven, noor);
  CHECK(has(sven.done({"record", "show", "gereedschap", "Boormachine"}).out, "  Kleur     groen\n"));
  CHECK(has(sven.done({"schema", "show", "tools", "--lang", "en"}).out, "Colour (text)"));

  const std::string bsn = (folder.path() / "bsn.toml").string();
  std::ofstream(bsn) << "[[extend]]\nkey = \"uitleen\"\nhome = \"members\"\nfield = [\n"
                        "  { key = \"bsn\", label = { nl = \"BSN\" }, type = \"text\" },\n]\n";
  const Ended never = noor.run({"schema", "add", bsn});
  CHECK(never.code == 1);
  CHECK(has(never.err, "Regel 5, bij ‘bsn’: een burgerservicenummer"));
  CHECK_FALSE(has(noor.done({"schema", "show", "uitleen"}).out, "bsn"));
}

}  // namespace
}  // namespace kiem::test
