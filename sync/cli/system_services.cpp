#include "sync/cli/system_services.hpp"

#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <ctime>
#include <ostream>

namespace kiem::cli {
namespace {

namespace chr = std::chrono;

std::string_view name_of(LogLevel level) {
  switch (level) {
    case LogLevel::debug:
      return "debug";
    case LogLevel::info:
      return "info";
    case LogLevel::warning:
      return "warning";
    case LogLevel::error:
      return "error";
  }
  return "log";
}

}  // namespace

WallTime SystemClock::wall() {
  return {chr::duration_cast<chr::milliseconds>(chr::system_clock::now().time_since_epoch()).count()};
}

std::uint64_t SystemClock::monotonic_ms() {
  const auto now = chr::steady_clock::now().time_since_epoch();
  return static_cast<std::uint64_t>(chr::duration_cast<chr::milliseconds>(now).count());
}

std::int32_t system_zone_offset(WallTime moment) {
  const auto seconds = static_cast<std::time_t>(moment.ms / 1000);
  std::tm local{};
  if (localtime_r(&seconds, &local) == nullptr) return 0;
  return static_cast<std::int32_t>(local.tm_gmtoff / 60);
}

Environment system_environment(const ReadVariable& variable) {
  Environment made;
  made.kiem_home = variable("KIEM_HOME");
  made.xdg_data_home = variable("XDG_DATA_HOME");
  made.home = variable("HOME");
  made.kiem_passphrase_file = variable("KIEM_PASSPHRASE_FILE");
  made.kiem_key_file = variable("KIEM_KEY_FILE");
  made.kiem_lang = variable("KIEM_LANG");
  made.lang = variable("LANG");
  made.xdg_runtime_dir = variable("XDG_RUNTIME_DIR");
  made.stdin_is_terminal = isatty(STDIN_FILENO) == 1;
  made.stderr_is_terminal = isatty(STDERR_FILENO) == 1;
  winsize size{};
  if (isatty(STDOUT_FILENO) == 1 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) {
    made.stdout_terminal = TerminalSize{size.ws_col, size.ws_row};
  }
  made.zone_offset = system_zone_offset;
  made.catch_stop = catch_stop;
  return made;
}

Result<int> catch_stop() {
  sigset_t stops;
  sigemptyset(&stops);
  sigaddset(&stops, SIGINT);
  sigaddset(&stops, SIGTERM);
  const int blocked = pthread_sigmask(SIG_BLOCK, &stops, nullptr);
  const int descriptor = blocked == 0 ? signalfd(-1, &stops, SFD_CLOEXEC | SFD_NONBLOCK) : -1;
  if (descriptor < 0) return fail(ErrorCode::out_of_memory, Fault::machine);
  return descriptor;
}

void StreamLog::line(LogLevel level, std::string_view text) {
  if (stream_ == nullptr || level < level_) return;
  *stream_ << "kiem " << name_of(level) << ": " << text << '\n';
}

}  // namespace kiem::cli
