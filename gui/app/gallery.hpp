// Every widget of the kit on two pages, with invented content: what whoever changes the kit looks at, and what its
// tests of layout, keyboard and picture walk through. `kiem-gui --screenshot FILE --view gallery` makes a picture of
// it.
#pragma once

#include <string>

#include "gui/app/run.hpp"
#include "gui/kit/ui.hpp"

namespace kiem::gui {

// What the pages hold between frames, and count of what was pressed.
struct Gallery {
  bool parts = false;  // the second page
  std::size_t filter = 0;
  std::size_t chosen = 1;  // task whose details are shown
  bool joined = true;
  bool toast = false;
  bool quiet_hours = true;
  std::string search;
  std::string name;
  std::string passphrase;
  int presses = 0;
  bool operator==(const Gallery&) const = default;
};

void draw_gallery(Ui& ui, Gallery& gallery);
// The gallery as a program's beginning; `--view parts` begins on the second page. It outlives what is made.
[[nodiscard]] Result<Start> gallery_start(Gallery& gallery, const Options& options);

}  // namespace kiem::gui
