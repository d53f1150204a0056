// A process of the practice neighbourhood: one command of the program `kiem` on another laptop's home, since a process
// has one network (sync/transport/zmq_process.hpp) and those laptops need one as well; or the neighbours themselves.
//
// Owns the process: one that still runs when its owner goes is asked to end, ended when it does not do so for a while,
// and waited for. One thread.
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
  // What its stdin is: empty, or silent until the owner of the process goes, which it can notice by the end.
  enum class Input { empty, held };

  // `words` as typed behind the program's name. What it says on stderr goes where ours goes. Errors: file_missing
  // without such a program, out_of_memory when the system gives no process.
  [[nodiscard]] static Result<std::unique_ptr<Child>> start(const std::filesystem::path& program,
                                                            std::vector<std::string> words, Input input = Input::empty);
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // Its stdout, whose end is the end of the process, with what it says dropped; or the bare descriptor, for who reads
  // what it says instead.
  [[nodiscard]] EndOfInput& output() { return output_; }
  [[nodiscard]] int descriptor() const { return pipe_.fd(); }
  // Once the output's end is reached: its exit code, or 128 + the number of the signal that ended it.
  [[nodiscard]] int code();

 private:
  Child(pid_t pid, control::Descriptor input, control::Descriptor pipe, EndOfInput output)
      : pid_(pid), input_(std::move(input)), pipe_(std::move(pipe)), output_(std::move(output)) {}
  pid_t pid_;  // 0 after it was waited for
  control::Descriptor input_;
  control::Descriptor pipe_;
  EndOfInput output_;
};

}  // namespace kiem::practice
