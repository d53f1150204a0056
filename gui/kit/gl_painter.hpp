// Paints frames with OpenGL 3.3, by the painter that comes with Dear ImGui. The window's OpenGL context must be current
// on the calling thread for every call, the destructor too, and the Ui must outlive the painter.
#pragma once

#include "gui/kit/picture.hpp"
#include "gui/kit/ui.hpp"

namespace kiem::gui {

class GlPainter {
 public:
  explicit GlPainter(Ui& ui);
  ~GlPainter();
  GlPainter(const GlPainter&) = delete;
  GlPainter& operator=(const GlPainter&) = delete;

  // False when the driver takes no OpenGL 3.3 after all; nothing else may then be called.
  [[nodiscard]] bool ready() const { return ready_; }
  // The last frame of the Ui, to the whole of the window; the caller swaps buffers.
  void paint();

 private:
  Ui& ui_;
  bool ready_ = false;
  unsigned texture_version_ = 0;
};

}  // namespace kiem::gui
