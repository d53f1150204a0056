#include "sync/cli/terminal.hpp"

#include <signal.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <istream>
#include <ostream>

#include "core/base/check.hpp"

namespace kiem::cli {
namespace {

constexpr std::array kEndingSignals{SIGINT, SIGTERM, SIGHUP, SIGQUIT};

// What a signal handler may reach: written before the handlers are set and not changed until they are gone.
struct Silenced {
  int file = -1;
  termios before{};
  std::array<struct sigaction, kEndingSignals.size()> handlers{};
};
Silenced silenced;

// Only calls that POSIX names safe in a handler. The signal then does what it would have done.
void restore_and_end(int signal) {
  tcsetattr(silenced.file, TCSANOW, &silenced.before);
  struct sigaction plain {};
  plain.sa_handler = SIG_DFL;
  sigaction(signal, &plain, nullptr);
  raise(signal);
}

// One line; `field` is what an error calls it.
Result<SecretBytes> read_line(std::istream& in, const char* field) {
  // One byte more than is allowed, for the CR of a CRLF.
  SecretBytes typed(kMaxPassphraseBytes + 1);
  std::size_t size = 0;
  const auto too_long = [&] {
    return fail(ErrorCode::text_too_long, Fault::person, {field, std::to_string(kMaxPassphraseBytes)});
  };
  while (true) {
    const int next = in.get();
    if (next == std::istream::traits_type::eof()) return fail(ErrorCode::missing_input, Fault::person, {field});
    if (next == '\n') break;
    if (size == typed.size()) return too_long();
    typed.edit()[size++] = static_cast<std::uint8_t>(next);
  }
  if (size > 0 && typed.view()[size - 1] == '\r') --size;
  if (size > kMaxPassphraseBytes) return too_long();
  return SecretBytes::copy_of(typed.view().subspan(0, size));
}

}  // namespace

EchoOff::EchoOff(int file) {
  KIEM_CHECK(silenced.file == -1);
  termios quiet{};
  if (tcgetattr(file, &quiet) != 0) return;
  silenced.file = file;
  silenced.before = quiet;
  struct sigaction restoring {};
  restoring.sa_handler = restore_and_end;
  for (std::size_t i = 0; i < kEndingSignals.size(); ++i) {
    sigaction(kEndingSignals[i], &restoring, &silenced.handlers[i]);
  }
  quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
  tcsetattr(file, TCSAFLUSH, &quiet);
  changed_ = true;
}

EchoOff::~EchoOff() {
  if (!changed_) return;
  tcsetattr(silenced.file, TCSAFLUSH, &silenced.before);
  for (std::size_t i = 0; i < kEndingSignals.size(); ++i) {
    sigaction(kEndingSignals[i], &silenced.handlers[i], nullptr);
  }
  silenced.file = -1;
}

Result<SecretBytes> ask_secret(Streams& streams, std::string_view prompt) {
  streams.err << prompt << std::flush;
  const EchoOff quiet(STDIN_FILENO);
  auto typed = read_line(streams.in, "passphrase");
  // The line end that was typed was not shown either.
  if (typed) streams.err << '\n';
  return typed;
}

Result<SecretBytes> ask_words(Streams& streams, std::string_view prompt) {
  streams.err << prompt << std::flush;
  return read_line(streams.in, "recovery_words");
}

}  // namespace kiem::cli
