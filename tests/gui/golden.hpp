// Pictures that must stay as they are. Painted by the kit's own rasteriser, so they are the same on every machine but
// for FreeType's release and the last bit of a rounding; hence the tolerance. KIEM_WRITE_GOLDEN=1 makes them anew, to
// be looked at before they are committed. Of tests alone; one thread.
#pragma once

#include <string>

#include "gui/kit/picture.hpp"

namespace kiem::gui {

// At most one pixel in a thousand may differ by more than 8 in a channel. On a difference the picture found and the
// places that differ (in red) are written to the build folder, and the answer names them; empty when all is well.
[[nodiscard]] std::string compare_with_golden(const std::string& name, const Picture& found);

}  // namespace kiem::gui
