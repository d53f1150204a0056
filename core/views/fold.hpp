// Rows of the typed tables, computed anew from the mutations of their record (tables.hpp, record_rows.hpp).
//
// fold_record() writes the record's row in the table of each collection it belongs to, or removes it when it is not (or
// no longer) to be shown; fold_registers() writes the columns of some fields of a row that stays; fold_occurrence()
// writes the claims of one occurrence and the counts in its task's row, which is why it comes after. Pure functions of
// what is in the store; inside the writer's transaction. What did not change is not written.
#pragma once

#include <set>
#include <span>

#include "core/crdt/seats.hpp"
#include "core/views/record_rows.hpp"
#include "core/views/view_tables.hpp"

namespace kiem {

// What folding came by, beside the rows that it wrote.
struct FoldNotes {
  std::set<std::uint32_t> collections;  // of whose tables it may have changed a row
  bool dropped = false;                 // values of something erased went for good
};

// True when the seats of the record as a task are to be folded again: its row came or went, or the number of seats or
// whether it is called off is another now.
[[nodiscard]] Result<bool> fold_record(Connection& db, const ViewTables& tables, const RecordRow& record,
                                       FoldNotes& notes);

// A field of a collection, by their local numbers.
struct FieldPlace {
  std::uint32_t collection = 0;
  std::uint32_t field = 0;
  auto operator<=>(const FieldPlace&) const = default;
};
// Whether fold_registers() can do with a new write of this field: a register of the first schema that every member may
// write, in a column that no mark of the record has a say in.
[[nodiscard]] bool is_plain_register(const FieldPlace& place);
// The same answer, after nothing but writes of these fields.
[[nodiscard]] Result<bool> fold_registers(Connection& db, const ViewTables& tables, const RecordRow& record,
                                          std::span<const FieldPlace> fields);

// The occurrence that a claim's record is of; nothing when it is no claim.
[[nodiscard]] Result<std::optional<std::int64_t>> occurrence_of_claim(Connection& db, std::int64_t record);

[[nodiscard]] Status fold_occurrence(Connection& db, std::int64_t occurrence);

// What the seats of one occurrence are folded from, read from the log. The assigner (core/domain/claims.cpp) reads the
// same to decide whom to confirm.
struct Occurrence {
  RecordRow record;
  bool task_here = false;
  std::optional<std::uint32_t> seats;
  bool cancelled = false;
  std::vector<ClaimAttempt> attempts;
  std::vector<SeatConfirmation> confirmations;
  // Beside each attempt, in the same order: who entered it.
  std::vector<PersonId> entered_by;

  [[nodiscard]] SeatsFold fold() const;
};
[[nodiscard]] Result<Occurrence> load_occurrence(Connection& db, std::int64_t occurrence);

}  // namespace kiem
