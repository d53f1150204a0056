// A worker as a child process that is asked by lines and answers by lines.
//
// Worker owns the process: it is killed and waited for when the Worker goes, and dies with this program however that
// ends. One thread. Failures are answers that do not come; what the worker had to say is on stderr already.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace kiem::bench {

class Worker {
 public:
  // Starts the program; one that cannot be started answers nothing.
  Worker(const std::filesystem::path& program, const std::vector<std::string>& arguments);
  ~Worker();
  Worker(Worker&& other) noexcept;
  Worker& operator=(Worker&&) = delete;

  // Nothing when the worker has died, or when a signal came meanwhile.
  [[nodiscard]] std::optional<std::string> ask(const std::string& line);

 private:
  pid_t process_ = -1;
  int to_ = -1;
  int from_ = -1;
};

}  // namespace kiem::bench
