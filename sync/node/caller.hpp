// Whom a node calls by itself, and when: every known device that has an address and no link, one address after another,
// with growing pauses (backoff.hpp) while nobody answers. Where a beacon says that a device is now goes before what is
// remembered; a device that no certificate here is of, but whose beacon shows that it belongs (a *guest*), is called
// too while its beacons come.
//
// Pure but for chance: it is told what happened and says what to do next; the Node dials. A value of the node's thread.
// Addresses without a device of a member are kept for later and never dialled.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/replica.hpp"
#include "sync/transport/backoff.hpp"
#include "sync/transport/endpoint.hpp"

namespace kiem {

struct Callee {
  Endpoint address;
  BoxPublicKey key;
};

class Caller {
 public:
  explicit Caller(Rng& rng) : rng_(rng) {}

  // Devices to keep in touch with, and where they may be: the best address first. What was known of a device that
  // stays is kept; a new one is called at once.
  void know(const std::vector<KnownDevice>& devices, const std::vector<KnownAddress>& addresses, std::uint64_t now_ms);
  // A beacon of that device came from there. It is called at once, unless a link or a call is there already or a call
  // for a beacon went out less than kHeardPauseMs ago. A device that is not known becomes a guest when it may.
  void heard(const BoxPublicKey& key, const Endpoint& address, bool may_be_guest, std::uint64_t now_ms);
  static constexpr std::uint64_t kHeardPauseMs = 5'000;
  static constexpr std::uint64_t kGuestMs = 120'000;  // after its last beacon
  static constexpr std::size_t kMaxGuests = 16;
  // The next call that is due, at most one a device at a time; the caller tells how it ended.
  [[nodiscard]] std::optional<Callee> next_call(std::uint64_t now_ms);
  // A link with the device is up, whoever called; it is not called while one is.
  void met(const BoxPublicKey& key);
  // The call failed, or the last link with the device went down.
  void parted(const BoxPublicKey& key, std::uint64_t now_ms);
  // The link is of use: the next pause is a short one again.
  void worked(const BoxPublicKey& key);
  // When the next call is due; nothing while there is nobody to call.
  [[nodiscard]] std::optional<std::uint64_t> next_ms(std::uint64_t now_ms) const;

 private:
  struct Peer {
    std::vector<Endpoint> addresses;  // remembered
    std::optional<Endpoint> heard;    // of its last beacon; goes before them
    std::size_t next_address = 0;
    Backoff backoff;
    std::uint64_t due_ms = 0;
    bool is_busy = false;  // being called, or linked
    bool is_guest = false;
    std::uint64_t heard_ms = 0;                    // its last beacon
    std::optional<std::uint64_t> called_heard_ms;  // the last call that a beacon hurried
    [[nodiscard]] std::size_t places() const { return addresses.size() + (heard ? 1 : 0); }
    [[nodiscard]] bool waits(std::uint64_t now_ms) const {
      return !is_busy && places() > 0 && !(is_guest && now_ms - heard_ms >= kGuestMs);
    }
  };

  Rng& rng_;
  std::map<BoxPublicKey, Peer> peers_;
};

}  // namespace kiem
