// What the store remembers of the devices it met.
#include <algorithm>
#include <cstdlib>

#include "core/community.hpp"
#include "core/crypto/hash.hpp"
#include "core/replica.hpp"
#include "core/spread.hpp"
#include "core/views/queries.hpp"

namespace kiem {
namespace {

// The device that told, and when: 8 bytes, milliseconds, little-endian.
constexpr std::string_view kLocalOlder = "older";

// Ways that are switched off: one byte.
constexpr std::string_view kLocalRoutesOff = "routes off";
constexpr unsigned kIpv4Off = 1;
constexpr unsigned kIpv6Off = 2;
constexpr unsigned kDnsSdOff = 4;

std::string clock_name(const DeviceId& device) { return std::string(kLocalClock) + to_text(device); }

Result<std::int64_t> clock_ahead(Connection& db, const DeviceId& device) {
  const std::string name = clock_name(device);
  KIEM_TRY_GET(const auto note, local_value(db, name));
  if (!note) return 0;
  if (note->size() != 8) return fail(ErrorCode::record_damaged, Fault::damage, {name});
  std::uint64_t ahead = 0;
  for (std::size_t i = note->size(); i-- > 0;) ahead = ahead << 8U | (*note)[i];
  return static_cast<std::int64_t>(ahead);
}

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
    impl_.noted.meetings = true;
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

Result<Routes> Replica::routes() {
  KIEM_TRY_GET(const auto off, local_value(impl_.db, kLocalRoutesOff));
  Routes routes;
  if (!off) return routes;
  if (off->size() != 1) return fail(ErrorCode::record_damaged, Fault::damage, {std::string(kLocalRoutesOff)});
  routes.ipv4 = (off->front() & kIpv4Off) == 0;
  routes.ipv6 = (off->front() & kIpv6Off) == 0;
  routes.dns_sd = (off->front() & kDnsSdOff) == 0;
  return routes;
}

Status Replica::keep_routes(const Routes& routes) {
  const Bytes off{static_cast<std::uint8_t>((routes.ipv4 ? 0 : kIpv4Off) | (routes.ipv6 ? 0 : kIpv6Off) |
                                            (routes.dns_sd ? 0 : kDnsSdOff))};
  return set_local_value(impl_.db, kLocalRoutesOff, off);
}

WallTime Replica::wall() const { return impl_.env.clock.wall(); }

// Nothing is written while clocks are near enough, and were before.
Status Replica::note_clock(const DeviceId& device, std::int64_t ahead_s) {
  const std::int64_t told = std::abs(ahead_s) < kMuchAheadS ? 0 : ahead_s;
  KIEM_TRY_GET(const std::int64_t before, clock_ahead(impl_.db, device));
  if (told == before) return {};
  return set_local_value(impl_.db, clock_name(device), le64(static_cast<std::uint64_t>(told)));
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
  KIEM_TRY(add_misdeeds(meetings, *membership));
  for (auto& meeting : meetings) {
    meeting.works = !membership->circles_of(meeting.device).empty();
    KIEM_TRY_GET(meeting.lacks, lacking(impl_.db, space, meeting.device));
    KIEM_TRY_GET(meeting.clock_ahead_s, clock_ahead(impl_.db, meeting.device));
    const auto person = membership->person_of(meeting.device);
    if (!person) continue;
    KIEM_TRY_GET(meeting.person, query_person(impl_.db, space.row, principal_of(*person)));
  }
  return meetings;
}

// Also of devices of the space that misbehaved before any meeting came about: those are told behind the others.
Status Replica::add_misdeeds(std::vector<InitiativeRow::Meeting>& meetings, const Membership& membership) {
  KIEM_TRY_GET(Statement * find, impl_.db.cached("SELECT device, kind, times, last FROM peer_fault "
                                                 "ORDER BY last DESC, device, kind"));
  while (true) {
    KIEM_TRY_GET(const bool more, find->step());
    if (!more) return {};
    KIEM_TRY_GET(const auto device, find->id<DeviceId>(0));
    const std::int64_t kind = find->integer(1);
    if (kind < 0 || kind > static_cast<std::int64_t>(PeerFault::excess) || !membership.person_of(device)) continue;
    auto meeting = std::find_if(meetings.begin(), meetings.end(),
                                [&](const InitiativeRow::Meeting& each) { return each.device == device; });
    if (meeting == meetings.end()) {
      meeting = meetings.insert(meetings.end(), InitiativeRow::Meeting{});
      meeting->device = device;
      meeting->when.ms = find->integer(3);
    }
    meeting->misdeeds.push_back(
        {static_cast<PeerFault>(kind), static_cast<std::uint64_t>(find->integer(2)), {find->integer(3)}});
  }
}

Status Replica::note_fault(const DeviceId& device, PeerFault fault, std::uint64_t times) {
  return impl_.in_transaction([&]() -> Status {
    KIEM_TRY_GET(Statement * put,
                 impl_.db.cached("INSERT INTO peer_fault(device, kind, times, last) VALUES(?, ?, ?, ?) "
                                 "ON CONFLICT(device, kind) DO UPDATE SET times = times + "
                                 "excluded.times, last = excluded.last"));
    put->bind(1, device).bind(2, static_cast<std::int64_t>(fault)).bind(3, static_cast<std::int64_t>(times));
    put->bind(4, impl_.env.clock.wall().ms);
    return put->run();
  });
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
