// The addresses of this machine's interfaces, for codes and for saying where a node listens. Any thread.
#pragma once

#include <string>
#include <vector>

namespace kiem {

// Of interfaces that are up: IPv4 first, then global IPv6; loopback only when there is nothing else. No link-local
// address, for it means nothing without the caller's own interface. Empty when the system does not tell.
[[nodiscard]] std::vector<std::string> local_hosts();

}  // namespace kiem
