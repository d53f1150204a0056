// Over the loopback interface alone; what a network namespace shows beside it is tests/peers/discovery_test.cpp's.
#include "sync/discovery/udp_datagrams.hpp"

#include <doctest/doctest.h>
#include <poll.h>

namespace kiem::test {
namespace {

constexpr UdpOptions kHere{15'937, true};
constexpr int kPatienceMs = 5'000;

std::optional<Datagram> waited(Datagrams& datagrams) {
  pollfd wake{datagrams.wake_fd(), POLLIN, 0};
  if (::poll(&wake, 1, kPatienceMs) != 1) return std::nullopt;
  return datagrams.next();
}

TEST_CASE("what one sends all on this machine hear, itself too, with the address it came from") {
  const auto one = UdpDatagrams::create(kHere);
  const auto other = UdpDatagrams::create(kHere);
  REQUIRE(one.has_value());
  REQUIRE(other.has_value());
  CHECK_FALSE((*one)->next().has_value());
  const Bytes said(440, 7);
  REQUIRE((*one)->send(said) == 1);
  for (const auto* const each : {&*one, &*other}) {
    const auto heard = waited(**each);
    REQUIRE(heard.has_value());
    CHECK(heard->bytes == said);
    CHECK(heard->host == "127.0.0.1");
    CHECK_FALSE((*each)->next().has_value());
    pollfd wake{(*each)->wake_fd(), POLLIN, 0};
    CHECK(::poll(&wake, 1, 0) == 0);
  }
}

TEST_CASE("what is longer than any beacon arrives cut, and what is empty arrives empty") {
  const auto one = UdpDatagrams::create(kHere);
  REQUIRE(one.has_value());
  REQUIRE((*one)->send(Bytes(4'000, 1)) == 1);
  REQUIRE((*one)->send({}) == 1);
  const auto cut = waited(**one);
  REQUIRE(cut.has_value());
  CHECK(cut->bytes.size() == 2'048);
  const auto empty = waited(**one);
  REQUIRE(empty.has_value());
  CHECK(empty->bytes.empty());
}

TEST_CASE("nothing goes out by a way that is switched off, and what comes by it is dropped") {
  const auto one = UdpDatagrams::create(kHere);
  const auto other = UdpDatagrams::create(kHere);
  REQUIRE(one.has_value());
  REQUIRE(other.has_value());
  (*one)->choose({false, true, true});
  CHECK((*one)->send(Bytes(440, 7)) == 0);
  REQUIRE((*other)->send(Bytes(440, 8)) == 1);
  REQUIRE(waited(**other).has_value());
  CHECK_FALSE(waited(**one).has_value());
  pollfd wake{(*one)->wake_fd(), POLLIN, 0};
  CHECK(::poll(&wake, 1, 0) == 0);
  (*one)->choose({});
  REQUIRE((*other)->send(Bytes(440, 9)) == 1);
  const auto heard = waited(**one);
  REQUIRE(heard.has_value());
  CHECK(heard->bytes.front() == 9);
}

TEST_CASE("every address of every interface but loopback is a route, each with its own source") {
  const UdpRoutes routes = udp_routes(false);
  for (const BroadcastRoute& route : routes.four) {
    CHECK(route.interface != 0);
    CHECK(route.from.s_addr != htonl(INADDR_LOOPBACK));
    CHECK(route.to.s_addr != 0);
  }
  for (const MulticastRoute& route : routes.six) CHECK(IN6_IS_ADDR_LINKLOCAL(&route.from));
  const UdpRoutes here = udp_routes(true);
  REQUIRE(here.four.size() == 1);
  CHECK(here.six.empty());
}

}  // namespace
}  // namespace kiem::test
