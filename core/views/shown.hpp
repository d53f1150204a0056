// From a stored mutation to what a reader sees of it; shared by the queries of this folder.
#pragma once

#include "core/oplog/op_store.hpp"

namespace kiem {

// The value of one mutation of an operation; nothing when it has none or its part was dropped.
[[nodiscard]] Result<std::optional<Value>> value_in(Connection& db, const StoredOperation& operation,
                                                    std::uint32_t number);

// ISO 8601: "2027-04-17" and "18:30".
[[nodiscard]] std::string iso_date(std::int32_t days_since_1970);
[[nodiscard]] std::string iso_time(std::uint16_t minutes);
// "2:30"
[[nodiscard]] std::string hours_and_minutes(std::uint32_t minutes);

}  // namespace kiem
