// Why nobody was heard on this network, as far as a look around tells: what the command line and the client explain. A
// value and a free function, any thread.
#pragma once

#include "sync/control/node_requests.hpp"

namespace kiem {

// In the order in which it is looked for.
enum class Silence : std::uint8_t {
  off,         // nothing is sent: switched off, or the port is another program's
  no_network,  // no address to send from
  deaf,        // not even the own beacon came back: something on this laptop stops it
  others,      // Kiem is here, of other initiatives
  nobody,      // nothing but the own beacon: nobody is there, or the network keeps laptops apart
};

[[nodiscard]] constexpr Silence silence_of(const Surroundings& around) {
  if (!around.looks) return Silence::off;
  if (around.addresses == 0) return Silence::no_network;
  if (around.foreign > 0) return Silence::others;
  return around.own == 0 ? Silence::deaf : Silence::nobody;
}

}  // namespace kiem
