// Every byte of a store is searched for what people wrote in it (domain.md R13), and a large board stays quick to ask.
#include <doctest/doctest.h>

#include <fstream>

#include "core/kiem.hpp"
#include "tests/support/raw_store.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

std::string contents_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// The files of a home whose name or bytes hold the word.
std::vector<std::string> files_with(const std::filesystem::path& home, const std::string& word) {
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(home)) {
    if (!entry.is_regular_file()) continue;
    const bool named = entry.path().filename().string().find(word) != std::string::npos;
    if (named || contents_of(entry.path()).find(word) != std::string::npos) found.push_back(entry.path().string());
  }
  return found;
}

std::string as_utf16(const std::string& word) {
  std::string wide;
  for (const char c : word) wide += std::string{c, '\0'};
  return wide;
}

}  // namespace

TEST_CASE("no name, title, note, reason, place or recovery word stands readable in any file of a home") {
  TempHome home;
  FakeEnv fake;
  std::string words;
  auto community = Community::create(home.store(), test_passphrase("pimpelmees"), "Zwaluwstaart", fake.env(), words,
                                     cheap_options());
  REQUIRE(community);
  const auto perform = [&](const Request& request) { REQUIRE((*community)->perform(request)); };
  perform(CreateInitiative{"Roodborstje"});
  AddPlace place;
  place.title = "Koolmeestuin";
  perform(place);
  AddTask task;
  task.title = "Winterkoning";
  task.note = "Boomkruiper achterom";
  task.place = Naming{"Koolmeestuin"};
  perform(task);
  ImportFile people;
  people.file_name = "mensen.csv";
  people.contents = to_bytes(view("naam;rol\nGoudvink;Putter\n"));
  perform(people);
  perform(ClaimTask{{}, {"Winterkoning"}, 1, Naming{"Goudvink"}});
  perform(CancelTask{{}, {"Winterkoning"}, "Sijsje"});

  std::vector<std::string> planted{"Zwaluwstaart", "Roodborstje", "Koolmeestuin", "Winterkoning", "Boomkruiper",
                                   "Goudvink",     "Putter",      "Sijsje",       "pimpelmees",   words};
  const auto search = [&] {
    for (const auto& word : planted) {
      CAPTURE(word);
      CHECK(files_with(home.store(), word).empty());
      CHECK(files_with(home.store(), as_utf16(word)).empty());
    }
  };
  search();  // while it is open, the write-ahead log included
  community->reset();
  search();
  CHECK_FALSE(files_with(home.store(), "").empty());  // there was something to search
}

TEST_CASE("what is logged holds no word that people wrote") {
  TempHome home;
  FakeEnv fake;
  std::string words;
  auto community =
      Community::create(home.store(), test_passphrase(), "Zwaluwstaart", fake.env(), words, cheap_options());
  REQUIRE(community);
  REQUIRE((*community)->perform(CreateInitiative{"Roodborstje"}));
  REQUIRE_FALSE((*community)->perform(ShowTask{{}, {"Winterkoning"}}));
  for (const auto& line : fake.log.lines) {
    CHECK(line.find("Zwaluwstaart") == std::string::npos);
    CHECK(line.find("Roodborstje") == std::string::npos);
    CHECK(line.find("Winterkoning") == std::string::npos);
  }
}

TEST_CASE("ten thousand imported tasks are all on the board, and importing them again adds none") {
  TempHome home;
  FakeEnv fake;
  make_initiative(home.store(), fake.env());
  auto community = Community::open(home.store(), test_passphrase(), fake.env(), cheap_options());
  REQUIRE(community);
  std::string csv = "id;titel;plekken;datum;tekst\n";
  for (int i = 0; i < 10'000; ++i) {
    csv += "t" + std::to_string(i) + ";Klus " + std::to_string(i) + ";" + std::to_string(1 + i % 5) + ";" +
           std::to_string(1 + i % 28) + "-04-2027;Neem handschoenen mee.\n";
  }
  ImportFile file;
  file.file_name = "taken.csv";
  file.contents = to_bytes(view(csv));
  const auto imported = (*community)->perform(file);
  REQUIRE(imported);
  CHECK(std::get<ImportAnswer>(*imported).added == 10'000);
  CHECK(std::get<ImportAnswer>(*imported).problems.empty());
  const auto tasks = (*community)->perform(ListTasks{});
  REQUIRE(tasks);
  CHECK(std::get<Tasks>(*tasks).tasks.size() == 10'000);
  const auto again = (*community)->perform(file);
  REQUIRE(again);
  CHECK(std::get<ImportAnswer>(*again).added == 0);
  CHECK(std::get<ImportAnswer>(*again).already == 10'000);
}
