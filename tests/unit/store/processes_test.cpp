// One process a store and one writer in it: however the home is named, whoever is started meanwhile.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "tests/support/connection_trace.hpp"
#include "tests/unit/store/home.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

// What a child process answers in one byte.
template <class Work>
char ask_child(const Work& work) {
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) _exit(work());
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  REQUIRE(WIFEXITED(status));
  return static_cast<char>(WEXITSTATUS(status));
}

// 'b' busy, 'o' opened, '?' something else.
char try_to_open(const std::filesystem::path& home) {
  FakeEnv env(77);
  const auto store = open_store(home, env);
  if (store) return 'o';
  return store.error().code == ErrorCode::store_busy ? 'b' : '?';
}

std::string output_of(const std::vector<const char*>& typed) {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    dup2(ends[1], STDOUT_FILENO);
    auto words = typed;
    words.push_back(nullptr);
    execv(words.front(), const_cast<char* const*>(words.data()));
    _exit(127);
  }
  close(ends[1]);
  std::string said;
  char buffer[4096];
  for (ssize_t got = 0; (got = read(ends[0], buffer, sizeof buffer)) > 0;)
    said.append(buffer, static_cast<std::size_t>(got));
  close(ends[0]);
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  REQUIRE(WIFEXITED(status));
  REQUIRE(WEXITSTATUS(status) == 0);
  return said;
}

}  // namespace

TEST_CASE("a second process is refused by whatever path it comes, and told where the store is in use") {
  TempHome home;
  FakeEnv env;
  auto store = make_store(home.path(), env);
  const auto link = home.other("link");
  std::filesystem::create_directory_symlink(home.path(), link);
  const auto around = home.path() / ".." / "home";
  for (const auto& path : {home.path(), link, around, home.path() / ""}) {
    CAPTURE(path.string());
    CHECK(ask_child([&] { return try_to_open(path); }) == 'b');
  }
  const auto busy = open_store(link, env);
  REQUIRE_FALSE(busy);
  CHECK(busy.error().args == std::vector<std::string>{link.string()});
  store.reset();
  CHECK(ask_child([&] { return try_to_open(link); }) == 'o');
}

TEST_CASE("a second process that sees the home through a mount of its own is refused as well") {
  TempHome home;
  FakeEnv env;
  auto store = make_store(home.path(), env);
  const auto mounted = home.other("mounted");
  std::filesystem::create_directories(mounted);
  // 'm': this system lets nobody mount, as in some containers; then there is no such path either.
  const auto look = [&]() -> char {
    if (unshare(CLONE_NEWNS) != 0 && unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return 'm';
    if (mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return 'm';
    if (mount(home.path().c_str(), mounted.c_str(), nullptr, MS_BIND, nullptr) != 0) return 'm';
    return try_to_open(mounted);
  };
  const char while_open = ask_child(look);
  store.reset();
  const char after = ask_child(look);
  if (while_open == 'm') {
    MESSAGE("no mounts here");
    CHECK(after == 'm');
  } else {
    CHECK(while_open == 'b');
    CHECK(after == 'o');
  }
}

TEST_CASE("opening and closing the lock file again in the same process does not free the store") {
  TempHome home;
  FakeEnv env;
  const auto store = make_store(home.path(), env);
  for (const auto& name : {home.path() / "lock", database_of(home.path()), log_of(home.path())}) {
    const int again = open(name.c_str(), O_RDWR | O_CLOEXEC);
    REQUIRE(again >= 0);
    close(again);
  }
  CHECK(ask_child([&] { return try_to_open(home.path()); }) == 'b');
}

TEST_CASE("a program started by this one inherits no descriptor of the store, and a copy of the lock locks nothing") {
  TempHome home;
  FakeEnv env;
  const auto store = make_store(home.path(), env);
  const auto reader = store->open_reader();
  REQUIRE(reader);
  add_notes(store->writer(), 1, "x");
  const auto mine = output_of({"/bin/sh", "-c", ("ls -l /proc/" + std::to_string(getpid()) + "/fd").c_str()});
  CHECK(mine.find("store.kiem") != std::string::npos);  // else this would prove nothing
  CHECK(mine.find("store.kiem-wal") != std::string::npos);
  CHECK(mine.find(home.path().string() + "/lock") != std::string::npos);
  const auto childs = output_of({"/bin/ls", "-l", "/proc/self/fd"});
  CHECK(childs.find("/proc/") != std::string::npos);
  CHECK(childs.find(home.path().string()) == std::string::npos);

  const auto copy = home.other("copy");
  copy_home(home.path(), copy);
  std::filesystem::copy_file(home.path() / "lock", copy / "lock");
  CHECK(ask_child([&] { return try_to_open(copy); }) == 'o');
}

TEST_CASE("one connection of a store can write, however many read and come and go; and it alone checkpoints") {
  TempHome home;
  FakeEnv env;
  FaultVfs vfs;
  vfs.pauses = true;
  const ConnectionTrace trace;
  std::atomic<int> changes_elsewhere = 0;
  const auto writer_thread = std::this_thread::get_id();
  vfs.on_event = [&](const FileEvent&) {
    if (std::this_thread::get_id() != writer_thread) ++changes_elsewhere;
  };
  {
    const auto store = make_store(home.path(), env, vfs.name());
    // Readers look once after each write: three that spin on a busy machine starve the writer of its lock.
    constexpr int kDone = -1;
    std::atomic<int> writes = 0;
    std::atomic<int> looks = 0;
    std::vector<std::thread> screens;
    for (int i = 0; i < 3; ++i) {
      auto reader = store->open_reader();
      REQUIRE(reader);
      screens.emplace_back([&, db = std::move(*reader)] {
        for (int seen = 0; seen != kDone; seen = writes) {
          writes.wait(seen);
          static_cast<void>(number_of(*db, "SELECT count(*) FROM note").has_value());
          // Asked to checkpoint, a reader refuses or does nothing.
          static_cast<void>(db->execute("PRAGMA wal_checkpoint(TRUNCATE)").has_value());
          ++looks;
        }
      });
    }
    for (int i = 0; i < 60 || looks < 50; ++i) {
      add_notes(store->writer(), 2, std::string(3000, 'n'));
      ++writes;
      writes.notify_all();
      if (i % 7 == 0) REQUIRE(store->writer().execute("PRAGMA wal_checkpoint(PASSIVE)"));
    }
    writes = kDone;
    writes.notify_all();
    for (auto& screen : screens) screen.join();
    CHECK(what_is_wrong(*store).empty());
  }
  CHECK(changes_elsewhere == 0);
  const auto files = ConnectionTrace::files();
  REQUIRE(files.size() == 1);
  const auto& file = files.begin()->second;
  CHECK(file.writers_ever == 1);
  CHECK(file.most_writers == 1);
  CHECK(file.writers_now == 0);
  CHECK(file.readers_ever == 3);
  CHECK(file.readers_now == 0);
}

TEST_CASE("a reader that stays keeps the log from beginning anew and no longer: then it stops growing") {
  TempHome home;
  FakeEnv env;
  FaultVfs vfs;
  const auto store = make_store(home.path(), env, vfs.name());
  auto reader = store->open_reader();
  REQUIRE(reader);
  REQUIRE((*reader)->execute("BEGIN"));
  REQUIRE(number_of(**reader, "SELECT count(*) FROM note"));
  const std::string text(3000, 'n');
  // More than the thousand pages after which a commit checkpoints.
  for (int i = 0; i < 20; ++i) add_notes(store->writer(), 100, text);
  const auto grown = std::filesystem::file_size(log_of(home.path()));
  CHECK(grown > 1500 * 4096);
  CHECK(number_of(**reader, "SELECT count(*) FROM note").value() == 0);
  REQUIRE((*reader)->execute("COMMIT"));
  for (int i = 0; i < 40; ++i) add_notes(store->writer(), 100, text);
  // Whatever was written since lies within what there was, but for one commit's worth.
  CHECK(std::filesystem::file_size(log_of(home.path())) <= grown + 200 * 4120);
  CHECK(number_of(**reader, "SELECT count(*) FROM note").value() == 6000);
  reader->reset();
  CHECK(what_is_wrong(*store).empty());
}

TEST_CASE(
    "a store on a medium that is mounted for reading only is refused at the door, and told what the system said") {
  TempHome home;
  FakeEnv env;
  { make_store(home.path(), env); }
  const auto mounted = home.other("mounted");
  std::filesystem::create_directories(mounted);
  const char found = ask_child([&]() -> char {
    if (unshare(CLONE_NEWNS) != 0 && unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return 'm';
    if (mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return 'm';
    if (mount(home.path().c_str(), mounted.c_str(), nullptr, MS_BIND, nullptr) != 0) return 'm';
    if (mount(nullptr, mounted.c_str(), nullptr, MS_REMOUNT | MS_BIND | MS_RDONLY, nullptr) != 0) return 'm';
    FakeEnv other(78);
    const auto store = open_store(mounted, other);
    if (store) return 'o';
    return store.error().code == ErrorCode::disk_failed && !store.error().args.empty() ? 'f' : '?';
  });
  if (found == 'm') {
    MESSAGE("no mounts here");
  } else {
    CHECK(found == 'f');
  }
  CHECK(try_to_open(home.path()) == 'o');
}
