// What documents promise: each check is shown a promise that is kept and one that is not.
#include "tests/house/documents.hpp"

#include <doctest/doctest.h>

namespace kiem::house {
namespace {

const std::set<std::string> kEntries{"README.md", "dev", "core", "core/FORMAT.md", "core/store", "tests/vectors"};

// The targets that lead nowhere.
std::string dead(const std::string& path, const std::string& text) {
  std::string targets;
  for (const auto& finding : dead_references(source_file(path, text), kEntries)) {
    const auto open = finding.what.find('`');
    targets +=
        (targets.empty() ? "" : " ") + finding.what.substr(open + 1, finding.what.find('`', open + 1) - open - 1);
  }
  return targets;
}

TEST_CASE("a link leads to a file or folder, counted from its document") {
  CHECK(dead("README.md", "[a](core/FORMAT.md) and [b](core/store/), [c](core/FORMAT.md#tags)\n").empty());
  CHECK(dead("README.md", "[a](core/NOWHERE.md) and [b](FORMAT.md)\n") == "core/NOWHERE.md FORMAT.md");
  CHECK(dead("core/FORMAT.md", "[a](../README.md) [b](store) [c](core/store)\n") == "core/store");
  CHECK(dead("README.md", "[a](https://example.org/a) [b](#here) [c](mailto:a@example.org)\n").empty());
}

TEST_CASE("a path in code exists: in README all of them") {
  CHECK(dead("README.md", "`core/store/`, `core/FORMAT.md`. `./dev run` `build/bin/kiem` `/usr` `~/a`\n").empty());
  CHECK(dead("README.md", "in `core/gone.cpp` and `lib/a.cpp`, `./gone`\n") == "core/gone.cpp lib/a.cpp ./gone");
  CHECK(dead("README.md", "```\ncore/store   pages\ncore/gone    none\n./dev run\ntcp://HOST:1\n```\n`core/x`\n") ==
        "core/gone core/x");
  CHECK(dead("README.md", "either/or without code\n").empty());
}

TEST_CASE("a path in code exists: in other documents those of our own folders") {
  CHECK(dead("core/FORMAT.md", "`core/store` `text/plain` `core/{a,b}.cpp` `tests/vectors/*.json`\n").empty());
  CHECK(dead("core/FORMAT.md", "`core/gone.hpp`\n") == "core/gone.hpp");
}

TEST_CASE("a command that a document names is one of ./dev") {
  const auto dev = source_file("dev", "command_run() {\n}\n# command_ghost() {\n");
  CHECK(unknown_commands(source_file("README.md", "`./dev run` or `./dev`, ./dev run --lang nl\n"), dev).empty());
  const auto found = unknown_commands(source_file("README.md", "`./dev run`\n`./dev ghost`\n"), dev);
  REQUIRE(found.size() == 1);
  CHECK(found.front().line == 2);
}

TEST_CASE("a README of 100 lines is read, one of 101 is not") {
  const auto of = [](std::size_t lines) { return too_long(source_file("README.md", std::string(lines, '\n'))).size(); };
  CHECK(of(99) == 0);
  CHECK(of(100) == 0);
  CHECK(of(101) == 1);
}

}  // namespace
}  // namespace kiem::house
