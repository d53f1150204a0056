#include "gui/kit/app.hpp"

namespace kiem::gui {

Settled run_until_settled(Ui& ui, const App& app, Vec size, float seconds, std::uint64_t now_ms) {
  constexpr unsigned kMostFrames = 16;
  Settled settled;
  do {
    // Only the first frame took the time that has passed.
    ui.frame(size, settled.frames == 0 ? seconds : 0.001F, app.draw);
    ++settled.frames;
    const Next next = app.act(ui, now_ms);
    settled.draw_again = next.draw_again || ui.unsettled();
    settled.quit = next.quit;
  } while (settled.draw_again && !settled.quit && settled.frames < kMostFrames);
  return settled;
}

}  // namespace kiem::gui
