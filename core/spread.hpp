// How far something has come, as far as this store knows: a device has what it was given, and it was given all that
// lies below the counter that it acknowledged of each circle (core/replica.hpp). What others passed on among themselves
// is not known here, so it is never told too wide.
//
// Borrows the connection, on its thread. Failures are the store's.
#pragma once

#include "core/access/membership.hpp"
#include "core/oplog/spaces.hpp"
#include "core/store/sqlite.hpp"
#include "core/views/models.hpp"

namespace kiem {

// Of the last operation that `person` wrote about the record. Nothing when there is none. `own`: this device.
[[nodiscard]] Result<std::optional<Spread>> spread_of(Connection& db, const SpaceRow& space,
                                                      const Membership& membership, const DeviceId& own,
                                                      const PersonId& person, const RecordId& record);

// Operations of the space that the device may have and was not given yet, its own ones left out; counted up to
// InitiativeRow::Meeting::kMostLacking.
[[nodiscard]] Result<std::uint32_t> lacking(Connection& db, const SpaceRow& space, const DeviceId& device);

}  // namespace kiem
