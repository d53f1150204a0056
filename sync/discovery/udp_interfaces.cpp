#include "sync/discovery/udp_interfaces.hpp"

#include <ifaddrs.h>
#include <net/if.h>

#include <memory>

namespace kiem {
namespace {

constexpr std::size_t kMaxRoutes = 64;  // of each family; a machine has a handful

bool is_usable(const ifaddrs& each, bool loopback) {
  if (each.ifa_addr == nullptr || (each.ifa_flags & IFF_UP) == 0 || (each.ifa_flags & IFF_RUNNING) == 0) return false;
  return ((each.ifa_flags & IFF_LOOPBACK) != 0) == loopback;
}

void add_four(const ifaddrs& each, bool loopback, UdpRoutes& routes) {
  BroadcastRoute route;
  route.interface = if_nametoindex(each.ifa_name);
  route.from = reinterpret_cast<const sockaddr_in*>(each.ifa_addr)->sin_addr;
  if (loopback) {
    route.to.s_addr = htonl(INADDR_LOOPBACK | 0x00FF'FFFFU);
  } else {
    if ((each.ifa_flags & IFF_BROADCAST) == 0 || each.ifa_broadaddr == nullptr) return;
    route.to = reinterpret_cast<const sockaddr_in*>(each.ifa_broadaddr)->sin_addr;
  }
  if (routes.four.size() < kMaxRoutes) routes.four.push_back(route);
}

void add_six(const ifaddrs& each, UdpRoutes& routes) {
  MulticastRoute route;
  route.interface = if_nametoindex(each.ifa_name);
  route.from = reinterpret_cast<const sockaddr_in6*>(each.ifa_addr)->sin6_addr;
  const bool fits = (each.ifa_flags & IFF_MULTICAST) != 0 && IN6_IS_ADDR_LINKLOCAL(&route.from);
  if (fits && routes.six.size() < kMaxRoutes) routes.six.push_back(route);
}

}  // namespace

UdpRoutes udp_routes(bool loopback) {
  UdpRoutes routes;
  ifaddrs* first = nullptr;
  if (getifaddrs(&first) != 0) return routes;
  const std::unique_ptr<ifaddrs, decltype(&freeifaddrs)> all(first, &freeifaddrs);
  for (const ifaddrs* each = all.get(); each != nullptr; each = each->ifa_next) {
    if (!is_usable(*each, loopback)) continue;
    if (each->ifa_addr->sa_family == AF_INET) add_four(*each, loopback, routes);
    if (each->ifa_addr->sa_family == AF_INET6 && !loopback) add_six(*each, routes);
  }
  return routes;
}

}  // namespace kiem
