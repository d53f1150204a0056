// The text of community.toml, built into the program by CMake.
#pragma once

#include <string_view>

namespace kiem {

extern const std::string_view kCommunitySchema;

}  // namespace kiem
