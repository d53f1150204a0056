#include "sync/transport/tcp_watch.hpp"

#include <doctest/doctest.h>
#include <poll.h>

#include "sync/transport/backoff.hpp"
#include "sync/transport/gate.hpp"
#include "tests/support/fakes.hpp"
#include "tests/unit/transport/hostile_zmtp.hpp"

namespace kiem::test {
namespace {

// A TCP connection whose two ends are ours.
struct TcpPair {
  TcpPair() {
    const int listener = HostileZmtp::open();
    sockaddr_in address = HostileZmtp::loopback(0);
    socklen_t size = sizeof address;
    KIEM_CHECK(::bind(listener, reinterpret_cast<const sockaddr*>(&address), size) == 0);
    KIEM_CHECK(::listen(listener, 1) == 0);
    KIEM_CHECK(::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) == 0);
    port = ntohs(address.sin_port);
    sender = HostileZmtp::open();
    KIEM_CHECK(::connect(sender, reinterpret_cast<const sockaddr*>(&address), size) == 0);
    receiver = ::accept(listener, nullptr, nullptr);
    KIEM_CHECK(receiver >= 0);
    ::close(listener);
  }
  ~TcpPair() {
    ::close(sender);
    ::close(receiver);
  }
  TcpPair(const TcpPair&) = delete;
  TcpPair& operator=(const TcpPair&) = delete;

  // Returns when the kernel of the other end has them.
  void send(std::size_t bytes) {
    const auto before = bytes_received(receiver);
    REQUIRE(before.has_value());
    REQUIRE(::send(sender, Bytes(bytes).data(), bytes, MSG_NOSIGNAL) == static_cast<ssize_t>(bytes));
    while (*bytes_received(receiver) != *before + bytes) {
    }
  }
  void read_all() {
    std::array<char, 4096> buffer{};
    while (::recv(receiver, buffer.data(), buffer.size(), MSG_DONTWAIT) > 0) {
    }
  }
  [[nodiscard]] std::uint64_t cookie() const { return *socket_cookie(receiver); }

  std::uint16_t port = 0;
  int sender = -1;
  int receiver = -1;
};

bool stirs(const TcpWatch& watch) {
  pollfd polled{watch.wake_fd(), POLLIN, 0};
  return ::poll(&polled, 1, 0) == 1;
}

TEST_CASE("a connection is over its limit when more than that came without a completed message") {
  TcpPair pair;
  TcpWatch watch(1000);
  REQUIRE(watch.is_good());
  watch.add(pair.receiver, pair.cookie());
  CHECK_FALSE(stirs(watch));
  CHECK(watch.due_ms() == 0);  // one look at what came before it was watched
  CHECK(watch.check(0).empty());
  CHECK_FALSE(watch.due_ms().has_value());

  pair.send(1000);
  CHECK(stirs(watch));
  CHECK(watch.check(0).empty());  // seen to stir, looked at in a moment
  CHECK(watch.due_ms() == TcpWatch::kSampleMs);
  CHECK(watch.check(5).empty());  // exactly the limit
  pair.send(1);
  CHECK(watch.check(9).empty());  // not due yet
  CHECK(watch.check(10) == std::vector<std::uint64_t>{pair.cookie()});
}

TEST_CASE("a completed message settles what came before it") {
  TcpPair pair;
  TcpWatch watch(1000);
  watch.add(pair.receiver, pair.cookie());
  pair.send(900);
  CHECK(watch.check(0).empty());
  watch.completed(pair.cookie());
  CHECK(watch.check(5).empty());
  pair.send(900);
  CHECK(watch.check(10).empty());
  pair.send(101);
  CHECK(watch.check(15).size() == 1);
}

TEST_CASE("what came and was read before anybody watched is counted too") {
  TcpPair pair;
  pair.send(1001);
  pair.read_all();
  TcpWatch watch(1000);
  watch.add(pair.receiver, pair.cookie());
  CHECK(watch.check(0) == std::vector<std::uint64_t>{pair.cookie()});
}

TEST_CASE("a quiet connection costs no looks until it stirs again") {
  TcpPair pair;
  TcpWatch watch(1000);
  watch.add(pair.receiver, pair.cookie());
  pair.send(10);
  CHECK(watch.check(0).empty());
  CHECK(watch.check(5).empty());
  pair.read_all();
  watch.completed(pair.cookie());
  CHECK(watch.check(10).empty());
  CHECK_FALSE(watch.due_ms().has_value());
  CHECK_FALSE(stirs(watch));
  pair.send(1000);
  CHECK(stirs(watch));
  CHECK(watch.check(20).empty());
  CHECK(watch.check(25).empty());  // settled at 10 bytes
}

TEST_CASE("limits are of one connection, and a removed one is not looked at") {
  TcpPair one;
  TcpPair two;
  TcpWatch watch(1000);
  watch.add(one.receiver, one.cookie());
  watch.add(two.receiver, two.cookie());
  watch.set_limit(two.cookie(), 10);
  CHECK(watch.check(0).empty());
  one.send(500);
  two.send(500);
  CHECK(watch.check(0).empty());
  CHECK(watch.check(5) == std::vector<std::uint64_t>{two.cookie()});
  watch.remove(two.cookie());
  two.send(500);
  CHECK(watch.check(10).empty());
}

TEST_CASE("a descriptor that is another's by now is neither counted nor shut down") {
  TcpPair pair;
  TcpWatch watch(10);
  const std::uint64_t old_cookie = pair.cookie();
  watch.add(pair.receiver, old_cookie);
  const int number = pair.receiver;
  ::close(pair.receiver);
  TcpPair other;
  REQUIRE(::dup2(other.receiver, number) == number);  // the number lives on as another connection
  pair.receiver = number;
  CHECK(*socket_cookie(number) != old_cookie);
  other.send(100);
  CHECK(watch.check(0).empty());
  CHECK(watch.check(5).empty());
  shut_down(number, old_cookie);
  other.send(1);  // still open
  shut_down(number, *socket_cookie(number));
  std::array<char, 200> buffer{};
  CHECK(::recv(other.sender, buffer.data(), buffer.size(), 0) == 0);
}

TEST_CASE("what is no connection has no cookie, no bytes and no other end") {
  CHECK_FALSE(socket_cookie(-1).has_value());
  CHECK_FALSE(bytes_received(-1).has_value());
  CHECK_FALSE(peer_address(-1).has_value());
  CHECK_FALSE(socket_cookie(STDIN_FILENO).has_value());
  TcpPair pair;
  CHECK(peer_address(pair.sender) == Endpoint{"127.0.0.1", pair.port});
}

TEST_CASE("a gate refuses everybody until it is told otherwise") {
  Gate gate;
  const BoxPublicKey known{{1}};
  const BoxPublicKey unknown{{2}};
  CHECK(gate.admittance(known) == Admittance::refuse);
  gate.set({{known}, false});
  CHECK(gate.admittance(known) == Admittance::member);
  CHECK(gate.admittance(unknown) == Admittance::refuse);
  gate.set({{known}, true});
  CHECK(gate.admittance(known) == Admittance::member);
  CHECK(gate.admittance(unknown) == Admittance::anteroom);
  gate.set({});
  CHECK(gate.admittance(known) == Admittance::refuse);
}

TEST_CASE("the waits between attempts double to their longest, each by lot in the upper half of its interval") {
  SeededRng rng(7);
  Backoff backoff;
  for (const std::uint32_t interval : {250U, 500U, 1000U, 2000U, 4000U, 8000U, 16'000U, 30'000U, 30'000U}) {
    const std::uint32_t wait = backoff.next_ms(rng);
    CHECK(wait >= interval / 2);
    CHECK(wait <= interval);
  }
  backoff.reset();
  CHECK(backoff.next_ms(rng) <= Backoff::kFirstMs);
  // Both ends of the lot.
  struct Fixed final : Rng {
    explicit Fixed(std::uint8_t value) : byte(value) {}
    void fill(std::span<std::uint8_t> bytes) override { std::fill(bytes.begin(), bytes.end(), byte); }
    std::uint8_t byte;
  };
  Fixed lowest(0);
  Fixed highest(255);
  CHECK(Backoff{}.next_ms(lowest) == 125);
  CHECK(Backoff{}.next_ms(highest) == 250);
}

}  // namespace
}  // namespace kiem::test
