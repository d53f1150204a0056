// Tells when whoever writes to a descriptor is gone: the window that started this program, or a child.
//
// The descriptor is borrowed and outlives it. One thread.
#pragma once

#include "core/base/result.hpp"
#include "sync/control/descriptor.hpp"

namespace kiem::practice {

class EndOfInput {
 public:
  // Errors: out_of_memory when the system cannot watch it.
  [[nodiscard]] static Result<EndOfInput> of(int input);

  // Can be read (POLLIN) when input came or its end is reached, whatever the input is: of a pipe whose other end was
  // closed poll() itself only says POLLHUP.
  [[nodiscard]] int fd() const { return watch_.fd(); }
  // Call when fd() can be read: takes what came and drops it, for only the end has a meaning here.
  void read();
  // After which fd() is not to be watched any more: it can always be read.
  [[nodiscard]] bool reached() const { return reached_; }

 private:
  EndOfInput(control::Descriptor watch, int input) : watch_(std::move(watch)), input_(input) {}
  control::Descriptor watch_;
  int input_;
  bool reached_ = false;
};

}  // namespace kiem::practice
