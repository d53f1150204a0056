#include "core/author_quota.hpp"

#include <algorithm>

#include "core/oplog/standing.hpp"

namespace kiem {
namespace {

constexpr std::int64_t kDayMs = 24LL * 3600 * 1000;

std::uint64_t less(std::uint64_t used, std::uint64_t a_day, std::int64_t passed_ms) {
  // In whole days and what is left of one, so that no product leaves its type.
  const auto days = static_cast<std::uint64_t>(passed_ms / kDayMs);
  const auto rest = static_cast<std::uint64_t>(passed_ms % kDayMs);
  if (a_day > 0 && days > used / a_day) return 0;
  const std::uint64_t back = days * a_day + a_day * rest / static_cast<std::uint64_t>(kDayMs);
  return used - std::min(used, back);
}

}  // namespace

AuthorUse use_after(const AuthorUse& use, std::int64_t passed_ms, const AuthorLimits& limits) {
  if (passed_ms <= 0) return use;
  return {less(use.operations, limits.operations_a_day, passed_ms), less(use.bytes, limits.bytes_a_day, passed_ms)};
}

Result<AuthorUse> author_use(Connection& db, const PersonId& person, WallTime now, const AuthorLimits& limits) {
  KIEM_TRY_GET(Statement * find, db.cached("SELECT operations, bytes, counted FROM author_quota WHERE person = ?"));
  find->bind(1, person);
  KIEM_TRY_GET(const bool found, find->step());
  if (!found) return AuthorUse{};
  const AuthorUse use{static_cast<std::uint64_t>(find->integer(0)), static_cast<std::uint64_t>(find->integer(1))};
  const std::int64_t counted = find->integer(2);
  find->reset();
  return use_after(use, now.ms - counted, limits);
}

Status charge_author(Connection& db, const PersonId& person, const AuthorUse& taken, WallTime now,
                     const AuthorLimits& limits) {
  KIEM_TRY_GET(const AuthorUse before, author_use(db, person, now, limits));
  KIEM_TRY_GET(Statement * put, db.cached("INSERT OR REPLACE INTO author_quota(person, operations, bytes, counted) "
                                          "VALUES(?, ?, ?, ?)"));
  put->bind(1, person).bind(2, static_cast<std::int64_t>(before.operations + taken.operations));
  put->bind(3, static_cast<std::int64_t>(before.bytes + taken.bytes)).bind(4, now.ms);
  return put->run();
}

Result<std::uint64_t> parked_of(Connection& db, const PersonId& person) {
  static_assert(static_cast<int>(Standing::parked) == 5);  // spelled out for the index of those that are
  KIEM_TRY_GET(Statement * count, db.cached("SELECT count(*) FROM operation o INDEXED BY operation_parked JOIN chain "
                                            "USING(chain) JOIN device d USING(device) WHERE o.standing = 5 AND "
                                            "d.person = ?"));
  count->bind(1, person);
  KIEM_TRY_GET(const bool counted, count->step());
  const auto number = counted ? static_cast<std::uint64_t>(count->integer(0)) : 0;
  count->reset();
  return number;
}

}  // namespace kiem
