// The program kiem-gui without its services: options in, a window or one picture out. What main.cpp and tests call.
#pragma once

#include <functional>
#include <iosfwd>
#include <span>
#include <string_view>

#include "core/base/env.hpp"
#include "core/base/result.hpp"
#include "gui/app/options.hpp"
#include "gui/kit/app.hpp"

namespace kiem::gui {

// What the program begins with: made once options are known. The App may hold on to what it needs; it lives until the
// program ends. An Error ends the program with its sentence and exit code 1.
struct Start {
  App app;
  std::string title;  // of the window
  Look look;          // theme and text size; options that name one have been taken into account by the maker
};
using MakeStart = std::function<Result<Start>(const Options&, Lang)>;

struct Services {
  Clock& clock;
  std::ostream& out;
  std::ostream& err;
  Lang lang = Lang::nl;  // unless --lang names another
};

// Exit codes as those of `kiem`: 0 done, 1 refused or impossible (no display, no OpenGL 3.3, a full disk), 2 wrong use,
// 4 when another process has the store.
[[nodiscard]] int run(std::span<const std::string_view> arguments, const Services& services, const MakeStart& make);

}  // namespace kiem::gui
