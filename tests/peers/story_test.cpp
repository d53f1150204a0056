// The story of the practice garden as `./dev run` plays it without a display: whole, in both languages, and broken off
// at every kind of moment. Afterwards no process and no folder is left.
#include "sync/practice/story.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <fstream>
#include <sstream>

#include "core/crypto/system_rng.hpp"
#include "sync/cli/page.hpp"
#include "sync/cli/system_services.hpp"
#include "sync/cli/terminal_text.hpp"
#include "sync/transport/zmq_network.hpp"
#include "tests/peers/program.hpp"
#include "tests/support/fakes.hpp"
#include "tests/support/temp_home.hpp"

namespace kiem::test {
namespace {

namespace fs = std::filesystem;

// `env` gives the program its language and its place for temporary files, and then is the program.
Process play(const fs::path& place, const std::string& lang, const std::string& program = KIEM_PRACTICE_PROGRAM,
             const std::string& zone = "UTC0") {
  return Process("/usr/bin/env", {"TMPDIR=" + place.string(), "KIEM_LANG=" + lang, "TZ=" + zone, program},
                 Process::Input::empty);
}

// One space in place of all white space: where a page breaks its lines is the page's own affair.
std::string in_one_line(const std::string& text) {
  std::string line;
  for (const char each : text) {
    const bool space = each == ' ' || each == '\n';
    if (!space) line += each;
    if (space && !line.empty() && line.back() != ' ') line += ' ';
  }
  return line;
}

// Each somewhere behind the one before it.
void check_told(const std::string& told, const std::vector<std::string>& sentences) {
  const std::string out = in_one_line(told);
  CAPTURE(told);
  std::size_t at = 0;
  for (const std::string& sentence : sentences) {
    CAPTURE(sentence);
    const std::string wanted = in_one_line(sentence);
    at = out.find(wanted, at);
    REQUIRE(at != std::string::npos);
    at += wanted.size();
  }
}

std::size_t count(const std::string& text, const std::string& of) {
  std::size_t found = 0;
  for (std::size_t at = text.find(of); at != std::string::npos; at = text.find(of, at + of.size())) ++found;
  return found;
}

// wait() reads stdout and stderr to their end, which comes when no child holds them any more either.
Ended ended(Process& story, const fs::path& place, int code) {
  Ended told = story.wait();
  CAPTURE(told.out);
  CAPTURE(told.err);
  CHECK(told.code == code);
  CHECK(fs::is_empty(place));
  return told;
}

// The program beside another `kiem`, which does as the real one except where a script says otherwise: `when` is the
// end of its home and its command.
struct Troubled {
  Troubled(const TempHome& folder, const std::string& when, const std::string& script)
      : place(folder.path() / "place"), program(folder.path() / "kiem-practice"), fifo(folder.path() / "fifo") {
    fs::create_directories(place);
    fs::copy_file(KIEM_PRACTICE_PROGRAM, program);
    REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
    REQUIRE(::mkfifo((folder.path() / "never").c_str(), 0600) == 0);
    const fs::path kiem = folder.path() / "kiem";
    std::ofstream(kiem) << "#!/bin/sh\ncd '" << folder.path().string() << "'\ncase \"$2 $3\" in *'" << when << "') "
                        << script << " ;; esac\nexec '" KIEM_PROGRAM "' \"$@\"\n";
    fs::permissions(kiem, fs::perms::owner_all);
  }
  fs::path place, program, fifo;
};

// --- whole -----------------------------------------------------------------------------------------------------------

TEST_CASE("the practice story plays whole in both languages, within 80 columns, and leaves nothing behind") {
  const std::vector<std::string> dutch{"Ze zijn er. De laptop van Anneke wacht op tcp://127.0.0.1:",
                                       "$ kiem init --name Noor --practice\n",
                                       "$ kiem join kiem-",
                                       "Welkom bij Lindekwartier.",
                                       "1. Vandaag",
                                       "$ kiem task list\n12 open taken",
                                       " is er nog één plek bij de heg van Tuin Linde 4. Doe je mee?",
                                       "$ kiem claim \"Heg knippen\"\nJe bent voorlopig aangemeld voor Heg knippen.",
                                       "Voorlopig. Je buren weten het zo.",
                                       "Je ziet het adres als je bevestigd bent.",
                                       "Met Anneke V. is alles uitgewisseld.",
                                       "Gezien door Anneke. Bevestigd.",
                                       "De laptop van Sven was weg en komt terug.",
                                       "Noor (jij): bevestigd",
                                       "Sven L.: wachtlijst 1",
                                       "Sven had zich ook aangemeld. Waarom?",
                                       "Sven L. staat op de wachtlijst van Heg knippen, als nummer 1.",
                                       "Alle 3 plekken zijn al aan anderen bevestigd.",
                                       "Niemand verdwijnt.",
                                       "Tegenspraak",
                                       "Anneke 10.00, Rachid 13.30: kies of vraag.",
                                       "$ kiem task edit \"Regenton plaatsen\" --time ",
                                       "Nu staat er één tijd: ",
                                       "$ kiem log \"Regenton plaatsen\"\n",
                                       "Noor veranderde de taak Regenton plaatsen\n",
                                       "Rachid B. veranderde de taak Regenton plaatsen\n",
                                       "6. De stekker eruit",
                                       "Je bent voorlopig aangemeld voor Poster ophangen.",
                                       "2 wijzigingen staan alleen nog hier",
                                       "Nog niet gedeeld: 2 wijzigingen.",
                                       "De stekker gaat er weer in.",
                                       "Gezien door Anneke. Bevestigd.",
                                       "Alles is gedeeld.",
                                       "7. Klaar met oefenen? Begin echt.",
                                       "Niets van de proeftuin gaat mee.",
                                       "kiem init --name \"jouw naam\"\n"};
  const std::vector<std::string> english{"They are here. Anneke's laptop waits at tcp://127.0.0.1:",
                                         " there is one seat left at the hedge of Tuin Linde 4.",
                                         "Provisional. Your neighbours will know soon.",
                                         "You see the address when you are confirmed.",
                                         "Seen by Anneke. Confirmed.",
                                         "The laptop of Sven was away and is back.",
                                         "Sven had signed up too. Why?",
                                         "Sven L. is on the waiting list of Heg knippen, as number 1.",
                                         "All 3 seats are confirmed to others already.",
                                         "Nobody vanishes.",
                                         "Anneke 10:00, Rachid 13:30: choose or ask.",
                                         "Now there is one time: ",
                                         "Not shared yet: 2 changes.",
                                         "Seen by Anneke. Confirmed.",
                                         "Everything is shared.",
                                         "7. Done practising? Begin for real.",
                                         "Nothing of the practice garden comes along.",
                                         "kiem init --name \"your name\"\n"};
  // The hedge is for the day after the reader's own, wherever that is. It is today's when the neighbours began before
  // midnight and the greeting comes after it.
  const auto greets = [](const std::string& out) {
    return count(out, "Hoi Noor. Morgen") + count(out, "Hoi Noor. Vandaag") + count(out, "Hi Noor. Tomorrow") +
           count(out, "Hi Noor. Today");
  };
  // Where the day in UTC is the next one for most of the day, where it is the one before, and at home.
  for (const auto& spoken :
       {std::tuple{"nl", "HST10", dutch}, std::tuple{"en", "LINT-14", english}, std::tuple{"nl", "CET-1", dutch}}) {
    const std::string lang = std::get<0>(spoken);
    const std::string zone = std::get<1>(spoken);
    const auto& sentences = std::get<2>(spoken);
    CAPTURE(lang);
    CAPTURE(zone);
    const TempHome place;
    Process story = play(place.path(), lang, KIEM_PRACTICE_PROGRAM, zone);
    const Ended told = ended(story, place.path(), 0);
    CHECK(told.err.empty());
    check_told(told.out, sentences);
    CHECK(greets(told.out) == 1);
    // Streets are for sealed values: none is ever shown. Nor are there pauses without a keyboard.
    CHECK(told.out.find("Proefpad") == std::string::npos);
    CHECK(told.out.find("Enter:") == std::string::npos);
    std::istringstream lines(told.out);
    for (std::string line; std::getline(lines, line);) {
      CAPTURE(line);
      CHECK((line.starts_with("$ ") || cli::display_width(line) <= cli::kColumns));
    }
  }
}

// --- with somebody at the keyboard -----------------------------------------------------------------------------------

// `keys` is all that is ever pressed.
std::string played_with(const std::string& keys, const fs::path& place) {
  cli::SystemClock clock;
  SystemRng rng;
  CollectedLog log;
  std::array<int, 2> keyboard{};
  std::array<int, 2> stop{};
  REQUIRE(::pipe2(keyboard.data(), O_CLOEXEC) == 0);
  REQUIRE(::pipe2(stop.data(), O_CLOEXEC) == 0);
  REQUIRE(::write(keyboard[1], keys.data(), keys.size()) == static_cast<ssize_t>(keys.size()));
  ::close(keyboard[1]);
  cli::Environment environment;
  environment.kiem_lang = "nl";
  environment.catch_stop = [&] { return stop[0]; };
  environment.open_network = [](const BoxKeyPair& keys_of, Clock& at) { return ZmqNetwork::create(keys_of, at); };
  std::ostringstream out;
  std::ostringstream err;
  std::istringstream in;
  const practice::Story story{place, KIEM_PRACTICE_PROGRAM, keyboard[0]};
  const int code = practice::play(story, environment, {out, err, in}, {clock, rng, log});
  for (const int each : {keyboard[0], stop[0], stop[1]}) ::close(each);
  CAPTURE(err.str());
  CHECK(code == 0);
  CHECK(fs::is_empty(place));
  return out.str();
}

TEST_CASE("on a terminal the story goes on at Enter, and is over when nobody is there to press it") {
  const TempHome place;
  const std::string whole = played_with("\n\nyes\n\n\n\n\n\n", place.path());
  CHECK(count(whole, "Enter: verder") == 8);
  CHECK(whole.find("7. Klaar met oefenen?") != std::string::npos);

  const std::string left = played_with("\n\n", place.path());
  CHECK(count(left, "Enter: verder") == 3);
  check_told(left, {"2. Meedoen", "Je ziet het adres", "Enter: verder", "Gestopt. De oefenlaptops zijn gewist."});
  CHECK(left.find("3. ") == std::string::npos);
}

// --- broken off ------------------------------------------------------------------------------------------------------

TEST_CASE("a story that is stopped, at its beginning or in the middle, takes all its processes and laptops along") {
  for (const char* const when : {"/rachid join", "/sven sync"}) {
    for (const int signal : {SIGTERM, SIGINT}) {
      CAPTURE(when);
      CAPTURE(signal);
      const TempHome folder;
      const Troubled troubled(folder, when, "echo yes > fifo; exec cat never");
      Process story = play(troubled.place, "nl", troubled.program.string());
      std::string word;
      std::ifstream(troubled.fifo) >> word;
      CHECK(word == "yes");
      CHECK_FALSE(fs::is_empty(troubled.place));
      story.signal(signal);
      const Ended told = ended(story, troubled.place, 0);
      CHECK(told.out.find("Gestopt. De oefenlaptops zijn gewist.") != std::string::npos);
    }
  }
}

TEST_CASE("a story whose neighbours cannot begin ends with a sentence") {
  const TempHome folder;
  const Troubled troubled(folder, "/rachid join", "exit 3");
  Process story = play(troubled.place, "nl", troubled.program.string());
  const Ended told = ended(story, troubled.place, 1);
  CHECK(told.err.find("De buren zijn weggevallen, dus de proeftuin stopt hier.") != std::string::npos);
  CHECK(told.out.find("$ kiem") == std::string::npos);
}

TEST_CASE("a story whose neighbours are killed while they are waited for ends with a sentence") {
  const TempHome folder;
  const Troubled troubled(folder, "/sven sync", "read word < fifo; kill -KILL $PPID; exit 5");
  Process story = play(troubled.place, "en", troubled.program.string());
  while (story.line() != "4. Somebody comes back") {
  }
  std::ofstream(troubled.fifo) << "now\n";
  const Ended told = ended(story, troubled.place, 1);
  CHECK(told.err.find("The neighbours have gone, so the practice garden ends here.") != std::string::npos);
  CHECK(told.out.find("was away and is back") == std::string::npos);
}

TEST_CASE("a story whose answer nobody reads any more ends with a sentence") {
  const TempHome place;
  const std::string command =
      "exec env TMPDIR='" + place.path().string() + "' KIEM_LANG=nl '" KIEM_PRACTICE_PROGRAM "' > /dev/full";
  Process story("/bin/sh", {"-c", command}, Process::Input::empty);
  const Ended told = ended(story, place.path(), 1);
  CHECK(told.err.find("Het antwoord kon niet worden geschreven.") != std::string::npos);
}

}  // namespace
}  // namespace kiem::test
