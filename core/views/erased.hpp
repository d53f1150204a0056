// What was erased: records of which nothing said in a circle is told any more, and whose values are dropped here
// (FORMAT.md 5.7).
//
// Whether an erase counts is worked out with the record's other mutations (mutations_of()); the table `erased` keeps
// the outcome, so that whoever reads one field or one value need not read them all. A part goes when every mutation
// that has a value in it is of an erased record: until then it is kept and nothing of the erased one is shown.
// Functions of what is in the store; inside the writer's transaction where they write. One thread.
#pragma once

#include <span>

#include "core/views/record_rows.hpp"

namespace kiem {

// Whether all that was said of the record in this circle is erased; for the second one, in any circle.
[[nodiscard]] Result<bool> is_erased(Connection& db, std::int64_t record, std::uint32_t circle);
[[nodiscard]] Result<bool> has_erased(Connection& db, std::int64_t record);

struct ErasedFold {
  bool dropped = false;  // parts went
  bool lost = false;     // operations did: the mutations that were handed in are to be read again
};
// Brings the table up to date with the record's mutations, as mutations_of() gives them, and drops the parts that can
// go. Again when something more of an erased record came. Where an erase turns out not to count after all, operations
// whose parts it took are lost ones from then on (core/oplog/lost.hpp), to be had again of whoever still has them.
[[nodiscard]] Result<ErasedFold> fold_erased(Connection& db, const RecordRow& record,
                                             std::span<const MutationRow> mutations);

// How many parts still hold a value of the record, which is erased, because others' stand in them too.
[[nodiscard]] Result<std::uint32_t> kept_parts(Connection& db, std::span<const MutationRow> mutations);

}  // namespace kiem
