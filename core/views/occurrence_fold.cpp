#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

#include "core/schema/first.hpp"
#include "core/views/fold.hpp"
#include "core/views/named_mutations.hpp"

namespace kiem {
namespace {

constexpr auto kOpenCircle = static_cast<std::uint32_t>(CircleNumber::open);

SeatVerdict verdict_of(const MutationRow& mutation) {
  if (mutation.counts) return SeatVerdict::applies;
  return mutation.standing == Standing::set_aside ? SeatVerdict::set_aside : SeatVerdict::no_effect;
}

bool is(const MutationRow& mutation, std::uint32_t collection, MutationKind kind) {
  return mutation.collection == collection && mutation.kind == static_cast<std::uint32_t>(kind) &&
         mutation.circle == kOpenCircle && mutation.standing != Standing::parked;
}

// A row of `claim` as it stands there: which claim it is, and what was last written of its standing.
struct StandingClaim {
  std::int64_t record = 0;
  PrincipalId principal;
  ClaimState state = ClaimState::withdrawn;
  ClaimReason reason = ClaimReason::no_effect;
  std::int64_t position = 0, reason_number = 0, count = 0, confirmed = 0;
  Bytes entered_by;
  bool operator==(const StandingClaim&) const = default;
};

// The counts in a task's row.
struct StandingCounts {
  std::optional<std::int64_t> free;
  std::int64_t confirmed = 0, waiting = 0, provisional = 0, overbooked = 0;
  bool operator==(const StandingCounts&) const = default;
};

// An occurrence with what the tables say of it so far.
struct StandingOccurrence {
  Occurrence occurrence;
  std::map<RecordId, StandingClaim> claims;
  StandingCounts counts;
};

Status load_task(Connection& db, StandingOccurrence& standing) {
  KIEM_TRY_GET(Statement * find, db.cached("SELECT seats, state, free, confirmed, waiting, provisional, overbooked "
                                           "FROM task WHERE record = ?"));
  find->bind(1, standing.occurrence.record.row);
  Occurrence& occurrence = standing.occurrence;
  KIEM_TRY_GET(occurrence.task_here, find->step());
  if (!occurrence.task_here) return {};
  if (!find->is_null(0)) {
    occurrence.seats = static_cast<std::uint32_t>(std::clamp<std::int64_t>(find->integer(0), 0, kMaxHeads));
  }
  occurrence.cancelled = find->integer(1) == task_state::kCancelled;
  StandingCounts& counts = standing.counts;
  if (!find->is_null(2)) counts.free = find->integer(2);
  counts.confirmed = find->integer(3);
  counts.waiting = find->integer(4);
  counts.provisional = find->integer(5);
  counts.overbooked = find->integer(6);
  find->reset();
  return {};
}

Result<std::map<std::int64_t, RecordId>> load_claims(Connection& db, StandingOccurrence& standing) {
  KIEM_TRY_GET(Statement * find, db.cached("SELECT c.record, r.id, c.principal, c.state, c.position, c.reason, "
                                           "c.reason_number, c.count, c.confirmed, c.entered_by FROM claim c "
                                           "JOIN record r USING(record) WHERE c.occurrence = ?"));
  find->bind(1, standing.occurrence.record.row);
  std::map<std::int64_t, RecordId> ids;
  while (true) {
    KIEM_TRY_GET(const bool more, find->step());
    if (!more) return ids;
    StandingClaim claim;
    claim.record = find->integer(0);
    KIEM_TRY_GET(const auto id, find->id<RecordId>(1));
    KIEM_TRY_GET(claim.principal, find->id<PrincipalId>(2));
    claim.state = static_cast<ClaimState>(find->integer(3));
    claim.position = find->integer(4);
    claim.reason = static_cast<ClaimReason>(find->integer(5));
    claim.reason_number = find->integer(6);
    claim.count = find->integer(7);
    claim.confirmed = find->integer(8);
    claim.entered_by = to_bytes(find->blob(9));
    ids.emplace(claim.record, id);
    standing.claims.emplace(id, std::move(claim));
  }
}

// What a mutation of a claim says beside its row: an attempt's total and the attempts it names.
struct ClaimMutation {
  MutationRow row;
  std::uint32_t count = 1;
  std::vector<MutationId> named;
};

Result<std::uint32_t> count_in(const MutationRow& row, const Statement& read, int column) {
  if (read.is_null(column)) return 1U;  // no value, or its part was dropped
  const auto values = decode_part(read.blob(column));
  if (!values) return fail(ErrorCode::record_damaged, Fault::damage, {std::to_string(row.operation)});
  if (row.ordinal >= values->size()) return 1U;
  const auto* number = std::get_if<IntegerValue>(&(*values)[row.ordinal]);
  return number ? static_cast<std::uint32_t>(std::clamp<std::int64_t>(number->number, 1, kMaxHeads)) : 1U;
}

// Of all claims of an occurrence in one read, with the bones and the part of each attempt.
Result<std::vector<ClaimMutation>> load_claim_mutations(Connection& db, std::int64_t occurrence) {
  static const std::string sql = [] {
    std::string text = "SELECT ";
    text.append(kMutationColumns).append(", CASE m.kind WHEN 7 THEN o.bones END, p.bytes FROM claim k ");
    text.append("JOIN mutation m ON m.record = k.record AND m.collection = 4").append(kMutationJoins);
    text.append("LEFT JOIN part p ON m.kind = 7 AND p.operation = m.operation AND p.number = m.part ");
    return text + "WHERE k.occurrence = ?";
  }();
  static_assert(collection::kClaim == 4 && static_cast<int>(MutationKind::attempt) == 7);  // spelled out above
  KIEM_TRY_GET(Statement * find, db.cached(sql));
  find->bind(1, occurrence);
  std::vector<ClaimMutation> all;
  while (true) {
    KIEM_TRY_GET(const bool more, find->step());
    if (!more) return all;
    ClaimMutation each;
    KIEM_TRY_GET(each.row, mutation_row(*find));
    if (is(each.row, collection::kClaim, MutationKind::attempt)) {
      const auto bones = decode_bones(find->blob(14));
      if (!bones || each.row.number >= bones->mutations.size()) {
        return fail(ErrorCode::record_damaged, Fault::damage, {std::to_string(each.row.operation)});
      }
      KIEM_TRY_GET(each.named,
                   named_by(db, each.row.operation, bones->mutations[each.row.number], cite_purpose::kSeenAttempts));
      KIEM_TRY_GET(each.count, count_in(each.row, *find, 15));
    }
    all.push_back(std::move(each));
  }
}

Status load_attempts(Connection& db, StandingOccurrence& standing) {
  KIEM_TRY_GET(const auto ids, load_claims(db, standing));
  if (ids.empty()) return {};
  Occurrence& occurrence = standing.occurrence;
  KIEM_TRY_GET(auto mutations, load_claim_mutations(db, occurrence.record.row));
  std::vector<MutationRow> rows;
  rows.reserve(mutations.size());
  for (auto& each : mutations) rows.push_back(std::move(each.row));
  KIEM_TRY_GET(Statement * edges, db.cached("SELECT e.operation, e.number, e.by_operation, e.by_number FROM claim k "
                                            "JOIN edge e USING(record) WHERE k.occurrence = ?"));
  edges->bind(1, occurrence.record.row);
  // Who may end an attempt: whom it counts for, who entered it, and a coordinator (D6).
  KIEM_TRY(replace_by(rows, *edges, [&](const MutationRow& withdrawal, const MutationRow& attempt) -> Result<bool> {
    return withdrawal.author == attempt.author || withdrawal.role == Role::coordinator ||
           standing.claims.at(ids.at(attempt.record)).principal == principal_of(withdrawal.author);
  }));
  std::vector<std::size_t> order(rows.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::tie(rows[a].op, rows[a].number) < std::tie(rows[b].op, rows[b].number);
  });
  for (const std::size_t i : order) {
    const MutationRow& row = rows[i];
    if (!is(row, collection::kClaim, MutationKind::attempt)) continue;
    ClaimAttempt attempt;
    attempt.id = {row.op, row.number};
    attempt.claim = ids.at(row.record);
    attempt.principal = standing.claims.at(attempt.claim).principal;
    attempt.count = mutations[i].count;
    attempt.named = std::move(mutations[i].named);
    attempt.lowers = row.lowers;
    attempt.verdict = verdict_of(row);
    attempt.withdrawn = row.withdrawn;
    occurrence.attempts.push_back(std::move(attempt));
    occurrence.entered_by.push_back(row.author);
  }
  return {};
}

// A confirmation counts when the task's assigner made it, which is the device that made the task until somebody takes
// over, or a coordinator by hand; who takes over is a coordinator, so both cases are one look at the operation's role.
Status load_confirmations(Connection& db, Occurrence& occurrence) {
  // Most occurrences have none.
  KIEM_TRY_GET(Statement * any, db.cached("SELECT 1 FROM mutation WHERE record = ? AND collection = ? LIMIT 1"));
  any->bind(1, occurrence.record.row).bind(2, std::int64_t{collection::kConfirmation});
  KIEM_TRY_GET(const bool has_some, any->step());
  any->reset();
  if (!has_some) return {};
  KIEM_TRY_GET(const auto mutations, mutations_of(db, occurrence.record));
  const auto made_task = [&](const DeviceId& device) {
    return std::any_of(mutations.begin(), mutations.end(), [&](const MutationRow& row) {
      return row.counts && is(row, collection::kTask, MutationKind::create) && row.device == device;
    });
  };
  Values values(db);
  for (const auto& row : mutations) {
    if (!is(row, collection::kConfirmation, MutationKind::confirm)) continue;
    KIEM_TRY_GET(const Mutation* mutation, values.mutation(row));
    SeatConfirmation confirmation;
    confirmation.id = {row.op, row.number};
    confirmation.verdict = verdict_of(row);
    if (row.role != Role::coordinator && !made_task(row.device)) confirmation.verdict = SeatVerdict::no_effect;
    std::optional<std::uint32_t> heads;
    if (mutation->numbers.size() > kConfirmHeads) {
      heads = static_cast<std::uint32_t>(std::min<std::uint64_t>(mutation->numbers[kConfirmHeads], kMaxHeads));
    }
    KIEM_TRY_GET(const auto placed, named_by(db, row.operation, *mutation, cite_purpose::kPlacedAttempts));
    for (const auto& attempt : placed) confirmation.attempts.push_back({attempt, heads});
    occurrence.confirmations.push_back(std::move(confirmation));
  }
  return {};
}

Status write_claim(Connection& db, const StandingOccurrence& known, const ClaimStanding& standing) {
  const Occurrence& occurrence = known.occurrence;
  const auto found = known.claims.find(standing.claim);
  if (found == known.claims.end()) return {};
  StandingClaim next = found->second;
  next.state = standing.state;
  next.position = standing.position;
  next.reason = standing.reason;
  next.reason_number = occurrence.seats.value_or(0);
  next.count = standing.wanted_count;
  next.confirmed = standing.confirmed_count;
  next.entered_by.clear();
  for (std::size_t i = 0; i < occurrence.attempts.size(); ++i) {
    // The latest attempt in the order of ids speaks for the claim; the order is the same on every device.
    if (occurrence.attempts[i].claim == standing.claim &&
        principal_of(occurrence.entered_by[i]) != standing.principal) {
      next.entered_by = to_bytes(view(occurrence.entered_by[i]));
    }
  }
  if (next == found->second) return {};
  KIEM_TRY_GET(Statement * put,
               db.cached("UPDATE claim SET state = ?, position = ?, reason = ?, reason_number = ?, count = ?, "
                         "confirmed = ?, entered_by = ? WHERE record = ?"));
  put->bind(1, static_cast<std::int64_t>(next.state)).bind(2, next.position);
  put->bind(3, static_cast<std::int64_t>(next.reason)).bind(4, next.reason_number);
  put->bind(5, next.count).bind(6, next.confirmed).bind(7, ByteView(next.entered_by)).bind(8, next.record);
  return put->run();
}

Status write_counts(Connection& db, const StandingOccurrence& known, const SeatsFold& fold) {
  if (!known.occurrence.task_here) return {};
  StandingCounts next;
  for (const auto& claim : fold.claims) {
    next.waiting += claim.waiting_count;
    next.provisional += claim.placed_count;
  }
  if (fold.open_seats) next.free = std::int64_t{*fold.open_seats};
  next.confirmed = static_cast<std::int64_t>(fold.confirmed_total);
  next.overbooked = std::int64_t{fold.overbooked};
  if (next == known.counts) return {};
  KIEM_TRY_GET(Statement * put, db.cached("UPDATE task SET free = ?, confirmed = ?, waiting = ?, provisional = ?, "
                                          "overbooked = ? WHERE record = ?"));
  put->bind_optional(1, next.free).bind(2, next.confirmed).bind(3, next.waiting).bind(4, next.provisional);
  put->bind(5, next.overbooked).bind(6, known.occurrence.record.row);
  return put->run();
}

Result<StandingOccurrence> load_standing(Connection& db, std::int64_t record) {
  StandingOccurrence standing;
  KIEM_TRY_GET(standing.occurrence.record, record_at(db, record));
  KIEM_TRY(load_task(db, standing));
  KIEM_TRY(load_attempts(db, standing));
  KIEM_TRY(load_confirmations(db, standing.occurrence));
  return standing;
}

}  // namespace

SeatsFold Occurrence::fold() const {
  SeatsInput input;
  input.occurrence = record.id;
  // Without its task nobody knows how many seats there are: none is promised until it comes.
  input.seats = task_here ? seats : std::optional<std::uint32_t>(0);
  input.cancelled = cancelled;
  input.attempts = attempts;
  input.confirmations = confirmations;
  return fold_seats(input);
}

Result<Occurrence> load_occurrence(Connection& db, std::int64_t record) {
  KIEM_TRY_GET(StandingOccurrence standing, load_standing(db, record));
  return std::move(standing.occurrence);
}

Status fold_occurrence(Connection& db, std::int64_t record) {
  KIEM_TRY_GET(const StandingOccurrence standing, load_standing(db, record));
  const SeatsFold fold = standing.occurrence.fold();
  for (const auto& claim : fold.claims) KIEM_TRY(write_claim(db, standing, claim));
  return write_counts(db, standing, fold);
}

}  // namespace kiem
