// The circles that every space has from its start, by the n in circle_id(space, n) (DESIGN D5).
#pragma once

#include <cstdint>

namespace kiem {

enum class CircleNumber : std::uint32_t { access = 0, open = 1, members = 2, coordinators = 3, partners = 4 };
constexpr std::uint32_t kCircles = 5;

}  // namespace kiem
