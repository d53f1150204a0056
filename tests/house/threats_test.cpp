// The threat tables of store and network name a test in each row, and each of these tests exists under that name.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "tests/house/source_file.hpp"

namespace kiem::house {
namespace {

// Names of test cases in a source; a name that is laid out over several literals is one.
std::set<std::string> test_names(std::string_view text) {
  constexpr std::string_view kOpening = "TEST_CASE(";
  std::set<std::string> names;
  for (auto at = text.find(kOpening); at != std::string_view::npos; at = text.find(kOpening, at)) {
    at += kOpening.size();
    std::string name;
    while (true) {
      at = std::min(text.find_first_not_of(" \n", at), text.size());
      if (at == text.size() || text[at] != '"') break;
      for (++at; at < text.size() && text[at] != '"'; ++at) {
        if (text[at] == '\\') ++at;
        if (at < text.size()) name += text[at];
      }
      ++at;
    }
    names.insert(name);
  }
  return names;
}

// What stands between double quotes in the last cell of a row.
std::vector<std::string> tests_of_row(std::string_view row) {
  const auto end = row.rfind('|');
  const auto begin = row.rfind('|', end - 1);
  std::vector<std::string> names;
  std::string_view cell = row.substr(begin, end - begin);
  for (auto open = cell.find('"'); open != std::string_view::npos; open = cell.find('"')) {
    const auto close = cell.find('"', open + 1);
    if (close == std::string_view::npos) break;
    names.emplace_back(cell.substr(open + 1, close - open - 1));
    cell.remove_prefix(close + 1);
  }
  return names;
}

bool is_row(std::string_view line) {
  return line.size() > 4 && line.starts_with("| ") && line[2] >= '0' && line[2] <= '9';
}

// What is wrong with a table, given all tests.
Findings untrue_rows(const SourceFile& table, const std::set<std::string>& tests) {
  Findings findings;
  for (std::size_t i = 0; i < table.lines.size(); ++i) {
    if (!is_row(table.lines[i])) continue;
    const auto names = tests_of_row(table.lines[i]);
    if (names.empty()) findings.push_back({table.path, i + 1, "a row without a test"});
    for (const auto& name : names) {
      if (!tests.contains(name)) findings.push_back({table.path, i + 1, "there is no test \"" + name + "\""});
    }
  }
  return findings;
}

}  // namespace

TEST_CASE("a row of a threat table is true when it names tests that exist") {
  const auto tests = test_names("TEST_CASE(\"one, two\") {}\nTEST_CASE(\n    \"three \"\n    \"four\") {}\n");
  CHECK(tests == std::set<std::string>{"one, two", "three four"});
  const auto of = [&](const std::string& row) { return untrue_rows(source_file("T.md", row + "\n"), tests).size(); };
  CHECK(of("| 1 | a \"thing\" | b | \"one, two\", \"three four\" |") == 0);
  CHECK(of("| 12 | a | b | \"one, two\", \"three\" |") == 1);
  CHECK(of("| 3 | a \"one, two\" | b | |") == 1);
  CHECK(of("| # | a | b | c |") == 0);
}

TEST_CASE("each row of the threat tables of store and network names tests that exist") {
  std::set<std::string> tests;
  std::size_t rows = 0;
  const auto files = read_repository(KIEM_REPOSITORY);
  for (const auto& file : files) {
    if (file.top() == "tests") tests.merge(test_names(file.text));
  }
  for (const auto& file : files) {
    if (file.name() != "THREATS.md") continue;
    rows += static_cast<std::size_t>(std::ranges::count_if(file.lines, is_row));
    for (const auto& finding : untrue_rows(file, tests)) FAIL_CHECK(to_text(finding));
  }
  CHECK(rows >= 60);
}

}  // namespace kiem::house
