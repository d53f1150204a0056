#include "sync/node/caller.hpp"

#include <algorithm>

namespace kiem {

void Caller::know(const std::vector<KnownDevice>& devices, const std::vector<KnownAddress>& addresses,
                  std::uint64_t now_ms) {
  std::map<BoxPublicKey, Peer> known;
  for (const KnownDevice& device : devices) {
    const auto before = peers_.find(device.key);
    Peer peer;
    if (before != peers_.end()) {
      peer = before->second;
    } else {
      peer.due_ms = now_ms;
    }
    peer.addresses.clear();
    known.emplace(device.key, std::move(peer));
  }
  for (const KnownAddress& address : addresses) {
    const auto peer = known.find(address.key);
    const auto endpoint = parse_endpoint(address.endpoint);
    if (peer != known.end() && endpoint && is_dialable(*endpoint)) peer->second.addresses.push_back(*endpoint);
  }
  peers_ = std::move(known);
}

std::optional<Candidate> Caller::next_call(std::uint64_t now_ms) {
  for (auto& [key, peer] : peers_) {
    if (peer.is_busy || peer.addresses.empty() || peer.due_ms > now_ms) continue;
    peer.is_busy = true;
    const Endpoint address = peer.addresses[peer.next_address++ % peer.addresses.size()];
    return Candidate{address, key};
  }
  return std::nullopt;
}

void Caller::met(const BoxPublicKey& key) {
  if (const auto peer = peers_.find(key); peer != peers_.end()) peer->second.is_busy = true;
}

void Caller::parted(const BoxPublicKey& key, std::uint64_t now_ms) {
  const auto peer = peers_.find(key);
  if (peer == peers_.end()) return;
  peer->second.is_busy = false;
  peer->second.due_ms = now_ms + peer->second.backoff.next_ms(rng_);
}

void Caller::worked(const BoxPublicKey& key) {
  const auto peer = peers_.find(key);
  if (peer == peers_.end()) return;
  peer->second.backoff.reset();
  peer->second.next_address = 0;  // the address that worked last is the first of the list from now on
}

std::optional<std::uint64_t> Caller::next_ms() const {
  std::optional<std::uint64_t> next;
  for (const auto& [key, peer] : peers_) {
    if (peer.is_busy || peer.addresses.empty()) continue;
    next = next ? std::min(*next, peer.due_ms) : peer.due_ms;
  }
  return next;
}

}  // namespace kiem
