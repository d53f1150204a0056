// Takes lines, one at a time, from a descriptor that somebody else writes to: the neighbours, or a keyboard. Waits in
// poll() for a line, for a request to stop and for a moment of the clock, and for nothing else.
//
// Descriptors and clock are borrowed and outlive it; nothing but a Listener reads from `input`. One thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/base/env.hpp"

namespace kiem::practice {

struct Heard {
  // What came: a whole line; nothing more ever, be it the end, a failure or a line that has no end; nothing within the
  // time that was given; a request to stop, which goes before all others.
  enum class What { line, end, silence, stop } what = What::line;
  std::string line = {};  // without its end
};

class Listener {
 public:
  // The longest line that is heard.
  static constexpr std::size_t kMaxLine = 4'096;

  // Can `stop` be read, then somebody asked to stop; it stays readable, for the others who look at it.
  Listener(int input, int stop, Clock& clock) : input_(input), stop_(stop), clock_(clock) {}

  // Without a patience: however long it takes.
  [[nodiscard]] Heard next(std::optional<std::uint64_t> patience_ms);

 private:
  [[nodiscard]] std::optional<std::string> take_line();

  int input_;
  int stop_;
  Clock& clock_;
  std::string text_;  // not yet a whole line
};

// Whether `stop` can be read now.
[[nodiscard]] bool is_asked_to_stop(int stop);

}  // namespace kiem::practice
