#include "core/l10n/text.hpp"

#include <doctest/doctest.h>

namespace kiem {
namespace {

// A text that fails these would not compile, so the check itself is what is tested here.
TEST_CASE("a pattern has exactly the gaps it promises") {
  CHECK(gaps_fit("", 0));
  CHECK(gaps_fit("no gaps", 0));
  CHECK(gaps_fit("{0}", 1));
  CHECK(gaps_fit("{1} before {0}, and {1} again", 2));
  CHECK_FALSE(gaps_fit("no gaps", 1));
  CHECK_FALSE(gaps_fit("{0}", 0));
  CHECK_FALSE(gaps_fit("{1}", 1));
  CHECK_FALSE(gaps_fit("{0} {2}", 2));
  CHECK(gaps_fit("{0}{1}{2}{3}{4}{5}{6}{7}{8}{9}", 10));
  CHECK_FALSE(gaps_fit("{0}{1}{2}{3}{4}{5}{6}{7}{8}{9}", 11));
}

TEST_CASE("a brace that is no gap is refused") {
  CHECK_FALSE(gaps_fit("{", 0));
  CHECK_FALSE(gaps_fit("}", 0));
  CHECK_FALSE(gaps_fit("{0", 1));
  CHECK_FALSE(gaps_fit("{}", 1));
  CHECK_FALSE(gaps_fit("{a}", 1));
  CHECK_FALSE(gaps_fit("{00}", 1));
  CHECK_FALSE(gaps_fit("{0}}", 1));
}

constexpr Text<2> kSample{"{0} meldde zich aan voor {1}", "for {1} came {0}"};
constexpr Counted<2> kCounted{{"{0} taak van {1}", "{0} task of {1}"}, {"{0} taken van {1}", "{0} tasks of {1}"}};

TEST_CASE("gaps are filled by number, in the order of each language") {
  CHECK(say(Lang::nl, kSample, "Noor", std::string("Heg")) == "Noor meldde zich aan voor Heg");
  CHECK(say(Lang::en, kSample, "Noor", std::string("Heg")) == "for Heg came Noor");
}

TEST_CASE("a value that looks like a gap stays a value") {
  CHECK(say(Lang::nl, kSample, "{1}", "{0}") == "{1} meldde zich aan voor {0}");
}

TEST_CASE("a gap without a value can be seen") {
  CHECK(fill_gaps("{0} and {1}", {}) == "… and …");
  CHECK(fill_gaps("{", {}) == "{");
}

TEST_CASE("one is one, and every other number is many") {
  CHECK(say_count(Lang::nl, 1, kCounted, "Noor") == "1 taak van Noor");
  CHECK(say_count(Lang::nl, 0, kCounted, "Noor") == "0 taken van Noor");
  CHECK(say_count(Lang::en, 2, kCounted, "Noor") == "2 tasks of Noor");
}

TEST_CASE("numbers have a mark between thousands") {
  CHECK(format_number(Lang::nl, 0) == "0");
  CHECK(format_number(Lang::nl, 999) == "999");
  CHECK(format_number(Lang::nl, 1000) == "1.000");
  CHECK(format_number(Lang::en, 1284) == "1,284");
  CHECK(format_number(Lang::en, UINT64_MAX) == "18,446,744,073,709,551,615");
}

TEST_CASE("a language is read from a code or a locale") {
  for (const char* text : {"nl", "NL", "nl_NL.UTF-8", "nl-BE", "nl.UTF-8", "nl@euro"}) {
    CHECK(language_from(text) == Lang::nl);
  }
  for (const char* text : {"en", "en_GB.UTF-8", "En"}) CHECK(language_from(text) == Lang::en);
  for (const char* text : {"", "C", "C.UTF-8", "POSIX", "de_DE", "nld", "n", "english", "_nl"}) {
    CHECK_FALSE(language_from(text).has_value());
  }
}

}  // namespace
}  // namespace kiem
