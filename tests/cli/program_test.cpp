// The program itself, as a process: that main() hands the real world to the command line. Practice stores only, since
// their key costs no Argon2id.
#include <doctest/doctest.h>
#include <sys/wait.h>

#include <cstdio>

#include "tests/support/temp_home.hpp"

namespace kiem::test {
namespace {

struct Ended {
  int code = -1;
  std::string out;
};

// `line` as a shell would run it, with KIEM the program.
Ended sh(const std::string& line) {
  // The leak check attaches to its process as a debugger would, and the program lets nobody do that.
  const std::string whole =
      "unset XDG_DATA_HOME KIEM_HOME KIEM_LANG KIEM_PASSPHRASE_FILE KIEM_KEY_FILE; LANG=C; export LANG; "
      "ASAN_OPTIONS=detect_leaks=0; export ASAN_OPTIONS; KIEM='" KIEM_PROGRAM "'; " +
      line;
  FILE* const pipe = popen(whole.c_str(), "r");
  REQUIRE(pipe != nullptr);
  Ended ended;
  char part[4096];
  for (std::size_t size = fread(part, 1, sizeof part, pipe); size > 0; size = fread(part, 1, sizeof part, pipe)) {
    ended.out.append(part, size);
  }
  const int status = pclose(pipe);
  REQUIRE(WIFEXITED(status));
  ended.code = WEXITSTATUS(status);
  return ended;
}

TEST_CASE("the program reads its environment and ends with the promised codes") {
  const TempHome folder;
  const std::string home = "HOME='" + folder.path().string() + "' ";
  CHECK(sh(home + "\"$KIEM\" --help").out.starts_with("Kiem: samen"));
  CHECK(sh(home + "LANG=en_GB.UTF-8 \"$KIEM\" --help").out.starts_with("Kiem: getting"));
  CHECK(sh(home + "KIEM_LANG=en \"$KIEM\" tsk 2>&1").out == "‘tsk’ does not belong here.\nFor help: kiem --help\n");
  CHECK(sh(home + "\"$KIEM\" tsk 2>/dev/null").code == 2);
  CHECK(sh(home + "\"$KIEM\" status 2>/dev/null").code == 1);
  const Ended asked = sh(home + "\"$KIEM\" init --name Noor 2>&1 </dev/null");
  CHECK(asked.code == 2);
  CHECK(asked.out.find("--passphrase-file") != std::string::npos);

  CHECK(sh(home + "\"$KIEM\" init --practice --name Noor --json").code == 0);
  CHECK(std::filesystem::exists(folder.path() / ".local/share/kiem/store.kiem"));
  CHECK(sh(home + "\"$KIEM\" initiative create Proeftuin").code == 0);
  CHECK(sh(home + "\"$KIEM\" task add 'Heg knippen' --date 17-04-2027").code == 0);
  const Ended list = sh(home + "\"$KIEM\" --json task list");
  CHECK(list.code == 0);
  CHECK(list.out.find("\"title\":\"Heg knippen\"") != std::string::npos);
  CHECK(sh("KIEM_HOME='" + folder.path().string() + "/.local/share/kiem' \"$KIEM\" --json task list").out == list.out);
  CHECK(sh(home + "\"$KIEM\" task list >/dev/full 2>/dev/null").code == 1);
  CHECK(sh(home + "KIEM_LOG=1 \"$KIEM\" doctor 2>/dev/null").code == 0);
}

}  // namespace
}  // namespace kiem::test
