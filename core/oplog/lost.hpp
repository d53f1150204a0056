// Operations that damage took and that were here: known by their place, to be asked of others again (core/repair.cpp).
//
// A lost operation keeps its row number, so that everything that speaks of it still does, and it stays the one before
// the next in its chain. What comes after it in its chain is shown, and counts as not here for other devices: a chain
// is told, and given, up to where it has a gap. When the operation comes, it takes its old row and is lost no more.
//
// Any connection; the writer's for what writes.
#pragma once

#include "core/oplog/op_store.hpp"

namespace kiem {

struct LostOperation {
  std::int64_t row = 0;
  std::optional<OpId> id;  // nothing when that was lost too
  std::int64_t chain = 0;
  std::int64_t seq = 0;
  std::int64_t prev = 0;  // row of the one before it, 0 for the first
};

// Takes the operation out of the log, as far as it is there. A second time changes nothing.
[[nodiscard]] Status mark_lost(Connection& db, const LostOperation& lost);
// What other devices were known to have is forgotten, so that the next meeting with each asks for what is lost.
[[nodiscard]] Status ask_everybody_again(Connection& db);
[[nodiscard]] Result<std::uint64_t> count_lost(Connection& db);

[[nodiscard]] Result<bool> is_lost(Connection& db, std::int64_t row);
// The one with this id; nothing for any other, and for one whose id was lost.
[[nodiscard]] Result<std::optional<LostOperation>> find_lost(Connection& db, const OpId& id);

// The row that this operation had before it was lost, which is taken from the lost ones; nothing for any other.
[[nodiscard]] Result<std::optional<std::int64_t>> take_lost(Connection& db, const OpId& id, std::int64_t chain,
                                                            std::uint64_t seq);

// Where a chain has its first gap, and what it has just before it.
struct ChainGap {
  std::int64_t seq = 0;
  std::vector<std::int64_t> ends;  // none when the first operation is lost
};
[[nodiscard]] Result<std::optional<ChainGap>> gap_of(Connection& db, std::int64_t chain);

}  // namespace kiem
