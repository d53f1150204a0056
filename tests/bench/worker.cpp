#include "tests/bench/worker.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <utility>

namespace kiem::bench {
namespace {

[[noreturn]] void become(const std::filesystem::path& program, std::vector<char*> words, int from_driver, int to_driver,
                         pid_t driver) {
  // A driver that was killed between fork and here has left us another parent.
  if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != driver) _exit(127);
  if (dup2(from_driver, STDIN_FILENO) < 0 || dup2(to_driver, STDOUT_FILENO) < 0) _exit(127);
  execv(program.c_str(), words.data());
  std::perror(program.c_str());
  _exit(127);
}

}  // namespace

Worker::Worker(const std::filesystem::path& program, const std::vector<std::string>& arguments) {
  std::array<int, 2> down{};
  std::array<int, 2> up{};
  if (pipe2(down.data(), O_CLOEXEC) != 0) return;
  to_ = down[1];
  if (pipe2(up.data(), O_CLOEXEC) != 0) {
    ::close(down[0]);
    return;
  }
  from_ = up[0];
  std::string name = program.string();
  std::vector<std::string> texts = arguments;
  std::vector<char*> words = {name.data()};
  for (auto& text : texts) words.push_back(text.data());
  words.push_back(nullptr);
  const pid_t driver = getpid();
  process_ = fork();
  if (process_ == 0) become(program, std::move(words), down[0], up[1], driver);
  ::close(down[0]);
  ::close(up[1]);
}

Worker::Worker(Worker&& other) noexcept
    : process_(std::exchange(other.process_, -1)),
      to_(std::exchange(other.to_, -1)),
      from_(std::exchange(other.from_, -1)) {}

Worker::~Worker() {
  if (to_ >= 0) ::close(to_);
  if (from_ >= 0) ::close(from_);
  if (process_ <= 0) return;
  kill(process_, SIGKILL);
  while (waitpid(process_, nullptr, 0) < 0 && errno == EINTR) continue;
}

std::optional<std::string> Worker::ask(const std::string& line) {
  if (process_ <= 0) return std::nullopt;
  const std::string sent = line + "\n";
  if (::write(to_, sent.data(), sent.size()) != static_cast<ssize_t>(sent.size())) return std::nullopt;
  std::string answer;
  while (true) {
    char next = 0;
    if (::read(from_, &next, 1) != 1) return std::nullopt;
    if (next == '\n') return answer;
    answer += next;
  }
}

}  // namespace kiem::bench
