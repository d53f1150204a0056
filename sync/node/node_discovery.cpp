// How a node finds others on the networks it is in, and is found: beacons out, and whoever is heard is called.
#include "sync/node/node.hpp"

namespace kiem {
namespace {

// Datagrams of one turn, so that a flood leaves links their turn.
constexpr int kDatagramsPerTurn = 64;

}  // namespace

Status Node::look_around(Datagrams& datagrams) {
  datagrams_ = &datagrams;
  KIEM_TRY(know_initiatives());
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
    if (sighting) caller_.heard(sighting->key, sighting->address, sighting->newest, now());
  }
  lookout_.let_in_at(listening_ ? listening_->port : std::uint16_t{0});
  if (const auto beacon = lookout_.next_beacon(now())) datagrams_->send(*beacon);
  return has_more;
}

}  // namespace kiem
