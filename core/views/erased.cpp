#include "core/views/erased.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "core/oplog/lost.hpp"
#include "core/schema/first.hpp"

namespace kiem {
namespace {

// An operation's part that holds values of an erased record.
struct PartPlace {
  std::int64_t operation = 0;
  std::uint32_t part = 0;
  auto operator<=>(const PartPlace&) const = default;
};

Result<std::set<std::uint32_t>> known_circles(Connection& db, std::int64_t record) {
  KIEM_TRY_GET(Statement * find, db.cached("SELECT circle FROM erased WHERE record = ?"));
  find->bind(1, record);
  std::set<std::uint32_t> circles;
  while (true) {
    KIEM_TRY_GET(const bool more, find->step());
    if (!more) return circles;
    circles.insert(static_cast<std::uint32_t>(find->integer(0)));
  }
}

Status run_for(Connection& db, const char* sql, std::int64_t record, std::uint32_t circle) {
  KIEM_TRY_GET(Statement * statement, db.cached(sql));
  statement->bind(1, record).bind(2, std::int64_t{circle});
  return statement->run();
}

// Whether every mutation with a value in the part is of a record that is erased in this circle.
Result<bool> can_go(Connection& db, std::int64_t space, std::uint32_t circle, const PartPlace& place, const OpId& id) {
  KIEM_TRY_GET(const Bones bones, bones_of(db, place.operation));
  for (const Mutation& mutation : bones.mutations) {
    if (mutation.part != place.part) continue;
    KIEM_TRY_GET(const auto record, find_record(db, mutation.record.value_or(record_of(id)), space));
    if (!record) return false;
    KIEM_TRY_GET(const bool erased, is_erased(db, *record, circle));
    if (!erased) return false;
  }
  return true;
}

// Those that are here.
Result<std::map<PartPlace, OpId>> parts_in(Connection& db, std::span<const MutationRow> mutations) {
  std::map<PartPlace, OpId> parts;
  for (const MutationRow& mutation : mutations) {
    if (!mutation.part || parts.contains({mutation.operation, *mutation.part})) continue;
    KIEM_TRY_GET(const bool here, has_part(db, mutation.operation, *mutation.part));
    if (here) parts.emplace(PartPlace{mutation.operation, *mutation.part}, mutation.op);
  }
  return parts;
}

std::vector<MutationRow> in_circle(std::span<const MutationRow> mutations, std::uint32_t circle) {
  std::vector<MutationRow> those;
  std::ranges::copy_if(mutations, std::back_inserter(those), [&](const auto& each) { return each.circle == circle; });
  return those;
}

Result<bool> drop_parts(Connection& db, const RecordRow& record, std::span<const MutationRow> mutations,
                        std::uint32_t circle) {
  KIEM_TRY_GET(const auto parts, parts_in(db, in_circle(mutations, circle)));
  bool any = false;
  for (const auto& [place, id] : parts) {
    KIEM_TRY_GET(const bool goes, can_go(db, record.space, circle, place, id));
    if (!goes) continue;
    KIEM_TRY(drop_part(db, place.operation, place.part));
    any = true;
  }
  return any;
}

// What an erase that does not count after all took from here.
Result<bool> ask_again(Connection& db, std::span<const MutationRow> mutations, std::uint32_t circle) {
  std::set<std::int64_t> lacking;
  for (const MutationRow& mutation : mutations) {
    if (!mutation.part || mutation.circle != circle) continue;
    KIEM_TRY_GET(const bool here, has_part(db, mutation.operation, *mutation.part));
    if (!here) lacking.insert(mutation.operation);
  }
  for (const std::int64_t operation : lacking) {
    KIEM_TRY_GET(const auto place, operation_place(db, operation));
    if (!place) continue;
    KIEM_TRY(mark_lost(db, {operation, place->id, place->chain, static_cast<std::int64_t>(place->seq), place->prev}));
  }
  if (!lacking.empty()) KIEM_TRY(ask_everybody_again(db));
  return !lacking.empty();
}

}  // namespace

Result<bool> is_erased(Connection& db, std::int64_t record, std::uint32_t circle) {
  KIEM_TRY_GET(Statement * find, db.cached("SELECT 1 FROM erased WHERE record = ? AND circle = ?"));
  find->bind(1, record).bind(2, std::int64_t{circle});
  KIEM_TRY_GET(const bool found, find->step());
  find->reset();
  return found;
}

Result<bool> has_erased(Connection& db, std::int64_t record) {
  KIEM_TRY_GET(Statement * find, db.cached("SELECT 1 FROM erased WHERE record = ?"));
  find->bind(1, record);
  KIEM_TRY_GET(const bool found, find->step());
  find->reset();
  return found;
}

Result<ErasedFold> fold_erased(Connection& db, const RecordRow& record, std::span<const MutationRow> mutations) {
  std::set<std::uint32_t> circles;
  bool any = false;
  for (const MutationRow& mutation : mutations) {
    if (mutation.kind != static_cast<std::uint32_t>(MutationKind::erase)) continue;
    any = true;
    if (mutation.counts) circles.insert(mutation.circle);
  }
  ErasedFold fold;
  if (!any) return fold;
  KIEM_TRY_GET(const auto known, known_circles(db, record.row));
  for (const std::uint32_t circle : known) {
    if (circles.contains(circle)) continue;
    KIEM_TRY(run_for(db, "DELETE FROM erased WHERE record = ? AND circle = ?", record.row, circle));
    KIEM_TRY_GET(const bool some, ask_again(db, mutations, circle));
    fold.lost = fold.lost || some;
  }
  for (const std::uint32_t circle : circles) {
    if (!known.contains(circle)) {
      KIEM_TRY(run_for(db, "INSERT INTO erased(record, circle) VALUES(?, ?)", record.row, circle));
    }
    KIEM_TRY_GET(const bool some, drop_parts(db, record, mutations, circle));
    fold.dropped = fold.dropped || some;
  }
  return fold;
}

Result<std::uint32_t> kept_parts(Connection& db, std::span<const MutationRow> mutations) {
  KIEM_TRY_GET(const auto parts, parts_in(db, mutations));
  return static_cast<std::uint32_t>(parts.size());
}

}  // namespace kiem
