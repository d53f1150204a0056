// A DNS-SD daemon in place of Avahi's, behind the functions that sync/discovery/avahi.hpp calls, on the thread that
// calls them. It comes and goes, as its bus does, and can be made to leave a call unanswered.
//
// One at a time in a program, since the library's functions take no object. Any thread; what is waited for is an event.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/base/bytes.hpp"
#include "sync/discovery/avahi_calls.hpp"

namespace kiem::test {

class FakeAvahi {
 public:
  FakeAvahi();
  ~FakeAvahi();
  FakeAvahi(const FakeAvahi&) = delete;
  FakeAvahi& operator=(const FakeAvahi&) = delete;

  [[nodiscard]] static AvahiCalls calls();

  struct Service {
    std::string name;
    std::vector<Bytes> texts;
  };
  void daemon_comes();
  void daemon_goes();
  void bus_comes();
  void bus_goes();  // and the daemon with it
  void stop_answering();
  void answer_again();
  // Somebody else's, as it is resolved.
  void hear(std::vector<Bytes> texts);

  // Until it is so, whatever that takes; called under the lock.
  template <class IsSo>
  void wait(IsSo is_so) {
    std::unique_lock lock(mutex_);
    told_.wait(lock, is_so);
  }
  // Under the lock of wait().
  [[nodiscard]] const std::vector<Service>& announced() const { return announced_; }
  [[nodiscard]] std::size_t clients_made() const { return made_; }
  [[nodiscard]] std::size_t clients() const { return made_ - freed_; }
  [[nodiscard]] std::size_t clients_refused() const { return refused_; }
  [[nodiscard]] bool leaves_waiting() const { return leaves_waiting_; }
  [[nodiscard]] std::size_t told_of_others() const { return told_of_others_; }
  [[nodiscard]] bool is_browsed() const { return browsed_ != nullptr; }

 private:
  friend struct FakeAvahiCalls;
  void later(std::function<void()> job);
  void tell(int state);

  std::mutex mutex_;
  std::condition_variable told_;
  std::deque<std::function<void()>> jobs_;
  bool is_woken_ = false, has_bus_ = true, has_daemon_ = true, answers_ = true, leaves_waiting_ = false;
  std::size_t made_ = 0, freed_ = 0, refused_ = 0, told_of_others_ = 0;
  AvahiCalls::ClientTold client_told_ = nullptr;
  AvahiCalls::Browsed browsed_ = nullptr;
  void* self_ = nullptr;
  std::vector<Bytes> heard_;
  std::optional<Service> added_;
  std::vector<Service> announced_;
};

}  // namespace kiem::test
