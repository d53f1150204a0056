// One picture of an App, without window, display or driver.
#pragma once

#include <string>

#include "core/base/env.hpp"
#include "core/base/result.hpp"
#include "gui/kit/app.hpp"

namespace kiem::gui {

// Runs APP in a window of SIZE pixels until it is at rest, and writes what is seen to PATH, whole or not at all.
// Errors: those of write_png.
[[nodiscard]] Status write_screenshot(const App& app, Vec size, const Look& look, Clock& clock,
                                      const std::string& path);

}  // namespace kiem::gui
