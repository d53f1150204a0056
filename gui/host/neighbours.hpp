// The neighbours of the practice garden as a process of their own: `kiem-practice --neighbours`, which prints a code
// and then a word for each thing that it plays, and ends when its stdin does.
//
// Owns the child and the pipes to it; destroying it ends the child and waits for that. One thread.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.hpp"

namespace kiem::gui {

class Neighbours {
 public:
  // Waits until they stand ready. Errors: file_missing when `program` is not there, disk_failed when it does not start
  // or ends without a code.
  [[nodiscard]] static Result<std::unique_ptr<Neighbours>> start(const std::filesystem::path& program,
                                                                 const std::filesystem::path& folder);
  ~Neighbours();
  Neighbours(const Neighbours&) = delete;
  Neighbours& operator=(const Neighbours&) = delete;

  [[nodiscard]] const std::string& code() const { return code_; }
  // Can be read when they told something, or ended.
  [[nodiscard]] int fd() const { return out_; }
  // What came since, a line each. Never waits after start().
  [[nodiscard]] std::vector<std::string> told();
  // Their process tells nothing more; fd() stays readable then.
  [[nodiscard]] bool have_gone() const { return have_gone_; }

 private:
  Neighbours(pid_t child, int in, int out) : child_(child), in_(in), out_(out) {}
  // False at the end of what they tell.
  bool read_some();

  pid_t child_;
  int in_;
  int out_;
  std::string code_;
  std::string text_;  // not yet a whole line
  bool have_gone_ = false;
};

}  // namespace kiem::gui
