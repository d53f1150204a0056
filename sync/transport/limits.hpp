// What a peer may cost before and after it is trusted (sync.md 6 and 10). The defaults are Kiem's; tests shorten times.
#pragma once

#include <cstddef>
#include <cstdint>

namespace kiem {

struct TransportLimits {
  // --- time, in milliseconds ---
  std::uint32_t handshake_ms = 2'000;           // a half-open connection is closed after this (P2)
  std::uint32_t heartbeat_ms = 5'000;           // how often libzmq asks a silent peer whether it is there
  std::uint32_t heartbeat_timeout_ms = 30'000;  // and how long it may stay silent; long, for slow Wi-Fi (P3)
  std::uint32_t dial_ms = 8'000;                // address, TCP, handshake and gate of the other side together
  std::uint32_t knock_ms = 4'000;               // from accept to the first frame
  std::uint32_t anteroom_ms = 2'000;            // D9

  // --- bytes ---
  std::size_t anteroom_bytes = 65'536;       // payload of both directions together (D9)
  std::size_t unfinished_bytes = 1'048'576;  // on the wire without one completed message (P1)

  // --- counts ---
  std::size_t max_accepted = 96;          // connections that came in; then the oldest without a knock leaves
  std::size_t max_unknown_per_host = 16;  // of one address, before they are a member's
  std::size_t max_inbound = 64;           // links
  std::size_t max_per_key = 4;            // links; a fifth replaces the oldest, which is likely a lost Wi-Fi's
  std::size_t max_anteroom = 8;           // links
  std::size_t spare_descriptors = 64;     // kept for the store and everything else (P2)
};

}  // namespace kiem
