#include "core/replica.hpp"

#include <algorithm>
#include <limits>
#include <set>

#include "core/chain_directory.hpp"
#include "core/community.hpp"
#include "core/crypto/hash.hpp"
#include "core/oplog/lost.hpp"

namespace kiem {
namespace {

constexpr std::string_view kLocalEpoch = "epoch";
constexpr std::string_view kTagSpace = "kiem.sync.space.0";
constexpr std::string_view kTagDigest = "kiem.sync.heads.0";
constexpr std::string_view kTagName = "kiem.sync.chain.0";
constexpr std::uint32_t kAccess = static_cast<std::uint32_t>(CircleNumber::access);

CircleSet to_set(const std::vector<CircleNumber>& numbers) {
  CircleSet set;
  for (const auto number : numbers) set.add(static_cast<std::uint32_t>(number));
  return set;
}

// The largest id that begins with these bytes.
template <class IdType>
IdType last_with(const Short& beginning) {
  IdType id;
  id.bytes.fill(0xFF);
  std::copy(beginning.bytes.begin(), beginning.bytes.end(), id.bytes.begin());
  return id;
}
template <class IdType>
IdType first_with(const Short& beginning) {
  IdType id;
  std::copy(beginning.bytes.begin(), beginning.bytes.end(), id.bytes.begin());
  return id;
}

Result<std::vector<std::int64_t>> integers(Statement& find) {
  std::vector<std::int64_t> all;
  while (true) {
    KIEM_TRY_GET(const bool more, find.step());
    if (!more) return all;
    all.push_back(find.integer(0));
  }
}

// The one row, when there is exactly one.
Result<std::optional<std::int64_t>> only_one(Statement& find) {
  KIEM_TRY_GET(const auto rows, integers(find));
  return rows.size() == 1 ? std::optional(rows.front()) : std::nullopt;
}

}  // namespace

CircleSet CircleSet::access() {
  CircleSet set;
  set.add(kAccess);
  return set;
}

// --- this device -----------------------------------------------------------------------------------------------------

Replica::Replica(Community::Impl& impl) : impl_(impl), directories_(std::make_unique<ChainDirectories>(impl.db)) {}

Replica::~Replica() = default;

const DeviceKeys& Replica::keys() const { return impl_.keys; }

bool Replica::is_practice() const { return impl_.practice; }

Result<StoreEpoch> Replica::epoch() {
  KIEM_TRY_GET(const auto stored, local_value(impl_.db, kLocalEpoch));
  const auto epoch = stored ? id_from<StoreEpoch>(*stored) : std::nullopt;
  if (epoch) return *epoch;
  StoreEpoch drawn;
  impl_.env.rng.fill(drawn.bytes);
  KIEM_TRY(impl_.in_transaction([&] { return set_local_value(impl_.db, kLocalEpoch, view(drawn)); }));
  return drawn;
}

Result<StoreEpoch> Replica::renew_epoch(const DeviceId& witness) {
  StoreEpoch epoch;
  impl_.env.rng.fill(epoch.bytes);
  const auto body = [&]() -> Status {
    KIEM_TRY(note_older(witness));
    return set_local_value(impl_.db, kLocalEpoch, view(epoch));
  };
  KIEM_TRY(impl_.in_transaction(body));
  return epoch;
}

Result<std::int64_t> Replica::counter() {
  KIEM_TRY_GET(Statement * find, impl_.db.cached("SELECT max(coalesce((SELECT max(operation) FROM operation), 0), "
                                                 "coalesce((SELECT max(operation) FROM lost), 0))"));
  KIEM_TRY_GET(const bool found, find->step());
  const std::int64_t counter = found ? find->integer(0) : 0;
  find->reset();
  return counter;
}

Status Replica::together(const std::function<void()>& body) { return impl_.together(body); }

std::uint64_t Replica::work() const { return impl_.db.work(); }

Hash32 Replica::draw_hash() {
  Hash32 drawn;
  impl_.env.rng.fill(drawn.bytes);
  return drawn;
}

// --- who may have what -----------------------------------------------------------------------------------------------

Result<std::vector<SpaceRow>> Replica::spaces() { return all_spaces(impl_.db); }

Result<std::vector<KnownDevice>> Replica::known_devices() {
  std::vector<KnownDevice> known;
  KIEM_TRY_GET(const auto all, spaces());
  for (const auto& space : all) {
    KIEM_TRY_GET(const Membership* membership, impl_.ingest.members().of(space.row));
    const MembershipState state = membership->state();
    for (const auto& person : state.persons) {
      if (!person.belongs()) continue;
      for (const auto& device : person.devices) {
        if (!device.works || device.device == keys().device) continue;
        known.push_back({device.device, person.person, device.certificate.transport});
      }
    }
  }
  const auto less = [](const KnownDevice& a, const KnownDevice& b) { return a.device < b.device; };
  const auto same = [](const KnownDevice& a, const KnownDevice& b) { return a.device == b.device; };
  std::sort(known.begin(), known.end(), less);
  known.erase(std::unique(known.begin(), known.end(), same), known.end());
  return known;
}

Result<std::uint64_t> Replica::membership_acts() {
  KIEM_TRY_GET(const auto all, spaces());
  std::uint64_t acts = 0;
  for (const auto& space : all) {
    KIEM_TRY_GET(const Membership* membership, impl_.ingest.members().of(space.row));
    acts += membership->size();
  }
  return acts;
}

Result<Short> Replica::tag(const SpaceRow& space, const BoxPublicKey& from, const BoxPublicKey& to) {
  KIEM_TRY_GET(Bytes secret, space_secret(impl_.db, space.row));
  const Hash32 whole = keyed_hash_of(secret, kTagSpace, {view(space.id), view(from), view(to)});
  wipe(secret);
  return short_of(whole);
}

// Who has only just come in has a graph in which it does not stand yet: the access circle is what it came for.
Result<CircleSet> Replica::own_circles(const Membership& membership) const {
  if (!membership.person_of(keys().device)) return CircleSet::access();
  return to_set(membership.circles_of(keys().device));
}

Result<Sharing> Replica::sharing(const SpaceRow& space, const PeerDevice& peer) {
  Sharing sharing;
  if (space.practice != is_practice() && space.kind == SpaceKind::initiative) return sharing;
  KIEM_TRY_GET(const Membership* membership, impl_.ingest.members().of(space.row));
  KIEM_TRY_GET(const CircleSet mine, own_circles(*membership));
  const auto certificate = membership->certificate_of(peer.device);
  if (certificate) {
    if (certificate->transport != peer.key) return sharing;
    sharing.circles = to_set(membership->circles_of(peer.device)).both(mine);
    sharing.place = membership->circles_of(peer.device).empty() ? PeerPlace::removed : PeerPlace::works;
  } else if (std::find(peer.proven.begin(), peer.proven.end(), space.row) != peer.proven.end()) {
    sharing.circles = CircleSet::access().both(mine);
    sharing.place = PeerPlace::vouched;
  }
  return sharing;
}

Result<CircleSet> Replica::offered_to_unknown(const SpaceRow& space) {
  if (space.kind != SpaceKind::initiative || space.practice != is_practice()) return CircleSet{};
  KIEM_TRY_GET(const Membership* membership, impl_.ingest.members().of(space.row));
  KIEM_TRY_GET(const CircleSet mine, own_circles(*membership));
  return mine.both(CircleSet::access());
}

Result<std::optional<DeviceId>> Replica::device_of(const SpaceRow& space, const BoxPublicKey& key) {
  KIEM_TRY_GET(const Membership* membership, impl_.ingest.members().of(space.row));
  std::optional<DeviceId> found;
  const MembershipState state = membership->state();
  for (const auto& person : state.persons) {
    for (const auto& device : person.devices) {
      if (device.certificate.transport != key) continue;
      if (device.works && person.belongs()) return std::optional(device.device);
      found = device.device;
    }
  }
  return found;
}

Result<bool> Replica::may_send(std::int64_t operation, const PeerDevice& peer) {
  KIEM_TRY_GET(Statement * find,
               impl_.db.cached("SELECT o.standing, c.number, c.space FROM operation o JOIN chain USING(chain) "
                               "JOIN circle c USING(circle) WHERE o.operation = ?"));
  find->bind(1, operation);
  KIEM_TRY_GET(const bool found, find->step());
  if (!found) return false;
  const auto standing = static_cast<Standing>(find->integer(0));
  const auto circle = static_cast<std::uint32_t>(find->integer(1));
  const std::int64_t row = find->integer(2);
  find->reset();
  if (standing == Standing::parked) return false;
  KIEM_TRY_GET(const SpaceRow space, space_at(impl_.db, row));
  KIEM_TRY_GET(const Sharing shared, sharing(space, peer));
  return shared.circles.has(circle);
}

// --- what is here ----------------------------------------------------------------------------------------------------

Result<const ChainDirectory*> Replica::directory(const SpaceRow& space) {
  KIEM_TRY_GET(const Snapshot snapshot, Snapshot::begin(impl_.db));
  KIEM_TRY_GET(const std::int64_t now, counter());
  return directories_->of(space.row, now);
}

void Replica::forget_chains() { directories_->forget(); }

Result<std::vector<ChainHead>> Replica::heads(const SpaceRow& space, CircleSet circles, const Since& since,
                                              const LeavesOut& leaves_out) {
  KIEM_TRY_GET(const Snapshot snapshot, Snapshot::begin(impl_.db));
  KIEM_TRY_GET(const ChainDirectory* directory, this->directory(space));
  std::vector<ChainHead> heads;
  for (const auto& [key, chain] : directory->chains()) {
    if (!circles.has(key.first)) continue;
    ChainHead head{chain.chain, key.first, key.second, {}};
    bool changed = false;
    for (const auto& tip : chain.tips) {
      std::optional<ChainEnd> end = tip.end;
      // An end that counts is one whatever else is left out; any other has to be looked for.
      if (leaves_out && !(end && !leaves_out(end->row))) {
        KIEM_TRY_GET(const auto row, shown_end(impl_.db, tip.row, leaves_out));
        end.reset();
        if (row) {
          end.emplace().row = *row;
          KIEM_TRY_GET(end->id, operation_id(impl_.db, *row));
        }
      }
      if (!end) continue;
      head.tips.push_back(end->id);
      changed = changed || end->row > since[key.first];
    }
    std::sort(head.tips.begin(), head.tips.end());
    head.tips.erase(std::unique(head.tips.begin(), head.tips.end()), head.tips.end());
    if (changed) heads.push_back(std::move(head));
  }
  return heads;
}

Result<std::vector<ChainGrowth>> Replica::growth(const SpaceRow& space, CircleSet circles, const Since& given) {
  KIEM_TRY_GET(const Snapshot snapshot, Snapshot::begin(impl_.db));
  KIEM_TRY_GET(const ChainDirectory* directory, this->directory(space));
  KIEM_TRY_GET(Statement * before, impl_.db.cached("SELECT seq FROM operation WHERE chain = ? AND operation <= ? AND "
                                                   "standing <> ? ORDER BY seq DESC LIMIT 1"));
  std::vector<ChainGrowth> all;
  for (const auto& [key, known] : directory->chains()) {
    if (!circles.has(key.first) || known.top < 0) continue;
    ChainGrowth chain;
    chain.chain = known.chain;
    chain.circle = key.first;
    chain.device = key.second;
    chain.top = known.top;
    chain.forked = known.forked;
    chain.moved = known.newest > given[key.first];
    chain.base = given[key.first] > 0 ? chain.top : -1;
    if (chain.moved && chain.base >= 0) {
      before->bind(1, chain.chain).bind(2, given[key.first]).bind(3, static_cast<std::int64_t>(Standing::parked));
      KIEM_TRY_GET(const bool found, before->step());
      chain.base = found ? before->integer(0) : -1;
      before->reset();
    }
    all.push_back(chain);
  }
  return all;
}

Result<std::vector<ChainName>> Replica::names_of(const SpaceRow& space, std::span<const ChainGrowth> chains,
                                                 const Short& salt) {
  KIEM_TRY_GET(Bytes secret, space_secret(impl_.db, space.row));
  std::vector<ChainName> names;
  names.reserve(chains.size());
  for (const auto& chain : chains) {
    const Hash32 whole = keyed_hash_of(secret, kTagName, {view(salt), le32(chain.circle), view(chain.device)});
    std::copy_n(whole.bytes.begin(), ChainName::kSize, names.emplace_back().bytes.begin());
  }
  wipe(secret);
  return names;
}

Result<std::vector<std::int64_t>> Replica::rows_between(std::int64_t chain, std::int64_t first, std::int64_t end) {
  KIEM_TRY_GET(Statement * find,
               impl_.db.cached("SELECT operation FROM operation WHERE chain = ? AND seq >= ? AND seq < ?"));
  find->bind(1, chain).bind(2, first).bind(3, end);
  return integers(*find);
}

Result<Short> Replica::digest(const SpaceRow& space, CircleSet circles, const LeavesOut& leaves_out) {
  KIEM_TRY_GET(const auto all, heads(space, circles, {}, leaves_out));
  Bytes message;
  for (const auto& head : all) {
    append(message, le32(head.circle));
    append(message, view(head.device));
    append(message, le32(static_cast<std::uint32_t>(head.tips.size())));
    for (const auto& tip : head.tips) append(message, view(tip));
  }
  KIEM_TRY_GET(Bytes secret, space_secret(impl_.db, space.row));
  const Hash32 whole = keyed_hash_of(secret, kTagDigest, {message});
  wipe(secret);
  return short_of(whole);
}

Result<std::optional<std::int64_t>> Replica::find_chain(const SpaceRow& space, std::uint32_t circle,
                                                        const Short& device) {
  KIEM_TRY_GET(Statement * find,
               impl_.db.cached("SELECT h.chain FROM device d JOIN chain h USING(device) JOIN circle c USING(circle) "
                               "WHERE d.id BETWEEN ? AND ? AND c.space = ? AND c.number = ?"));
  find->bind(1, first_with<DeviceId>(device)).bind(2, last_with<DeviceId>(device));
  find->bind(3, space.row).bind(4, std::int64_t{circle});
  return only_one(*find);
}

Result<std::optional<std::int64_t>> Replica::find_in_chain(std::int64_t chain, const Short& operation) {
  KIEM_TRY_GET(Statement * find,
               impl_.db.cached("SELECT operation FROM operation WHERE id BETWEEN ? AND ? AND chain = ? AND seq < ?"));
  KIEM_TRY_GET(const auto gap, gap_of(impl_.db, chain));
  find->bind(1, first_with<OpId>(operation)).bind(2, last_with<OpId>(operation)).bind(3, chain);
  find->bind(4, gap ? gap->seq : std::numeric_limits<std::int64_t>::max());
  return only_one(*find);
}

Result<std::vector<Short>> Replica::ends_of(std::int64_t chain, std::size_t max) {
  KIEM_TRY_GET(const auto tips, told_tips(impl_.db, chain));
  std::vector<Short> ends;
  for (auto tip = tips.rbegin(); tip != tips.rend() && ends.size() < max; ++tip) {
    KIEM_TRY_GET(const OpId id, operation_id(impl_.db, *tip));
    ends.push_back(short_of(id));
  }
  return ends;
}

Result<std::vector<Short>> Replica::samples_of(std::int64_t chain, std::size_t max) {
  KIEM_TRY_GET(const auto tips, told_tips(impl_.db, chain));
  std::set<std::int64_t> rows;
  for (auto tip = tips.rbegin(); tip != tips.rend() && rows.size() < max; ++tip) {
    std::int64_t row = *tip;
    // Steps of 1, 1, 2, 4, ... land at distance 1, 2, 4, 8, ... from the end.
    for (std::uint64_t step = 1, at = 0; rows.size() < max; at += step, step = std::max<std::uint64_t>(at, 1)) {
      KIEM_TRY_GET(const auto earlier, operation_back(impl_.db, row, step));
      if (!earlier) break;
      row = *earlier;
      rows.insert(row);
    }
  }
  std::vector<Short> samples;
  for (const std::int64_t row : rows) {
    KIEM_TRY_GET(const OpId id, operation_id(impl_.db, row));
    samples.push_back(short_of(id));
  }
  return samples;
}

}  // namespace kiem
