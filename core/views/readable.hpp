// Reading round damage. A query that is handed a Missing gives what can be read and counts what cannot; one that is
// handed none fails at the first page or row that is not what was written, as whoever writes on what was read wants.
//
// The ordinary statement is tried first, and in a store that is whole it is all there is. Where it meets damage, each
// record is read for itself, by its number, so that a page costs what stood on it and no more. Only damage is stepped
// over (Fault::damage): a disk or a memory that fails is passed on as what it is. Any connection; one thread.
#pragma once

#include <functional>

#include "core/base/bytes.hpp"
#include "core/store/sqlite.hpp"
#include "core/views/models.hpp"

namespace kiem {

[[nodiscard]] bool is_damage(const Error& error);
// Whether this failure is to be stepped over here.
[[nodiscard]] bool steps_over(const Error& error, const Missing* missing);

// What was read, or `instead` where damage keeps it away: then that is one detail more that is missing.
template <class T>
[[nodiscard]] Result<T> or_instead(Result<T> read, T instead, Missing* missing) {
  if (read || !steps_over(read.error(), missing)) return read;
  ++missing->details;
  return instead;
}

// A list of records of one space, as an index of its table has it: a query that gives their numbers, and its binding.
struct IndexedList {
  const char* sql;
  std::function<void(Statement&)> bind;
};
// Reads one record. False: it is none of the list.
using ReadRecord = std::function<Result<bool>(std::int64_t record, const RecordId& id)>;

// Calls `read` for every record of the space that can be found, in the order of their numbers. Answers how many of the
// list cannot be read: exactly where the index is whole, else at least that many.
[[nodiscard]] Result<std::uint64_t> read_one_by_one(Connection& db, std::int64_t space, const IndexedList& list,
                                                    const ReadRecord& read);

}  // namespace kiem
