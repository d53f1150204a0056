#include "sync/practice/child.hpp"

#include <fcntl.h>
#include <spawn.h>
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

// Waits for the end of `pid`, which is ours and was not waited for.
int status_of(pid_t pid) {
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0) KIEM_CHECK(errno == EINTR);
  return status;
}

// How a child begins: stdin empty, stdout ours to read, and no signal blocked or ignored that we block or ignore.
class Beginning {
 public:
  explicit Beginning(int output) {
    KIEM_CHECK(::posix_spawn_file_actions_init(&actions_) == 0 && ::posix_spawnattr_init(&attributes_) == 0);
    KIEM_CHECK(::posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0) == 0);
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

Result<std::unique_ptr<Child>> Child::start(const std::filesystem::path& program, std::vector<std::string> words) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return no_process(errno);
  control::Descriptor ours(ends[0]);
  const control::Descriptor theirs(ends[1]);
  KIEM_TRY_GET(EndOfInput output, EndOfInput::of(ours.fd()));
  const Beginning beginning(theirs.fd());
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
  return std::unique_ptr<Child>(new Child(pid, std::move(ours), std::move(output)));
}

Child::~Child() {
  if (pid_ == 0) return;
  ::kill(pid_, SIGTERM);
  static_cast<void>(status_of(pid_));
}

int Child::code() {
  KIEM_CHECK(pid_ > 0 && output_.reached());
  const int status = status_of(std::exchange(pid_, 0));
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace kiem::practice
