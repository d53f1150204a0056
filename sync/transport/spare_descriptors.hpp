// A few descriptors held back, so that a full process can still accept a connection in order to close it (P2).
//
// libzmq 4.3.4 spins when accept() finds no descriptor: the connection stays in the queue and wakes it again at once.
// Given back, the spare ones let it accept, and the owner shuts down what it accepted. One thread.
#pragma once

#include <vector>

namespace kiem {

class SpareDescriptors {
 public:
  SpareDescriptors() { hold(); }
  ~SpareDescriptors() { release(); }
  SpareDescriptors(const SpareDescriptors&) = delete;
  SpareDescriptors& operator=(const SpareDescriptors&) = delete;

  // Takes as many as are missing and the system has.
  void hold();
  void release();
  [[nodiscard]] bool is_whole() const;

 private:
  std::vector<int> held_;
};

}  // namespace kiem
