// Finding others on the networks this laptop is in, and being found: which beacon to send and when, and what one that
// was heard says (sync/PROTOCOL.md section 13).
//
// No socket and no clock: datagrams in and out are handed over by its owner, the Node, which also says what time it is.
// Borrows the chance. One thread. Nothing here fails: what is not for this laptop is counted and dropped.
#pragma once

#include <array>
#include <deque>

#include "core/replica.hpp"
#include "sync/discovery/beacon_schedule.hpp"
#include "sync/discovery/source_limit.hpp"
#include "sync/transport/endpoint.hpp"

namespace kiem {

// Somebody whose beacon was heard and who lets peers in.
struct Sighting {
  BoxPublicKey key;
  Endpoint address;
  bool newest = false;   // under the newest key of an initiative: it knows of every removal that is known here
  bool by_code = false;  // under a pairing code
};

class Lookout {
 public:
  static constexpr std::size_t kMaxSeen = 64;
  static constexpr std::uint64_t kSeenMs = 120'000;  // then it is thought to have gone

  Lookout(const BoxPublicKey& own, Rng& rng) : own_(own), rng_(rng), schedule_(rng) {}

  // --- what is known ---
  void know(std::vector<DiscoveryKeys> keys) { initiatives_ = std::move(keys); }
  // Where this laptop lets peers in; 0: nowhere, and then nobody calls it.
  void let_in_at(std::uint16_t port) { port_ = port; }
  // A key made of a pairing code (sync/pairing): beacons go out and are heard under it too. Empty: no longer.
  void pair_under(SecretBytes code_key) { code_ = std::move(code_key); }

  // --- out ---
  // Quick beacons from now on: the start, another network, or a person who looks around. The tally begins anew.
  void look(std::uint64_t now_ms);
  // The beacon that is due; nothing too when there is no key to send one under.
  [[nodiscard]] std::optional<Bytes> next_beacon(std::uint64_t now_ms);
  [[nodiscard]] std::optional<std::uint64_t> next_ms() const { return schedule_.next_ms(); }

  // --- in ---
  // host: where it came from, as an Endpoint holds one.
  [[nodiscard]] std::optional<Sighting> hear(ByteView datagram, const std::string& host, std::uint64_t now_ms);

  // --- for people ---
  struct Seen {
    BoxPublicKey key;
    Endpoint address;  // port 0: it lets nobody in
    std::vector<SpaceId> spaces;
    std::uint64_t at_ms = 0;
  };
  // Whoever was heard within kSeenMs, the last one first.
  [[nodiscard]] std::vector<Seen> seen(std::uint64_t now_ms) const;
  struct Tally {
    std::uint64_t sent = 0;     // beacons of ours
    std::uint64_t own = 0;      // that came back
    std::uint64_t foreign = 0;  // of the length of a beacon, under no key of ours
  };
  [[nodiscard]] const Tally& tally() const { return tally_; }

 private:
  using Nonce = std::array<std::uint8_t, 24>;
  [[nodiscard]] bool is_repeated(ByteView datagram);
  void note(Seen seen);

  BoxPublicKey own_;
  Rng& rng_;
  BeaconSchedule schedule_;
  SourceLimit limit_;
  std::vector<DiscoveryKeys> initiatives_;
  SecretBytes code_;
  std::uint16_t port_ = 0;
  std::deque<Nonce> heard_;  // the last ones that opened
  std::vector<Seen> seen_;   // in the order in which they were last heard
  Tally tally_;
};

}  // namespace kiem
