// Whether a record lives (DESIGN D3): while one alive mark is not superseded.
//
// Creating a record makes a mark, restoring it makes another; a delete supersedes the marks it saw. A record whose id
// is derived (D4) exists by its id alone and has one implicit mark that nobody wrote, so every delete has seen it. A
// delete that did not see a restore loses against it, as an unseen removal does in a set. An edit that no delete saw
// stands beside a dead record as a question: delete again having seen it, or restore. Erase beats everything.
//
// Pure, any thread, cannot fail; neither order nor repetition of the inputs matters.
#pragma once

#include <span>
#include <vector>

#include "core/crdt/mutation_id.hpp"

namespace kiem {

// A creation or a restore.
struct AliveMark {
  MutationId id;
  bool applies = false;  // verdict, as in live.hpp
};

struct AliveDelete {
  MutationId id;
  bool applies = false;
  std::vector<MutationId> marks;  // the marks it supersedes
  std::vector<MutationId> edits;  // the live writes its author saw go with the record
};

struct AliveInput {
  RecordId record;
  bool derived = false;  // by its schema the record's id is derived
  bool erased = false;   // an erase act that applies names the whole record
  std::span<const AliveMark> marks;
  std::span<const AliveDelete> deletes;
  std::span<const MutationId> edits;  // live writes to the record's fields
};

enum class AliveState : std::uint8_t {
  not_here,  // not derived, and its creating operation is not here or does not apply: nothing is shown yet
  alive,
  deleted,
  erased,
};

struct AliveFold {
  AliveState state = AliveState::not_here;
  // Live marks, ascending: what a delete must supersede. The implicit one has no id and is in no list.
  std::vector<MutationId> marks;
  // Deleted only: live edits that no applying delete saw, ascending.
  std::vector<MutationId> unseen_edits;
};

// n log n. The creation is the mark whose operation is the record (record_of); a restore alone never makes a record
// that is not here appear.
[[nodiscard]] AliveFold fold_alive(const AliveInput& input);

}  // namespace kiem
