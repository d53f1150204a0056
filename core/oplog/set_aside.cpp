#include "core/oplog/set_aside.hpp"

#include "core/oplog/standing.hpp"

namespace kiem {

// The number is spelled out for the index of those that were set aside, which is all that is read.
static_assert(static_cast<int>(Standing::set_aside) == 2);

Result<bool> has_set_aside(Connection& db) {
  KIEM_TRY_GET(Statement * find, db.cached("SELECT 1 FROM operation INDEXED BY operation_set_aside WHERE standing = 2 "
                                           "LIMIT 1"));
  KIEM_TRY_GET(const bool found, find->step());
  find->reset();
  return found;
}

Result<std::vector<std::int64_t>> set_aside_in(Connection& db, std::int64_t chain) {
  KIEM_TRY_GET(Statement * find, db.cached("SELECT operation FROM operation INDEXED BY operation_set_aside "
                                           "WHERE standing = 2 AND chain = ?"));
  find->bind(1, chain);
  std::vector<std::int64_t> rows;
  while (true) {
    KIEM_TRY_GET(const bool more, find->step());
    if (!more) return rows;
    rows.push_back(find->integer(0));
  }
}

}  // namespace kiem
