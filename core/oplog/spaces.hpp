// Spaces, circles, devices and chains as the store numbers them.
//
// Free functions over the writer's connection; rows are only valid in the store they came from. "Absent" is an empty
// optional, never an error. Same thread as the connection.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/store/sqlite.hpp"

namespace kiem {

enum class SpaceKind : std::uint8_t { personal = 0, initiative = 1 };

struct SpaceRow {
  std::int64_t row = 0;
  SpaceId id;
  SpaceKind kind = SpaceKind::initiative;
  bool practice = false;
  std::string name;
};

struct CircleRow {
  std::int64_t row = 0;
  CircleId id;
  std::int64_t space = 0;
  std::uint32_t number = 0;
};

struct DeviceRow {
  std::int64_t row = 0;
  DeviceId id;
  PersonId person;
};

// A space's circles 0 to 4 are H(tag, space, number) (DESIGN D5, FORMAT.md section 2).
[[nodiscard]] CircleId circle_id(const SpaceId& space, std::uint32_t number);

[[nodiscard]] Result<std::optional<SpaceRow>> find_space(Connection& db, const SpaceId& id);
[[nodiscard]] Result<SpaceRow> space_at(Connection& db, std::int64_t row);
[[nodiscard]] Result<std::vector<SpaceRow>> all_spaces(Connection& db);
// Adds the space with its circles 0 to 4. `secret` is the space secret (32 bytes).
[[nodiscard]] Result<SpaceRow> add_space(Connection& db, const SpaceRow& space, ByteView secret);
// The space secret, for derived ids that only members may recompute.
[[nodiscard]] Result<Bytes> space_secret(Connection& db, std::int64_t space);

[[nodiscard]] Result<std::optional<CircleRow>> find_circle(Connection& db, const CircleId& id);
[[nodiscard]] Result<CircleRow> circle_at(Connection& db, std::int64_t row);

[[nodiscard]] Result<std::optional<DeviceRow>> find_device(Connection& db, const DeviceId& id);
[[nodiscard]] Result<DeviceRow> device_at(Connection& db, std::int64_t row);
[[nodiscard]] Result<std::int64_t> intern_device(Connection& db, const DeviceId& id, const PersonId& person);

[[nodiscard]] Result<std::optional<std::int64_t>> find_chain(Connection& db, std::int64_t circle, std::int64_t device);
[[nodiscard]] Result<std::int64_t> intern_chain(Connection& db, std::int64_t circle, std::int64_t device);

// This device's own remarks: keys and the like. Absent names are empty.
[[nodiscard]] Result<std::optional<Bytes>> local_value(Connection& db, std::string_view name);
[[nodiscard]] Status set_local_value(Connection& db, std::string_view name, ByteView value);

}  // namespace kiem
