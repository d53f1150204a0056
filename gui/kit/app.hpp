// The shape of a client: model -> draw -> intent -> act.
//
// draw is given a Ui, draws a model it only reads, and collects intents; act, called after each frame on the same
// thread, carries those out and says whether another frame is due. Worker threads post values (Mailbox), they never
// touch a Ui or a model.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "gui/kit/ui.hpp"

namespace kiem::gui {

// Answer of act.
struct Next {
  bool draw_again = false;                          // what is shown has changed
  std::optional<std::uint64_t> look_again_ms = {};  // monotonic: draw then even if nothing happens (a toast that goes)
  // Monotonic: act is called then, also while the window is hidden. It has to move this on, or the loop turns in vain.
  std::optional<std::uint64_t> act_again_ms = {};
  bool quit = false;
};

struct App {
  std::function<void(Ui&)> draw;
  // NOW is monotonic. Also called when something was posted and nothing drawn.
  std::function<Next(Ui&, std::uint64_t now_ms)> act;
};

struct Settled {
  unsigned frames = 0;
  bool draw_again = false;  // not at rest after all frames that one picture may cost: draw another soon
  bool quit = false;
};
// Frames of APP until nothing moves, none of them painted; at most 16.
[[nodiscard]] Settled run_until_settled(Ui& ui, const App& app, Vec size, float seconds, std::uint64_t now_ms);

// Values from other threads to the drawing one. post() may be called from any thread; take() by the drawing one.
// wake is called after each post, outside the lock (glfwPostEmptyEvent in a window). Holds at most LIMIT values: the
// newest replaces none, post answers false and the poster keeps it for later.
template <class T>
class Mailbox {
 public:
  explicit Mailbox(std::function<void()> wake, std::size_t limit = 256) : wake_(std::move(wake)), limit_(limit) {}

  [[nodiscard]] bool post(T value) {
    {
      const std::lock_guard lock(mutex_);
      if (values_.size() >= limit_) return false;
      values_.push_back(std::move(value));
    }
    if (wake_) wake_();
    return true;
  }
  [[nodiscard]] std::vector<T> take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(values_, {});
  }

 private:
  std::function<void()> wake_;
  std::size_t limit_;
  std::mutex mutex_;
  std::vector<T> values_;
};

}  // namespace kiem::gui
