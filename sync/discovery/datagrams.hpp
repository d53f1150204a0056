// Datagrams to whoever is on the same networks, as a program gets them handed in (DESIGN D1). The implementation for
// real machines is udp_datagrams.hpp; tests bring their own.
//
// Owned and used by one thread, the node's; never blocks. Nothing is promised of a datagram: it may be lost, come
// twice, or be from anybody.
#pragma once

#include <optional>
#include <string>

#include "core/base/bytes.hpp"
#include "core/views/models.hpp"

namespace kiem {

struct Datagram {
  Bytes bytes;
  std::string host;  // it came from, as an Endpoint holds one; a link-local one with its interface: "fe80::1%eth0"
};

class Datagrams {
 public:
  virtual ~Datagrams() = default;
  // A descriptor that can be read while datagrams or a change of the network wait.
  [[nodiscard]] virtual int wake_fd() const = 0;
  // To everybody on every network that this machine is in, one from each of its addresses there. How many of those
  // addresses took it: 0 when there is no network.
  virtual std::size_t send(ByteView bytes) = 0;
  // The next one that waits; nothing when none does.
  [[nodiscard]] virtual std::optional<Datagram> next() = 0;
  // By which ways from now on; all of them at first. What comes by another is not given.
  virtual void choose(const Routes& routes) = 0;
  // True once after an address or a network came or went.
  [[nodiscard]] virtual bool has_changed() = 0;
};

}  // namespace kiem
