#include "gui/host/neighbours.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>

#include "core/crypto/secret.hpp"
#include "core/store/disk_error.hpp"

extern char** environ;

namespace kiem::gui {
namespace {

std::string take_line(std::string& text) {
  const std::size_t end = text.find('\n');
  std::string line = text.substr(0, end);
  text.erase(0, end == std::string::npos ? end : end + 1);
  return line;
}

}  // namespace

Result<std::unique_ptr<Neighbours>> Neighbours::start(const std::filesystem::path& program,
                                                      const std::filesystem::path& folder) {
  if (!std::filesystem::exists(program)) return fail(ErrorCode::file_missing, Fault::machine, {program.string()});
  std::array<int, 2> in{};
  std::array<int, 2> out{};
  if (::pipe2(in.data(), O_CLOEXEC) != 0) return disk_error(errno);
  if (::pipe2(out.data(), O_CLOEXEC) != 0) {
    const int error = errno;
    for (const int each : in) ::close(each);
    return disk_error(error);
  }
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
  // The window's thread takes no signals; its child does, as it would from a terminal.
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
  std::array<std::string, 3> words{program.string(), "--neighbours", folder.string()};
  std::array<char*, 4> arguments{words[0].data(), words[1].data(), words[2].data(), nullptr};
  pid_t child = -1;
  const int error = ::posix_spawn(&child, words[0].c_str(), &actions, &attributes, arguments.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  ::close(in[0]);
  ::close(out[1]);
  if (error != 0) {
    ::close(in[1]);
    ::close(out[0]);
    return disk_error(error);
  }
  std::unique_ptr<Neighbours> neighbours(new Neighbours(child, in[1], out[0]));
  while (neighbours->text_.find('\n') == std::string::npos) {
    if (!neighbours->read_some()) return fail(ErrorCode::disk_failed, Fault::machine, {program.filename().string()});
  }
  neighbours->code_ = take_line(neighbours->text_);
  ::fcntl(neighbours->out_, F_SETFL, O_NONBLOCK);
  return neighbours;
}

Neighbours::~Neighbours() {
  ::close(in_);
  ::close(out_);
  while (::waitpid(child_, nullptr, 0) < 0 && errno == EINTR) {
  }
  wipe(code_);
}

bool Neighbours::read_some() {
  std::array<char, 1024> buffer{};
  const ssize_t got = ::read(out_, buffer.data(), buffer.size());
  if (got > 0) text_.append(buffer.data(), static_cast<std::size_t>(got));
  have_gone_ = have_gone_ || got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN);
  return got > 0 || (got < 0 && errno == EINTR);
}

std::vector<std::string> Neighbours::told() {
  while (read_some()) {
  }
  std::vector<std::string> lines;
  while (text_.find('\n') != std::string::npos) lines.push_back(take_line(text_));
  return lines;
}

}  // namespace kiem::gui
