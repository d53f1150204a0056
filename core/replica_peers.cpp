// What the store remembers of the devices it met.
#include <algorithm>

#include "core/community.hpp"
#include "core/crypto/hash.hpp"
#include "core/replica.hpp"
#include "core/views/queries.hpp"

namespace kiem {
namespace {

// The device that told, and when: 8 bytes, milliseconds, little-endian.
constexpr std::string_view kLocalOlder = "older";

}  // namespace

Result<std::int64_t> Replica::circle_row(const SpaceRow& space, std::uint32_t number) {
  KIEM_TRY_GET(const auto circle, find_circle(impl_.db, circle_id(space.id, number)));
  if (!circle) return fail(ErrorCode::record_damaged, Fault::damage, {"circle"});
  return circle->row;
}

Result<PeerMemory> Replica::memory(const DeviceId& device) {
  PeerMemory memory;
  KIEM_TRY_GET(Statement * find, impl_.db.cached("SELECT epoch FROM peer WHERE device = ?"));
  find->bind(1, device);
  KIEM_TRY_GET(const bool met, find->step());
  if (!met) return memory;
  KIEM_TRY_GET(memory.epoch, find->id<StoreEpoch>(0));
  find->reset();
  KIEM_TRY_GET(Statement * marks, impl_.db.cached("SELECT circle, given, got FROM peer_circle WHERE device = ?"));
  marks->bind(1, device);
  while (true) {
    KIEM_TRY_GET(const bool more, marks->step());
    if (!more) return memory;
    memory.marks.push_back({marks->integer(0), marks->integer(1), marks->integer(2)});
  }
}

Status Replica::remember(const DeviceId& device, const StoreEpoch& epoch, std::span<const CircleMark> marks) {
  return impl_.in_transaction([&]() -> Status {
    KIEM_TRY_GET(Statement * forget, impl_.db.cached("UPDATE peer_circle SET got = 0 WHERE device = ?1 AND NOT EXISTS "
                                                     "(SELECT 1 FROM peer WHERE device = ?1 AND epoch = ?2)"));
    forget->bind(1, device).bind(2, epoch);
    KIEM_TRY(forget->run());
    KIEM_TRY_GET(Statement * put, impl_.db.cached("INSERT INTO peer(device, epoch, met) VALUES(?, ?, ?) ON "
                                                  "CONFLICT(device) DO UPDATE SET epoch = excluded.epoch, "
                                                  "met = excluded.met"));
    put->bind(1, device).bind(2, epoch).bind(3, impl_.env.clock.wall().ms);
    KIEM_TRY(put->run());
    for (const auto& mark : marks) {
      KIEM_TRY_GET(Statement * set, impl_.db.cached("INSERT INTO peer_circle(circle, device, given, got) "
                                                    "VALUES(?, ?, ?, ?) ON CONFLICT(circle, device) DO UPDATE SET "
                                                    "given = excluded.given, got = excluded.got"));
      set->bind(1, mark.circle).bind(2, device).bind(3, mark.given).bind(4, mark.got);
      KIEM_TRY(set->run());
    }
    return {};
  });
}

Status Replica::remember_address(const KnownAddress& address) {
  return impl_.in_transaction([&]() -> Status {
    KIEM_TRY_GET(Statement * put, impl_.db.cached("INSERT INTO address(key, endpoint, worked) VALUES(?, ?, ?) ON "
                                                  "CONFLICT(key, endpoint) DO UPDATE SET "
                                                  "worked = max(worked, excluded.worked)"));
    put->bind(1, address.key).bind(2, address.endpoint).bind(3, address.worked.ms);
    KIEM_TRY(put->run());
    KIEM_TRY_GET(Statement * drop,
                 impl_.db.cached("DELETE FROM address WHERE key = ?1 AND endpoint NOT IN (SELECT endpoint FROM address "
                                 "WHERE key = ?1 ORDER BY worked DESC, endpoint LIMIT ?2)"));
    drop->bind(1, address.key).bind(2, static_cast<std::int64_t>(kAddressesKept));
    return drop->run();
  });
}

Result<std::vector<KnownAddress>> Replica::addresses() {
  KIEM_TRY_GET(Statement * find,
               impl_.db.cached("SELECT key, endpoint, worked FROM address ORDER BY worked DESC, key, endpoint"));
  std::vector<KnownAddress> known;
  while (true) {
    KIEM_TRY_GET(const bool more, find->step());
    if (!more) return known;
    KnownAddress address;
    KIEM_TRY_GET(address.key, find->id<BoxPublicKey>(0));
    address.endpoint = find->text(1);
    address.worked.ms = find->integer(2);
    known.push_back(std::move(address));
  }
}

Result<std::optional<std::uint16_t>> Replica::kept_port() {
  KIEM_TRY_GET(Statement * find, impl_.db.cached("SELECT port FROM node_port"));
  KIEM_TRY_GET(const bool found, find->step());
  const std::int64_t port = found ? find->integer(0) : 0;
  find->reset();
  if (port <= 0 || port > UINT16_MAX) return std::optional<std::uint16_t>{};
  return std::optional(static_cast<std::uint16_t>(port));
}

Status Replica::keep_port(std::uint16_t port) {
  return impl_.in_transaction([&]() -> Status {
    KIEM_TRY_GET(Statement * put, impl_.db.cached("INSERT OR REPLACE INTO node_port(one, port) VALUES(1, ?)"));
    put->bind(1, static_cast<std::int64_t>(port));
    return put->run();
  });
}

Result<std::uint64_t> Replica::only_here(const SpaceRow& space) {
  KIEM_TRY_GET(Statement * count,
               impl_.db.cached("SELECT count(*) FROM circle c JOIN chain h USING(circle) JOIN operation o USING(chain) "
                               "JOIN device d USING(device) WHERE c.space = ?1 AND d.id = ?2 AND o.operation > "
                               "coalesce((SELECT max(given) FROM peer_circle p "
                               "WHERE p.circle = c.circle AND p.device <> ?2), 0)"));
  count->bind(1, space.row).bind(2, keys().device);
  KIEM_TRY_GET(const bool counted, count->step());
  const std::uint64_t found = counted ? static_cast<std::uint64_t>(count->integer(0)) : 0;
  count->reset();
  return found;
}

Result<std::vector<InitiativeRow::Meeting>> Replica::meetings(const SpaceRow& space) {
  KIEM_TRY_GET(
      Statement * find,
      impl_.db.cached("SELECT p.device, p.met FROM peer p WHERE EXISTS (SELECT 1 FROM peer_circle JOIN circle c "
                      "USING(circle) WHERE device = p.device AND c.space = ?) ORDER BY p.met DESC, p.device"));
  find->bind(1, space.row);
  std::vector<InitiativeRow::Meeting> meetings;
  while (true) {
    KIEM_TRY_GET(const bool more, find->step());
    if (!more) break;
    InitiativeRow::Meeting meeting;
    KIEM_TRY_GET(meeting.device, find->id<DeviceId>(0));
    meeting.when.ms = find->integer(1);
    meetings.push_back(std::move(meeting));
  }
  KIEM_TRY_GET(const Membership* membership, impl_.ingest.members().of(space.row));
  for (auto& meeting : meetings) {
    const auto person = membership->person_of(meeting.device);
    if (!person) continue;
    KIEM_TRY_GET(meeting.person, query_person(impl_.db, space.row, principal_of(*person)));
  }
  return meetings;
}

Status Replica::note_older(const DeviceId& witness) {
  Bytes note = to_bytes(view(witness));
  append(note, le64(static_cast<std::uint64_t>(impl_.env.clock.wall().ms)));
  return set_local_value(impl_.db, kLocalOlder, note);
}

Result<std::optional<InitiativeRow::Meeting>> Replica::older(const SpaceRow& space) {
  std::optional<InitiativeRow::Meeting> meeting;
  KIEM_TRY_GET(const auto note, local_value(impl_.db, kLocalOlder));
  if (!note) return meeting;
  const auto witness =
      note->size() == DeviceId::kSize + 8 ? id_from<DeviceId>(ByteView(*note).first(DeviceId::kSize)) : std::nullopt;
  if (!witness) return fail(ErrorCode::record_damaged, Fault::damage, {std::string(kLocalOlder)});
  KIEM_TRY_GET(const Membership* membership, impl_.ingest.members().of(space.row));
  const auto person = membership->person_of(*witness);
  if (!person) return meeting;
  meeting.emplace();
  meeting->device = *witness;
  std::uint64_t when = 0;
  for (std::size_t i = note->size(); i-- > DeviceId::kSize;) when = when << 8U | (*note)[i];
  meeting->when.ms = static_cast<std::int64_t>(when);
  KIEM_TRY_GET(meeting->person, query_person(impl_.db, space.row, principal_of(*person)));
  return meeting;
}

}  // namespace kiem
