// DNS-SD by Avahi's daemon, while it runs: the only door to libavahi-client, which is loaded when the program runs.
//
// What is announced is a service of type _kiem._udp under a name drawn by the beacon's own chance; its TXT record is
// the beacon in two parts. The library is asked, and calls back, on a thread of ours alone, since it waits for the
// daemon's answers, up to 25 s for each. What crosses is one beacon that way, the last, and a bounded queue this way:
// what does not fit is dropped. So the node waits for nothing but that thread when it goes: for the answer to one call.
//
// When the daemon goes it is waited for; when it comes back what was said last is said again and all is heard again.
// When the system's bus goes, or is not there, it is looked for again with the next announcement.
// Failures: none is an error. Without the library or the daemon there is nothing.
#pragma once

#include <memory>

#include "sync/discovery/avahi_calls.hpp"
#include "sync/discovery/dns_sd.hpp"

namespace kiem {

// The part of TXT records that is a beacon, in either order; nothing when it is none of ours.
[[nodiscard]] std::optional<Bytes> beacon_of(const std::vector<Bytes>& texts);
[[nodiscard]] std::vector<Bytes> texts_of(ByteView beacon);

// Begins to look for the daemon, over the system's bus. Null: there is no library, or no thread for it.
[[nodiscard]] std::unique_ptr<DnsSd> connect_avahi(const AvahiLibraries& libraries = {});
[[nodiscard]] std::unique_ptr<DnsSd> connect_avahi(const AvahiCalls& calls);

}  // namespace kiem
