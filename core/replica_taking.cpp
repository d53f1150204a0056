// What comes into the store: runs of others, through the one door.
#include <algorithm>

#include "core/community.hpp"
#include "core/oplog/lost.hpp"
#include "core/replica.hpp"
#include "core/views/materialiser.hpp"

namespace kiem {
namespace {

std::size_t bytes_here(const UnverifiedOperation& operation) {
  std::size_t bytes = operation.header.size() + operation.bones.size();
  for (const auto& part : operation.parts) bytes += part ? part->size() : 0;
  return bytes;
}

bool is_peers_doing(const Error& error) { return error.fault == Fault::peer; }

Taken judged(Error error) {
  Taken taken;
  switch (error.code) {
    case ErrorCode::unknown_author:
    case ErrorCode::unknown_circle:
    case ErrorCode::chain_gap:
      taken.outcome = Taken::Outcome::postponed;
      break;
    default:
      taken.outcome = Taken::Outcome::refused;
  }
  taken.error = std::move(error);
  return taken;
}

}  // namespace

// A laptop holds only circles it belongs to, and takes a circle's operations from those who read it.
Result<bool> Replica::is_open_to(const UnverifiedOperation& first, const PeerDevice& from) {
  const auto header = decode_header(first.header);
  if (!header) return false;
  KIEM_TRY_GET(const auto circle, find_circle(impl_.db, header->circle));
  if (!circle) return false;
  KIEM_TRY_GET(const SpaceRow space, space_at(impl_.db, circle->space));
  KIEM_TRY_GET(const Sharing shared, sharing(space, from));
  return shared.circles.has(circle->number);
}

// Nothing for a device that no certificate here is of.
Result<std::optional<PersonId>> Replica::author_of(const UnverifiedOperation& first) {
  const auto header = decode_header(first.header);
  if (!header) return std::optional<PersonId>{};
  KIEM_TRY_GET(const auto space, find_space(impl_.db, header->space));
  if (!space) return std::optional<PersonId>{};
  KIEM_TRY_GET(const Membership* membership, impl_.ingest.members().of(space->row));
  return membership->person_of(header->device);
}

Result<bool> Replica::may_bring_more(std::int64_t chain, const AuthorLimits& limits) {
  KIEM_TRY_GET(Statement * find,
               impl_.db.cached("SELECT d.person FROM chain JOIN device d USING(device) WHERE chain = ?"));
  find->bind(1, chain);
  KIEM_TRY_GET(const bool found, find->step());
  if (!found) return true;
  KIEM_TRY_GET(const auto person, find->id<PersonId>(0));
  find->reset();
  if (person == keys().person) return true;
  KIEM_TRY_GET(const AuthorUse use, author_use(impl_.db, person, impl_.env.clock.wall(), limits));
  return use.operations < limits.operations && use.bytes < limits.bytes;
}

Status Replica::take_run(const Incoming& incoming, const DeviceId& from, const AuthorLimits& limits, Taken& taken) {
  const auto& run = incoming.run;
  KIEM_TRY_GET(const std::int64_t before, counter());
  KIEM_TRY_GET(const IngestReport report, impl_.ingest.take(run, Source::peer));
  taken.rows = report.rows;
  const auto header = decode_header(run.front().header);
  const bool is_mine = header && header->device == impl_.keys.device;
  // What this device wrote and does not have, it wrote after this copy of its store was made.
  if (is_mine && !taken.rows.empty() && std::ranges::max(taken.rows) > before) KIEM_TRY(note_older(from));
  // What I wrote myself, on whichever laptop, is not measured.
  if (!incoming.author || *incoming.author == keys().person || report.added == 0) return {};
  const WallTime now = impl_.env.clock.wall();
  KIEM_TRY_GET(const AuthorUse use, author_use(impl_.db, *incoming.author, now, limits));
  const AuthorUse more{report.added, incoming.bytes * report.added / run.size()};
  if (use.operations + more.operations > limits.operations || use.bytes + more.bytes > limits.bytes) {
    return fail(ErrorCode::chain_gap, Fault::peer, {"an earlier day", "-"});
  }
  if (report.parked > 0) {
    KIEM_TRY_GET(const std::uint64_t parked, parked_of(impl_.db, *incoming.author));
    if (parked > limits.parked) return fail(ErrorCode::chain_gap, Fault::peer, {"the access heads", "-"});
  }
  return charge_author(impl_.db, *incoming.author, more, now, limits);
}

// When lost operations came back: what builds on them was folded without them, and what was judged by them is known
// again.
Status Replica::mend_after(std::uint64_t lost) {
  KIEM_TRY_GET(const std::uint64_t left, count_lost(impl_.db));
  if (left == lost) return {};
  KIEM_TRY(impl_.ingest.fold_now());
  impl_.ingest.members().forget();
  came_back_ = true;
  impl_.noted.everything = true;
  return rebuild_views(impl_.db);
}

Result<std::vector<std::int64_t>> Replica::parked() {
  static_assert(static_cast<int>(Standing::parked) == 5);  // spelled out for the index of those that are
  KIEM_TRY_GET(Statement * find,
               impl_.db.cached("SELECT operation FROM operation INDEXED BY operation_parked WHERE standing = 5"));
  std::vector<std::int64_t> rows;
  while (true) {
    KIEM_TRY_GET(const bool more, find->step());
    if (!more) return rows;
    rows.push_back(find->integer(0));
  }
}

Result<std::vector<Taken>> Replica::take(std::span<const Bytes> segments, const PeerDevice& from,
                                         const AuthorLimits& limits) {
  std::vector<Taken> all(segments.size());
  std::vector<std::vector<UnverifiedOperation>> runs;
  std::vector<std::size_t> good;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    auto run = decode_segment(segments[i]);
    if (!run) {
      all[i] = judged(run.error());
      continue;
    }
    runs.push_back(std::move(*run));
    good.push_back(i);
  }
  KIEM_TRY_GET(auto taken, take_runs(std::move(runs), from, limits));
  for (std::size_t i = 0; i < good.size(); ++i) all[good[i]] = std::move(taken[i]);
  return all;
}

Result<std::vector<Taken>> Replica::take_runs(std::vector<std::vector<UnverifiedOperation>> plain,
                                              const PeerDevice& from, const AuthorLimits& limits) {
  std::vector<Taken> all(plain.size());
  std::vector<Incoming> runs(plain.size());
  std::vector<std::size_t> good;
  bool access = false;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    KIEM_TRY_GET(const bool open, is_open_to(plain[i].front(), from));
    if (!open) {
      all[i] = judged(Error{ErrorCode::unknown_circle, Fault::peer, {}});
      continue;
    }
    KIEM_TRY_GET(const auto author, author_of(plain[i].front()));
    runs[i] = {std::move(plain[i]), 0, author};
    for (const auto& operation : runs[i].run) runs[i].bytes += bytes_here(operation);
    good.push_back(i);
    const auto header = decode_header(runs[i].run.front().header);
    access = access || (header && header->circle == circle_id(header->space, 0));
  }
  if (good.empty()) return all;

  std::vector<std::int64_t> waiting;
  if (access) {
    KIEM_TRY_GET(waiting, parked());
  }
  const auto take_all = [&](std::span<const std::size_t> which) {
    return impl_.in_transaction([&]() -> Status {
      KIEM_TRY_GET(const std::uint64_t lost, count_lost(impl_.db));
      for (const std::size_t i : which) {
        for (std::size_t each = 0; lost > 0 && each < runs[i].run.size(); ++each) {
          KIEM_TRY(impl_.ingest.take_back(runs[i].run[each]));
        }
        KIEM_TRY(take_run(runs[i], from.device, limits, all[i]));
      }
      if (lost > 0) KIEM_TRY(mend_after(lost));
      return impl_.confirm_touched();
    });
  };
  KIEM_TRY_GET(const std::uint64_t lost_before, count_lost(impl_.db));
  const Status together = take_all(good);
  if (!together && !is_peers_doing(together.error())) return tl::unexpected<Error>(together.error());
  if (!together) {
    for (const std::size_t& i : good) {
      const Status alone = take_all({&i, 1});
      if (!alone && !is_peers_doing(alone.error())) return tl::unexpected<Error>(alone.error());
      if (!alone) all[i] = judged(alone.error());
    }
  }
  // An erase that does not count after all made operations lost ones: this very meeting may bring them.
  KIEM_TRY_GET(const std::uint64_t lost_now, count_lost(impl_.db));
  if (lost_now > lost_before) ++unparked_;
  // What comes after them in their chains was here, and is told from now on.
  if (std::exchange(came_back_, false)) ++unparked_;
  if (!waiting.empty()) {
    KIEM_TRY_GET(const auto still, parked());
    const bool shown = std::any_of(waiting.begin(), waiting.end(), [&](std::int64_t row) {
      return std::find(still.begin(), still.end(), row) == still.end();
    });
    if (shown) ++unparked_;
  }
  return all;
}

}  // namespace kiem
