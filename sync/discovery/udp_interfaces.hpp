// The addresses of this machine from which beacons go out, and where each goes (P17: every interface, each with its own
// source). Any thread.
#pragma once

#include <netinet/in.h>

#include <vector>

namespace kiem {

struct BroadcastRoute {
  unsigned interface = 0;
  in_addr from{}, to{};  // to: the broadcast address of that network
};
struct MulticastRoute {
  unsigned interface = 0;
  in6_addr from{};  // link-local; to: the group, on that interface
};

struct UdpRoutes {
  std::vector<BroadcastRoute> four;
  std::vector<MulticastRoute> six;
};

// Of interfaces that are up and running. loopback: that one instead of all others, for tests: 127.0.0.1 to
// 127.255.255.255, and no IPv6. Empty when the system does not tell.
[[nodiscard]] UdpRoutes udp_routes(bool loopback);

}  // namespace kiem
