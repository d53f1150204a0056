#include "tests/gui/golden.hpp"

#include <cstdlib>
#include <filesystem>

namespace kiem::gui {
namespace {

constexpr int kTolerance = 8;

Picture difference(const Picture& a, const Picture& b) {
  Picture result = b;
  if (a.width != b.width || a.height != b.height) return result;
  for (std::size_t i = 0; i + 3 < b.rgba.size(); i += 4) {
    bool differs = false;
    for (std::size_t k = 0; k < 4; ++k) {
      differs = differs || std::abs(int{a.rgba[i + k]} - int{b.rgba[i + k]}) > kTolerance;
    }
    if (differs) {
      result.rgba[i] = 255;
      result.rgba[i + 1] = result.rgba[i + 2] = 0;
    }
  }
  return result;
}

}  // namespace

std::string compare_with_golden(const std::string& name, const Picture& found) {
  const std::string golden = std::string(KIEM_GOLDEN) + "/" + name + ".png";
  if (std::getenv("KIEM_WRITE_GOLDEN") != nullptr) {
    return write_png(found, golden) ? "" : "could not write " + golden;
  }
  const auto expected = read_png(golden);
  if (!expected) return "there is no " + golden + "; KIEM_WRITE_GOLDEN=1 makes it";
  const std::size_t differing = differing_pixels(*expected, found, kTolerance);
  if (differing * 1000 <= found.rgba.size() / 4) return "";
  std::error_code error;
  std::filesystem::create_directories(KIEM_GOLDEN_FOUND, error);
  const std::string beside = std::string(KIEM_GOLDEN_FOUND) + "/" + name;
  const bool written = write_png(found, beside + ".found.png") && write_png(*expected, beside + ".expected.png") &&
                       write_png(difference(*expected, found), beside + ".difference.png");
  return std::to_string(differing) + " pixels of " + name + " differ; see " +
         (written ? beside + ".*.png" : "nothing, for it could not be written beside the build");
}

}  // namespace kiem::gui
