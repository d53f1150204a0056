#include "core/oplog/spaces.hpp"

#include "core/crypto/hash.hpp"
#include "core/schema/circles.hpp"

namespace kiem {
namespace {

constexpr std::string_view kTagCircle = "kiem.circle.0";

Result<SpaceRow> read_space(const Statement& row) {
  SpaceRow space;
  space.row = row.integer(0);
  KIEM_TRY_GET(space.id, row.id<SpaceId>(1));
  space.kind = row.integer(2) == 0 ? SpaceKind::personal : SpaceKind::initiative;
  space.practice = row.integer(3) != 0;
  space.name = std::string(row.text(4));
  return space;
}

Result<CircleRow> read_circle(const Statement& row) {
  CircleRow circle;
  circle.row = row.integer(0);
  KIEM_TRY_GET(circle.id, row.id<CircleId>(1));
  circle.space = row.integer(2);
  circle.number = static_cast<std::uint32_t>(row.integer(3));
  return circle;
}

Result<DeviceRow> read_device(const Statement& row) {
  DeviceRow device;
  device.row = row.integer(0);
  KIEM_TRY_GET(device.id, row.id<DeviceId>(1));
  KIEM_TRY_GET(device.person, row.id<PersonId>(2));
  return device;
}

// One row or none of `find`, read by `read`.
template <class Row>
Result<std::optional<Row>> one(Statement& find, Result<Row> (*read)(const Statement&)) {
  KIEM_TRY_GET(const bool found, find.step());
  if (!found) return std::optional<Row>{};
  KIEM_TRY_GET(Row row, read(find));
  find.reset();
  return std::optional<Row>(std::move(row));
}

// A row that another row of ours points to; its absence is damage, since nothing ever deletes one.
template <class Row>
Result<Row> needed(Result<std::optional<Row>> found) {
  if (!found) return tl::unexpected<Error>(found.error());
  if (!*found) return fail(ErrorCode::record_damaged, Fault::damage, {"row"});
  return std::move(**found);
}

}  // namespace

CircleId circle_id(const SpaceId& space, std::uint32_t number) {
  return id_of<CircleId>(kTagCircle, {view(space), le32(number)});
}

Result<std::optional<SpaceRow>> find_space(Connection& db, const SpaceId& id) {
  KIEM_TRY_GET(Statement * find, db.cached("SELECT space, id, kind, practice, name FROM space WHERE id = ?"));
  find->bind(1, id);
  return one<SpaceRow>(*find, read_space);
}

Result<SpaceRow> space_at(Connection& db, std::int64_t row) {
  KIEM_TRY_GET(Statement * find, db.cached("SELECT space, id, kind, practice, name FROM space WHERE space = ?"));
  find->bind(1, row);
  return needed(one<SpaceRow>(*find, read_space));
}

Result<std::vector<SpaceRow>> all_spaces(Connection& db) {
  KIEM_TRY_GET(Statement * scan, db.cached("SELECT space, id, kind, practice, name FROM space ORDER BY space"));
  std::vector<SpaceRow> spaces;
  while (true) {
    KIEM_TRY_GET(const bool more, scan->step());
    if (!more) return spaces;
    KIEM_TRY_GET(SpaceRow space, read_space(*scan));
    spaces.push_back(std::move(space));
  }
}

Result<SpaceRow> add_space(Connection& db, const SpaceRow& space, ByteView secret) {
  KIEM_TRY_GET(Statement * add, db.cached("INSERT INTO space(id, kind, practice, name, secret) VALUES(?, ?, ?, ?, ?)"));
  add->bind(1, space.id).bind(2, static_cast<std::int64_t>(space.kind)).bind(3, std::int64_t{space.practice});
  add->bind(4, std::string_view(space.name)).bind(5, secret);
  KIEM_TRY(add->run());
  SpaceRow added = space;
  added.row = db.last_insert_rowid();
  for (std::uint32_t number = 0; number < kCircles; ++number) {
    KIEM_TRY_GET(Statement * add_circle, db.cached("INSERT INTO circle(id, space, number) VALUES(?, ?, ?)"));
    add_circle->bind(1, circle_id(space.id, number)).bind(2, added.row).bind(3, std::int64_t{number});
    KIEM_TRY(add_circle->run());
  }
  return added;
}

Result<Bytes> space_secret(Connection& db, std::int64_t space) {
  KIEM_TRY_GET(Statement * find, db.cached("SELECT secret FROM space WHERE space = ?"));
  find->bind(1, space);
  KIEM_TRY_GET(const bool found, find->step());
  if (!found) return fail(ErrorCode::record_damaged, Fault::damage, {"row"});
  Bytes secret = to_bytes(find->blob(0));
  find->reset();
  return secret;
}

Result<std::optional<CircleRow>> find_circle(Connection& db, const CircleId& id) {
  KIEM_TRY_GET(Statement * find, db.cached("SELECT circle, id, space, number FROM circle WHERE id = ?"));
  find->bind(1, id);
  return one<CircleRow>(*find, read_circle);
}

Result<CircleRow> circle_at(Connection& db, std::int64_t row) {
  KIEM_TRY_GET(Statement * find, db.cached("SELECT circle, id, space, number FROM circle WHERE circle = ?"));
  find->bind(1, row);
  return needed(one<CircleRow>(*find, read_circle));
}

Result<std::optional<DeviceRow>> find_device(Connection& db, const DeviceId& id) {
  KIEM_TRY_GET(Statement * find, db.cached("SELECT device, id, person FROM device WHERE id = ?"));
  find->bind(1, id);
  return one<DeviceRow>(*find, read_device);
}

Result<DeviceRow> device_at(Connection& db, std::int64_t row) {
  KIEM_TRY_GET(Statement * find, db.cached("SELECT device, id, person FROM device WHERE device = ?"));
  find->bind(1, row);
  return needed(one<DeviceRow>(*find, read_device));
}

Result<std::int64_t> intern_device(Connection& db, const DeviceId& id, const PersonId& person) {
  KIEM_TRY_GET(const auto known, find_device(db, id));
  if (known) return known->row;
  KIEM_TRY_GET(Statement * add, db.cached("INSERT INTO device(id, person) VALUES(?, ?)"));
  add->bind(1, id).bind(2, person);
  KIEM_TRY(add->run());
  return db.last_insert_rowid();
}

Result<std::optional<std::int64_t>> find_chain(Connection& db, std::int64_t circle, std::int64_t device) {
  KIEM_TRY_GET(Statement * find, db.cached("SELECT chain FROM chain WHERE circle = ? AND device = ?"));
  find->bind(1, circle).bind(2, device);
  KIEM_TRY_GET(const bool found, find->step());
  if (!found) return std::optional<std::int64_t>{};
  const std::int64_t row = find->integer(0);
  find->reset();
  return std::optional<std::int64_t>(row);
}

Result<std::int64_t> intern_chain(Connection& db, std::int64_t circle, std::int64_t device) {
  KIEM_TRY_GET(const auto known, find_chain(db, circle, device));
  if (known) return *known;
  KIEM_TRY_GET(Statement * add, db.cached("INSERT INTO chain(circle, device) VALUES(?, ?)"));
  add->bind(1, circle).bind(2, device);
  KIEM_TRY(add->run());
  return db.last_insert_rowid();
}

Result<std::optional<Bytes>> local_value(Connection& db, std::string_view name) {
  KIEM_TRY_GET(Statement * find, db.cached("SELECT value FROM local WHERE name = ?"));
  find->bind(1, name);
  KIEM_TRY_GET(const bool found, find->step());
  if (!found) return std::optional<Bytes>{};
  Bytes value = to_bytes(find->blob(0));
  find->reset();
  return std::optional<Bytes>(std::move(value));
}

Status set_local_value(Connection& db, std::string_view name, ByteView value) {
  KIEM_TRY_GET(Statement * put, db.cached("INSERT INTO local(name, value) VALUES(?, ?) "
                                          "ON CONFLICT(name) DO UPDATE SET value = excluded.value"));
  put->bind(1, name).bind(2, value);
  return put->run();
}

}  // namespace kiem
