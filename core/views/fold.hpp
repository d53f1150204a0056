// Rows of the typed tables, each computed anew from all mutations of its record (tables.hpp, record_rows.hpp).
//
// fold_record() writes the record's row in the table of each collection it belongs to, or removes it when it is not (or
// no longer) to be shown; fold_occurrence() writes the claims of one occurrence and the counts in its task's row, which
// is why it comes after. Pure functions of what is in the store; inside the writer's transaction.
#pragma once

#include "core/crdt/seats.hpp"
#include "core/views/record_rows.hpp"
#include "core/views/view_tables.hpp"

namespace kiem {

// The occurrence whose claims this record speaks of: the record itself for a task, its occurrence for a claim.
[[nodiscard]] Result<std::optional<std::int64_t>> fold_record(Connection& db, const ViewTables& tables,
                                                              const RecordRow& record);

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
