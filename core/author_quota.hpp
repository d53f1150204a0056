// How much one person may bring into this store by way of other devices: a bucket that holds a lot, so that whoever
// joins gets years of work at once, and that empties slowly, so that nobody fills other people's disks day after day.
//
// A person's *use* goes up by what was taken and down with the days of this laptop's own clock; what would go beyond
// the limits is not taken and may come again later. Nobody's claimed time counts. What waits for an act of membership
// that may never come (parked) has a bound of its own. The use lies in the store (peer_tables.hpp), so that opening it
// anew gives nothing back. Free functions over the writer's connection, inside the caller's transaction.
#pragma once

#include "core/base/env.hpp"
#include "core/store/sqlite.hpp"

namespace kiem {

struct AuthorLimits {
  std::uint64_t operations = 200'000;  // at once
  std::uint64_t bytes = std::uint64_t{256} * 1024 * 1024;
  std::uint64_t operations_a_day = 5'000;  // what of it comes back
  std::uint64_t bytes_a_day = std::uint64_t{16} * 1024 * 1024;
  std::uint64_t parked = 256;  // operations that wait
};

struct AuthorUse {
  std::uint64_t operations = 0, bytes = 0;
  bool operator==(const AuthorUse&) const = default;
};

// What is left of a use after so many milliseconds. A clock that went back gives nothing and takes nothing.
[[nodiscard]] AuthorUse use_after(const AuthorUse& use, std::int64_t passed_ms, const AuthorLimits& limits);

[[nodiscard]] Result<AuthorUse> author_use(Connection& db, const PersonId& person, WallTime now,
                                           const AuthorLimits& limits);
// Adds what was taken of the person's.
[[nodiscard]] Status charge_author(Connection& db, const PersonId& person, const AuthorUse& taken, WallTime now,
                                   const AuthorLimits& limits);
// How many operations of the person's wait, of whichever device.
[[nodiscard]] Result<std::uint64_t> parked_of(Connection& db, const PersonId& person);

}  // namespace kiem
