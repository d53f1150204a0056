// A descriptor that can be read while it is raised (Linux's eventfd), to wake a thread that waits in poll().
//
// Owns its descriptor. Any thread. is_good() is false when the system had no descriptor left.
#pragma once

namespace kiem {

class WakeFd {
 public:
  WakeFd();
  ~WakeFd();
  WakeFd(const WakeFd&) = delete;
  WakeFd& operator=(const WakeFd&) = delete;

  [[nodiscard]] bool is_good() const { return fd_ >= 0; }
  [[nodiscard]] int fd() const { return fd_; }
  void raise();
  void clear();

 private:
  int fd_;
};

}  // namespace kiem
