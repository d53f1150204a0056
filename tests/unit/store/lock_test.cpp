#include "core/store/lock.hpp"

#include <doctest/doctest.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/store/home.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

struct LockHome {
  TempHome home;
  FaultVfs faults;
  std::filesystem::path path = home.path();

  LockHome() { std::filesystem::create_directories(path); }
  Result<HomeLock> acquire(std::uint32_t wait_ms = 0) {
    return HomeLock::acquire(path, wait_ms, *sqlite3_vfs_find(faults.name()));
  }
};

// Runs `work` in a child that then waits to be killed, and returns when it is done and how it went.
template <class Work>
pid_t start_child(const Work& work, char& answer) {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    const char said = work() ? 'y' : 'n';
    static_cast<void>(write(ends[1], &said, 1));
    while (true) pause();
  }
  REQUIRE(read(ends[0], &answer, 1) == 1);
  close(ends[0]);
  close(ends[1]);
  return child;
}

void end_child(pid_t child) {
  REQUIRE(kill(child, SIGKILL) == 0);
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
}

}  // namespace

TEST_CASE("a home is locked once, also within one process, and free again when the lock goes") {
  LockHome it;
  {
    auto first = it.acquire();
    REQUIRE(first);
    const auto second = it.acquire();
    REQUIRE_FALSE(second);
    CHECK(second.error().code == ErrorCode::store_busy);
    REQUIRE(second.error().args.size() == 1);
    CHECK(second.error().args[0] == it.path.string());
    const HomeLock moved = std::move(*first);
    CHECK_FALSE(it.acquire());
  }
  CHECK(it.acquire());
}

TEST_CASE("a lock is waited for as long as allowed and not longer, and taken as soon as it is free") {
  LockHome it;
  std::optional<HomeLock> held(std::move(*it.acquire()));
  int waited = 0;
  it.faults.on_pause = [&](int microseconds) { waited += microseconds; };
  CHECK(code_of(it.acquire(5000)) == ErrorCode::store_busy);
  CHECK(waited == 5'000'000);
  waited = 0;
  it.faults.on_pause = [&](int microseconds) {
    waited += microseconds;
    if (waited >= 300'000) held.reset();
  };
  CHECK(it.acquire(5000));
  CHECK(waited < 400'000);
}

TEST_CASE("a home reached through a symbolic link has the same lock") {
  LockHome it;
  const auto link = it.home.other("link");
  std::filesystem::create_directory_symlink(it.path, link);
  auto first = it.acquire();
  REQUIRE(first);
  CHECK(code_of(HomeLock::acquire(link, 0, *sqlite3_vfs_find(nullptr))) == ErrorCode::store_busy);
}

TEST_CASE("a lock file that is a symbolic link is not followed") {
  LockHome it;
  std::filesystem::create_symlink(it.home.other("elsewhere"), it.path / "lock");
  CHECK(code_of(it.acquire()) == ErrorCode::disk_failed);
  CHECK_FALSE(std::filesystem::exists(it.home.other("elsewhere")));
}

TEST_CASE("a lock in a home that is not there fails as the machine's failure") {
  FaultVfs faults;
  CHECK(code_of(HomeLock::acquire("/nowhere/at/all", 0, *sqlite3_vfs_find(faults.name()))) == ErrorCode::disk_failed);
}

TEST_CASE("a second process is told that the store is busy, and the lock of a killed one is free") {
  TempHome home;
  FakeEnv env;
  { make_store(home.path(), env); }
  char answer = '?';
  const pid_t child = start_child(
      [&] {
        static std::unique_ptr<Store> kept;
        auto store = open_store(home.path(), env);
        if (!store) return false;
        kept = std::move(*store);
        return true;
      },
      answer);
  CHECK(answer == 'y');
  const auto busy = open_store(home.path(), env);
  CHECK(code_of(busy) == ErrorCode::store_busy);
  CHECK(code_of(Store::create(home.path(), words(), env.env(), cheap())) == ErrorCode::store_exists);
  end_child(child);
  CHECK(open_store(home.path(), env));
}

TEST_CASE("one process opens a store once") {
  TempHome home;
  FakeEnv env;
  const auto store = make_store(home.path(), env);
  CHECK(code_of(open_store(home.path(), env)) == ErrorCode::store_busy);
}
