#include <algorithm>

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

Status load_attempts(Connection& db, const RecordRow& claim, const PrincipalId& principal, Occurrence& occurrence) {
  KIEM_TRY_GET(const auto mutations, mutations_of(db, claim));
  Values values(db);
  for (const auto& row : mutations) {
    if (!is(row, collection::kClaim, MutationKind::attempt)) continue;
    KIEM_TRY_GET(const Mutation mutation, mutation_at(db, row));
    ClaimAttempt attempt;
    attempt.id = {row.op, row.number};
    attempt.claim = claim.id;
    attempt.principal = principal;
    KIEM_TRY_GET(const auto count, values.of(row));
    const auto* number = count ? std::get_if<IntegerValue>(&*count) : nullptr;
    attempt.count = number ? static_cast<std::uint32_t>(std::clamp<std::int64_t>(number->number, 1, kMaxHeads)) : 1;
    KIEM_TRY_GET(attempt.named, named_by(db, row.operation, mutation, cite_purpose::kSeenAttempts));
    attempt.lowers = row.lowers;
    attempt.verdict = verdict_of(row);
    attempt.withdrawn = row.withdrawn;
    occurrence.attempts.push_back(std::move(attempt));
    occurrence.entered_by.push_back(row.author);
  }
  return {};
}

Status load_claims(Connection& db, Occurrence& occurrence) {
  struct Claim {
    std::int64_t record;
    PrincipalId principal;
  };
  std::vector<Claim> claims;
  KIEM_TRY_GET(Statement * find, db.cached("SELECT record, principal FROM claim WHERE occurrence = ?"));
  find->bind(1, occurrence.record.row);
  while (true) {
    KIEM_TRY_GET(const bool more, find->step());
    if (!more) break;
    KIEM_TRY_GET(const auto principal, find->id<PrincipalId>(1));
    claims.push_back({find->integer(0), principal});
  }
  for (const auto& claim : claims) {
    KIEM_TRY_GET(const RecordRow record, record_at(db, claim.record));
    KIEM_TRY(load_attempts(db, record, claim.principal, occurrence));
  }
  return {};
}

// A confirmation counts when the task's assigner made it, which is the device that made the task until somebody takes
// over, or a coordinator by hand; who takes over is a coordinator, so both cases are one look at the operation's role.
Status load_confirmations(Connection& db, Occurrence& occurrence) {
  KIEM_TRY_GET(const auto mutations, mutations_of(db, occurrence.record));
  const auto made_task = [&](const DeviceId& device) {
    return std::any_of(mutations.begin(), mutations.end(), [&](const MutationRow& row) {
      return row.counts && is(row, collection::kTask, MutationKind::create) && row.device == device;
    });
  };
  for (const auto& row : mutations) {
    if (!is(row, collection::kConfirmation, MutationKind::confirm)) continue;
    KIEM_TRY_GET(const Mutation mutation, mutation_at(db, row));
    SeatConfirmation confirmation;
    confirmation.id = {row.op, row.number};
    confirmation.verdict = verdict_of(row);
    if (row.role != Role::coordinator && !made_task(row.device)) confirmation.verdict = SeatVerdict::no_effect;
    std::optional<std::uint32_t> heads;
    if (mutation.numbers.size() > kConfirmHeads) {
      heads = static_cast<std::uint32_t>(std::min<std::uint64_t>(mutation.numbers[kConfirmHeads], kMaxHeads));
    }
    KIEM_TRY_GET(const auto placed, named_by(db, row.operation, mutation, cite_purpose::kPlacedAttempts));
    for (const auto& attempt : placed) confirmation.attempts.push_back({attempt, heads});
    occurrence.confirmations.push_back(std::move(confirmation));
  }
  return {};
}

Status write_claim(Connection& db, const Occurrence& occurrence, const ClaimStanding& standing,
                   std::optional<std::uint32_t> seats) {
  Bytes entered_by;
  for (std::size_t i = 0; i < occurrence.attempts.size(); ++i) {
    // The latest attempt in the order of ids speaks for the claim; the order is the same on every device.
    if (occurrence.attempts[i].claim == standing.claim &&
        principal_of(occurrence.entered_by[i]) != standing.principal) {
      entered_by = to_bytes(view(occurrence.entered_by[i]));
    }
  }
  KIEM_TRY_GET(const auto record, find_record(db, standing.claim, occurrence.record.space));
  if (!record) return {};
  KIEM_TRY_GET(Statement * put,
               db.cached("UPDATE claim SET state = ?, position = ?, reason = ?, reason_number = ?, count = ?, "
                         "confirmed = ?, entered_by = ? WHERE record = ?"));
  put->bind(1, static_cast<std::int64_t>(standing.state)).bind(2, std::int64_t{standing.position});
  put->bind(3, static_cast<std::int64_t>(standing.reason)).bind(4, std::int64_t{seats.value_or(0)});
  put->bind(5, std::int64_t{standing.wanted_count}).bind(6, std::int64_t{standing.confirmed_count});
  put->bind(7, ByteView(entered_by)).bind(8, *record);
  return put->run();
}

Status write_counts(Connection& db, std::int64_t task, const SeatsFold& fold) {
  std::int64_t waiting = 0;
  std::int64_t provisional = 0;
  for (const auto& claim : fold.claims) {
    waiting += claim.waiting_count;
    provisional += claim.placed_count;
  }
  KIEM_TRY_GET(Statement * put, db.cached("UPDATE task SET free = ?, confirmed = ?, waiting = ?, provisional = ?, "
                                          "overbooked = ? WHERE record = ?"));
  if (fold.open_seats) {
    put->bind(1, std::int64_t{*fold.open_seats});
  } else {
    put->bind_null(1);
  }
  put->bind(2, static_cast<std::int64_t>(fold.confirmed_total)).bind(3, waiting).bind(4, provisional);
  put->bind(5, std::int64_t{fold.overbooked}).bind(6, task);
  return put->run();
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
  Occurrence occurrence;
  KIEM_TRY_GET(occurrence.record, record_at(db, record));
  KIEM_TRY_GET(Statement * find, db.cached("SELECT seats, state FROM task WHERE record = ?"));
  find->bind(1, record);
  KIEM_TRY_GET(occurrence.task_here, find->step());
  if (occurrence.task_here) {
    if (!find->is_null(0)) {
      occurrence.seats = static_cast<std::uint32_t>(std::clamp<std::int64_t>(find->integer(0), 0, kMaxHeads));
    }
    occurrence.cancelled = find->integer(1) == task_state::kCancelled;
    find->reset();
  }
  KIEM_TRY(load_claims(db, occurrence));
  KIEM_TRY(load_confirmations(db, occurrence));
  return occurrence;
}

Status fold_occurrence(Connection& db, std::int64_t record) {
  KIEM_TRY_GET(const Occurrence occurrence, load_occurrence(db, record));
  const SeatsFold fold = occurrence.fold();
  for (const auto& claim : fold.claims) KIEM_TRY(write_claim(db, occurrence, claim, occurrence.seats));
  return write_counts(db, record, fold);
}

}  // namespace kiem
