// How a node finds others on the networks it is in, and is found: beacons out, and whoever is heard is called.
#include <algorithm>

#include "sync/node/node.hpp"

namespace kiem {
namespace {

// Datagrams of one turn, so that a flood leaves links their turn.
constexpr int kDatagramsPerTurn = 64;
// The three quick beacons, and the time that others take to answer the last one.
constexpr std::uint64_t kLookMs =
    BeaconSchedule::kSecondMs + BeaconSchedule::kThirdMs + BeaconSchedule::kAnswerWithinMs + 300;

}  // namespace

Status Node::look_around(Datagrams& datagrams) {
  datagrams_ = &datagrams;
  KIEM_TRY(know_initiatives());
  return choose_routes();
}

Status Node::choose_routes() {
  if (datagrams_ == nullptr) return {};
  KIEM_TRY_GET(const Routes routes, community_.replica().routes());
  datagrams_->choose(routes);
  lookout_.look(now());
  return {};
}

Status Node::know_initiatives() {
  KIEM_TRY_GET(std::vector<DiscoveryKeys> keys, community_.replica().discovery_keys());
  lookout_.know(std::move(keys));
  return {};
}

// True when datagrams wait that this turn did not take.
bool Node::hear_and_tell() {
  if (datagrams_ == nullptr || leaving_) return false;
  if (datagrams_->has_changed()) lookout_.look(now());
  bool has_more = true;
  for (int taken = 0; taken < kDatagramsPerTurn; ++taken) {
    const auto datagram = datagrams_->next();
    has_more = datagram.has_value();
    if (!datagram) break;
    const auto sighting = lookout_.hear(datagram->bytes, datagram->host, now());
    // Who speaks under an older key does not know of a removal, or is who was removed: only a known device of a
    // member is called for it.
    if (!sighting) continue;
    caller_.heard(sighting->key, sighting->address, sighting->newest, now());
    if (sighting->by_code) meet_host(*sighting);
  }
  lookout_.let_in_at(listening_ ? listening_->port : std::uint16_t{0});
  if (const auto beacon = lookout_.next_beacon(now())) sent_from_ = datagrams_->send(*beacon);
  return has_more;
}

// --- for a person who looks around
// ---------------------------------------------------------------------------------------

Status Node::begin_looking(Ticket ticket, Reply reply) {
  KIEM_TRY_GET(const auto keys, community_.replica().discovery_keys());
  if (keys.empty()) return fail(ErrorCode::no_initiative);
  // Where nothing is sent there is nothing to wait for.
  std::uint64_t until_ms = now();
  if (datagrams_ != nullptr) {
    lookout_.look(now());
    until_ms += kLookMs;
  }
  lookers_.emplace(ticket, Looking{until_ms, std::move(reply)});
  has_more_ = true;
  return {};
}

void Node::answer_lookers() {
  std::vector<Reply> due;
  for (auto looking = lookers_.begin(); looking != lookers_.end();) {
    if (looking->second.until_ms > now()) {
      ++looking;
      continue;
    }
    due.push_back(std::move(looking->second.reply));
    looking = lookers_.erase(looking);
  }
  for (const Reply& reply : due) {
    auto told = surroundings();
    if (told) {
      reply(NodeAnswer(*std::move(told)));
    } else {
      reply(tl::unexpected<Error>(std::move(told).error()));
    }
  }
}

Result<Surroundings> Node::surroundings() {
  Surroundings told;
  KIEM_TRY_GET(const Routes routes, community_.replica().routes());
  told.looks = datagrams_ != nullptr && routes != Routes{false, false, false};
  told.addresses = static_cast<std::uint32_t>(sent_from_);
  told.own = lookout_.tally().own;
  told.foreign = lookout_.tally().foreign;
  KIEM_TRY_GET(const auto devices, community_.replica().known_devices());
  for (const Lookout::Seen& seen : lookout_.seen(now())) {
    Surroundings::Neighbour neighbour;
    neighbour.key = seen.key;
    if (seen.address.port != 0) neighbour.address = to_text(seen.address);
    neighbour.linked = link_with(seen.key) != nullptr;
    const auto device =
        std::find_if(devices.begin(), devices.end(), [&](const KnownDevice& each) { return each.key == seen.key; });
    for (const SpaceId& space : seen.spaces) {
      KIEM_TRY_GET(const auto row, initiative(space));
      if (row) neighbour.initiatives.push_back(row->name);
      if (device == devices.end() || neighbour.person) continue;
      KIEM_TRY_GET(const Answer people, community_.perform(ListPeople{{to_text(space)}}));
      for (const PersonRow& each : std::get<People>(people).people) {
        if (each.person.id == principal_of(device->person)) neighbour.person = each.person;
      }
    }
    told.neighbours.push_back(std::move(neighbour));
  }
  return told;
}

}  // namespace kiem
