#include "sync/discovery/lookout.hpp"

#include <algorithm>

#include "sync/discovery/beacon.hpp"

namespace kiem {
namespace {

constexpr std::size_t kNoncesKept = 256;

}  // namespace

void Lookout::look(std::uint64_t now_ms) {
  tally_ = {};
  schedule_.restart(now_ms);
}

std::optional<Bytes> Lookout::next_beacon(std::uint64_t now_ms) {
  const auto due = schedule_.take(now_ms);
  if (!due) return std::nullopt;
  std::vector<ByteView> keys;
  for (const DiscoveryKeys& each : initiatives_) keys.push_back(each.keys.front().view());
  // Who is in more initiatives than a beacon has slots for names others each time.
  const std::size_t room = kBeaconSlots - (code_.empty() ? 0 : 1);
  while (keys.size() > room) {
    std::array<std::uint8_t, 2> lot{};
    rng_.fill(lot);
    keys.erase(keys.begin() + static_cast<std::ptrdiff_t>((lot[0] << 8U | lot[1]) % keys.size()));
  }
  if (!code_.empty()) keys.push_back(code_.view());
  if (keys.empty()) return std::nullopt;
  ++tally_.sent;
  return write_beacon({own_, port_, due->asks}, keys, rng_);
}

std::optional<Sighting> Lookout::hear(ByteView datagram, const std::string& host, std::uint64_t now_ms) {
  if (datagram.size() != kBeaconBytes || !limit_.admits(host, now_ms)) return std::nullopt;
  struct Meaning {
    const SpaceId* space = nullptr;
    bool newest = false;
  };
  std::vector<ByteView> keys;
  std::vector<Meaning> meanings;
  for (const DiscoveryKeys& each : initiatives_) {
    for (const SecretBytes& key : each.keys) {
      meanings.push_back({&each.space, &key == &each.keys.front()});
      keys.push_back(key.view());
    }
  }
  if (!code_.empty()) {
    meanings.push_back({});
    keys.push_back(code_.view());
  }
  const auto opened = read_beacon(datagram, keys);
  if (opened.empty()) {
    ++tally_.foreign;
    return std::nullopt;
  }
  const BeaconContent& content = opened.front().content;
  if (content.key == own_) {
    ++tally_.own;
    return std::nullopt;
  }
  // The same beacon comes once an interface and a family; and whoever recorded one may play it again.
  if (is_repeated(datagram)) return std::nullopt;
  if (content.asks) schedule_.answer(now_ms);
  Sighting sighting{content.key, {host, content.port}, false, false};
  Seen seen{content.key, sighting.address, {}, now_ms};
  for (const HeardSlot& slot : opened) {
    // One laptop speaks in one beacon; whoever wrote another content beside it made it up.
    if (slot.content != content) continue;
    const Meaning& meaning = meanings[slot.key];
    if (meaning.space == nullptr) {
      sighting.by_code = true;
    } else {
      seen.spaces.push_back(*meaning.space);
      sighting.newest = sighting.newest || meaning.newest;
    }
  }
  if (!seen.spaces.empty()) note(std::move(seen));
  return content.port == 0 ? std::nullopt : std::optional(sighting);
}

std::vector<Lookout::Seen> Lookout::seen(std::uint64_t now_ms) const {
  std::vector<Seen> recent;
  for (auto each = seen_.rbegin(); each != seen_.rend(); ++each) {
    if (now_ms - each->at_ms < kSeenMs) recent.push_back(*each);
  }
  return recent;
}

bool Lookout::is_repeated(ByteView datagram) {
  Nonce nonce{};
  std::copy_n(datagram.begin(), nonce.size(), nonce.begin());
  if (std::find(heard_.begin(), heard_.end(), nonce) != heard_.end()) return true;
  heard_.push_back(nonce);
  if (heard_.size() > kNoncesKept) heard_.pop_front();
  return false;
}

void Lookout::note(Seen seen) {
  const auto before = std::find_if(seen_.begin(), seen_.end(), [&](const Seen& each) { return each.key == seen.key; });
  if (before != seen_.end()) seen_.erase(before);
  seen_.push_back(std::move(seen));
  if (seen_.size() > kMaxSeen) seen_.erase(seen_.begin());
}

}  // namespace kiem
