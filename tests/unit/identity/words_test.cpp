#include "core/identity/words.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cctype>
#include <set>
#include <string>

using namespace kiem;

namespace {

std::string upper(std::string_view text) {
  std::string raised(text);
  for (auto& letter : raised) letter = static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
  return raised;
}

// True when one letter more, less or other makes the one word into the other.
bool one_letter_apart(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  const auto from = static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin()).first - a.begin());
  return a.size() == b.size() ? a.substr(std::min(a.size(), from + 1)) == b.substr(std::min(b.size(), from + 1))
                              : a.substr(from) == b.substr(from + 1);
}

}  // namespace

TEST_CASE("the list has 2048 words of three to eight plain letters, in alphabetical order") {
  CHECK(kWordList.size() == 2048);
  for (std::size_t i = 0; i < kWordList.size(); ++i) {
    const auto entry = kWordList[i];
    CAPTURE(std::string(entry));
    CHECK(entry.size() >= 3);
    CHECK(entry.size() <= kWordMaxLetters);
    CHECK(std::all_of(entry.begin(), entry.end(), [](char letter) { return letter >= 'a' && letter <= 'z'; }));
    if (i > 0) CHECK(kWordList[i - 1] < entry);
  }
}

TEST_CASE("four letters name a word, and no word is the beginning of another") {
  std::set<std::string_view> beginnings;
  for (const auto entry : kWordList) {
    CAPTURE(std::string(entry));
    CHECK(beginnings.insert(entry.substr(0, 4)).second);
  }
  for (std::size_t i = 1; i < kWordList.size(); ++i) {
    CAPTURE(std::string(kWordList[i]));
    CHECK_FALSE(kWordList[i].substr(0, kWordList[i - 1].size()) == kWordList[i - 1]);
  }
}

TEST_CASE("no two words are one letter apart") {
  CHECK(one_letter_apart("hand", "land"));
  CHECK(one_letter_apart("tuin", "tuinen") == false);
  CHECK(one_letter_apart("boom", "bom"));
  CHECK(one_letter_apart("bom", "boom"));
  for (std::size_t i = 0; i < kWordList.size(); ++i) {
    for (std::size_t j = i + 1; j < kWordList.size(); ++j) {
      if (one_letter_apart(kWordList[i], kWordList[j])) FAIL_CHECK(kWordList[i] << " and " << kWordList[j]);
    }
  }
}

TEST_CASE("every word is found again, whole, in capitals, and cut short after its fourth letter or later") {
  for (std::uint16_t i = 0; i < kWordCount; ++i) {
    const auto entry = word(i);
    CAPTURE(std::string(entry));
    CHECK(index_of(entry) == i);
    CHECK(index_of(upper(entry)) == i);
    for (std::size_t letters = 4; letters < entry.size(); ++letters) CHECK(index_of(entry.substr(0, letters)) == i);
    CHECK_FALSE(index_of(entry.substr(0, std::min<std::size_t>(3, entry.size() - 1))));
    CHECK_FALSE(index_of(std::string(entry) + "q"));
  }
}

TEST_CASE("the empty text, foreign letters and words that are not there are not found") {
  for (const std::string text : {"", "q", "aaaa", "zzzz", "zat!", "caf\xC3\xA9", "zaterdagen", "zonneschijn"}) {
    CAPTURE(text);
    CHECK_FALSE(index_of(text));
  }
  CHECK_FALSE(index_of(std::string_view("eik\0", 4)));
}

TEST_CASE("the ends of the list and the words of three letters stand where the format has them") {
  CHECK(word(0) == "aanbod");
  CHECK(word(2047) == "zwieren");
  CHECK(index_of("eik") == 443);
  CHECK_FALSE(index_of("ei"));
}
