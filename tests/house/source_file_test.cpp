// How a source is read: what is code in it, and what only looks like it.
#include "tests/house/source_file.hpp"

#include <doctest/doctest.h>

namespace kiem::house {
namespace {

TEST_CASE("comments and the insides of literals are blanked, and nothing moves") {
  CHECK(blank_what_is_not_code("").empty());
  CHECK(blank_what_is_not_code("a // b\nc") == "a     \nc");
  CHECK(blank_what_is_not_code("a // b \\\nc\nd") == "a       \n \nd");
  CHECK(blank_what_is_not_code("a /* b\nc */ d") == "a     \n     d");
  CHECK(blank_what_is_not_code("a(\"b\\\"c\", 'd', '\\'')") == "a(\"    \", ' ', '  ')");
  CHECK(blank_what_is_not_code("a(\"// b\") // c") == "a(\"    \")     ");
  CHECK(blank_what_is_not_code("R\"x(a)\" b)x\" c") == "R\"         \" c");
  CHECK(blank_what_is_not_code("barR\"(a)\" b") == "barR\"   \" b");
  CHECK(blank_what_is_not_code("1'000 + 0xFF'FF 'a'") == "1'000 + 0xFF'FF ' '");
}

TEST_CASE("what is never closed ends with the text, or with its line") {
  CHECK(blank_what_is_not_code("a /* b") == "a     ");
  CHECK(blank_what_is_not_code("R\"(a").size() == 4);
  CHECK(blank_what_is_not_code("'a\nb") == "' \nb");
  CHECK(blank_what_is_not_code("a\"\\").size() == 3);
  CHECK(blank_what_is_not_code("R\"").size() == 2);
}

TEST_CASE("a word is found as a whole identifier only") {
  CHECK(find_word("rand()", "rand") == 0);
  CHECK(find_word("operand rand", "rand") == 8);
  CHECK(find_word("rand_r operand brand", "rand") == std::string::npos);
  CHECK(find_word("rand rand", "rand", 1) == 5);
  CHECK(find_word("", "rand") == std::string::npos);
}

TEST_CASE("includes are read with their line and their kind") {
  const auto found =
      includes_of(source_file("core/a.cpp", "#include <vector>\n\n #  include \"core/a.hpp\"  // why\n#if 1\n"));
  REQUIRE(found.size() == 2);
  CHECK(found[0].header == "vector");
  CHECK_FALSE(found[0].quoted);
  CHECK(found[1].header == "core/a.hpp");
  CHECK(found[1].quoted);
  CHECK(found[1].line == 3);
}

TEST_CASE("a path tells name, extension and top folder") {
  const auto file = source_file("core/store/store.hpp", "");
  CHECK(file.name() == "store.hpp");
  CHECK(file.extension() == "hpp");
  CHECK(file.top() == "core");
  CHECK(file.is_header());
  CHECK(source_file("dev", "").extension().empty());
  CHECK(source_file(".clang-tidy", "").extension().empty());
  CHECK(source_file("README.md", "").top().empty());
  CHECK_FALSE(source_file("README.md", "").is_cpp());
}

}  // namespace
}  // namespace kiem::house
