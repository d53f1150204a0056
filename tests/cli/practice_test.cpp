// What the practice garden is made of: parts of its spreadsheets, children that end, words that are waited for, and a
// story whose neighbours never come. Whole it is played in tests/peers.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <fstream>
#include <sstream>

#include "sync/control/descriptor.hpp"
#include "sync/practice/child.hpp"
#include "sync/practice/listener.hpp"
#include "sync/practice/neighbourhood.hpp"
#include "sync/practice/sheet.hpp"
#include "sync/practice/story.hpp"
#include "tests/support/fakes.hpp"
#include "tests/support/temp_home.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

namespace fs = std::filesystem;
using What = practice::Heard::What;

struct Pipe {
  Pipe() {
    std::array<int, 2> ends{};
    KIEM_CHECK(::pipe2(ends.data(), O_CLOEXEC) == 0);
    out = control::Descriptor(ends[0]);
    in = control::Descriptor(ends[1]);
  }
  void write(std::string_view text) const {
    KIEM_CHECK(::write(in.fd(), text.data(), text.size()) == static_cast<ssize_t>(text.size()));
  }
  control::Descriptor out, in;
};

fs::path script(const fs::path& folder, const std::string& lines) {
  fs::path path = folder / "script";
  std::ofstream(path) << "#!/bin/sh\n" << lines;
  fs::permissions(path, fs::perms::owner_all);
  return path;
}

// A story that is told to the end of its neighbours: what it said on stderr, with exit code 1 and nothing left.
std::string told_without(const fs::path& neighbours, const char* lang) {
  const TempHome folder;
  FakeEnv fake;
  const Pipe stop;
  cli::Environment environment;
  environment.kiem_lang = lang;
  environment.catch_stop = [&] { return stop.out.fd(); };
  std::ostringstream out;
  std::ostringstream err;
  std::istringstream in;
  practice::Story story{folder.path(), neighbours};
  story.patience_ms = 200;
  CHECK(practice::play(story, environment, {out, err, in}, fake.env()) == 1);
  CHECK(out.str().find("$ kiem") == std::string::npos);
  CHECK(fs::is_empty(folder.path()));
  return err.str();
}

}  // namespace

// --- a story without neighbours --------------------------------------------------------------------------------------

TEST_CASE("a story whose neighbours do not come says so, and leaves nothing") {
  const TempHome folder;
  const auto missing = folder.path() / "missing";
  CHECK(told_without(missing, "nl").find(missing.filename().string()) != std::string::npos);
  const fs::path ended = script(folder.path(), "exit 0\n");
  CHECK(told_without(ended, "nl").find("De buren zijn weggevallen") != std::string::npos);
  CHECK(told_without(ended, "en").find("The neighbours have gone") != std::string::npos);
  const fs::path silent = script(folder.path(), "exec cat\n");
  CHECK(told_without(silent, "nl").find("De buren laten niets horen") != std::string::npos);
  CHECK(told_without(silent, "en").find("Nothing is heard of the neighbours") != std::string::npos);
  const fs::path stranger = script(folder.path(), "echo hello; exec cat\n");
  CHECK(told_without(stranger, "nl").find("anders dan bedoeld") != std::string::npos);
  const fs::path torrent = script(folder.path(), "exec cat /dev/zero\n");
  CHECK(told_without(torrent, "nl").find("De buren zijn weggevallen") != std::string::npos);
}

TEST_CASE("a story for which there is no folder, or no way to stop it, says so") {
  const TempHome folder;
  FakeEnv fake;
  const Pipe stop;
  cli::Environment environment;
  std::ostringstream out;
  std::ostringstream err;
  std::istringstream in;
  environment.catch_stop = [&] { return stop.out.fd(); };
  const practice::Story nowhere{folder.path() / "nowhere", "/bin/true"};
  CHECK(practice::play(nowhere, environment, {out, err, in}, fake.env()) == 1);
  CHECK_FALSE(err.str().empty());
  err.str("");
  environment.catch_stop = []() -> Result<int> { return fail(ErrorCode::out_of_memory, Fault::machine); };
  CHECK(practice::play({folder.path(), "/bin/true"}, environment, {out, err, in}, fake.env()) == 1);
  CHECK_FALSE(err.str().empty());
  CHECK(out.str().empty());
  CHECK(fs::is_empty(folder.path()));
}

// --- children --------------------------------------------------------------------------------------------------------

TEST_CASE("a child that is held notices when its owner goes, and one that will not end is ended") {
  const TempHome folder;
  const fs::path gone = folder.path() / "gone";
  // It does not die of the signal, so it can only end by the end of its stdin.
  const fs::path listens = script(folder.path(), "trap '' TERM\necho ready\ncat\necho yes > '" + gone.string() + "'\n");
  FakeEnv fake;
  const Pipe stop;
  {
    const auto child = practice::Child::start(listens, {}, practice::Child::Input::held);
    REQUIRE(child.has_value());
    practice::Listener listener((*child)->descriptor(), stop.out.fd(), fake.clock);
    CHECK(listener.next(std::nullopt).line == "ready");
    CHECK_FALSE(fs::exists(gone));
  }
  CHECK(fs::exists(gone));

  const fs::path stubborn = script(folder.path(), "trap '' TERM\necho $$\nexec sleep 1000\n");
  pid_t pid = 0;
  {
    const auto child = practice::Child::start(stubborn, {}, practice::Child::Input::held);
    REQUIRE(child.has_value());
    practice::Listener listener((*child)->descriptor(), stop.out.fd(), fake.clock);
    pid = std::stoi(listener.next(std::nullopt).line);
  }
  CHECK(::kill(pid, 0) != 0);
}

// --- words that are waited for ---------------------------------------------------------------------------------------

TEST_CASE("a listener hears whole lines, the end, silence, and before all a request to stop") {
  FakeEnv fake;
  const Pipe said;
  Pipe stop;
  practice::Listener listener(said.out.fd(), stop.out.fd(), fake.clock);
  said.write("one\n\ntw");
  CHECK(listener.next(std::nullopt).line == "one");
  const practice::Heard empty = listener.next(std::nullopt);
  CHECK(empty.what == What::line);
  CHECK(empty.line.empty());
  CHECK(listener.next(0).what == What::silence);
  said.write("o\nthree\n");
  CHECK(listener.next(0).line == "two");
  stop.write("x");
  CHECK(practice::is_asked_to_stop(stop.out.fd()));
  CHECK(listener.next(std::nullopt).what == What::stop);
  CHECK(listener.next(0).what == What::stop);
}

TEST_CASE("a line without an end is no line") {
  FakeEnv fake;
  const Pipe stop;
  Pipe said;
  practice::Listener half(said.out.fd(), stop.out.fd(), fake.clock);
  said.write("half");
  said.in = {};
  CHECK(half.next(std::nullopt).what == What::end);
  CHECK(half.next(std::nullopt).what == What::end);

  const Pipe endless;
  practice::Listener listener(endless.out.fd(), stop.out.fd(), fake.clock);
  endless.write(std::string(practice::Listener::kMaxLine, 'x') + "\n");
  CHECK(listener.next(0).line.size() == practice::Listener::kMaxLine);
  endless.write(std::string(practice::Listener::kMaxLine + 1, 'x'));
  CHECK(listener.next(0).what == What::end);
}

// --- sheets ----------------------------------------------------------------------------------------------------------

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
