// The one way objects cross from one thread to another: a bounded queue that moves them.
//
// Any number of threads push, one pops. Whoever pops owns what was pushed; the pusher keeps no pointer into it. Two
// descriptors let a thread that waits on others as well wait for this queue too: wake_fd() can be read while something
// waits in it, room_fd() once there is room again after a refusal. Both belong to the Handoff.
//
// For ThreadSanitizer push and pop say "release" and "acquire" themselves: the frames that libzmq, which is not
// instrumented, hands to our thread must be seen as passed on here and not as shared.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>

#include "sync/transport/wake_fd.hpp"

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define KIEM_HANDOFF_TSAN 1
extern "C" void __tsan_acquire(void* address);  // NOLINT(bugprone-reserved-identifier): the sanitizer's own name
extern "C" void __tsan_release(void* address);  // NOLINT(bugprone-reserved-identifier): the sanitizer's own name
#endif
#endif

namespace kiem {

template <class T>
class Handoff {
 public:
  // capacity: at least 1.
  explicit Handoff(std::size_t capacity) : capacity_(capacity) {}

  // False when the system gave no descriptor; the Handoff is then not to be used.
  [[nodiscard]] bool is_good() const { return wake_.is_good() && room_.is_good(); }

  // False when full; the item is then untouched.
  [[nodiscard]] bool try_push(T& item) {
    const std::lock_guard lock(mutex_);
    if (items_.size() >= capacity_) {
      refused_ = true;
      return false;
    }
    put(std::move(item));
    return true;
  }

  // Waits for room. Only for a thread on which the popping thread never waits in turn.
  void push(T item) {
    std::unique_lock lock(mutex_);
    has_room_.wait(lock, [this] { return items_.size() < capacity_; });
    put(std::move(item));
  }

  [[nodiscard]] std::optional<T> try_pop() {
    const std::lock_guard lock(mutex_);
    return take();
  }

  // Nothing when none came in time.
  [[nodiscard]] std::optional<T> pop_within(std::chrono::milliseconds timeout) {
    std::unique_lock lock(mutex_);
    has_item_.wait_for(lock, timeout, [this] { return !items_.empty(); });
    return take();
  }

  [[nodiscard]] int wake_fd() const { return wake_.fd(); }
  [[nodiscard]] int room_fd() const { return room_.fd(); }
  // The pusher has seen that there is room.
  void clear_room() { room_.clear(); }

 private:
  void put(T item) {
#ifdef KIEM_HANDOFF_TSAN
    __tsan_release(this);
#endif
    items_.push_back(std::move(item));
    if (items_.size() == 1) {
      wake_.raise();
      has_item_.notify_one();
    }
  }

  std::optional<T> take() {
    if (items_.empty()) return std::nullopt;
#ifdef KIEM_HANDOFF_TSAN
    __tsan_acquire(this);
#endif
    std::optional<T> item(std::move(items_.front()));
    items_.pop_front();
    if (items_.empty()) wake_.clear();
    if (refused_) {
      refused_ = false;
      room_.raise();
    }
    has_room_.notify_one();
    return item;
  }

  const std::size_t capacity_;
  std::mutex mutex_;
  std::condition_variable has_item_;
  std::condition_variable has_room_;
  std::deque<T> items_;
  bool refused_ = false;
  WakeFd wake_;
  WakeFd room_;
};

}  // namespace kiem
