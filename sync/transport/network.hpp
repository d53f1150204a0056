// The network as a program gets it handed in (DESIGN D1): a transport, what wakes a thread that waits for it, and the
// addresses of this machine.
//
// Owned and used by one thread, the node's. The implementation for real machines is zmq_network.hpp; tests bring their
// own.
#pragma once

#include <string>
#include <vector>

#include "sync/transport/transport.hpp"

namespace kiem {

class Network {
 public:
  virtual ~Network() = default;
  [[nodiscard]] virtual Transport& transport() = 0;
  // A descriptor that can be read while the transport's events wait (ZmqTransport::wake_fd).
  [[nodiscard]] virtual int wake_fd() const = 0;
  // Addresses at which others may reach this machine now, the likeliest first, as an Endpoint holds a host. Loopback
  // only when there is nothing else. Empty when the system does not tell.
  [[nodiscard]] virtual std::vector<std::string> hosts() = 0;
};

}  // namespace kiem
