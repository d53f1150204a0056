// Asking for a secret at the terminal: a passphrase without showing what is typed, recovery words with.
#pragma once

#include <string_view>

#include "core/base/result.hpp"
#include "core/crypto/secret.hpp"
#include "sync/cli/environment.hpp"

namespace kiem::cli {

constexpr std::size_t kMaxPassphraseBytes = 4096;

// While it lives the terminal behind `file` does not echo; the old setting comes back when it goes, and also when a
// signal ends the program in between. A file that is no terminal is left alone. At most one at a time.
class EchoOff {
 public:
  explicit EchoOff(int file);
  ~EchoOff();
  EchoOff(const EchoOff&) = delete;
  EchoOff& operator=(const EchoOff&) = delete;

 private:
  bool changed_ = false;
};

// Prints `prompt` on stderr and reads one line, without its end (CRLF too), into locked memory. The empty line is the
// empty secret. missing_input when the input ends before a line does; text_too_long above kMaxPassphraseBytes.
[[nodiscard]] Result<SecretBytes> ask_secret(Streams& streams, std::string_view prompt);
// The same with what is typed in sight: twelve words from paper are hard enough to type.
[[nodiscard]] Result<SecretBytes> ask_words(Streams& streams, std::string_view prompt);

}  // namespace kiem::cli
