// Commands that an answer tells to type are typed here as they were printed, in a home where they must name the
// initiative that was meant.
#include "sync/cli/to_type.hpp"

#include <doctest/doctest.h>
#include <wordexp.h>

#include "tests/cli/shell.hpp"

namespace kiem::test {
namespace {

// What a shell makes of a line, without the program's own name.
std::vector<std::string> words_of_line(const std::string& line) {
  wordexp_t read{};
  CAPTURE(line);
  REQUIRE(wordexp(line.c_str(), &read, WRDE_NOCMD | WRDE_UNDEF) == 0);
  std::vector<std::string> words(read.we_wordv, read.we_wordv + read.we_wordc);
  wordfree(&read);
  REQUIRE_FALSE(words.empty());
  CHECK(words.front() == "kiem");
  words.erase(words.begin());
  return words;
}

// The printed command that begins with this; up to the end of its line.
std::string command_in(const std::string& printed, const std::string& start) {
  const std::size_t at = printed.find(start);
  CAPTURE(printed);
  REQUIRE(at != std::string::npos);
  return printed.substr(at, printed.find('\n', at) - at);
}

TEST_CASE("a word reaches a command as it was, whatever a shell would read in it") {
  for (const char* word : {"gereedschap", "Sociaal Tuinieren", "Tuin van 't Hof", "Café Zon", "$HOME",
                           "\"Zon\" 't & <regen>", "a\\b", "wow!", "`id`", "*", "~", "#", "", "'", "-"}) {
    CHECK(words_of_line("kiem " + cli::shell_word(word)) == std::vector<std::string>{word});
  }
  CHECK(cli::shell_word("gereedschap") == "gereedschap");
  CHECK(cli::shell_word("Tuin van 't Hof") == "\"Tuin van 't Hof\"");
  // Some shells would look up what came before at that mark, even between these quotation marks.
  CHECK(cli::shell_word("wow!") == "'wow!'");
}

TEST_CASE("with two initiatives the printed way to erase, restore or see works as it is printed") {
  for (const char* name : {"Groene Vingers", "Noor's \"tuin\" & $HOME"}) {
    Shell shell;
    shell.begin();
    shell.done({"initiative", "create", name});
    for (const char* each : {name, "Sociaal Tuinieren"}) {
      shell.done({"schema", "add", KIEM_TESTS "/cli/gereedschap.toml", "--initiative", each});
    }
    const std::string id =
        shell.first_line({"record", "add", "uitleen", "wat=Boor voor de kas", "tot=17-04-2027", "--initiative", name});
    shell.fake.clock.set_wall(1'839'700'000'000);  // in April 2028
    const std::string status = shell.done({"status"});
    CHECK_FALSE(has(status, "kiem record due\n"));
    const std::string due = shell.done(words_of_line(command_in(status, "kiem record due")));
    CHECK(has(due, "Boor voor de kas"));

    const std::string erase = command_in(due, "kiem record erase");
    const auto deleted = shell.done({"record", "delete", "uitleen", id, "--initiative", name});
    CHECK(shell.done(words_of_line(command_in(deleted, "kiem record restore"))) == "Boor voor de kas staat er weer.\n");
    const std::string asked = shell.done(words_of_line(erase));
    CHECK(has(asked, "gaat voor goed weg"));
    CHECK(has(shell.done(words_of_line(command_in(asked, "kiem record erase"))), "Boor voor de kas is gewist."));
    CHECK(has(shell.done({"record", "due", "--initiative", name}), "Niets is over zijn bewaartermijn."));
  }
}

TEST_CASE("with two initiatives whoever is told how to add something, or to see it, is told of which") {
  Shell shell;
  shell.begin();
  const std::string name = "Groene Vingers";
  shell.done({"initiative", "create", name});
  const auto asked = [&](std::vector<std::string> words) {
    words.insert(words.end(), {"--initiative", name});
    return shell.done(words);
  };
  const auto names = [&](const std::string& printed, const std::string& start) {
    return has(command_in(printed, start), " --initiative \"Groene Vingers\"");
  };
  const std::string added = asked({"schema", "add", KIEM_TESTS "/cli/gereedschap.toml"});
  CHECK(has(shell.done(words_of_line(command_in(added, "kiem schema show"))), "uitleen"));
  CHECK(names(asked({"place", "list"}), "kiem place add TITEL"));
  CHECK(names(asked({"task", "list"}), "kiem task add TITEL"));
  CHECK(names(asked({"task", "list", "--all"}), "kiem task add TITEL"));
  CHECK(names(asked({"record", "list", "uitleen"}), "kiem record add uitleen VELD=WAARDE"));
  shell.done({"place", "add", "Kas", "--initiative", name});
  CHECK(names(asked({"place", "show", "Kas"}), "kiem task add TITEL"));
}

TEST_CASE("a collection that was named by its label is named by its key in what to type") {
  Shell shell;
  shell.begin();
  shell.done({"schema", "add",
              shell.file("a.toml",
                         "[[collection]]\nkey = \"spullen\"\nlabel = { nl = \"Mijn spullen\" }\n"
                         "title = \"wat\"\nfield = [{ key = \"wat\", type = \"text\" }]\n")});
  shell.done({"record", "add", "spullen", "wat=Zaag"});
  const std::string asked = shell.done({"record", "erase", "Mijn spullen", "Zaag"});
  CHECK(has(shell.done(words_of_line(command_in(asked, "kiem record erase spullen"))), "Zaag is gewist."));
  // With one initiative there is nothing to name.
  CHECK_FALSE(has(asked, "--initiative"));
}

TEST_CASE("of two initiatives of one name what to type takes the id") {
  Shell shell;
  shell.begin();
  shell.done({"initiative", "create", "Sociaal Tuinieren"});
  const JsonText status = json_of(shell, {"status"});
  for (const char* place : {"/initiatives/0", "/initiatives/1"}) {
    const std::string id = status.at(std::string(place) + "/id").substr(0, 8);
    shell.done({"schema", "add", KIEM_TESTS "/cli/gereedschap.toml", "--initiative", id});
    shell.done({"record", "add", "uitleen", "wat=" + id, "tot=17-04-2027", "--initiative", id});
  }
  shell.fake.clock.set_wall(1'839'700'000'000);
  std::string told = shell.done({"status"});
  for (const char* place : {"/initiatives/0", "/initiatives/1"}) {
    const std::string id = status.at(std::string(place) + "/id").substr(0, 8);
    CHECK(has(shell.done(words_of_line(command_in(told, "kiem record due"))), id + " (Uitleen)"));
    told.erase(0, told.find("kiem record due") + 1);
  }
}

}  // namespace
}  // namespace kiem::test
