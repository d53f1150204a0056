// Which of a list of chains moved, and how far: the shorter of gaps and a bitmap, then a number each
// (sync/PROTOCOL.md section 4.1). The list itself is known to both ends and does not travel.
//
// The same moves have one coding: encode_moves(decode_moves(bytes)) == bytes. Pure functions, any thread. Decoding
// fails with not_canonical, a peer's fault; moves that are not ascending and within the list are a broken promise of
// ours.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"

namespace kiem::wire {

struct Move {
  std::uint32_t chain = 0;  // its place in the list, from 0
  std::uint64_t by = 1;     // at least 1
  bool operator==(const Move&) const = default;
};

// moves: ascending by chain, each once, all below `chains`. Empty for none.
[[nodiscard]] Bytes encode_moves(std::span<const Move> moves, std::size_t chains);
// Empty bytes: none. chains: how long the list is, which bounds what is held.
[[nodiscard]] Result<std::vector<Move>> decode_moves(ByteView bytes, std::size_t chains);

// --- numbers of any length: 7 bits a byte, least significant first, no longer than they must be ----------------------
void put_number(Bytes& out, std::uint64_t value);
// Takes it from the beginning of `bytes`. Fails with not_canonical for one that is cut off, longer than it must be, or
// above INT64_MAX.
[[nodiscard]] Result<std::uint64_t> take_number(ByteView& bytes);

}  // namespace kiem::wire
