#include "sync/transport/local_hosts.hpp"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>

#include <array>
#include <memory>

namespace kiem {
namespace {

std::string text_of(int family, const void* address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  return inet_ntop(family, address, text.data(), text.size()) == nullptr ? std::string() : std::string(text.data());
}

}  // namespace

std::vector<std::string> local_hosts() {
  ifaddrs* first = nullptr;
  if (getifaddrs(&first) != 0) return {};
  const std::unique_ptr<ifaddrs, decltype(&freeifaddrs)> all(first, &freeifaddrs);
  std::vector<std::string> four;
  std::vector<std::string> six;
  std::vector<std::string> loopback;
  for (const ifaddrs* each = all.get(); each != nullptr; each = each->ifa_next) {
    if (each->ifa_addr == nullptr || (each->ifa_flags & IFF_UP) == 0) continue;
    const bool is_loopback = (each->ifa_flags & IFF_LOOPBACK) != 0;
    if (each->ifa_addr->sa_family == AF_INET) {
      const auto* const address = reinterpret_cast<const sockaddr_in*>(each->ifa_addr);
      (is_loopback ? loopback : four).push_back(text_of(AF_INET, &address->sin_addr));
    } else if (each->ifa_addr->sa_family == AF_INET6 && !is_loopback) {
      const auto* const address = reinterpret_cast<const sockaddr_in6*>(each->ifa_addr);
      if (!IN6_IS_ADDR_LINKLOCAL(&address->sin6_addr)) six.push_back(text_of(AF_INET6, &address->sin6_addr));
    }
  }
  four.insert(four.end(), six.begin(), six.end());
  return four.empty() ? loopback : four;
}

}  // namespace kiem
