#include "sync/discovery/system_datagrams.hpp"

#include "sync/discovery/avahi.hpp"
#include "sync/discovery/joined_datagrams.hpp"
#include "sync/discovery/udp_datagrams.hpp"

namespace kiem {

Result<std::unique_ptr<Datagrams>> open_system_datagrams() {
  KIEM_TRY_GET(auto datagrams, UdpDatagrams::create());
  auto dns_sd = connect_avahi();
  if (dns_sd == nullptr) return datagrams;
  return JoinedDatagrams::create(std::move(datagrams), std::move(dns_sd));
}

}  // namespace kiem
