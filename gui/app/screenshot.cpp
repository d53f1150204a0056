#include "gui/app/screenshot.hpp"

#include "gui/kit/picture.hpp"

namespace kiem::gui {

Status write_screenshot(const App& app, Vec size, const Look& look, Clock& clock, const std::string& path) {
  Ui ui(look);
  // What an app does after the first frames may bring another page.
  for (int i = 0; i < 8 && run_until_settled(ui, app, size, 1.0F / 60, clock.monotonic_ms()).draw_again; ++i) {
  }
  return write_png(paint(ui), path);
}

}  // namespace kiem::gui
