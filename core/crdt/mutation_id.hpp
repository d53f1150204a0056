// Names one mutation: the operation that holds it and its place there (DESIGN D2, D3).
//
// The order of two ids is the order of their bytes. It says nothing of time; merge rules use it only as a last tie.
// Values, any thread.
#pragma once

#include "core/base/id.hpp"

namespace kiem {

struct MutationId {
  OpId op;
  std::uint32_t index = 0;
  auto operator<=>(const MutationId&) const = default;
};

}  // namespace kiem

template <>
struct std::hash<kiem::MutationId> {
  std::size_t operator()(const kiem::MutationId& id) const noexcept {
    return std::hash<kiem::OpId>{}(id.op) ^ (id.index * std::size_t{0x9E3779B97F4A7C15U});
  }
};
