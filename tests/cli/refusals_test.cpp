// What goes wrong, and how it is told: one clear sentence in the person's language on stderr, the promised exit code,
// nothing lost and nothing half done.
#include <doctest/doctest.h>

#include <fstream>
#include <ostream>
#include <sstream>

#include "core/kiem.hpp"
#include "sync/cli/run.hpp"
#include "tests/cli/shell.hpp"
#include "tests/support/fault_vfs.hpp"

namespace kiem::test {
namespace {

namespace fs = std::filesystem;

TEST_CASE("wrong use ends with 2, in the language that was asked for") {
  Shell shell;
  refused(shell.run({}), 2, "Zeg erbij wat Kiem moet doen.");
  refused(shell.run({"tsk"}), 2, "‘tsk’ hoort hier niet.\nMeer hulp: kiem --help\n");
  refused(shell.run({"tsk", "--lang", "en"}), 2, "‘tsk’ does not belong here.\nFor help: kiem --help\n");
  refused(shell.run({"task", "add", "Heg", "--seats", "veel"}), 2, "Geef een heel getal vanaf 1.");
  refused(shell.run({"task", "add", "Heg", "--date", "31-02-2027"}), 2, "‘31-02-2027’");
  refused(shell.run({"task", "add", "Heg", "--time", "25.00"}), 2, "een tijd zoals 18.30");
  CHECK_FALSE(fs::exists(shell.folder.store()));
}

TEST_CASE("without a home that anyone named there is nothing to do") {
  Shell shell;
  shell.environment.kiem_home = std::nullopt;
  refused(shell.run({"status"}), 2, "--home");
  refused(shell.run({"init", "--name", "Noor"}), 2, "--home");
}

TEST_CASE("where stdin is no terminal nothing is asked and nothing is made") {
  Shell shell;
  shell.environment.kiem_passphrase_file = std::nullopt;
  refused(shell.run({"init", "--name", "Noor"}, "geheim\ngeheim\n"), 2, "--passphrase-file");
  CHECK_FALSE(fs::exists(shell.folder.store()));
  shell.environment.kiem_passphrase_file = shell.file("passphrase", "zon en regen");
  shell.done({"init", "--name", "Noor"});
  shell.environment.kiem_passphrase_file = std::nullopt;
  refused(shell.run({"status"}, "zon en regen\n"), 2, "--passphrase-file");
}

TEST_CASE("at a terminal a new passphrase is asked twice, a known one once") {
  Shell shell;
  shell.environment.kiem_passphrase_file = std::nullopt;
  shell.environment.stdin_is_terminal = true;
  const Outcome made = shell.run({"init", "--name", "Noor"}, "zon\nregen\nzon en regen\nzon en regen\n");
  CHECK(made.code == 0);
  CHECK(has(made.err, "niet twee keer hetzelfde"));
  const Outcome opened = shell.run({"status", "--lang", "en"}, "zon en regen\n");
  CHECK(opened.code == 0);
  CHECK(opened.err == "Passphrase: \n");
  refused(shell.run({"status"}, "zon\n"), 1, "Dit wachtwoord past niet.");
  refused(shell.run({"status"}, "\n"), 1, "wachtwoord");
  refused(shell.run({"status"}, ""), 2, "wachtwoord");
}

TEST_CASE("a wrong passphrase opens nothing") {
  Shell shell;
  shell.begin();
  const std::string before = contents_of(shell.folder.store() / "store.kiem");
  shell.environment.kiem_passphrase_file = shell.file("wrong", "regen en zon\n");
  refused(shell.run({"task", "add", "Heg"}), 1, "Dit wachtwoord past niet.");
  refused(shell.run({"task", "list", "--lang", "en"}), 1, "This passphrase does not fit.");
  CHECK(contents_of(shell.folder.store() / "store.kiem") == before);
  refused(shell.run({"status", "--passphrase-file", "/nowhere"}), 1, "/nowhere");
  refused(shell.run({"status", "--passphrase-file", shell.file("empty", "\n")}), 1, "wachtwoord");
}

TEST_CASE("an existing store is never written over") {
  Shell shell;
  shell.begin();
  const std::string before = contents_of(shell.folder.store() / "store.kiem");
  refused(shell.run({"init", "--name", "Ander"}), 1, "staat al een Kiem");
  refused(shell.run({"init", "--name", "Ander", "--practice"}), 1, "staat al een Kiem");
  CHECK(contents_of(shell.folder.store() / "store.kiem") == before);
  CHECK_FALSE(fs::exists(shell.folder.store() / "practice.key"));
}

TEST_CASE("a home without a store says how to begin") {
  Shell shell;
  refused(shell.run({"task", "list"}), 1, "Zo begin je: kiem init --name JOUWNAAM");
  CHECK_FALSE(fs::exists(shell.folder.store()));
  shell.done({"init", "--name", "Noor"});
  refused(shell.run({"task", "list"}), 1, "kiem initiative create NAAM");
}

TEST_CASE("a name that cannot be is refused before a store stands there") {
  Shell shell;
  refused(shell.run({"init", "--name", ""}), 1, "naam");
  CHECK(shell.run({"init", "--name", std::string(1U << 20U, 'x')}).code == 1);
  refused(shell.run({"init", "--name", "", "--practice"}), 1, "naam");
  CHECK_FALSE(fs::exists(shell.folder.store() / "practice.key"));
  shell.done({"init", "--name", "Noor"});
}

TEST_CASE("a practice store without its key, or with another, says so") {
  Shell shell;
  shell.done({"init", "--practice", "--name", "Noor"});
  const fs::path key = shell.folder.store() / "practice.key";
  const std::string whole = contents_of(key);
  std::ofstream(key, std::ios::binary) << std::string(32, 'x');
  refused(shell.run({"status"}), 1, "practice.key");
  std::ofstream(key, std::ios::binary) << "short";
  refused(shell.run({"status"}), 1, "practice.key");
  fs::remove(key);
  refused(shell.run({"status"}), 1, "practice.key");
  std::ofstream(key, std::ios::binary) << whole;
  shell.done({"status"});
}

TEST_CASE("an unknown task, place or person is named") {
  Shell shell;
  shell.begin();
  refused(shell.run({"task", "show", "Heg"}), 1, "Er is hier geen taak ‘Heg’.");
  refused(shell.run({"claim", "Heg", "--lang", "en"}), 1, "There is no task ‘Heg’ here.");
  refused(shell.run({"place", "show", "Tuin"}), 1, "geen plaats ‘Tuin’");
  refused(shell.run({"task", "add", "Heg", "--place", "Tuin"}), 1, "geen plaats ‘Tuin’");
  shell.done({"task", "add", "Heg"});
  refused(shell.run({"claim", "Heg", "--for", "Joke"}), 1, "geen persoon ‘Joke’");
  const Outcome endless = shell.run({"task", "show", std::string(1U << 20U, 'x')});
  CHECK(endless.code == 1);
  CHECK(endless.err.size() < 300);
}

TEST_CASE("a title that two tasks have gives the choices") {
  Shell shell;
  shell.begin();
  const std::string first = shell.first_line({"task", "add", "Heg"});
  const std::string second = shell.first_line({"task", "add", "Heg"});
  const Outcome unclear = shell.run({"claim", "Heg"});
  CHECK(unclear.code == 1);
  CHECK(has(unclear.err, "\n  " + first.substr(0, 8) + " Heg\n"));
  CHECK(has(unclear.err, "\n  " + second.substr(0, 8) + " Heg\n"));
  shell.done({"claim", first});
}

TEST_CASE("a title of a megabyte, an empty one and one that plays with the terminal are refused") {
  Shell shell;
  shell.begin();
  const Outcome endless = shell.run({"task", "add", std::string(1U << 20U, 'x')});
  refused(endless, 1, "te lang");
  CHECK(endless.err.size() < 300);
  refused(shell.run({"task", "add", ""}), 1, "titel");
  refused(shell.run({"task", "add", "  "}), 1, "titel");
  refused(shell.run({"task", "add", "Heg\x1b[2J"}), 1, "titel");
  refused(shell.run({"task", "add", "Heg\xff"}), 1, "titel");
  CHECK(shell.done({"task", "list", "--all", "--json"}) == "{\"tasks\":[],\"complete\":true}\n");
}

TEST_CASE("what is refused shows no control character of what was typed") {
  Shell shell;
  shell.begin();
  const Outcome outcome = shell.run({"task", "show", "\x1b]0;title\x07Heg"});
  CHECK(outcome.code == 1);
  CHECK_FALSE(has(outcome.err, "\x1b"));
  CHECK_FALSE(has(outcome.err, "\x07"));
  CHECK_FALSE(has(shell.run({"\x1b[2Jtsk"}).err, "\x1b"));
}

TEST_CASE("a broken row of an import is named, and the rest is taken") {
  Shell shell;
  shell.begin();
  const std::string path = shell.file("taken.csv",
                                      "titel;datum\n"
                                      "Heg knippen;17-04-2027\n"
                                      "Koffie;32-01-2027\n"
                                      "Water geven;18-04-2027\n");
  const Outcome promised = shell.run({"import", path, "--dry-run"});
  CHECK(promised.code == 1);
  CHECK(has(promised.out, "Dit zou erbij komen: 2 taken."));
  CHECK(has(promised.err, "Rij 3, kolom datum: ‘32-01-2027’"));
  const Outcome taken = shell.run({"import", path, "--lang", "en"});
  CHECK(taken.code == 1);
  CHECK(has(taken.out, "Added: 2 tasks."));
  CHECK(has(taken.err, "Row 3, column datum: ‘32-01-2027’"));
  CHECK_FALSE(has(shell.done({"task", "list"}), "Koffie"));
  shell.done({"task", "show", "Water geven"});
}

TEST_CASE("a file that is no list changes nothing") {
  Shell shell;
  shell.begin();
  refused(shell.run({"import", "/nowhere.csv"}), 1, "/nowhere.csv");
  refused(shell.run({"import", shell.folder.path().string()}), 1, "niet te lezen");
  refused(shell.run({"import", shell.file("a.csv", "")}), 1, "leeg");
  refused(shell.run({"import", shell.file("b.csv", "titel\n\"open\n")}), 1, "aanhalingsteken");
  refused(shell.run({"import", shell.file("c.csv", "kleur;smaak\nrood;zoet\n")}), 1, "kolommen");
  refused(shell.run({"import", shell.file("d.csv", std::string((16U << 20U) + 1, 'x'))}), 1, "te groot");
  CHECK(shell.done({"task", "list", "--all", "--json"}) == "{\"tasks\":[],\"complete\":true}\n");
}

TEST_CASE("a second process on the store ends with 4 and the first is not hurt") {
  Shell shell;
  shell.begin();
  {
    const Unlock unlock = Passphrase{SecretBytes::copy_of(view("zon en regen"))};
    const auto first = Community::open(shell.folder.store(), unlock, shell.fake.env(), shell.options);
    REQUIRE(first.has_value());
    refused(shell.run({"task", "add", "Heg"}), 4, "al in gebruik");
    refused(shell.run({"status", "--lang", "en"}), 4, "in use");
    CHECK((*first)->perform(Request(ListTasks{})).has_value());
  }
  shell.done({"task", "add", "Heg"});
}

TEST_CASE("a full disk is told as one, and nothing is half done") {
  FaultVfs disk;
  Shell shell;
  shell.options.parent_vfs = disk.name();
  shell.begin();
  shell.done({"task", "add", "Eerst"});
  disk.fail({FileCall::write}, 1, kDiskFull, true);
  refused(shell.run({"task", "add", "Heg"}), 1, "De schijf is vol");
  CHECK(disk.heal());
  const std::string tasks = shell.done({"task", "list"});
  CHECK(has(tasks, "1 open taak"));
  CHECK(has(tasks, "Eerst"));
  shell.done({"task", "add", "Heg"});
}

TEST_CASE("a full disk at the start leaves no store and no key behind that would stand in the way") {
  for (const bool practice : {false, true}) {
    FaultVfs disk;
    Shell shell;
    shell.options.parent_vfs = disk.name();
    std::vector<std::string> words{"init", "--name", "Noor"};
    if (practice) words.emplace_back("--practice");
    disk.fail({FileCall::write}, 1, kDiskFull, true);
    refused(shell.run(words), 1, "De schijf is vol");
    CHECK(disk.heal());
    shell.done(words);
    shell.done({"status"});
  }
}

// Flips one bit of the store at `at`.
void flip(const fs::path& path, std::size_t at) {
  std::string bytes = contents_of(path);
  REQUIRE(at < bytes.size());
  bytes[at] = static_cast<char>(bytes[at] ^ 1);
  std::ofstream(path, std::ios::binary) << bytes;
}

TEST_CASE("a file that is no store is left alone") {
  Shell shell;
  fs::create_directories(shell.folder.store());
  const fs::path store = shell.folder.store() / "store.kiem";
  std::ofstream(store) << "SQLite format 3" << std::string(5000, 'x');
  const std::string before = contents_of(store);
  refused(shell.run({"status"}), 1, shell.folder.store().string());
  refused(shell.run({"init", "--name", "Noor"}), 1, "staat al een Kiem");
  CHECK(contents_of(store) == before);
}

TEST_CASE("a damaged page is never shown as something else: the answer, or a sentence on the damage") {
  Shell shell;
  shell.begin();
  shell.done({"task", "add", "Heg knippen"});
  const std::string whole = shell.done({"task", "list"});
  const fs::path path = shell.folder.store() / "store.kiem";
  const std::string before = contents_of(path);
  std::size_t told = 0;
  // One bit of every fourth kilobyte behind the header.
  for (std::size_t at = 8192; at < before.size(); at += 4096) {
    flip(path, at);
    const Outcome list = shell.run({"task", "list"});
    CAPTURE(at);
    CAPTURE(list.err);
    if (list.code == 0) {
      CHECK(list.out == whole);
    } else {
      CHECK((list.code == 1 || list.code == 3));
      CHECK(has(list.err, "kiem doctor"));
      ++told;
    }
    const Outcome doctor = shell.run({"doctor"});
    CHECK(doctor.code != 0);
    std::ofstream(path, std::ios::binary) << before;
  }
  CHECK(told > 0);
  CHECK(shell.done({"task", "list"}) == whole);
}

// A stream that takes nothing, as a full disk or a closed pipe.
class FullBuffer : public std::streambuf {};

TEST_CASE("an answer that cannot be written is not a success") {
  Shell shell;
  shell.begin();
  FullBuffer full;
  std::ostream out(&full);
  std::ostringstream err;
  std::istringstream in;
  CHECK(cli::run({"task", "add", "Heg"}, shell.environment, {out, err, in}, shell.fake.env(), shell.options) == 1);
  CHECK(has(err.str(), "Het werk zelf is gedaan."));
  shell.done({"task", "show", "Heg"});
}

}  // namespace
}  // namespace kiem::test
