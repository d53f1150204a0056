// Where a peer listens: tcp://HOST:PORT, as people type it and as codes carry it.
//
// A value; any thread. HOST is a name, an IPv4 address, an IPv6 address in square brackets (with %zone for a
// link-local one), or * for every interface, which can be listened on and not connected to. PORT 0 lets the system
// choose and can be listened on only. Nothing is looked up here.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.hpp"

namespace kiem {

struct Endpoint {
  std::string host;  // an IPv6 address stands here without brackets
  std::uint16_t port = 0;
  auto operator<=>(const Endpoint&) const = default;
};

// At most 253 characters of host (RFC 1035 2.3.4). Errors: bad_address with what was given, for anything else than
// the form above: another scheme, no port, a port above 65535, a space, a second address behind a semicolon.
[[nodiscard]] Result<Endpoint> parse_endpoint(std::string_view text);

// The form above; parse_endpoint(to_text(e)) is e.
[[nodiscard]] std::string to_text(const Endpoint& endpoint);

// Whether a connection can be made to it: a host that names one machine and a port.
[[nodiscard]] bool is_dialable(const Endpoint& endpoint);

// Whether only this machine itself can reach it: 127.x.x.x, ::1, localhost.
[[nodiscard]] bool is_loopback(const Endpoint& endpoint);

}  // namespace kiem
