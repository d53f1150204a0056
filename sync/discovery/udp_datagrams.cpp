#include "sync/discovery/udp_datagrams.hpp"

#include <arpa/inet.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>

namespace kiem {
namespace {

constexpr std::size_t kMaxDatagram = 2'048;  // what is longer arrives cut, and is no beacon of any version then

// ff12::6b69:656d, "kiem": transient, of this link alone.
constexpr in6_addr kGroup{{{0xFF, 0x12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x6B, 0x69, 0x65, 0x6D}}};

control::Descriptor open_socket(int family, int type, int protocol = 0) {
  return control::Descriptor(::socket(family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol));
}

bool set(const control::Descriptor& socket, int level, int option, int value) {
  return ::setsockopt(socket.fd(), level, option, &value, sizeof(value)) == 0;
}

template <class Address>
const sockaddr* as_address(const Address& address) {
  return reinterpret_cast<const sockaddr*>(&address);
}

template <class Address>
bool bind_to(const control::Descriptor& socket, const Address& address) {
  return ::bind(socket.fd(), as_address(address), sizeof(address)) == 0;
}

// One datagram from one address of one interface: the packet info says which.
template <class Address, class Info>
bool send_from(int socket, ByteView bytes, Address to, int level, int type, const Info& info) {
  iovec piece{const_cast<std::uint8_t*>(bytes.data()), bytes.size()};
  alignas(cmsghdr) std::array<std::uint8_t, CMSG_SPACE(sizeof(Info))> control{};
  msghdr message{};
  message.msg_name = &to;
  message.msg_namelen = sizeof(to);
  message.msg_iov = &piece;
  message.msg_iovlen = 1;
  message.msg_control = control.data();
  message.msg_controllen = control.size();
  cmsghdr* const header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = level;
  header->cmsg_type = type;
  header->cmsg_len = CMSG_LEN(sizeof(Info));
  std::memcpy(CMSG_DATA(header), &info, sizeof(info));
  return ::sendmsg(socket, &message, MSG_DONTWAIT | MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size());
}

std::string host_of(const sockaddr_storage& from) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (from.ss_family == AF_INET) {
    const auto& four = reinterpret_cast<const sockaddr_in&>(from);
    return inet_ntop(AF_INET, &four.sin_addr, text.data(), text.size()) == nullptr ? "" : text.data();
  }
  const auto& six = reinterpret_cast<const sockaddr_in6&>(from);
  if (inet_ntop(AF_INET6, &six.sin6_addr, text.data(), text.size()) == nullptr) return "";
  std::array<char, IF_NAMESIZE> name{};
  const bool scoped = six.sin6_scope_id != 0 && if_indextoname(six.sin6_scope_id, name.data()) != nullptr;
  return std::string(text.data()) + (scoped ? "%" + std::string(name.data()) : "");
}

std::optional<Datagram> receive(int socket) {
  if (socket < 0) return std::nullopt;
  std::array<std::uint8_t, kMaxDatagram> buffer{};
  sockaddr_storage from{};
  socklen_t length = sizeof(from);
  const ssize_t got = ::recvfrom(socket, buffer.data(), buffer.size(), 0, reinterpret_cast<sockaddr*>(&from), &length);
  if (got < 0) return std::nullopt;
  return Datagram{Bytes(buffer.begin(), buffer.begin() + got), host_of(from)};
}

tl::unexpected<Error> no_descriptor() {
  return fail(ErrorCode::out_of_memory, Fault::machine, {std::generic_category().message(errno)});
}

}  // namespace

Result<std::unique_ptr<Datagrams>> UdpDatagrams::create(UdpOptions options) {
  std::unique_ptr<UdpDatagrams> made(new UdpDatagrams(options));
  KIEM_TRY(made->open());
  return std::unique_ptr<Datagrams>(std::move(made));
}

Status UdpDatagrams::open() {
  waiter_ = control::Descriptor(::epoll_create1(EPOLL_CLOEXEC));
  four_ = open_socket(AF_INET, SOCK_DGRAM);
  if (!waiter_.is_open() || !four_.is_open()) return no_descriptor();
  sockaddr_in any{};
  any.sin_family = AF_INET;
  any.sin_port = htons(options_.port);
  if (!set(four_, SOL_SOCKET, SO_REUSEADDR, 1) || !set(four_, SOL_SOCKET, SO_BROADCAST, 1) || !bind_to(four_, any)) {
    return fail(ErrorCode::address_in_use, Fault::person, {"udp:" + std::to_string(options_.port)});
  }
  // Without IPv6, or without news of the network, the rest works as well.
  six_ = options_.loopback ? control::Descriptor() : open_socket(AF_INET6, SOCK_DGRAM);
  sockaddr_in6 any_six{};
  any_six.sin6_family = AF_INET6;
  any_six.sin6_port = htons(options_.port);
  const bool has_six = six_.is_open() && set(six_, IPPROTO_IPV6, IPV6_V6ONLY, 1) &&
                       set(six_, SOL_SOCKET, SO_REUSEADDR, 1) && set(six_, IPPROTO_IPV6, IPV6_MULTICAST_HOPS, 1) &&
                       bind_to(six_, any_six);
  if (!has_six) six_ = control::Descriptor();
  news_ = options_.loopback ? control::Descriptor() : open_socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
  sockaddr_nl groups{};
  groups.nl_family = AF_NETLINK;
  groups.nl_groups = RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR;
  if (news_.is_open() && !bind_to(news_, groups)) news_ = control::Descriptor();
  for (const control::Descriptor* const each : {&four_, &six_, &news_}) {
    epoll_event readable{};
    readable.events = EPOLLIN;
    if (each->is_open() && ::epoll_ctl(waiter_.fd(), EPOLL_CTL_ADD, each->fd(), &readable) != 0) return no_descriptor();
  }
  look_at_interfaces();
  return {};
}

// A group is joined once an interface; joining again is refused and changes nothing.
void UdpDatagrams::look_at_interfaces() {
  routes_ = udp_routes(options_.loopback);
  if (!six_.is_open()) return;
  for (const MulticastRoute& route : routes_.six) {
    ipv6_mreq membership{};
    membership.ipv6mr_multiaddr = kGroup;
    membership.ipv6mr_interface = route.interface;
    static_cast<void>(::setsockopt(six_.fd(), IPPROTO_IPV6, IPV6_JOIN_GROUP, &membership, sizeof(membership)));
  }
}

std::size_t UdpDatagrams::send(ByteView bytes) {
  // Beacons are rare: looking anew each time costs little and misses nothing where there is no news.
  look_at_interfaces();
  std::size_t taken = 0;
  for (const BroadcastRoute& route : routes_.four) {
    if (!chosen_.ipv4) break;
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(options_.port);
    to.sin_addr = route.to;
    in_pktinfo info{};
    info.ipi_ifindex = static_cast<int>(route.interface);
    info.ipi_spec_dst = route.from;
    if (send_from(four_.fd(), bytes, to, IPPROTO_IP, IP_PKTINFO, info)) ++taken;
  }
  for (const MulticastRoute& route : routes_.six) {
    if (!six_.is_open() || !chosen_.ipv6) break;
    sockaddr_in6 to{};
    to.sin6_family = AF_INET6;
    to.sin6_port = htons(options_.port);
    to.sin6_addr = kGroup;
    to.sin6_scope_id = route.interface;
    in6_pktinfo info{};
    info.ipi6_ifindex = route.interface;
    info.ipi6_addr = route.from;
    if (send_from(six_.fd(), bytes, to, IPPROTO_IPV6, IPV6_PKTINFO, info)) ++taken;
  }
  return taken;
}

std::optional<Datagram> UdpDatagrams::next() {
  // What came by a way that is switched off is taken and dropped, or it would be there for ever.
  while (auto datagram = receive(four_.fd())) {
    if (chosen_.ipv4) return datagram;
  }
  while (auto datagram = receive(six_.fd())) {
    if (chosen_.ipv6) return datagram;
  }
  return std::nullopt;
}

bool UdpDatagrams::has_changed() {
  if (!news_.is_open()) return false;
  bool changed = false;
  // What exactly is news is of no interest: the interfaces are looked at as they are. A lost message is news too.
  std::array<std::uint8_t, 8'192> message{};
  while (true) {
    const ssize_t got = ::recv(news_.fd(), message.data(), message.size(), 0);
    if (got < 0 && errno != ENOBUFS) break;
    changed = true;
  }
  if (changed) look_at_interfaces();
  return changed;
}

}  // namespace kiem
