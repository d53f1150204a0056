#include "sync/practice/child.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>

#include "core/base/check.hpp"

namespace kiem::practice {
namespace {

tl::unexpected<Error> no_process(int error) {
  return fail(ErrorCode::out_of_memory, Fault::machine, {std::generic_category().message(error)});
}

// As long as it takes to say goodbye and to tidy up, on a busy machine too.
constexpr int kMannersMs = 5'000;

// Waits for the end of `pid` for that long. Where the system has no descriptor for it, its end is not doubted.
bool ends_in_time(pid_t pid) {
  // By its number: the header of Debian 12's C library for it does not work in C++.
  const control::Descriptor process(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
  if (!process.is_open()) return true;
  pollfd end{process.fd(), POLLIN, 0};
  int ready = 0;
  while ((ready = ::poll(&end, 1, kMannersMs)) < 0 && errno == EINTR) {
  }
  return ready != 0;
}

// Waits for the end of `pid`, which is ours and was not waited for.
int status_of(pid_t pid) {
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0) KIEM_CHECK(errno == EINTR);
  return status;
}

// How a child begins: stdin as told (-1: empty), stdout ours to read, and no signal blocked or ignored that we block or
// ignore.
class Beginning {
 public:
  Beginning(int input, int output) {
    KIEM_CHECK(::posix_spawn_file_actions_init(&actions_) == 0 && ::posix_spawnattr_init(&attributes_) == 0);
    if (input < 0) {
      KIEM_CHECK(::posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0) == 0);
    } else {
      KIEM_CHECK(::posix_spawn_file_actions_adddup2(&actions_, input, STDIN_FILENO) == 0);
    }
    KIEM_CHECK(::posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO) == 0);
    sigset_t signals;
    sigemptyset(&signals);
    KIEM_CHECK(::posix_spawnattr_setsigmask(&attributes_, &signals) == 0);
    sigaddset(&signals, SIGPIPE);
    KIEM_CHECK(::posix_spawnattr_setsigdefault(&attributes_, &signals) == 0);
    KIEM_CHECK(::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF) == 0);
  }
  ~Beginning() {
    ::posix_spawnattr_destroy(&attributes_);
    ::posix_spawn_file_actions_destroy(&actions_);
  }
  Beginning(const Beginning&) = delete;
  Beginning& operator=(const Beginning&) = delete;

  [[nodiscard]] const posix_spawn_file_actions_t* actions() const { return &actions_; }
  [[nodiscard]] const posix_spawnattr_t* attributes() const { return &attributes_; }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

}  // namespace

Result<std::unique_ptr<Child>> Child::start(const std::filesystem::path& program, std::vector<std::string> words,
                                            Input input) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return no_process(errno);
  control::Descriptor ours(ends[0]);
  const control::Descriptor theirs(ends[1]);
  std::array<int, 2> held{-1, -1};
  if (input == Input::held && ::pipe2(held.data(), O_CLOEXEC) != 0) return no_process(errno);
  const control::Descriptor read(held[0]);
  control::Descriptor written(held[1]);
  KIEM_TRY_GET(EndOfInput output, EndOfInput::of(ours.fd()));
  const Beginning beginning(read.fd(), theirs.fd());
  words.insert(words.begin(), program.string());
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  pid_t pid = 0;
  const int error =
      ::posix_spawn(&pid, program.c_str(), beginning.actions(), beginning.attributes(), arguments.data(), environ);
  if (error == ENOENT) return fail(ErrorCode::file_missing, Fault::machine, {program.string()});
  if (error != 0) return no_process(error);
  return std::unique_ptr<Child>(new Child(pid, std::move(written), std::move(ours), std::move(output)));
}

Child::~Child() {
  if (pid_ == 0) return;
  input_ = {};
  ::kill(pid_, SIGTERM);
  if (!ends_in_time(pid_)) ::kill(pid_, SIGKILL);
  static_cast<void>(status_of(pid_));
}

int Child::code() {
  KIEM_CHECK(pid_ > 0 && output_.reached());
  const int status = status_of(std::exchange(pid_, 0));
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace kiem::practice
