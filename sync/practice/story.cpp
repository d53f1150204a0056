#include "sync/practice/story.hpp"

#include <fstream>
#include <ostream>
#include <string>
#include <vector>

#include "core/l10n/lang.hpp"
#include "sync/cli/run.hpp"
#include "sync/practice/neighbourhood.hpp"

namespace kiem::practice {
namespace {

using Command = std::vector<std::string>;

struct Step {
  std::string_view nl, en;  // what happens and why
  Command command;
  int expected = 0;  // its exit code
};

// The folder of the story: its store and the spreadsheets, gone when the story ends.
class Stage {
 public:
  explicit Stage(const std::filesystem::path& folder) : folder_(folder) {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    write("plaatsen.csv", places_csv());
    write("mensen.csv", people_csv());
    write("taken.csv", tasks_csv());
  }
  ~Stage() {
    std::error_code ignored;  // a story that cannot tidy up has still been told
    std::filesystem::remove_all(folder_, ignored);
  }
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  [[nodiscard]] std::string home() const { return (folder_ / "home").string(); }
  [[nodiscard]] std::string file(const char* name) const { return (folder_ / name).string(); }

 private:
  void write(const char* name, std::string_view contents) const {
    std::ofstream(folder_ / name, std::ios::binary) << contents;
  }
  std::filesystem::path folder_;
};

std::vector<Step> steps(const Stage& stage) {
  return {
      {"Noor begint. Haar laptop krijgt een versleutelde opslag, en zij twaalf woorden op papier.",
       "Noor begins. Her laptop gets an encrypted store, and she gets twelve words on paper.",
       {"init", "--name", "Noor", "--practice"}},
      {"Zij begint een oefeninitiatief. Ook dat heeft herstelwoorden.",
       "She starts a practice initiative. It has recovery words too.",
       {"initiative", "create", "Lindekwartier"}},
      {"De buurt stond al in een rekenblad. Eerst kijken wat erbij komt: adressen blijven eruit.",
       "The neighbourhood was in a spreadsheet. First a look at what will be added: addresses stay out.",
       {"import", stage.file("plaatsen.csv"), "--dry-run"}},
      {"Dat is goed. Erbij: plaatsen, mensen, taken.",
       "That is fine. In they go: places, people, tasks.",
       {"import", stage.file("plaatsen.csv")}},
      {"", "", {"import", stage.file("mensen.csv")}},
      {"In de lijst met taken spreekt één rij zichzelf tegen: die wordt genoemd, de rest komt erbij.",
       "One row of the list of tasks contradicts itself: it is named, the rest is taken.",
       {"import", stage.file("taken.csv")},
       1},
      {"Het bord.", "The board.", {"task", "list"}},
      {"Er is één plek om de bakfiets te halen. Noor doet mee.",
       "There is one seat to fetch the cargo bike. Noor joins.",
       {"claim", "Bakfiets ophalen"}},
      {"Imani belt: zij wilde ook. Noor schrijft haar in, namens haar. Niemand verdwijnt.",
       "Imani phones: she wanted to come too. Noor signs her up on her behalf. Nobody vanishes.",
       {"claim", "Bakfiets ophalen", "--for", "Imani S."}},
      {"Noor kan toch niet. Wie wachtte, schuift op.",
       "Noor can't after all. Who waited moves up.",
       {"withdraw", "Bakfiets ophalen"}},
      {"", "", {"task", "show", "Bakfiets ophalen"}},
      {"Het regent. De taak gaat niet door, en dat blijft te zien.",
       "It rains. The task is off, and that stays visible.",
       {"task", "cancel", "Gieters en slang nakijken", "--reason", "regen"}},
      {"Wie deed wat?", "Who did what?", {"log", "--limit", "6"}},
      {"Klopt alles nog? De dokter maakt de lijsten opnieuw uit het logboek en vergelijkt.",
       "Is all still well? The doctor makes the lists again from the log and compares.",
       {"doctor"}},
  };
}

std::string as_typed(const Command& command) {
  std::string line = "$ kiem";
  for (const auto& word : command) {
    // A path of the stage is only its last part to the reader.
    const auto shown = word.find('/') == std::string::npos ? word : std::filesystem::path(word).filename().string();
    line += shown.find(' ') == std::string::npos ? " " + shown : " \"" + shown + "\"";
  }
  return line;
}

}  // namespace

int play(const std::filesystem::path& home, cli::Environment environment, cli::Streams streams, Env env) {
  const bool dutch = cli::default_language(environment) == Lang::nl;
  const Stage stage(home);
  environment.kiem_home = stage.home();
  environment.stdin_is_terminal = false;
  streams.out << (dutch ? "Kiem, de proeftuin: dit is oefenen, niets wordt bewaard.\n"
                        : "Kiem, the practice garden: this is practice, nothing is kept.\n");
  for (const auto& step : steps(stage)) {
    const auto told = dutch ? step.nl : step.en;
    if (!told.empty()) streams.out << "\n# " << told << "\n";
    streams.out << as_typed(step.command) << "\n" << std::flush;
    const int code = cli::run(step.command, environment, streams, env);
    streams.err << std::flush;
    if (code != step.expected) return code == 0 ? 1 : code;
  }
  streams.out << (dutch ? "\nKlaar met oefenen? Begin echt: build/bin/kiem init --name \"jouw naam\"\n"
                        : "\nDone practising? Begin for real: build/bin/kiem init --name \"your name\"\n");
  return 0;
}

}  // namespace kiem::practice
