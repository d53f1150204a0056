// From operations to tables: the index of mutations, then the rows that are folded from it.
//
// apply() writes down what an operation says; fold() computes anew the rows of every record that apply() or a changed
// verdict touched. Both run inside the transaction that stores the operation, so that log and views never part. A row
// is a function of the record's operations and the standing of each: the order of arrival leaves no trace (held by
// tests/property/views_laws_test.cpp). The Materialiser owns the list of touched records between apply() and fold(),
// and remembers the spaces' schemas; one thread, the writer's.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "core/oplog/op_store.hpp"
#include "core/views/view_tables.hpp"

namespace kiem {

class Materialiser {
 public:
  explicit Materialiser(Connection& db) : db_(db) {}

  // Indexes the mutations and edges of a stored operation and marks its records as touched. Once an operation.
  [[nodiscard]] Status apply(const StoredOperation& operation);
  // Marks the records of an operation whose standing or parts changed.
  [[nodiscard]] Status touch(std::int64_t operation);
  // Computes all touched rows; returns the touched records by space, and forgets them. Call forget() instead when the
  // transaction is given up.
  [[nodiscard]] Result<std::map<std::int64_t, std::vector<RecordId>>> fold();
  void forget();

 private:
  [[nodiscard]] Result<const ViewTables*> tables_of(std::int64_t space);
  [[nodiscard]] Status renew_schemas();

  Connection& db_;
  std::set<std::int64_t> touched_;
  std::set<std::int64_t> reschemed_;           // spaces whose schema may be another now
  std::map<std::int64_t, ViewTables> tables_;  // of each space, until its schema changes
};

// Empties the view tables and makes them anew from the log, inside the caller's transaction.
[[nodiscard]] Status rebuild_views(Connection& db);

}  // namespace kiem
