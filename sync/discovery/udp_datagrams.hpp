// Datagrams over UDP on the networks of this machine: directed broadcast over IPv4 and link-local multicast over IPv6,
// from each address in turn (P17), and a watch on addresses that come and go. The only door to UDP sockets.
//
// Owns its descriptors. One thread. It fails to be made when the port is somebody else's or the system gives no
// descriptor; after that a network that is gone is no failure. Several processes of one machine share the port.
#pragma once

#include <memory>

#include "core/base/result.hpp"
#include "sync/control/descriptor.hpp"
#include "sync/discovery/datagrams.hpp"
#include "sync/discovery/udp_interfaces.hpp"

namespace kiem {

// Below the ports that systems lend, and nobody's that IANA lists.
inline constexpr std::uint16_t kBeaconPort = 15'436;

struct UdpOptions {
  std::uint16_t port = kBeaconPort;
  bool loopback = false;  // for tests: this machine alone
};

class UdpDatagrams final : public Datagrams {
 public:
  // Errors: address_in_use, out_of_memory (no descriptor).
  [[nodiscard]] static Result<std::unique_ptr<Datagrams>> create(UdpOptions options = {});

  [[nodiscard]] int wake_fd() const override { return waiter_.fd(); }
  std::size_t send(ByteView bytes) override;
  [[nodiscard]] std::optional<Datagram> next() override;
  void choose(const Routes& routes) override { chosen_ = routes; }
  [[nodiscard]] bool has_changed() override;

 private:
  explicit UdpDatagrams(UdpOptions options) : options_(options) {}
  [[nodiscard]] Status open();
  void look_at_interfaces();

  UdpOptions options_;
  Routes chosen_;
  control::Descriptor four_, six_, news_, waiter_;
  UdpRoutes routes_;
};

}  // namespace kiem
