// The font files as they were found when the program was built (gui/kit/font_files.cpp.in). Read-only, any thread.
#pragma once

namespace kiem::gui {

struct FontFile {
  const unsigned char* begin = nullptr;
  const unsigned char* end = nullptr;
};

extern const FontFile kInterRegular;
extern const FontFile kInterMedium;
extern const FontFile kInterSemibold;
extern const FontFile kInterBold;
extern const FontFile kIconFont;

}  // namespace kiem::gui
