#include "core/chain_directory.hpp"

#include <algorithm>
#include <set>

#include "core/oplog/lost.hpp"

namespace kiem {
namespace {

Result<std::vector<std::int64_t>> all_rows(Statement& find) {
  std::vector<std::int64_t> all;
  while (true) {
    KIEM_TRY_GET(const bool more, find.step());
    if (!more) return all;
    all.push_back(find.integer(0));
  }
}

struct Place {
  std::int64_t prev = 0;
  Standing standing = Standing::parked;
};
Result<Place> place_of(Connection& db, std::int64_t operation) {
  KIEM_TRY_GET(Statement * find, db.cached("SELECT prev, standing FROM operation WHERE operation = ?"));
  find->bind(1, operation);
  KIEM_TRY_GET(const bool found, find->step());
  if (!found) return Place{};
  const Place place{find->integer(0), static_cast<Standing>(find->integer(1))};
  find->reset();
  return place;
}

}  // namespace

Result<std::optional<std::int64_t>> shown_end(Connection& db, std::int64_t tip, const LeavesOut& leaves_out) {
  KIEM_TRY_GET(Place place, place_of(db, tip));
  const auto counts = [&](std::int64_t row) {
    return place.standing != Standing::parked && !(leaves_out && leaves_out(row));
  };
  if (counts(tip)) return std::optional(tip);
  std::int64_t row = tip;
  while (!counts(row)) {
    row = place.prev;
    if (row == 0) return std::optional<std::int64_t>{};
    KIEM_TRY_GET(place, place_of(db, row));
  }
  KIEM_TRY_GET(Statement * find,
               db.cached("SELECT o.operation FROM operation o JOIN operation p ON p.operation = ?1 WHERE "
                         "o.chain = p.chain AND o.seq = p.seq + 1 AND o.prev = ?1 AND o.standing <> ?2"));
  find->bind(1, row).bind(2, static_cast<std::int64_t>(Standing::parked));
  KIEM_TRY_GET(const auto next, all_rows(*find));
  const bool goes_on =
      std::any_of(next.begin(), next.end(), [&](std::int64_t each) { return !(leaves_out && leaves_out(each)); });
  return goes_on ? std::optional<std::int64_t>{} : std::optional(row);
}

Result<std::vector<std::int64_t>> told_tips(Connection& db, std::int64_t chain) {
  KIEM_TRY_GET(const auto gap, gap_of(db, chain));
  if (gap) return gap->ends;
  return chain_tips(db, chain);
}

void ChainDirectories::forget() {
  spaces_.clear();
  counter_.reset();
}

Result<const ChainDirectory*> ChainDirectories::of(std::int64_t space, std::int64_t counter) {
  const Status brought = bring_up_to(counter);
  if (!brought) forget();
  KIEM_TRY(brought);
  return &spaces_[space];
}

Status ChainDirectories::bring_up_to(std::int64_t counter) {
  KIEM_TRY_GET(const std::uint64_t lost, count_lost(db_));
  if (!counter_ || lost != lost_ || counter < *counter_) {
    lost_ = lost;
    counter_ = counter;
    return read_all();
  }
  if (counter == *counter_) return {};
  KIEM_TRY_GET(Statement * find, db_.cached("SELECT chain FROM operation WHERE operation > ?"));
  find->bind(1, *counter_);
  KIEM_TRY_GET(const auto rows, all_rows(*find));
  counter_ = counter;
  for (const std::int64_t chain : std::set<std::int64_t>(rows.begin(), rows.end())) {
    KIEM_TRY_GET(const bool access, read(chain));
    // It may have let others be shown, of whatever chain.
    if (access) return read_all();
  }
  return {};
}

Status ChainDirectories::read_all() {
  spaces_.clear();
  KIEM_TRY_GET(Statement * find, db_.cached("SELECT DISTINCT chain FROM tip"));
  KIEM_TRY_GET(const auto chains, all_rows(*find));
  for (const std::int64_t chain : chains) {
    KIEM_TRY(read(chain));
  }
  return {};
}

Result<bool> ChainDirectories::read(std::int64_t chain) {
  KIEM_TRY_GET(Statement * find, db_.cached("SELECT c.space, c.number, d.id FROM chain h JOIN circle c USING(circle) "
                                            "JOIN device d USING(device) WHERE h.chain = ?"));
  find->bind(1, chain);
  KIEM_TRY_GET(const bool found, find->step());
  if (!found) return false;
  const std::int64_t space = find->integer(0);
  ChainDirectory::Key key;
  key.first = static_cast<std::uint32_t>(find->integer(1));
  KIEM_TRY_GET(key.second, find->id<DeviceId>(2));
  find->reset();

  DirectoryChain read;
  read.chain = chain;
  KIEM_TRY_GET(const auto last, chain_tips(db_, chain));
  read.forked = last.size() > 1;
  for (const std::int64_t row : last) {
    KIEM_TRY_GET(const auto end, shown_end(db_, row));
    if (!end) continue;
    KIEM_TRY_GET(const auto place, operation_place(db_, *end));
    if (!place) continue;
    read.top = std::max(read.top, static_cast<std::int64_t>(place->seq));
    read.newest = std::max(read.newest, *end);
  }
  KIEM_TRY_GET(const auto told, told_tips(db_, chain));
  for (const std::int64_t row : told) {
    DirectoryChain::Tip tip{row, {}};
    KIEM_TRY_GET(const auto end, shown_end(db_, row));
    if (end) {
      tip.end.emplace().row = *end;
      KIEM_TRY_GET(tip.end->id, operation_id(db_, *end));
    }
    read.tips.push_back(tip);
  }
  spaces_[space].chains_.insert_or_assign(key, std::move(read));
  return key.first == 0;
}

}  // namespace kiem
