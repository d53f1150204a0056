// A person at a terminal, without a process: runs commands on a home of its own and keeps what they answered.
//
// Stores are made with the cheapest Argon2id, and a lock that is held is not waited for. One thread.
#pragma once

#include <filesystem>
#include <initializer_list>
#include <string>
#include <vector>

#include "core/store/store.hpp"
#include "sync/cli/environment.hpp"
#include "tests/cli/json_text.hpp"
#include "tests/support/fakes.hpp"
#include "tests/support/temp_home.hpp"

namespace kiem::test {

struct Outcome {
  int code = -1;
  std::string out;
  std::string err;
};

class Shell {
 public:
  explicit Shell(std::uint64_t seed = 1);

  // As typed behind "kiem"; `typed` is what stdin holds.
  Outcome run(const std::vector<std::string>& words, const std::string& typed = "");
  // The same, and the exit code must be 0: what stdout has.
  std::string done(const std::vector<std::string>& words);
  // The first line of a command that must succeed, without its end.
  std::string first_line(const std::vector<std::string>& words);

  // A file in this shell's folder: its path.
  std::string file(const std::string& name, std::string_view contents);

  // init with a passphrase from a file, and `initiative create`, which most tests begin with.
  void begin();

  TempHome folder;
  FakeEnv fake;
  cli::Environment environment;
  StoreOptions options;
};

// What it prints with --json: one line, and nothing failed.
[[nodiscard]] JsonText json_of(Shell& shell, std::vector<std::string> words);
[[nodiscard]] bool has(const std::string& text, std::string_view part);
[[nodiscard]] std::string contents_of(const std::filesystem::path& path);
// Checks that it was refused with this code and this in its sentence, and nothing on stdout.
void refused(const Outcome& outcome, int code, std::string_view sentence);

}  // namespace kiem::test
