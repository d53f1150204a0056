// From operations to tables: the index of mutations, then the rows that are folded from it.
//
// apply() writes down what an operation says; fold() computes anew the rows of every record that apply() or a changed
// verdict touched. Both run inside the transaction that stores the operation, so that log and views never part. A row
// is a function of the record's operations and the standing of each: the order of arrival leaves no trace (held by
// tests/property/views_laws_test.cpp). The Materialiser owns the list of touched records between apply() and fold(),
// and remembers the spaces' schemas; one thread, the writer's.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "core/oplog/op_store.hpp"
#include "core/views/fold.hpp"

namespace kiem {

// What may have changed of a record that something was said of; no more than that is computed anew.
struct Touched {
  RecordId id;
  std::int64_t space = 0;
  bool rows = false;                 // its row in every table
  std::vector<FieldPlace> fields;    // else the columns of these alone
  bool own_seats = false;            // those of the occurrence that the record is
  bool seats_of_occurrence = false;  // those of the occurrence that it is a claim of
};

// What of one space was computed anew, for whoever shows it.
struct FoldedSpace {
  std::vector<RecordId> records;  // one may be named more than once
  FoldNotes notes;                // collections by local number
  bool schema = false;            // what collections and fields there are
  bool membership = false;        // who belongs to the space, and as what (told by core/ingest.hpp)
  void add(const FoldedSpace& more);
};
using FoldedSpaces = std::map<std::int64_t, FoldedSpace>;

class Materialiser {
 public:
  explicit Materialiser(Connection& db) : db_(db) {}

  // Indexes the mutations and edges of a stored operation and marks its records as touched. Once an operation.
  [[nodiscard]] Status apply(const StoredOperation& operation);
  // Marks the records of an operation whose standing or parts changed.
  [[nodiscard]] Status touch(std::int64_t operation);
  // Computes all touched rows; returns what was touched by space, and forgets it. Call forget() instead when the
  // transaction is given up.
  [[nodiscard]] Result<FoldedSpaces> fold();
  void forget();

 private:
  [[nodiscard]] Result<const ViewTables*> tables_of(std::int64_t space);
  [[nodiscard]] Status renew_schemas(FoldedSpaces& changed);
  [[nodiscard]] Status settle_waiting_edges(const StoredOperation& operation);
  [[nodiscard]] Result<Touched*> touch_record(std::int64_t record);
  [[nodiscard]] Result<bool> fold_rows(std::int64_t record, Touched& touched, FoldNotes& notes);

  Connection& db_;
  std::map<std::int64_t, Touched> touched_;
  std::set<std::int64_t> reschemed_;           // spaces whose schema may be another now
  std::map<std::int64_t, ViewTables> tables_;  // of each space, until its schema changes
};

// Empties the view tables and makes them anew from the log, inside the caller's transaction.
[[nodiscard]] Status rebuild_views(Connection& db);

}  // namespace kiem
