#include "tests/peers/program.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <utility>

#include "core/base/check.hpp"
#include "tests/cli/json_text.hpp"

namespace kiem::test {
namespace {

// Longer than anything here takes, also under a sanitizer on a busy machine.
constexpr int kPatienceMs = 60'000;

void take(int& descriptor, std::string& text) {
  std::array<char, 4096> buffer{};
  const ssize_t got = ::read(descriptor, buffer.data(), buffer.size());
  if (got > 0) {
    text.append(buffer.data(), static_cast<std::size_t>(got));
  } else if (got == 0 || errno != EINTR) {
    ::close(descriptor);
    descriptor = -1;
  }
}

}  // namespace

Process::Process(const std::vector<std::string>& words) : Process(KIEM_PROGRAM, words, Input::empty) {}

Process::Process(const std::string& program, const std::vector<std::string>& words, Input input) {
  std::array<int, 2> in{};
  std::array<int, 2> out{};
  std::array<int, 2> err{};
  if (input == Input::open) {
    KIEM_CHECK(::pipe2(in.data(), O_CLOEXEC) == 0);
  } else {
    in = {::open("/dev/null", O_RDONLY | O_CLOEXEC), -1};
    KIEM_CHECK(in[0] >= 0);
  }
  KIEM_CHECK(::pipe2(out.data(), O_CLOEXEC) == 0 && ::pipe2(err.data(), O_CLOEXEC) == 0);
  std::vector<std::string> kept{program};
  kept.insert(kept.end(), words.begin(), words.end());
  std::vector<char*> arguments;
  for (auto& word : kept) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  std::vector<std::string> variables{"KIEM_LANG=nl", "PATH=/usr/bin:/bin",
                                     "DBUS_SYSTEM_BUS_ADDRESS=unix:path=/nowhere"};  // no daemon of this machine
  for (const char* const name : {"ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "ASAN_SYMBOLIZER_PATH"}) {
    if (const char* const value = std::getenv(name)) variables.push_back(std::string(name) + "=" + value);
  }
  std::vector<char*> environment;
  for (auto& variable : variables) environment.push_back(variable.data());
  environment.push_back(nullptr);
  pid_ = ::fork();
  KIEM_CHECK(pid_ >= 0);
  if (pid_ == 0) {
    if (::dup2(in[0], STDIN_FILENO) < 0 || ::dup2(out[1], STDOUT_FILENO) < 0 || ::dup2(err[1], STDERR_FILENO) < 0) {
      ::_exit(126);
    }
    ::execve(kept.front().c_str(), arguments.data(), environment.data());
    ::_exit(127);
  }
  ::close(in[0]);
  ::close(out[1]);
  ::close(err[1]);
  in_ = in[1];
  out_ = out[0];
  err_ = err[0];
}

Process::~Process() {
  if (pid_ > 0) {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  if (in_ >= 0) ::close(in_);
  if (out_ >= 0) ::close(out_);
  if (err_ >= 0) ::close(err_);
}

bool Process::read_more() {
  std::array<pollfd, 2> polled{{{out_, POLLIN, 0}, {err_, POLLIN, 0}}};
  if (out_ < 0 && err_ < 0) return false;
  const int ready = ::poll(polled.data(), polled.size(), kPatienceMs);
  if (ready < 0 && errno == EINTR) return true;
  if (ready == 0) FAIL("nothing came within the test's patience; stderr so far: " << ended_.err);
  if (out_ >= 0 && polled[0].revents != 0) take(out_, ended_.out);
  if (err_ >= 0 && polled[1].revents != 0) take(err_, ended_.err);
  return true;
}

std::string Process::line() {
  while (true) {
    const std::size_t end = ended_.out.find('\n', read_);
    if (end != std::string::npos) {
      const std::string line = ended_.out.substr(read_, end - read_);
      read_ = end + 1;
      return line;
    }
    if (!read_more()) FAIL("the program ended without a line; stderr: " << ended_.err);
  }
}

void Process::signal(int number) { KIEM_CHECK(::kill(pid_, number) == 0); }

void Process::close_input() {
  KIEM_CHECK(in_ >= 0);
  ::close(std::exchange(in_, -1));
}

Ended Process::wait() {
  while (read_more()) {
  }
  int status = 0;
  KIEM_CHECK(::waitpid(pid_, &status, 0) == pid_);
  pid_ = -1;
  ended_.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return ended_;
}

// --- a laptop --------------------------------------------------------------------------------------------------------

Laptop::Laptop(const std::filesystem::path& folder, const std::string& name) : name_(name), home_(folder / name) {
  done({"init", "--name", name, "--practice"});
}

std::vector<std::string> Laptop::at_home(std::vector<std::string> words) const {
  words.insert(words.begin(), {"--home", home_.string()});
  return words;
}

Ended Laptop::run(std::vector<std::string> words) const { return Process(at_home(std::move(words))).wait(); }

Ended Laptop::done(std::vector<std::string> words) const {
  std::string typed;
  for (const std::string& word : words) typed += " " + word;
  Ended ended = run(std::move(words));
  CAPTURE(typed);
  CAPTURE(ended.err);
  REQUIRE(ended.code == 0);
  return ended;
}

std::string Laptop::claims(const std::string& title) const {
  const JsonText answer{done({"task", "show", title, "--json"}).out};
  std::string text;
  for (int i = 0; i < answer.size("/claims"); ++i) {
    const std::string at = "/claims/" + std::to_string(i);
    text += answer.at(at + "/person/name") + " " + answer.at(at + "/state") + " " + answer.at(at + "/position") + " " +
            answer.at(at + "/reason/code") + "\n";
  }
  return text;
}

}  // namespace kiem::test
