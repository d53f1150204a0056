#include "gui/kit/wrap.hpp"

#include <doctest/doctest.h>

#include <string>

namespace kiem::gui {
namespace {

// Every character is one wide.
float measure(std::string_view text) {
  float width = 0;
  for (const char c : text) width += (static_cast<unsigned char>(c) & 0xC0U) == 0x80U ? 0.0F : 1.0F;
  return width;
}
std::string wrapped(std::string_view text, float width) {
  std::string all;
  for (const auto line : wrap(text, width, measure)) all.append(line).append("|");
  return all;
}

TEST_CASE("text breaks between words") {
  CHECK(wrapped("een twee drie", 8) == "een twee|drie|");
  CHECK(wrapped("een twee drie", 13) == "een twee drie|");
  CHECK(wrapped("een twee drie", 12) == "een twee|drie|");
  CHECK(wrapped("een twee drie", 4) == "een|twee|drie|");
}

TEST_CASE("no text is no line, an empty line is one") {
  CHECK(wrapped("", 10).empty());
  CHECK(wrapped("a\n\nb", 10) == "a||b|");
  CHECK(wrapped("\n", 10) == "||");
  CHECK(wrapped("   ", 10) == "|");
}

TEST_CASE("a word wider than the line breaks inside, between whole characters") {
  CHECK(wrapped("ééééé", 2) == "éé|éé|é|");
  CHECK(wrapped("a ééééé", 3) == "a|ééé|éé|");
  CHECK(wrapped("abc", 0) == "a|b|c|");
  CHECK(wrapped("a b", 0) == "a|b|");
}

TEST_CASE("a line may end after a hyphen or slash, not begin with one") {
  CHECK(wrapped("zee-egel", 5) == "zee-|egel|");
  CHECK(wrapped("en/of", 3) == "en/|of|");
  CHECK(wrapped("-egel", 5) == "-egel|");
  CHECK(wrapped("egel-", 5) == "egel-|");
}

TEST_CASE("spaces at a break are left out, others stay") {
  CHECK(wrapped("a   b", 2) == "a|b|");
  CHECK(wrapped("a  b", 4) == "a  b|");
  CHECK(wrapped("a b  ", 3) == "a b|");
}

TEST_CASE("a no-break space keeps words together") { CHECK(wrapped("ik 10\xC2\xA0uur", 6) == "ik|10\xC2\xA0uur|"); }

TEST_CASE("no character is lost or doubled at any width") {
  const std::string text = "Wie heeft er zin om zaterdag mee te gaan-of zondag, in de boomgaard aan de Kerkstraat?";
  for (int width = 0; width < 100; ++width) {
    std::string joined;
    for (const auto line : wrap(text, static_cast<float>(width), measure)) {
      CHECK(measure(line) <= std::max(1.0F, static_cast<float>(width)));
      joined += line;
    }
    std::string kept = text;
    std::erase(kept, ' ');
    std::erase(joined, ' ');
    CHECK(joined == kept);
  }
}

}  // namespace
}  // namespace kiem::gui
