// The practice story of ./dev run plays to its end, in both languages, and leaves nothing behind.
#include <doctest/doctest.h>

#include <sstream>

#include "sync/practice/story.hpp"
#include "tests/support/fakes.hpp"
#include "tests/support/temp_home.hpp"

using namespace kiem;
using namespace kiem::test;

TEST_CASE("the practice story plays to its end and leaves nothing behind") {
  for (const char* lang : {"nl", "en"}) {
    CAPTURE(lang);
    TempHome folder;
    FakeEnv fake;
    cli::Environment environment;
    environment.kiem_lang = lang;
    std::ostringstream out;
    std::ostringstream err;
    std::istringstream in;
    const auto stage = folder.path() / "story";
    CHECK(practice::play(stage, environment, {out, err, in}, fake.env()) == 0);
    CHECK(out.str().find("Bakfiets ophalen") != std::string::npos);
    CHECK(out.str().find("$ kiem doctor") != std::string::npos);
    // Addresses are for sealed values, which do not exist yet: none is ever shown.
    CHECK(out.str().find("Proefpad") == std::string::npos);
    CHECK_FALSE(std::filesystem::exists(stage));
  }
}
