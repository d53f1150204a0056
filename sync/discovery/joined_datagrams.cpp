#include "sync/discovery/joined_datagrams.hpp"

#include <sys/epoll.h>

#include <array>

namespace kiem {

Result<std::unique_ptr<Datagrams>> JoinedDatagrams::create(std::unique_ptr<Datagrams> datagrams,
                                                           std::unique_ptr<DnsSd> dns_sd) {
  std::unique_ptr<JoinedDatagrams> made(new JoinedDatagrams(std::move(datagrams), std::move(dns_sd)));
  made->waiter_ = control::Descriptor(::epoll_create1(EPOLL_CLOEXEC));
  if (!made->waiter_.is_open()) return fail(ErrorCode::out_of_memory, Fault::machine);
  for (const int each : std::array{made->datagrams_->wake_fd(), made->dns_sd_->wake_fd()}) {
    epoll_event readable{};
    readable.events = EPOLLIN;
    if (each >= 0 && ::epoll_ctl(made->waiter_.fd(), EPOLL_CTL_ADD, each, &readable) != 0) {
      return fail(ErrorCode::out_of_memory, Fault::machine);
    }
  }
  return std::unique_ptr<Datagrams>(std::move(made));
}

std::size_t JoinedDatagrams::send(ByteView bytes) {
  const std::size_t taken = datagrams_->send(bytes);
  if (chosen_.dns_sd && (!is_announced_ || ++since_ >= kBeaconsAnAnnouncement)) {
    is_announced_ = dns_sd_->announce(bytes);
    since_ = 0;
  }
  // Which addresses there are, datagrams tell better; the daemon takes announcements without any.
  const bool by_announcement_alone = !chosen_.ipv4 && !chosen_.ipv6;
  return by_announcement_alone && is_announced_ ? 1 : taken;
}

std::optional<Datagram> JoinedDatagrams::next() {
  if (auto datagram = datagrams_->next()) return datagram;
  // What is heard while this way is switched off is taken and dropped.
  while (auto heard = dns_sd_->next()) {
    if (chosen_.dns_sd) return heard;
  }
  return std::nullopt;
}

void JoinedDatagrams::choose(const Routes& routes) {
  datagrams_->choose(routes);
  // Also what waits for somebody to say it.
  if (!routes.dns_sd && chosen_.dns_sd) dns_sd_->announce({});
  chosen_ = routes;
  is_announced_ = is_announced_ && routes.dns_sd;
}

bool JoinedDatagrams::has_changed() {
  if (!datagrams_->has_changed()) return false;
  is_announced_ = false;  // anew, from the addresses that there are now
  return true;
}

}  // namespace kiem
