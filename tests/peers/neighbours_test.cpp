// The second practice laptop as the window meets it: a process that prints a code, lets Noor in, answers her, and is
// gone when she is.
#include <doctest/doctest.h>
#include <sys/stat.h>

#include <csignal>
#include <fstream>

#include "sync/node/invitation_code.hpp"
#include "tests/cli/json_text.hpp"
#include "tests/peers/program.hpp"
#include "tests/support/temp_home.hpp"

namespace kiem::test {
namespace {

namespace fs = std::filesystem;

const std::string kHedge = "Heg knippen";

// As the window starts it, at the other end of its stdin.
Process start(const fs::path& folder, const std::string& program = KIEM_PRACTICE_PROGRAM) {
  return Process(program, {"--neighbours", folder.string()}, Process::Input::open);
}

std::string address_in(const std::string& code) {
  const auto read = read_code(code);
  REQUIRE(read.has_value());
  REQUIRE(read->addresses.size() == 1);
  return to_text(read->addresses.front());
}

// wait() reads stdout and stderr to their end, which comes when no child holds them any more either.
void check_gone(Process& neighbours, const fs::path& folder) {
  const Ended ended = neighbours.wait();
  CAPTURE(ended.err);
  CHECK(ended.code == 0);
  CHECK_FALSE(fs::exists(folder));
}

// The program without the `kiem` that it is built with: beside it stands another one, or none.
struct Stranded {
  explicit Stranded(const fs::path& folder) : program(folder / "kiem-practice"), kiem(folder / "kiem") {
    fs::copy_file(KIEM_PRACTICE_PROGRAM, program);
  }
  void put(const std::string& script) const {
    std::ofstream(kiem) << "#!/bin/sh\n" << script;
    fs::permissions(kiem, fs::perms::owner_all);
  }
  fs::path program, kiem;
};

void make_fifo(const fs::path& path) { REQUIRE(::mkfifo(path.c_str(), 0600) == 0); }

// --- what is played --------------------------------------------------------------------------------------------------

TEST_CASE("a newcomer joins the neighbours by the printed code and finds every state that they tell of") {
  TempHome folder;
  const fs::path theirs = folder.path() / "neighbours";
  Process neighbours = start(theirs);
  const std::string code = neighbours.line();
  const Laptop noor(folder.path(), "Noor");
  noor.done({"join", code});

  const JsonText board{noor.done({"task", "list", "--all", "--json"}).out};
  CHECK(board.size("/tasks") == 15);
  const auto told = [&](const std::string& title, const std::string& what) {
    return board.at(board.find("/tasks", "/title", title) + what);
  };
  CHECK(told(kHedge, "/free") == "1");
  CHECK(told("Gieters en slang nakijken", "/state") == "cancelled");
  CHECK(told("Kas opruimen", "/state") == "done");
  CHECK(told("Bollen planten", "/state") == "done");
  CHECK(told("Soep rondbrengen", "/waiting") == "1");
  CHECK(told("Opknapdag", "/waiting") == "5");
  CHECK(told("Bakfiets ophalen", "/provisional") == "1");
  CHECK(told("Regenton plaatsen", "/in_conflict") == "true");

  const JsonText barrel{noor.done({"task", "show", "Regenton plaatsen", "--json"}).out};
  CHECK(barrel.size("/conflicts") == 1);
  CHECK(barrel.at("/conflicts/0/field") == "time");
  CHECK(barrel.at(barrel.find("/conflicts/0/sides", "/person/name", "Anneke V.") + "/value") == "10:00");
  CHECK(barrel.at(barrel.find("/conflicts/0/sides", "/person/name", "Rachid B.") + "/value") == "13:30");
  CHECK(noor.claims("Opknapdag").find("waiting 1 count-does-not-fit") != std::string::npos);
  CHECK(noor.claims("Kijken wat er nodig is (schouw)").starts_with("Rachid B. confirmed"));
  CHECK(noor.claims(kHedge).find("Sven") == std::string::npos);

  neighbours.close_input();
  check_gone(neighbours, theirs);
}

TEST_CASE("the newcomer who takes the last seat is confirmed, and then Sven comes back and waits") {
  TempHome folder;
  const fs::path theirs = folder.path() / "neighbours";
  Process neighbours = start(theirs);
  const std::string code = neighbours.line();
  const std::string anneke = address_in(code);
  const Laptop noor(folder.path(), "Noor");
  noor.done({"join", code});
  // A claim for another task, and a change of this one, are no reason to come back.
  noor.done({"claim", "Poster ophangen"});
  noor.done({"task", "edit", kHedge, "--until", "20.00"});
  noor.done({"sync", anneke});

  Process node(noor.at_home({"node", "--listen", "tcp://127.0.0.1:0"}));
  static_cast<void>(node.line());
  noor.done({"claim", kHedge});
  noor.done({"sync", anneke});
  CHECK(noor.claims(kHedge).find("Noor confirmed") != std::string::npos);
  CHECK(neighbours.line() == "back Sven L.");
  noor.done({"sync", anneke});
  const std::string seen = noor.claims(kHedge);
  CAPTURE(seen);
  CHECK(seen.find("Noor confirmed") != std::string::npos);
  CHECK(seen.find("Joke T. confirmed") != std::string::npos);
  CHECK(seen.find("Cor H. confirmed") != std::string::npos);
  CHECK(seen.find("Sven L. waiting 1 taken-by-confirmed") != std::string::npos);

  neighbours.close_input();
  check_gone(neighbours, theirs);
  node.signal(SIGTERM);
  CHECK(node.wait().code == 0);
}

TEST_CASE("Sven who does not get through comes back at the next thing that happens") {
  TempHome folder;
  const Stranded stranded(folder.path());
  const fs::path theirs = folder.path() / "neighbours";
  const fs::path refused = folder.path() / "refused";
  stranded.put("case \"$2 $3\" in *\"/sven sync\") [ -e '" + refused.string() + "' ] || { echo once > '" +
               refused.string() + "'; exit 5; } ;; esac\nexec '" KIEM_PROGRAM "' \"$@\"\n");
  Process neighbours = start(theirs, stranded.program.string());
  const std::string code = neighbours.line();
  const Laptop noor(folder.path(), "Noor");
  noor.done({"join", code});
  noor.done({"claim", kHedge});
  noor.done({"sync", address_in(code)});
  noor.done({"task", "add", "Thee zetten"});
  noor.done({"sync", address_in(code)});
  CHECK(neighbours.line() == "back Sven L.");
  CHECK(fs::exists(refused));
  neighbours.close_input();
  check_gone(neighbours, theirs);
}

// --- how it ends -----------------------------------------------------------------------------------------------------

TEST_CASE("the neighbours end with 0 on either signal, and at once when nobody holds their stdin") {
  TempHome folder;
  const fs::path theirs = folder.path() / "neighbours";
  for (const int signal : {SIGINT, SIGTERM}) {
    Process neighbours = start(theirs);
    CHECK(neighbours.line().starts_with("kiem-"));
    CHECK(fs::exists(theirs / "anneke"));
    neighbours.signal(signal);
    check_gone(neighbours, theirs);
  }
  Process nobody(KIEM_PRACTICE_PROGRAM, {"--neighbours", theirs.string()}, Process::Input::empty);
  check_gone(nobody, theirs);
}

TEST_CASE("neighbours that are stopped while a command of theirs runs take it along") {
  TempHome folder;
  const Stranded stranded(folder.path());
  const fs::path theirs = folder.path() / "neighbours";
  const fs::path began = folder.path() / "began";
  make_fifo(began);
  make_fifo(folder.path() / "never");
  // Nobody ever opens the other end of the second one, so the command does not end by itself.
  stranded.put("echo yes > '" + began.string() + "'\nexec cat '" + (folder.path() / "never").string() + "'\n");
  for (const bool by_signal : {false, true}) {
    CAPTURE(by_signal);
    Process neighbours = start(theirs, stranded.program.string());
    std::string word;
    std::ifstream(began) >> word;
    CHECK(word == "yes");
    if (by_signal) {
      neighbours.signal(SIGTERM);
    } else {
      neighbours.close_input();
    }
    check_gone(neighbours, theirs);
  }
}

TEST_CASE("without a working kiem beside them the neighbours say so and leave nothing") {
  TempHome folder;
  const Stranded stranded(folder.path());
  const fs::path theirs = folder.path() / "neighbours";
  const auto refused = [&] {
    Process neighbours = start(theirs, stranded.program.string());
    const Ended ended = neighbours.wait();
    CHECK(ended.code == 1);
    CHECK(ended.out.empty());
    CHECK_FALSE(fs::exists(theirs));
    return ended.err;
  };
  CHECK(refused().find(stranded.kiem.string()) != std::string::npos);
  stranded.put("exit 3\n");
  CHECK_FALSE(refused().empty());
}

// --- the folder ------------------------------------------------------------------------------------------------------

TEST_CASE("what a killed run left is cleared away, and a folder with anything else in it is left alone") {
  TempHome folder;
  const fs::path theirs = folder.path() / "neighbours";
  {
    Process killed = start(theirs);
    static_cast<void>(killed.line());
    killed.signal(SIGKILL);
    CHECK(killed.wait().code == 128 + SIGKILL);
  }
  CHECK(fs::exists(theirs / "sven"));
  Process again = start(theirs);
  CHECK(again.line().starts_with("kiem-"));
  again.close_input();
  check_gone(again, theirs);

  // A file of somebody's; somebody's folder that happens to be called so; a link to one.
  const auto untouched = [&](const fs::path& kept) {
    CAPTURE(kept.string());
    const Ended ended = Process(KIEM_PRACTICE_PROGRAM, {"--neighbours", theirs.string()}, Process::Input::open).wait();
    CHECK(ended.code == 1);
    CHECK(ended.out.empty());
    CHECK(ended.err.find(theirs.string()) != std::string::npos);
    CHECK(fs::exists(kept));
    fs::remove_all(theirs);
  };
  fs::create_directories(theirs);
  std::ofstream(theirs / "letter.txt") << "dear Anneke";
  untouched(theirs / "letter.txt");
  fs::create_directories(theirs / "anneke");
  std::ofstream(theirs / "anneke" / "letter.txt") << "dear Rachid";
  untouched(theirs / "anneke" / "letter.txt");
  fs::create_directories(theirs);
  fs::create_directory_symlink(folder.path(), theirs / "sven");
  untouched(theirs / "sven");
}

TEST_CASE("kiem-practice tells how it is used") {
  for (const std::vector<std::string>& words : {std::vector<std::string>{"--neighbours"},
                                                {"--neighbours", ""},
                                                {"--neighbours", "x", "y"},
                                                {"neighbours", "x"}}) {
    CAPTURE(words.size());
    Process practice(KIEM_PRACTICE_PROGRAM, words, Process::Input::empty);
    const Ended ended = practice.wait();
    CHECK(ended.code == 2);
    CHECK(ended.out.empty());
    CHECK(ended.err.find("--neighbours") != std::string::npos);
  }
}

}  // namespace
}  // namespace kiem::test
