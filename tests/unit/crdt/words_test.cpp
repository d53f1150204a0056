#include "core/crdt/words.hpp"

#include <doctest/doctest.h>

#include "core/crdt/words_diff.hpp"

using namespace kiem;

namespace {
using Words = std::vector<std::string_view>;
}

TEST_CASE("a word is what stands between white space, with the white space behind it") {
  CHECK(words_of("").empty());
  CHECK(words_of("een") == Words{"een"});
  CHECK(words_of("een twee") == Words{"een ", "twee"});
  CHECK(words_of("een  \t\r\ntwee ") == Words{"een  \t\r\n", "twee "});
}

TEST_CASE("white space before the first word is a word of its own, and so is a text of white space") {
  CHECK(words_of("  een") == Words{"  ", "een"});
  CHECK(words_of(" ") == Words{" "});
}

TEST_CASE("no other byte is white space: not those of characters, not the space that does not break") {
  CHECK(words_of("caf\xC3\xA9\xC2\xA0open") == Words{"caf\xC3\xA9\xC2\xA0open"});
  CHECK(words_of("a\vb\fc") == Words{"a\vb\fc"});
}

TEST_CASE("words are shown with a space where one lacks it, and without white space at the end") {
  CHECK(show_words({}).empty());
  CHECK(show_words({"een ", "twee"}) == "een twee");
  CHECK(show_words({"een", "twee"}) == "een twee");
  CHECK(show_words({"een  ", "twee \t"}) == "een  twee");
  CHECK(show_words({"  ", "een "}) == "  een");
  CHECK(show_words({"een", " "}) == "een");
  CHECK(show_words({" "}).empty());
}

TEST_CASE("a word may stay where it would be shown as what is wanted there") {
  CHECK(shown_alike("een ", "een ", false));
  CHECK(shown_alike("een", "een ", false));
  CHECK(shown_alike("een  ", "een", true));
  CHECK_FALSE(shown_alike("een", "een  ", false));
  CHECK_FALSE(shown_alike("een  ", "een ", false));
  CHECK_FALSE(shown_alike("een ", "twee ", false));
  CHECK_FALSE(shown_alike("een ", "twee", true));
}

TEST_CASE("with more differences than are looked for, only what is equal at both ends stays") {
  const std::string a = "x1234y";
  const std::string b = "x1z34wy";
  const auto equal = [&](std::size_t i, std::size_t j) { return a[i] == b[j]; };
  CHECK(kept_in_order(a.size(), b.size(), 3, equal) == Kept{{0, 0}, {1, 1}, {3, 3}, {4, 4}, {5, 6}});
  CHECK(kept_in_order(a.size(), b.size(), 2, equal) == Kept{{0, 0}, {1, 1}, {5, 6}});
  CHECK(kept_in_order(a.size(), b.size(), 0, equal) == Kept{{0, 0}, {1, 1}, {5, 6}});
  CHECK(kept_in_order(0, b.size(), 9, equal).empty());
  CHECK(kept_in_order(a.size(), a.size(), 0, [&](auto i, auto j) { return i == j; }).size() == a.size());
}

TEST_CASE("twenty thousand words against as many others are not compared pair by pair") {
  std::size_t asked = 0;
  const auto kept = kept_in_order(20'000, 20'000, 1000, [&](std::size_t, std::size_t) {
    ++asked;
    return false;
  });
  CHECK(kept.empty());
  CHECK(asked < 2'000'000);
}
