#include "core/spread.hpp"

#include <algorithm>
#include <set>

namespace kiem {
namespace {

struct Written {
  std::int64_t operation = 0;
  std::int64_t circle = 0;
  std::uint32_t number = 0;  // of the circle
};

Result<std::optional<Written>> last_written(Connection& db, const SpaceRow& space, const PersonId& person,
                                            const RecordId& record) {
  KIEM_TRY_GET(Statement * find,
               db.cached("SELECT o.operation, c.circle, c.number FROM mutation m JOIN record r USING(record) "
                         "JOIN operation o USING(operation) JOIN chain h USING(chain) JOIN circle c USING(circle) "
                         "JOIN device d USING(device) WHERE r.id = ?1 AND r.space = ?2 AND d.person = ?3 "
                         "ORDER BY o.operation DESC LIMIT 1"));
  find->bind(1, record).bind(2, space.row).bind(3, person);
  KIEM_TRY_GET(const bool found, find->step());
  std::optional<Written> written;
  if (found) written = Written{find->integer(0), find->integer(1), static_cast<std::uint32_t>(find->integer(2))};
  find->reset();
  return written;
}

Result<std::set<DeviceId>> given_to(Connection& db, const Written& written) {
  KIEM_TRY_GET(Statement * find, db.cached("SELECT device FROM peer_circle WHERE circle = ? AND given >= ?"));
  find->bind(1, written.circle).bind(2, written.operation);
  std::set<DeviceId> devices;
  while (true) {
    KIEM_TRY_GET(const bool more, find->step());
    if (!more) return devices;
    KIEM_TRY_GET(const DeviceId device, find->id<DeviceId>(0));
    devices.insert(device);
  }
}

}  // namespace

Result<std::optional<Spread>> spread_of(Connection& db, const SpaceRow& space, const Membership& membership,
                                        const DeviceId& own, const PersonId& person, const RecordId& record) {
  KIEM_TRY_GET(const auto written, last_written(db, space, person, record));
  if (!written) return std::optional<Spread>{};
  KIEM_TRY_GET(const auto devices, given_to(db, *written));
  Spread spread;
  const MembershipState state = membership.state();
  for (const auto& each : state.persons) {
    if (!each.belongs()) continue;
    for (const auto& device : each.devices) {
      if (!device.works || device.device == own) continue;
      const auto circles = membership.circles_of(device.device);
      const bool reads = std::any_of(circles.begin(), circles.end(), [&](const auto circle) {
        return static_cast<std::uint32_t>(circle) == written->number;
      });
      if (!reads) continue;
      ++spread.of;
      if (devices.contains(device.device)) ++spread.on;
    }
  }
  return std::optional(spread);
}

Result<std::uint32_t> lacking(Connection& db, const SpaceRow& space, const DeviceId& device) {
  // From the lowest counter on, so that a device that is up to date costs next to nothing.
  KIEM_TRY_GET(
      Statement * count,
      db.cached("SELECT count(*) FROM (SELECT 1 FROM operation o CROSS JOIN chain h USING(chain) JOIN circle c "
                "USING(circle) JOIN device d USING(device) JOIN peer_circle p ON p.circle = c.circle AND p.device = ?1 "
                "WHERE o.operation > (SELECT min(q.given) FROM peer_circle q JOIN circle USING(circle) "
                "WHERE q.device = ?1 AND space = ?2) AND o.operation > p.given AND c.space = ?2 AND d.id <> ?1 "
                "LIMIT ?3)"));
  count->bind(1, device).bind(2, space.row).bind(3, std::int64_t{InitiativeRow::Meeting::kMostLacking});
  KIEM_TRY_GET(const bool counted, count->step());
  const std::int64_t found = counted ? count->integer(0) : 0;
  count->reset();
  return static_cast<std::uint32_t>(found);
}

}  // namespace kiem
