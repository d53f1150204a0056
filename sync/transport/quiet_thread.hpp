// A thread that takes no signals: those are the program's, and a call of libzmq they interrupt would end half done.
//
// Joined by its destructor, so whatever tells the thread to end is told before. `run` must not throw.
#pragma once

#include <functional>
#include <thread>

namespace kiem {

class QuietThread {
 public:
  QuietThread() = default;
  explicit QuietThread(std::function<void()> run);
  ~QuietThread();
  QuietThread(QuietThread&&) noexcept = default;
  QuietThread& operator=(QuietThread&&) = delete;
  QuietThread(const QuietThread&) = delete;
  QuietThread& operator=(const QuietThread&) = delete;

  [[nodiscard]] bool is_running() const { return thread_.joinable(); }

 private:
  std::thread thread_;
};

}  // namespace kiem
