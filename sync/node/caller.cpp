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
    peer.is_guest = false;
    known.emplace(device.key, std::move(peer));
  }
  for (const auto& [key, peer] : peers_) {
    if (peer.is_guest && now_ms - peer.heard_ms < kGuestMs) known.emplace(key, peer);
  }
  for (const KnownAddress& address : addresses) {
    const auto peer = known.find(address.key);
    const auto endpoint = parse_endpoint(address.endpoint);
    if (peer != known.end() && endpoint && is_dialable(*endpoint)) peer->second.addresses.push_back(*endpoint);
  }
  peers_ = std::move(known);
}

std::optional<Callee> Caller::next_call(std::uint64_t now_ms) {
  for (auto& [key, peer] : peers_) {
    if (!peer.waits(now_ms) || peer.due_ms > now_ms) continue;
    peer.is_busy = true;
    const std::size_t place = peer.next_address++ % peer.places();
    if (!peer.heard) return Callee{peer.addresses[place], key};
    return Callee{place == 0 ? *peer.heard : peer.addresses[place - 1], key};
  }
  return std::nullopt;
}

void Caller::heard(const BoxPublicKey& key, const Endpoint& address, bool may_be_guest, std::uint64_t now_ms) {
  auto found = peers_.find(key);
  if (found == peers_.end()) {
    std::erase_if(peers_, [&](const auto& each) {
      return each.second.is_guest && !each.second.is_busy && now_ms - each.second.heard_ms >= kGuestMs;
    });
    const auto guests =
        std::count_if(peers_.begin(), peers_.end(), [](const auto& each) { return each.second.is_guest; });
    if (!may_be_guest || static_cast<std::size_t>(guests) >= kMaxGuests) return;
    found = peers_.emplace(key, Peer{}).first;
    found->second.is_guest = true;
  }
  Peer& peer = found->second;
  peer.heard = address;
  peer.heard_ms = now_ms;
  if (peer.is_busy || (peer.called_heard_ms && now_ms - *peer.called_heard_ms < kHeardPauseMs)) return;
  peer.called_heard_ms = now_ms;
  peer.next_address = 0;
  peer.due_ms = now_ms;
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

std::optional<std::uint64_t> Caller::next_ms(std::uint64_t now_ms) const {
  std::optional<std::uint64_t> next;
  for (const auto& [key, peer] : peers_) {
    if (!peer.waits(now_ms)) continue;
    next = next ? std::min(*next, peer.due_ms) : peer.due_ms;
  }
  return next;
}

}  // namespace kiem
