// A pairing with a laptop that stands beside this one, as long as it lasts: looked for or waited for under a code,
// exchanged with over a link of its own, compared by people (sync/pairing/pairing.hpp). At most one a node. A value of
// the Node, which moves it on.
#pragma once

#include "sync/node/errand.hpp"
#include "sync/pairing/pairing.hpp"

namespace kiem {

struct PairingAffair {
  static constexpr std::uint64_t kOpenMs = 600'000;   // a host waits for somebody who knows the code
  static constexpr std::uint64_t kFindMs = 15'000;    // a guest looks for the host
  static constexpr std::uint64_t kArriveMs = 60'000;  // a guest that was given an invitation comes in by it
  static constexpr std::uint32_t kWrongGuesses = 20;  // of the code; then it is closed

  PairingCode code;
  Pairing::Side side = Pairing::Side::host;
  std::uint64_t until_ms = 0;  // of what is waited for now, other than the exchange itself
  InviteNewcomer invite;       // host: what the guest is to be given
  std::string initiative;      // its name
  std::optional<LinkId> link;  // to the other laptop; of a guest also the attempt
  BoxPublicKey peer;           // at its other end
  Endpoint at;                 // guest: where the host is
  std::optional<Pairing> pairing;
  std::uint32_t wrong_guesses = 0;
  bool is_given = false;  // host: the invitation went over
  bool is_asked = false;  // host: the guest was asked whether it has all

  enum class Waits : std::uint8_t { nobody, for_words, for_outcome } waits = Waits::nobody;
  Ticket ticket = 0;
  Reply reply;  // of whoever waits
};

}  // namespace kiem
