// The window: GLFW and OpenGL 3.3 round an App. Nothing is drawn without a reason, and idle it waits without end.
//
// One window at a time, on the program's first thread (GLFW asks that); wake() alone may be called from any thread.
// Failures: no display, or a driver without OpenGL 3.3; nothing is left open then.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <tl/expected.hpp>

#include "core/base/env.hpp"
#include "core/l10n/lang.hpp"
#include "gui/kit/app.hpp"
#include "gui/kit/picture.hpp"

namespace kiem::gui {

enum class WindowFault : std::uint8_t { no_display, no_opengl };
// One sentence with a way out.
[[nodiscard]] std::string_view sentence(WindowFault fault, Lang lang);

struct Counts {
  std::uint64_t painted = 0;  // pictures shown
  std::uint64_t frames = 0;   // frames built; several may lead to one picture
};

class Window {
 public:
  // SIZE in pixels; made smaller where the display is.
  [[nodiscard]] static tl::expected<std::unique_ptr<Window>, WindowFault> open(const std::string& title, Vec size,
                                                                               const Look& look, Clock& clock);
  virtual ~Window() = default;

  [[nodiscard]] virtual Ui& ui() = 0;
  // Until the person closes the window or APP's act says so.
  virtual void run(const App& app) = 0;
  [[nodiscard]] virtual Counts counts() const = 0;
  // What the window shows, read back from the driver; after run only.
  [[nodiscard]] virtual Picture shown() = 0;
  // "llvmpipe (LLVM 15.0.6, 256 bits)".
  [[nodiscard]] virtual std::string renderer() const = 0;

  // Makes the loop look: from any thread, while a window is open. For Mailbox.
  static void wake();
};

}  // namespace kiem::gui
