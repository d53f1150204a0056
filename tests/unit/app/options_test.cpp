#include "gui/app/options.hpp"

#include <doctest/doctest.h>

#include <vector>

namespace kiem::gui {
namespace {

auto read(const std::vector<std::string_view>& arguments) { return read_options(arguments); }
OptionFault fault(const std::vector<std::string_view>& arguments) {
  const auto options = read(arguments);
  REQUIRE_FALSE(options.has_value());
  CHECK_FALSE(sentence(options.error(), Lang::nl).empty());
  CHECK(sentence(options.error(), Lang::nl) != sentence(options.error(), Lang::en));
  return options.error().fault;
}

TEST_CASE("without options there is a window of the usual size") {
  const auto options = read({});
  REQUIRE(options.has_value());
  CHECK(options->width == 1366);
  CHECK(options->height == 768);
  CHECK_FALSE(options->screenshot.has_value());
  CHECK_FALSE(options->theme.has_value());
  CHECK_FALSE(options->help);
}

TEST_CASE("every option is read, with a space or an equals sign") {
  const auto options = read({"--screenshot", "a.png", "--view=taken", "--size", "390x844", "--theme=dark", "--scale",
                             "150", "--lang=en", "--home", "/h", "--passphrase-file=/p"});
  REQUIRE(options.has_value());
  CHECK(options->screenshot == "a.png");
  CHECK(options->view == "taken");
  CHECK(options->width == 390);
  CHECK(options->height == 844);
  CHECK(options->theme == Theme::dark);
  CHECK(options->text_percent == 150);
  CHECK(options->lang == Lang::en);
  CHECK(options->home == "/h");
  CHECK(options->passphrase_file == "/p");
}

TEST_CASE("sizes and percentages keep their bounds") {
  CHECK(read({"--size", "200x8000"}).has_value());
  CHECK(fault({"--size", "199x300"}) == OptionFault::bad_value);
  CHECK(fault({"--size", "300x8001"}) == OptionFault::bad_value);
  for (const auto* const size : {"", "x", "300", "300x", "x300", "300x300x", "300 x 300", "-300x300", "3e2x300"}) {
    CHECK(fault({"--size", size}) == OptionFault::bad_value);
  }
  CHECK(read({"--scale", "100"}).has_value());
  CHECK(read({"--scale", "200"}).has_value());
  CHECK(fault({"--scale", "99"}) == OptionFault::bad_value);
  CHECK(fault({"--scale", "201"}) == OptionFault::bad_value);
  CHECK(fault({"--scale", "100%"}) == OptionFault::bad_value);
}

TEST_CASE("what is wrong is told with the option that is wrong") {
  CHECK(fault({"--fast"}) == OptionFault::unknown);
  CHECK(fault({"taken"}) == OptionFault::unknown);
  CHECK(fault({"--theme"}) == OptionFault::missing_value);
  CHECK(fault({"--theme", "--lang", "nl"}) == OptionFault::missing_value);
  CHECK(fault({"--theme", "blue"}) == OptionFault::bad_value);
  CHECK(fault({"--lang", "fr"}) == OptionFault::bad_value);
  CHECK(fault({"--screenshot="}) == OptionFault::bad_value);
  CHECK(fault({"--lang", "nl", "--lang", "en"}) == OptionFault::twice);
  CHECK(sentence(read({"--theme", "blue"}).error(), Lang::nl) ==
        "Dit past niet bij --theme: blue. Zie kiem-gui --help.");
}

TEST_CASE("help names every option in both languages") {
  CHECK(read({"--help"})->help);
  CHECK(read({"-h"})->help);
  for (const Lang lang : {Lang::nl, Lang::en}) {
    for (const auto* const name :
         {"--screenshot", "--view", "--size", "--theme", "--scale", "--lang", "--home", "--passphrase-file"}) {
      CHECK(usage(lang).find(name) != std::string_view::npos);
    }
  }
}

}  // namespace
}  // namespace kiem::gui
