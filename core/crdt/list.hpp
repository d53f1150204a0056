// A list: elements that each have a value and a position (DESIGN D3, FORMAT.md 5.4).
//
// An element is the mutation that adds it, with its first position. A removal names the elements its author saw, so an
// element added or put back unseen stays. A move gives an element another position and supersedes the moves its author
// saw; of several that did not see each other one counts, drawn by lot as a register's is, and nobody is asked: where
// something stands is worth no question. A removal that did not see a move wins, for the same reason.
//
// Pure, any thread, cannot fail. The answer looks at the values it was given and depends neither on the order of the
// inputs nor on repetition. A mutation that does not apply is not handed in.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/crdt/mutation_id.hpp"
#include "core/crdt/position.hpp"

namespace kiem {

inline constexpr std::string_view kTagMoveLot = "kiem.move.0";

struct ListAddition {
  MutationId id;
  ByteView value;  // canonical encoding; never compared: elements of one value are as many elements
  Position position;
  DeviceId device;
};

struct ListMove {
  MutationId id;
  MutationId element;  // one that is not here, or is no element, makes the move wait
  Position position;
  PersonId author;
  DeviceId device;
  std::vector<MutationId> supersedes;  // anything but other moves of this element counts for nothing
};

struct ListInput {
  RecordId record;
  ByteView field;  // the bytes that name it, as for a register
  std::span<const ListAddition> additions;
  std::span<const ListMove> moves;
  std::span<const MutationId> removed;  // what removals supersede
};

struct ListItem {
  MutationId id;
  ByteView value;
  Position position;
  DeviceId placed_by;             // the device that put it where it stands
  std::vector<MutationId> moves;  // live ones, ascending: what a new move must supersede
};

// Ties of moves: hash_of(kTagMoveLot, {record, field, element's operation, le32(element's index), author}), then
// device, then id, lowest first. The items by position, then id. n log n.
[[nodiscard]] std::vector<ListItem> fold_list(const ListInput& input);

}  // namespace kiem
