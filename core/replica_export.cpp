// What leaves the store: runs of chains and the segments made of them.
#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "core/community.hpp"
#include "core/oplog/lost.hpp"
#include "core/replica.hpp"

namespace kiem {
namespace {

// How many of a run's last operations tell whether it is urgent.
constexpr std::size_t kLooksAt = 16;
// What an operation takes in a segment beside bones and parts, and no more than that.
constexpr std::size_t kEntryBytes = 24;

struct ChainRow {
  std::int64_t row = 0;
  std::int64_t prev = 0;
  bool parked = false;
};

// Up to the first gap of the chain, where it has one: what comes after that nobody could take.
Result<std::vector<ChainRow>> rows_of_chain(Connection& db, std::int64_t chain, std::int64_t above_seq) {
  KIEM_TRY_GET(const auto gap, gap_of(db, chain));
  KIEM_TRY_GET(Statement * find, db.cached("SELECT operation, prev, standing FROM operation WHERE chain = ? AND "
                                           "seq > ? AND seq < ? ORDER BY seq, operation"));
  find->bind(1, chain).bind(2, above_seq);
  find->bind(3, gap ? gap->seq : std::numeric_limits<std::int64_t>::max());
  std::vector<ChainRow> rows;
  while (true) {
    KIEM_TRY_GET(const bool more, find->step());
    if (!more) return rows;
    rows.push_back({find->integer(0), find->integer(1), static_cast<Standing>(find->integer(2)) == Standing::parked});
  }
}

Result<std::int64_t> seq_of(Connection& db, std::int64_t operation) {
  KIEM_TRY_GET(Statement * find, db.cached("SELECT seq FROM operation WHERE operation = ?"));
  find->bind(1, operation);
  KIEM_TRY_GET(const bool found, find->step());
  if (!found) return -1;
  const std::int64_t seq = find->integer(0);
  find->reset();
  return seq;
}

Result<std::uint32_t> circle_of_chain(Connection& db, std::int64_t chain) {
  KIEM_TRY_GET(Statement * find, db.cached("SELECT number FROM chain JOIN circle USING(circle) WHERE chain = ?"));
  find->bind(1, chain);
  KIEM_TRY_GET(const bool found, find->step());
  if (!found) return fail(ErrorCode::record_damaged, Fault::damage, {"chain"});
  const auto number = static_cast<std::uint32_t>(find->integer(0));
  find->reset();
  return number;
}

// Puts rows that continue each other into runs; a fork begins a run of its own.
class Joined {
 public:
  void add(std::int64_t row, std::int64_t prev, std::uint32_t circle) {
    const auto before = ends_.find(prev);
    if (before == ends_.end()) {
      ends_[row] = runs_.size();
      runs_.push_back({circle, false, {row}});
      return;
    }
    const std::size_t run = before->second;
    ends_.erase(before);
    runs_[run].rows.push_back(row);
    ends_[row] = run;
  }
  [[nodiscard]] std::vector<ChainRun> take() { return std::move(runs_); }

 private:
  std::vector<ChainRun> runs_;
  std::map<std::int64_t, std::size_t> ends_;
};

Status look_for_urgent(Connection& db, std::vector<ChainRun>& runs) {
  for (auto& run : runs) {
    const std::size_t first = run.rows.size() - std::min(run.rows.size(), kLooksAt);
    for (std::size_t i = first; i < run.rows.size() && !run.urgent; ++i) {
      KIEM_TRY_GET(const StoredOperation operation, load_operation(db, run.rows[i]));
      run.urgent = operation.header.op_class == OpClass::urgent;
    }
  }
  return {};
}

}  // namespace

Result<std::vector<ChainRun>> Replica::runs_after(std::int64_t chain, std::span<const std::int64_t> known) {
  KIEM_TRY_GET(const auto tips, chain_tips(impl_.db, chain));
  const bool forked = tips.size() > 1;
  std::int64_t above = -1;
  if (!forked) {
    for (const std::int64_t row : known) {
      KIEM_TRY_GET(const std::int64_t seq, seq_of(impl_.db, row));
      above = std::max(above, seq);
    }
  }
  return runs_among(chain, above, known, forked);
}

Result<std::vector<ChainRun>> Replica::runs_from(std::int64_t chain, std::int64_t first) {
  return runs_among(chain, first - 1, {}, false);
}

Result<std::vector<ChainRun>> Replica::runs_among(std::int64_t chain, std::int64_t above_seq,
                                                  std::span<const std::int64_t> known, bool forked) {
  KIEM_TRY_GET(const std::uint32_t circle, circle_of_chain(impl_.db, chain));
  KIEM_TRY_GET(const auto rows, rows_of_chain(impl_.db, chain, above_seq));

  std::set<std::int64_t> left_out;
  if (forked) {
    // After a fork only prev tells what a known operation has in its past.
    std::map<std::int64_t, std::int64_t> prev;
    for (const auto& row : rows) prev[row.row] = row.prev;
    for (std::int64_t row : known) {
      for (; row != 0 && left_out.insert(row).second; row = prev[row]) continue;
    }
  }
  Joined joined;
  std::set<std::int64_t> behind_parked;
  for (const auto& row : rows) {
    if (left_out.contains(row.row)) continue;
    if (row.parked || behind_parked.contains(row.prev)) {
      behind_parked.insert(row.row);
      continue;
    }
    joined.add(row.row, row.prev, circle);
  }
  auto runs = joined.take();
  KIEM_TRY(look_for_urgent(impl_.db, runs));
  return runs;
}

Result<std::vector<ChainRun>> Replica::runs_since(const SpaceRow& space, CircleSet circles, std::int64_t after,
                                                  const std::function<bool(std::int64_t)>& skips) {
  KIEM_TRY_GET(
      Statement * find,
      impl_.db.cached("SELECT o.operation, o.prev, c.number, o.standing FROM operation o JOIN chain USING(chain) "
                      "JOIN circle c USING(circle) WHERE o.operation > ? AND c.space = ? "
                      "AND NOT EXISTS (SELECT 1 FROM lost l WHERE l.chain = o.chain AND l.seq < o.seq) "
                      "ORDER BY o.operation"));
  find->bind(1, after).bind(2, space.row);
  Joined access, data;
  while (true) {
    KIEM_TRY_GET(const bool more, find->step());
    if (!more) break;
    const auto circle = static_cast<std::uint32_t>(find->integer(2));
    const bool is_parked = static_cast<Standing>(find->integer(3)) == Standing::parked;
    if (!circles.has(circle) || is_parked || skips(find->integer(0))) continue;
    (circle == 0 ? access : data).add(find->integer(0), find->integer(1), circle);
  }
  auto runs = in_order_of_arrival(access.take());
  auto rest = data.take();
  KIEM_TRY(look_for_urgent(impl_.db, rest));
  std::stable_partition(rest.begin(), rest.end(), [](const ChainRun& run) { return run.urgent; });
  std::move(rest.begin(), rest.end(), std::back_inserter(runs));
  return runs;
}

std::vector<ChainRun> Replica::in_order_of_arrival(const std::vector<ChainRun>& runs) {
  struct Step {
    std::int64_t row;
    std::size_t run;
  };
  std::vector<Step> steps;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    for (const std::int64_t row : runs[i].rows) steps.push_back({row, i});
  }
  std::sort(steps.begin(), steps.end(), [](const Step& a, const Step& b) { return a.row < b.row; });
  std::vector<ChainRun> ordered;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (i > 0 && steps[i].run == steps[i - 1].run) {
      ordered.back().rows.push_back(steps[i].row);
    } else {
      ordered.push_back({runs[steps[i].run].circle, runs[steps[i].run].urgent, {steps[i].row}});
    }
  }
  return ordered;
}

Result<ExportedRun> Replica::export_run(std::span<const std::int64_t> rows, const PeerDevice& peer,
                                        std::size_t max_bytes, bool may_exceed) {
  KIEM_TRY_GET(const Snapshot snapshot, Snapshot::begin(impl_.db));
  KIEM_TRY_GET(const std::size_t may, how_many_may_go(rows, peer));
  std::size_t bytes = 0;
  std::size_t count = 0;
  bool is_signed = false;
  const auto goes_on = [&](const ExportedOperation& operation) {
    is_signed = is_signed || operation.bytes.signature.has_value();
    bytes += kEntryBytes;
    for (const auto& part : operation.bytes.parts) bytes += part ? part->size() : 0;
    ++count;
    return count < kMaxSegmentOperations && bytes <= kMaxSegmentBytes && (bytes <= max_bytes || !is_signed);
  };
  KIEM_TRY_GET(const auto run, export_operations(impl_.db, rows.first(may), goes_on));
  FilledSegment filled = fill_segment(run, max_bytes);
  if (filled.count == 0 && may_exceed) filled = fill_segment(run);
  ExportedRun exported{std::move(filled.segment), filled.count, {}, {}};
  if (filled.count == 0) return exported;
  KIEM_TRY_GET(const PersonId author, author_of(rows.front()));
  exported.ids.reserve(filled.count);
  for (const auto& each : std::span(run).first(filled.count)) {
    exported.ids.push_back(op_id(each.bytes.header));
    add_claims(each.bones, author, exported.claims);
  }
  return exported;
}

Result<PersonId> Replica::author_of(std::int64_t row) {
  KIEM_TRY_GET(Statement * find,
               impl_.db.cached("SELECT d.person FROM operation o JOIN chain USING(chain) JOIN device d "
                               "USING(device) WHERE o.operation = ?"));
  find->bind(1, row);
  KIEM_TRY_GET(const bool found, find->step());
  if (!found) return fail(ErrorCode::record_damaged, Fault::damage, {std::to_string(row)});
  KIEM_TRY_GET(const auto person, find->id<PersonId>(0));
  find->reset();
  return person;
}

// may_send() for the beginning of a run: all its rows are of one chain, so that only whether each is parked differs.
Result<std::size_t> Replica::how_many_may_go(std::span<const std::int64_t> rows, const PeerDevice& peer) {
  if (rows.empty()) return std::size_t{0};
  KIEM_TRY_GET(const bool first_may, may_send(rows.front(), peer));
  if (!first_may) return std::size_t{0};
  // In one read, of which nearly always each row is the next of the run; a fork's other branch lies between them.
  KIEM_TRY_GET(Statement * find,
               impl_.db.cached("SELECT o.operation FROM operation f CROSS JOIN operation o INDEXED BY "
                               "operation_by_chain ON o.chain = f.chain AND o.seq > f.seq "
                               "WHERE f.operation = ? AND o.standing <> ? ORDER BY o.seq"));
  find->bind(1, rows.front()).bind(2, static_cast<std::int64_t>(Standing::parked));
  const std::size_t most = std::min(rows.size(), kMaxSegmentOperations);
  std::set<std::int64_t> beside;  // read, and not the next one yet: of the same seq as the next, or of none of ours
  std::size_t may = 1;
  while (may < most) {
    if (beside.erase(rows[may]) > 0) {
      ++may;
      continue;
    }
    KIEM_TRY_GET(const bool more, find->step());
    if (!more) break;
    if (find->integer(0) == rows[may]) {
      ++may;
    } else {
      beside.insert(find->integer(0));
    }
  }
  find->reset();
  return may;
}

}  // namespace kiem
