// Ids told by their beginning (core/oplog/packing.hpp): which of ours can be, and which is meant.
#include <algorithm>

#include "core/community.hpp"
#include "core/replica.hpp"

namespace kiem {
namespace {

// Where operations lie that an id is of: itself, or the first one of each chain of a device, or of a person's devices.
// The order of the tables is spelled out: left to choose, SQLite reads every operation that there is.
constexpr std::array<const char*, 3> kPlacesLike{
    "SELECT o.id, o.operation, c.space, c.number FROM operation o CROSS JOIN chain USING(chain) CROSS JOIN circle c "
    "USING(circle) WHERE o.id BETWEEN ? AND ?",
    "SELECT d.id, o.operation, c.space, c.number FROM device d CROSS JOIN circle c CROSS JOIN chain h ON h.circle = "
    "c.circle AND h.device = d.device CROSS JOIN operation o INDEXED BY operation_by_chain ON o.chain = h.chain AND "
    "o.seq = 0 WHERE d.id BETWEEN ? AND ?",
    "SELECT d.person, o.operation, c.space, c.number FROM device d CROSS JOIN circle c CROSS JOIN chain h ON h.circle "
    "= c.circle AND h.device = d.device CROSS JOIN operation o INDEXED BY operation_by_chain ON o.chain = h.chain AND "
    "o.seq = 0 WHERE d.person BETWEEN ? AND ?"};

struct Like {
  std::vector<Hash32> ids;  // different ones
  bool any_had = false;
};

Result<Like> all_like(Connection& db, const char* sql, const IdBeginning& beginning, const Replica::Counts& is_shared,
                      const Replica::Counts& is_had) {
  Hash32 first, last;
  last.bytes.fill(0xff);
  std::copy(beginning.bytes.begin(), beginning.bytes.end(), first.bytes.begin());
  std::copy(beginning.bytes.begin(), beginning.bytes.end(), last.bytes.begin());
  KIEM_TRY_GET(Statement * find, db.cached(sql));
  find->bind(1, first).bind(2, last);
  Like like;
  while (true) {
    KIEM_TRY_GET(const bool more, find->step());
    if (!more) return like;
    KIEM_TRY_GET(const auto id, find->id<Hash32>(0));
    const std::int64_t row = find->integer(1);
    const std::int64_t space = find->integer(2);
    const auto circle = static_cast<std::uint32_t>(find->integer(3));
    if (!is_shared(row, space, circle)) continue;
    like.any_had = like.any_had || is_had(row, space, circle);
    if (std::find(like.ids.begin(), like.ids.end(), id) == like.ids.end()) like.ids.push_back(id);
  }
}

bool always(std::int64_t, std::int64_t, std::uint32_t) { return true; }

}  // namespace

Result<StandsIn> Replica::place_of(std::int64_t operation) {
  KIEM_TRY_GET(Statement * find, impl_.db.cached("SELECT c.space, c.circle, c.number, o.id FROM operation o JOIN chain "
                                                 "USING(chain) JOIN circle c USING(circle) WHERE o.operation = ?"));
  find->bind(1, operation);
  KIEM_TRY_GET(const bool found, find->step());
  if (!found) return fail(ErrorCode::record_damaged, Fault::damage, {std::to_string(operation)});
  StandsIn place{find->integer(0), find->integer(1), static_cast<std::uint32_t>(find->integer(2)), {}};
  KIEM_TRY_GET(place.id, find->id<OpId>(3));
  find->reset();
  return place;
}

Result<std::optional<Hash32>> Replica::find_id(const IdBeginning& beginning, const Counts& is_shared) {
  for (const char* const sql : kPlacesLike) {
    KIEM_TRY_GET(const Like like, all_like(impl_.db, sql, beginning, is_shared, always));
    if (like.ids.size() > 1) return std::optional<Hash32>{};
    if (!like.ids.empty()) return std::optional(like.ids.front());
  }
  return std::optional<Hash32>{};
}

Result<bool> Replica::can_tell(const Hash32& id, const Counts& is_shared, const Counts& is_had) {
  for (const char* const sql : kPlacesLike) {
    KIEM_TRY_GET(const Like like, all_like(impl_.db, sql, beginning_of(id), is_shared, is_had));
    if (!like.ids.empty()) return like.ids.size() == 1 && like.ids.front() == id && like.any_had;
  }
  return false;
}

}  // namespace kiem
