// The log as people read it: who did what, when said, what it replaced (DESIGN D2, history goes by act).
//
// Read from the operations themselves, newest arrival first; one row an act, however many operations it is. Any
// connection; cost in proportion to the rows asked for, except with `about`, which looks through the whole space.
#pragma once

#include "core/oplog/spaces.hpp"
#include "core/views/models.hpp"

namespace kiem {

struct LogFilter {
  std::optional<RecordId> about;  // acts on this record, its claims included
  std::optional<std::uint32_t> limit;
};

// missing: what damage kept away of the operations that were looked at.
struct LogRows {
  std::vector<LogRow> rows;
  Missing missing;
};
[[nodiscard]] Result<LogRows> query_log(Connection& db, const SpaceRow& space, const LogFilter& filter);

}  // namespace kiem
