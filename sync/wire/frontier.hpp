// The rows of a Frontier: how many operations of each chain the sender has, ten bytes or so a chain
// (sync/PROTOCOL.md section 4.2).
//
// A row is the chain's name between these two devices and a number (moves.hpp). Rows ascend by name, each name once, so
// the same rows have one coding. Pure functions, any thread. Decoding fails with not_canonical, a peer's fault.
#pragma once

#include <span>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"

namespace kiem::wire {

constexpr std::size_t kChainNameBytes = 6;
constexpr std::size_t kMaxRowBytes = kChainNameBytes + 9;

struct FrontierRow {
  std::array<std::uint8_t, kChainNameBytes> name{};
  std::uint64_t count = 1;  // at least 1
  auto operator<=>(const FrontierRow&) const = default;
};

// rows: ascending by name, at least one, else a broken promise.
[[nodiscard]] Bytes encode_rows(std::span<const FrontierRow> rows);
[[nodiscard]] Result<std::vector<FrontierRow>> decode_rows(ByteView bytes);

}  // namespace kiem::wire
