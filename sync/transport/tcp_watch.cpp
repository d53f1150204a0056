#include "sync/transport/tcp_watch.hpp"

#include <arpa/inet.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <limits>

namespace kiem {
namespace {

constexpr int kEventsAtOnce = 32;
constexpr std::string_view kMappedIpv4 = "::ffff:";

}  // namespace

std::optional<std::uint64_t> socket_cookie(int fd) {
  std::uint64_t cookie = 0;
  socklen_t size = sizeof cookie;
  if (::getsockopt(fd, SOL_SOCKET, SO_COOKIE, &cookie, &size) != 0) return std::nullopt;
  return cookie;
}

std::optional<std::uint64_t> bytes_received(int fd) {
  tcp_info info{};
  socklen_t size = sizeof info;
  if (::getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &size) != 0) return std::nullopt;
  return info.tcpi_bytes_received;
}

std::optional<Endpoint> peer_address(int fd) {
  sockaddr_storage storage{};
  socklen_t size = sizeof storage;
  auto* address = reinterpret_cast<sockaddr*>(&storage);
  if (::getpeername(fd, address, &size) != 0) return std::nullopt;
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (storage.ss_family == AF_INET) {
    const auto* ipv4 = reinterpret_cast<const sockaddr_in*>(&storage);
    if (::inet_ntop(AF_INET, &ipv4->sin_addr, text.data(), text.size()) == nullptr) return std::nullopt;
    return Endpoint{text.data(), ntohs(ipv4->sin_port)};
  }
  if (storage.ss_family != AF_INET6) return std::nullopt;
  const auto* ipv6 = reinterpret_cast<const sockaddr_in6*>(&storage);
  if (::inet_ntop(AF_INET6, &ipv6->sin6_addr, text.data(), text.size()) == nullptr) return std::nullopt;
  std::string host = text.data();
  if (host.starts_with(kMappedIpv4) && host.find('.') != std::string::npos) host.erase(0, kMappedIpv4.size());
  return Endpoint{std::move(host), ntohs(ipv6->sin6_port)};
}

void shut_down(int fd, std::uint64_t cookie) {
  // An error means that the connection is over already, which is what was wanted.
  if (socket_cookie(fd) == cookie) ::shutdown(fd, SHUT_RDWR);
}

void reset_connection(int fd, std::uint64_t cookie) {
  if (socket_cookie(fd) != cookie) return;
  // Linux dissolves the association of a TCP socket (connect(2)) by a reset; the descriptor stays libzmq's to close.
  sockaddr nobody{};
  nobody.sa_family = AF_UNSPEC;
  if (::connect(fd, &nobody, sizeof nobody) != 0) ::shutdown(fd, SHUT_RDWR);
}

std::size_t descriptor_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 1024;  // what POSIX systems give at least in practice
  return static_cast<std::size_t>(std::min<rlim_t>(limit.rlim_cur, std::numeric_limits<int>::max()));
}

TcpWatch::TcpWatch(std::size_t unfinished_bytes)
    : unfinished_bytes_(unfinished_bytes), epoll_(::epoll_create1(EPOLL_CLOEXEC)) {}
TcpWatch::~TcpWatch() {
  if (epoll_ >= 0) ::close(epoll_);
}

void TcpWatch::arm(int fd, std::uint64_t cookie, int operation) const {
  epoll_event event{};
  event.events = EPOLLIN | EPOLLONESHOT;
  event.data.u64 = cookie;
  // Fails when libzmq has closed the descriptor meanwhile; its event says so and remove() follows.
  ::epoll_ctl(epoll_, operation, fd, &event);
}

void TcpWatch::add(int fd, std::uint64_t cookie) {
  // Looked at once at the next check: bytes may have come and been read before anybody watched.
  entries_[cookie] = Entry{fd, unfinished_bytes_, 0, 0, 0};
  arm(fd, cookie, EPOLL_CTL_ADD);
}

void TcpWatch::remove(std::uint64_t cookie) {
  const auto found = entries_.find(cookie);
  if (found == entries_.end()) return;
  // A closed descriptor has left the epoll set by itself, and its number may be another's by now.
  if (socket_cookie(found->second.fd) == cookie) ::epoll_ctl(epoll_, EPOLL_CTL_DEL, found->second.fd, nullptr);
  entries_.erase(found);
}

void TcpWatch::set_limit(std::uint64_t cookie, std::size_t unfinished_bytes) {
  if (const auto found = entries_.find(cookie); found != entries_.end()) found->second.limit = unfinished_bytes;
}

void TcpWatch::completed(std::uint64_t cookie) {
  const auto found = entries_.find(cookie);
  if (found == entries_.end() || socket_cookie(found->second.fd) != cookie) return;
  if (const auto received = bytes_received(found->second.fd)) found->second.settled = *received;
}

std::vector<std::uint64_t> TcpWatch::check(std::uint64_t now_ms) {
  std::array<epoll_event, kEventsAtOnce> events{};
  const int count = ::epoll_wait(epoll_, events.data(), kEventsAtOnce, 0);
  for (int i = 0; i < count; ++i) {
    const std::uint64_t cookie = events[static_cast<std::size_t>(i)].data.u64;  // a copy: the kernel packs it
    const auto found = entries_.find(cookie);
    if (found != entries_.end() && !found->second.due) found->second.due = now_ms + kSampleMs;
  }
  std::vector<std::uint64_t> over;
  for (auto& [cookie, entry] : entries_) {
    if (!entry.due || *entry.due > now_ms) continue;
    auto received = socket_cookie(entry.fd) == cookie ? bytes_received(entry.fd) : std::nullopt;
    if (received == entry.seen) {
      // Quiet. Asked again once it is armed: what came in between may have been read already and would not be told.
      arm(entry.fd, cookie, EPOLL_CTL_MOD);
      received = bytes_received(entry.fd);
    }
    if (!received || *received == entry.seen) {
      entry.due.reset();  // quiet, or gone and about to be removed
      continue;
    }
    entry.seen = *received;
    entry.due = now_ms + kSampleMs;
    if (*received - entry.settled > entry.limit) over.push_back(cookie);
  }
  return over;
}

std::optional<std::uint64_t> TcpWatch::due_ms() const {
  std::optional<std::uint64_t> earliest;
  for (const auto& [cookie, entry] : entries_) {
    if (entry.due && (!earliest || *entry.due < *earliest)) earliest = entry.due;
  }
  return earliest;
}

}  // namespace kiem
