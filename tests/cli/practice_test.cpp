// The practice story of ./dev run plays to its end, in both languages, and leaves nothing behind; parts of its sheets.
#include <doctest/doctest.h>

#include <sstream>

#include "sync/practice/neighbourhood.hpp"
#include "sync/practice/sheet.hpp"
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

TEST_CASE("rows of a practice sheet are chosen by their id, below the column names") {
  const auto all = [](std::string_view) { return true; };
  const auto none = [](std::string_view) { return false; };
  const auto second = [](std::string_view id) { return id == "b2"; };
  CHECK(practice::rows_where("", all).empty());
  CHECK(practice::rows_where("id;naam\n", none) == "id;naam\n");
  CHECK(practice::rows_where("id;naam\na1;x\nb2;y\nc3;b2\n", second) == "id;naam\nb2;y\n");
  CHECK(practice::rows_where("id;naam\na1;x\nb2;y", second) == "id;naam\nb2;y\n");
  CHECK(practice::rows_where("id\na1\nb2\n", second) == "id\nb2\n");
  CHECK(practice::rows_where(practice::people_csv(), all) == practice::people_csv());
}

TEST_CASE("only the disputed time is taken out of the sheet of tasks") {
  const std::string tasks = practice::tasks_without_disputed_time();
  CHECK(tasks.find("t14;Regenton plaatsen;pl2;+7;;;2 handen;") != std::string::npos);
  const auto others = [](std::string_view id) { return id != "t14"; };
  CHECK(practice::rows_where(tasks, others) == practice::rows_where(practice::tasks_csv(), others));
}
