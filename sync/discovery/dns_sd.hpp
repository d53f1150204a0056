// Saying something to everybody on the same networks by DNS-SD (RFC 6763), and hearing what others say: where
// broadcasts are blocked, multicast DNS often passes. What is said are beacons (sync/PROTOCOL.md section 13), nothing
// besides. The implementation for real machines is avahi.hpp; tests bring their own.
//
// Owned and used by one thread, the node's. Nothing waits for anything. Nothing is promised of what is heard.
#pragma once

#include "sync/discovery/datagrams.hpp"

namespace kiem {

class DnsSd {
 public:
  virtual ~DnsSd() = default;
  // A descriptor that can be read while something waits.
  [[nodiscard]] virtual int wake_fd() const = 0;
  // Says this instead of what was said before; nothing any more when it is empty. Whether there is somebody to say it:
  // else it is said when somebody comes.
  virtual bool announce(ByteView beacon) = 0;
  // The next one that was heard; nothing when none waits.
  [[nodiscard]] virtual std::optional<Datagram> next() = 0;
};

}  // namespace kiem
