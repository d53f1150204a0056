// What main.cpp hands in as the datagrams of this machine: UDP, and DNS-SD beside it where Avahi's daemon answers. Free
// function; any thread, whose the datagrams are from then on.
#pragma once

#include <memory>

#include "core/base/result.hpp"
#include "sync/discovery/datagrams.hpp"

namespace kiem {

// Errors: those of UdpDatagrams. Without the daemon it is UDP alone.
[[nodiscard]] Result<std::unique_ptr<Datagrams>> open_system_datagrams();

}  // namespace kiem
