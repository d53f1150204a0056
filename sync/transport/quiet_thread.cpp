#include "sync/transport/quiet_thread.hpp"

#include <csignal>
#include <system_error>
#include <utility>

namespace kiem {

QuietThread::QuietThread(std::function<void()> run) {
  // A new thread inherits the mask of the one that makes it.
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  try {
    thread_ = std::thread(std::move(run));
  } catch (const std::system_error&) {
    thread_ = std::thread();  // is_running() tells
  }
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

QuietThread::~QuietThread() {
  if (thread_.joinable()) thread_.join();
}

}  // namespace kiem
