// What screens say: dates in sentences, searching without accents, and the words themselves, read from their files.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <limits>
#include <sstream>

#include "gui/model/search.hpp"
#include "gui/text/dates.hpp"
#include "tests/unit/model/samples.hpp"

namespace kiem::model {
namespace {

using namespace samples;

TEST_CASE("days are called by their name where they are near") {
  CHECK(text::day_heading(Lang::nl, kToday, kToday) == "Vandaag");
  CHECK(text::day_heading(Lang::nl, kToday + 1, kToday) == "Morgen");
  CHECK(text::day_heading(Lang::nl, kToday - 1, kToday) == "Vrijdag 16 april");
  CHECK(text::day_heading(Lang::nl, kToday + 2, kToday) == "Maandag 19 april");
  CHECK(text::day_in_sentence(Lang::en, kToday + 2, kToday) == "Monday 19 April");
  CHECK(text::day_heading(Lang::nl, kToday + 365, kToday) == "Zondag 16 april 2028");
  CHECK(text::day_heading(Lang::nl, std::numeric_limits<std::int32_t>::max(), kToday) == "?");
  CHECK(text::day_heading(Lang::nl, std::numeric_limits<std::int32_t>::min(), kToday) == "?");
  CHECK(text::day_tile(Lang::nl, std::numeric_limits<std::int32_t>::min()).day == "?");
  CHECK(text::day_heading(Lang::nl, -1, 0) == "Woensdag 31 december 1969");
}

TEST_CASE("hours are a range, an open one, or nothing") {
  CHECK(text::clock_range(Lang::nl, 600, 750) == "10.00 – 12.30 uur");
  CHECK(text::clock_range(Lang::en, 600, 750) == "10:00 – 12:30");
  CHECK(text::clock_range(Lang::nl, 600, std::nullopt) == "vanaf 10.00 uur");
  CHECK(text::clock_range(Lang::nl, std::nullopt, 750) == "tot 12.30 uur");
  CHECK(text::clock_range(Lang::nl, std::nullopt, std::nullopt).empty());
}

TEST_CASE("a moment of any size is told without harm") {
  const WallTime now = at(kToday, 0, 3);
  CHECK(text::moment_in_sentence(Lang::nl, at(kToday - 1, 23, 59), now, kZone) == "zonet");
  CHECK(text::moment_in_sentence(Lang::nl, at(kToday - 1, 23, 57), now, kZone) == "gisteren 23.57");
  CHECK(text::moment_in_sentence(Lang::nl, at(kToday - 400, 12, 0), now, kZone) == "vr 13 mrt 2026 12.00");
  CHECK_FALSE(text::moment_in_sentence(Lang::nl, {std::numeric_limits<std::int64_t>::min()}, now, kZone).empty());
  CHECK_FALSE(text::moment_in_sentence(Lang::nl, {std::numeric_limits<std::int64_t>::max()}, now, kZone).empty());
}

TEST_CASE("numbers to twelve are words, larger ones digits") {
  CHECK(text::number_word(Lang::nl, 0) == "geen");
  CHECK(text::number_word(Lang::nl, 1) == "één");
  CHECK(text::number_word(Lang::en, 12) == "twelve");
  CHECK(text::number_word(Lang::nl, 13) == "13");
  CHECK(text::capitalised("één") == "één");
  CHECK(text::capitalised("twee") == "Twee");
  CHECK(text::capitalised("").empty());
}

TEST_CASE("folding takes capitals and accents away, and nothing else") {
  CHECK(folded("Zoë ÜNAL") == "zoe unal");
  CHECK(folded("Škoda Łódź ĳ") == "skoda lodz ĳ");
  CHECK(folded("½ € Ж") == "½ € Ж");
  CHECK(folded("").empty());
  CHECK(folded(std::string("a\xC3")) == std::string("a\xC3"));
  CHECK(folded(std::string("\x80 B")) == std::string("\x80 b"));
  CHECK(search_words("  De  Heg\t").size() == 2);
  CHECK(has_all("de heg is hoog", {"heg", "hoog"}));
  CHECK_FALSE(has_all("de heg is hoog", {"heg", "laag"}));
  CHECK(has_all("", {}));
}

// --- the words themselves --------------------------------------------------------------------------------------------

struct Said {
  std::string dutch, english, file;
};

// Every pair of literals that stand in braces next to each other in gui/text: what a Text is made of.
std::vector<Said> all_texts() {
  const std::filesystem::path folder = std::filesystem::path(KIEM_REPOSITORY) / "gui/text";
  std::vector<Said> found;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream file(entry.path());
    std::stringstream contents;
    contents << file.rdbuf();
    const std::string source = contents.str();
    std::vector<std::string> column;  // literals since the last brace; adjacent ones are one
    bool joins = false;
    for (std::size_t at_char = 0; at_char < source.size(); ++at_char) {
      const char letter = source[at_char];
      if (letter == '"') {
        const std::size_t end = source.find('"', at_char + 1);
        if (end == std::string::npos) break;
        const std::string literal = source.substr(at_char + 1, end - at_char - 1);
        if (joins) {
          column.back() += literal;
        } else {
          column.push_back(literal);
        }
        joins = true;
        at_char = end;
      } else if (letter == ',') {
        joins = false;
      } else if (letter == '{' || letter == ';' || letter == '#') {
        column.clear();
        joins = false;
      } else if (letter == '}') {
        if (column.size() == 2) found.push_back({column[0], column[1], entry.path().filename().string()});
        column.clear();
        joins = false;
      }
    }
  }
  return found;
}

bool has_word(const std::string& sentence, std::string_view word) {
  const std::string plain = folded(sentence);
  const auto is_letter = [&](std::size_t index) {
    return index < plain.size() && ((plain[index] >= 'a' && plain[index] <= 'z') || plain[index] == '-');
  };
  for (std::size_t found = plain.find(word); found != std::string::npos; found = plain.find(word, found + 1)) {
    if ((found == 0 || !is_letter(found - 1)) && !is_letter(found + word.size())) return true;
  }
  return false;
}

TEST_CASE("all texts of the client are found by this reading of them") {
  const std::vector<Said> texts = all_texts();
  CHECK(texts.size() > 200);
  bool found = false;
  for (const Said& each : texts) found = found || (each.dutch == "Ik doe mee" && each.english == "I'll join");
  CHECK(found);
}

TEST_CASE("no screen says a technical word, u, or a word that we call otherwise") {
  for (const Said& each : all_texts()) {
    for (const char* const banned :
         {"sync", "synchroniseren", "peer", "node", "hash", "server", "client", "device", "operatie", "uw", "u",
          "reservelijst", "reserve", "error", "login", "account-", "conflict", "bewoner-", "klus-"}) {
      INFO(each.file << ": " << each.dutch);
      CHECK_FALSE(has_word(each.dutch, banned));
    }
    for (const char* const banned :
         {"sync", "peer", "node", "hash", "server", "client", "operation", "error", "conflict"}) {
      INFO(each.file << ": " << each.english);
      CHECK_FALSE(has_word(each.english, banned));
    }
  }
}

TEST_CASE("no Dutch text has an English word in it, nor the other way round") {
  for (const Said& each : all_texts()) {
    for (const char* const english : {"the", "you", "and", "your", "tasks", "people", "back", "settings"}) {
      INFO(each.file << ": " << each.dutch);
      CHECK_FALSE(has_word(each.dutch, english));
    }
    for (const char* const dutch : {"het", "een", "je", "niet", "mensen", "nog", "terug"}) {
      INFO(each.file << ": " << each.english);
      if (each.english != each.dutch) CHECK_FALSE(has_word(each.english, dutch));
    }
  }
}

}  // namespace
}  // namespace kiem::model
