// One command of the program `kiem`, run on another laptop's home as a process of its own: a process has one network
// (sync/transport/zmq_process.hpp), and the other laptops of the practice neighbourhood need one as well.
//
// Owns the process: one that still runs when its owner goes is asked to end and waited for. One thread.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "sync/practice/end_of_input.hpp"

namespace kiem::practice {

class Child {
 public:
  // `words` as typed behind the program's name. Its stdin is empty, its answer is dropped, what it says on stderr goes
  // where ours goes. Errors: file_missing without such a program, out_of_memory when the system gives no process.
  [[nodiscard]] static Result<std::unique_ptr<Child>> start(const std::filesystem::path& program,
                                                            std::vector<std::string> words);
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // Its stdout, whose end is the end of the process.
  [[nodiscard]] EndOfInput& output() { return output_; }
  // Once the output's end is reached: its exit code, or 128 + the number of the signal that ended it.
  [[nodiscard]] int code();

 private:
  Child(pid_t pid, control::Descriptor pipe, EndOfInput output)
      : pid_(pid), pipe_(std::move(pipe)), output_(std::move(output)) {}
  pid_t pid_;  // 0 after it was waited for
  control::Descriptor pipe_;
  EndOfInput output_;
};

}  // namespace kiem::practice
