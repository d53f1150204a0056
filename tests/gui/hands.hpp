// A person's hands before a real window: xdotool, on a thread of its own, so that the window goes on while it works.
// For the tests of windows; one Hands a window.
#pragma once

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <string>
#include <thread>

#include "core/base/env.hpp"
#include "gui/kit/ui.hpp"

namespace kiem::gui {

class TestClock final : public Clock {
 public:
  explicit TestClock(std::int64_t wall_ms = 0) : wall_ms_(wall_ms) {}
  WallTime wall() override { return {wall_ms_}; }
  std::uint64_t monotonic_ms() override {
    return jumped_ms_ + static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(
                                                       std::chrono::steady_clock::now().time_since_epoch())
                                                       .count());
  }
  // Time that nobody waits for.
  void jump(std::uint64_t ms) { jumped_ms_ += ms; }

 private:
  std::atomic<std::uint64_t> jumped_ms_ = 0;  // read by the thread of the store as well
  std::int64_t wall_ms_;
};

class Hands {
 public:
  Hands() = default;
  ~Hands() { wait(); }
  Hands(const Hands&) = delete;
  Hands& operator=(const Hands&) = delete;
  // Arguments of xdotool; the ones before are done first.
  void operator()(const std::string& command) {
    wait();
    thread_ = std::thread([command] { CHECK(std::system(("xdotool " + command).c_str()) == 0); });
  }
  void wait() {
    if (thread_.joinable()) thread_.join();
  }

 private:
  std::thread thread_;
};

// Without a window manager the window stands at the display's corner, so its pixels are the display's.
inline std::string click_on(const Ui& ui, std::string_view label, std::string_view group = {}) {
  const Widget* widget = find(ui.last(), label, group);
  CAPTURE(label);
  CAPTURE(describe(ui.last()));
  REQUIRE(widget != nullptr);
  const Vec at = widget->visible.centre();
  return "mousemove " + std::to_string(static_cast<int>(at.x)) + " " + std::to_string(static_cast<int>(at.y)) +
         " click 1";
}

}  // namespace kiem::gui
