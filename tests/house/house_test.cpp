// The repository itself under test: the directions, doors and habits that no compiler holds. Each failure names file
// and line, and the way out.
#include <doctest/doctest.h>

#include <filesystem>

#include "tests/house/documents.hpp"
#include "tests/house/rules.hpp"

namespace kiem::house {
namespace {

namespace fs = std::filesystem;

const fs::path& root() {
  static const fs::path path(KIEM_REPOSITORY);
  return path;
}

const std::vector<SourceFile>& files() {
  static const std::vector<SourceFile> all = read_repository(root().string());
  return all;
}

const SourceFile& file_at(std::string_view path) {
  for (const auto& file : files()) {
    if (file.path == path) return file;
  }
  FAIL("the repository has no " << std::string(path));
  return files().front();
}

// Files and the folders they stand in; a folder without a file of ours is not in a clone.
std::set<std::string> entries() {
  std::set<std::string> entries;
  for (fs::recursive_directory_iterator entry(root()), end; entry != end; ++entry) {
    const fs::path path = entry->path().lexically_relative(root());
    const bool is_built = entry.depth() == 0 && path.generic_string().starts_with("build");
    if (is_built || path == ".git") {
      entry.disable_recursion_pending();
    } else if (!entry->is_directory()) {
      for (fs::path part = path; !part.empty(); part = part.parent_path()) entries.insert(part.generic_string());
    }
  }
  return entries;
}

void report(const Findings& findings) {
  for (const auto& finding : findings) FAIL_CHECK(to_text(finding));
}

template <class Rule>
void hold(const Rule& rule) {
  for (const auto& file : files()) report(rule(file));
}

TEST_CASE("the house test reads the repository") {
  CHECK(file_at("core/base/id.hpp").is_header());
  CHECK(file_at("dev").lines.size() > 10);
  CHECK(file_at(".ci/run").text.find("dev") != std::string::npos);
}

TEST_CASE("includes follow the direction of the house") {
  std::map<std::string, Modules> modules;
  for (const std::string top : {"core", "sync"}) {
    const std::string path = top + "/CMakeLists.txt";
    modules[top] = modules_of(file_at(path).text);
    report(circles(path, modules[top]));
  }
  CHECK(modules["core"].contains("base"));
  hold([&](const SourceFile& file) { return include_directions(file, modules); });
}

TEST_CASE("our own includes are named from the top of the repository") {
  std::set<std::string> paths;
  for (const auto& file : files()) paths.insert(file.path);
  hold([&](const SourceFile& file) { return include_roots(file, paths); });
}

TEST_CASE("a third-party header stays behind its door") { hold(third_party_doors); }

TEST_CASE("headers that are dear to compile have one door each") { report(heavy_headers(files())); }

TEST_CASE("time, chance and the environment are handed in, and nothing sleeps") { hold(banned_words); }

TEST_CASE("nothing is marked as unfinished") { hold(unfinished_marks); }

TEST_CASE("texts have the agreed shape") { hold(text_shape); }

TEST_CASE("a header begins by saying what it is") { hold(header_opening); }

TEST_CASE("no two headers define types of one name") { report(types_of_one_name(files())); }

TEST_CASE("sources are named in snake_case") { hold(file_names); }

TEST_CASE("only the agreed entries stand at the top") {
  for (const auto& entry : fs::directory_iterator(root())) report(top_level_entry(entry.path().filename().string()));
}

TEST_CASE("links and paths in documents lead somewhere") {
  const auto known = entries();
  for (const auto& file : files()) {
    if (file.extension() == "md") report(dead_references(file, known));
  }
}

TEST_CASE("documents name commands that ./dev has") {
  for (const auto& file : files()) {
    if (file.extension() == "md") report(unknown_commands(file, file_at("dev")));
  }
}

TEST_CASE("the README stays under two screens") { report(too_long(file_at("README.md"))); }

TEST_CASE("the scripts at the door can be run") {
  for (const auto* const path : {"dev", ".ci/run"}) {
    CAPTURE(path);
    CHECK((fs::status(root() / path).permissions() & fs::perms::owner_exec) != fs::perms::none);
  }
}

}  // namespace
}  // namespace kiem::house
