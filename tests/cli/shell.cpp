#include "tests/cli/shell.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "sync/cli/run.hpp"

namespace kiem::test {

Shell::Shell(std::uint64_t seed) : fake(seed) {
  environment.kiem_home = folder.store().string();
  environment.kiem_lang = "nl";
  environment.kiem_passphrase_file = file("passphrase", "zon en regen\n");
  options.cost = {1, 64};
  options.lock_wait_ms = 0;
}

Outcome Shell::run(const std::vector<std::string>& words, const std::string& typed) {
  std::ostringstream out;
  std::ostringstream err;
  std::istringstream in(typed);
  Outcome outcome;
  outcome.code = cli::run(words, environment, {out, err, in}, fake.env(), options);
  outcome.out = out.str();
  outcome.err = err.str();
  fake.clock.advance(60'000);
  return outcome;
}

std::string Shell::done(const std::vector<std::string>& words) {
  const Outcome outcome = run(words);
  CAPTURE(words);
  CAPTURE(outcome.err);
  REQUIRE(outcome.code == 0);
  return outcome.out;
}

std::string Shell::first_line(const std::vector<std::string>& words) {
  const std::string out = done(words);
  return out.substr(0, out.find('\n'));
}

std::string Shell::file(const std::string& name, std::string_view contents) {
  const std::filesystem::path path = folder.path() / name;
  std::ofstream(path, std::ios::binary) << contents;
  return path.string();
}

void Shell::begin() {
  done({"init", "--name", "Anneke"});
  done({"initiative", "create", "Sociaal Tuinieren"});
}

JsonText json_of(Shell& shell, std::vector<std::string> words) {
  words.emplace_back("--json");
  const std::string out = shell.done(words);
  CHECK(std::count(out.begin(), out.end(), '\n') == 1);
  CHECK(out.back() == '\n');
  return {out};
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

std::string contents_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void refused(const Outcome& outcome, int code, std::string_view sentence) {
  CAPTURE(outcome.err);
  CHECK(outcome.code == code);
  CHECK(has(outcome.err, sentence));
  CHECK(outcome.out.empty());
}

}  // namespace kiem::test
