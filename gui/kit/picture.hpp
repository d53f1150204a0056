// A frame as a picture: painted by our own rasteriser of Dear ImGui's triangles, without a display or a driver, so that
// it is the same on every machine; and written as PNG (W3C PNG, third edition) by libpng.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "gui/kit/ui.hpp"

namespace kiem::gui {

struct Picture {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> rgba;  // 4 bytes a pixel, rows from the top, no padding
};

// The last frame of UI.
[[nodiscard]] Picture paint(const Ui& ui);
// Whole or not at all: written beside PATH, flushed to disk, then named. file_missing (its folder), file_unreadable (a
// folder, or not ours to write), disk_full, disk_failed. The picture is at least one pixel; alpha is left out.
[[nodiscard]] Status write_png(const Picture& picture, const std::string& path);
// file_missing, file_unreadable (no PNG). For tests that compare.
[[nodiscard]] Result<Picture> read_png(const std::string& path);

// How many pixels differ by more than TOLERANCE in any channel; all of them when sizes differ.
[[nodiscard]] std::size_t differing_pixels(const Picture& a, const Picture& b, int tolerance);

}  // namespace kiem::gui
