// What strangers, garbage and members gone bad may cost: their own connection, and nothing of anybody else's.
#include <fcntl.h>
#include <sys/resource.h>

#include <future>

#include "sync/transport/zmq_socket.hpp"
#include "tests/support/fakes.hpp"
#include "tests/unit/transport/hostile_zmtp.hpp"
#include "tests/unit/transport/peers.hpp"

namespace kiem::test {
namespace {

constexpr std::size_t kMiB = 1024 * 1024;

// A listener with an honest link beside which somebody misbehaves with a member's key.
struct Attack {
  explicit Attack(const TransportLimits& limits = {}) : met({}, limits), bad_keys(new_keys()) {
    met.listener.admit({met.caller.key(), bad_keys.public_key});
  }
  // Through the handshake, and the knock unless it is to be left out.
  void come_in(HostileZmtp& bad, std::string_view identity = "") {
    REQUIRE(bad.shake_hands(bad_keys, met.listener.key(), identity));
    REQUIRE(bad.knock());
    const auto up = met.listener.expect<LinkUp>();
    CHECK(up.peer == bad_keys.public_key);
    in = up.link;
  }
  Met met;
  BoxKeyPair bad_keys;
  LinkId in;
};

TEST_CASE("a hand-written peer that keeps the rules is a peer like any other") {
  Attack attack;
  HostileZmtp bad(attack.met.address.port);
  attack.come_in(bad);
  REQUIRE(bad.send_part(HostileZmtp::kLast, text("dag")));
  attack.met.listener.expect_frame(attack.in, text("dag"));
  REQUIRE(bad.send_part(HostileZmtp::kLast, Bytes(kMaxFrameBytes, 1)));
  attack.met.listener.expect_frame(attack.in, Bytes(kMaxFrameBytes, 1));
}

TEST_CASE("a message that never ends is cut while it is small, and the others notice nothing") {
  Attack attack;
  HostileZmtp bad(attack.met.address.port);
  attack.come_in(bad);
  // What was received is at most what was sent, so what was sent bounds the memory it took.
  const Bytes part(60'000, 0);
  std::size_t sent = 0;
  while (sent < 600 * kMiB && bad.send_part(HostileZmtp::kMore, part)) sent += part.size();
  CHECK(sent >= kMiB);
  CHECK(sent < 64 * kMiB);
  attack.met.listener.expect_down(attack.in, DownReason::violation);
  attack.met.exchange();
}

TEST_CASE("a message that never ends is cut before a link has come of it too") {
  Attack attack;
  HostileZmtp bad(attack.met.address.port);
  REQUIRE(bad.shake_hands(attack.bad_keys, attack.met.listener.key()));
  const Bytes part(60'000, 0);
  std::size_t sent = 0;
  while (sent < 600 * kMiB && bad.send_part(HostileZmtp::kMore, part)) sent += part.size();
  CHECK(sent < 64 * kMiB);
  attack.met.exchange();
  attack.met.listener.expect_nothing();
}

TEST_CASE("a guest cannot bring more in one unending message than the anteroom holds") {
  TransportLimits limits;
  limits.anteroom_ms = 60'000;
  Attack attack(limits);
  attack.met.listener.admit({attack.met.caller.key()}, true);
  HostileZmtp bad(attack.met.address.port);
  attack.come_in(bad);
  REQUIRE(bad.send_part(HostileZmtp::kMore, Bytes(60'000, 0)));
  REQUIRE(bad.send_part(HostileZmtp::kMore, Bytes(60'000, 0)));
  attack.met.listener.expect_down(attack.in, DownReason::violation);
  CHECK(bad.wait_ended());
  attack.met.exchange();
}

TEST_CASE("a called peer that never ends a message is cut too") {
  const int listener = HostileZmtp::open();
  sockaddr_in address = HostileZmtp::loopback(0);
  socklen_t size = sizeof address;
  REQUIRE(::bind(listener, reinterpret_cast<const sockaddr*>(&address), size) == 0);
  REQUIRE(::listen(listener, 1) == 0);
  REQUIRE(::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) == 0);
  const BoxKeyPair bad_keys = new_keys();
  Peer caller;
  const LinkId link = caller.call({"127.0.0.1", ntohs(address.sin_port)}, bad_keys.public_key);
  HostileZmtp bad(HostileZmtp::Accepted{::accept(listener, nullptr, nullptr)});
  ::close(listener);
  REQUIRE(bad.welcome(bad_keys));
  caller.expect<LinkUp>();
  SUBCASE("while it is small") {
    const Bytes part(60'000, 0);
    std::size_t sent = 0;
    while (sent < 600 * kMiB && bad.send_part(HostileZmtp::kMore, part)) sent += part.size();
    CHECK(sent < 64 * kMiB);
  }
  SUBCASE("or sends it in two parts") {
    REQUIRE(bad.send_part(HostileZmtp::kMore, text("een")));
    REQUIRE(bad.send_part(HostileZmtp::kLast, text("twee")));
    CHECK(bad.wait_ended());
  }
  SUBCASE("or says nothing in it") {
    REQUIRE(bad.send_part(HostileZmtp::kLast, {}));
    CHECK(bad.wait_ended());
  }
  caller.expect_down(link, DownReason::violation);
}

TEST_CASE("what breaks the framing cuts that link only") {
  Attack attack;
  HostileZmtp bad(attack.met.address.port);
  attack.come_in(bad);
  REQUIRE(bad.send_part(HostileZmtp::kLast, text("nog goed")));
  attack.met.listener.expect_frame(attack.in, text("nog goed"));
  SUBCASE("a message of two parts") {
    REQUIRE(bad.send_part(HostileZmtp::kMore, text("een")));
    REQUIRE(bad.send_part(HostileZmtp::kLast, text("twee")));
  }
  SUBCASE("a frame of one byte too much") { REQUIRE(bad.send_part(HostileZmtp::kLast, Bytes(kMaxFrameBytes + 1))); }
  SUBCASE("a second knock") { REQUIRE(bad.knock()); }
  attack.met.listener.expect_down(attack.in, DownReason::violation);
  CHECK(bad.wait_ended());
  attack.met.exchange();
}

TEST_CASE("a frame beyond what libzmq takes at all ends that link only, and visibly") {
  Attack attack;
  HostileZmtp bad(attack.met.address.port);
  attack.come_in(bad);
  (void)bad.send_part(HostileZmtp::kLast, Bytes(70'000));  // the cut may come before its end is written
  attack.met.listener.expect_down(attack.in, DownReason::lost);
  CHECK(bad.wait_ended());
  attack.met.exchange();
}

TEST_CASE("who speaks before knocking is not heard") {
  Attack attack;
  HostileZmtp bad(attack.met.address.port);
  REQUIRE(bad.shake_hands(attack.bad_keys, attack.met.listener.key()));
  REQUIRE(bad.send_part(HostileZmtp::kLast, text("zonder kloppen")));
  CHECK(bad.wait_ended());
  attack.met.exchange();
  attack.met.listener.expect_nothing();
}

TEST_CASE("who comes in and says nothing is sent away in time") {
  TransportLimits limits;
  limits.knock_ms = 200;
  Attack attack(limits);
  HostileZmtp bad(attack.met.address.port);
  REQUIRE(bad.shake_hands(attack.bad_keys, attack.met.listener.key()));
  CHECK(bad.wait_ended());
  attack.met.exchange();
  attack.met.listener.expect_nothing();
}

TEST_CASE("a key removed between its handshake and its knock does not come up") {
  Attack attack;
  HostileZmtp bad(attack.met.address.port);
  REQUIRE(bad.shake_hands(attack.bad_keys, attack.met.listener.key()));
  attack.met.listener.admit({attack.met.caller.key()});
  REQUIRE(bad.knock());
  CHECK(bad.wait_ended());
  attack.met.listener.expect_nothing();
}

TEST_CASE("a stranger who knows the listener's key but is not expected gets no further than the handshake") {
  TransportLimits limits;
  limits.handshake_ms = 300;
  Attack attack(limits);
  HostileZmtp bad(attack.met.address.port);
  CHECK_FALSE(bad.shake_hands(new_keys(), attack.met.listener.key()));
  CHECK(bad.wait_ended());
  attack.met.listener.expect_nothing();
  attack.met.exchange();
}

TEST_CASE("garbage is dropped without a word") {
  TransportLimits limits;
  limits.handshake_ms = 300;
  Attack attack(limits);
  SeededRng rng(20270417);
  for (int round = 0; round < 8; ++round) {
    HostileZmtp bad(attack.met.address.port);
    Bytes garbage(1 + rng.below(3000));
    rng.fill(garbage);
    if (round == 0) garbage = text("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    if (round == 1) garbage = Bytes{0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 0x7F, 3};  // a greeting that stops
    INFO("round ", round);
    (void)bad.send_bytes(garbage);
    CHECK(bad.wait_ended());
  }
  attack.met.exchange();
  attack.met.listener.expect_nothing();
}

TEST_CASE("a routing id that is another's gives nothing of the other's away") {
  TransportLimits limits;
  limits.knock_ms = 300;
  Attack attack(limits);
  HostileZmtp first(attack.met.address.port);
  attack.come_in(first, "dezelfde");
  const LinkId of_first = attack.in;
  HostileZmtp second(attack.met.address.port);
  REQUIRE(second.shake_hands(attack.bad_keys, attack.met.listener.key(), "dezelfde"));
  REQUIRE(second.knock());
  CHECK(second.wait_ended());  // libzmq keeps it from us, so it never knocks
  REQUIRE(first.send_part(HostileZmtp::kLast, text("de eerste")));
  attack.met.listener.expect_frame(of_first, text("de eerste"));
  attack.met.exchange();
}

TEST_CASE("a flood at a node that does not read is cut at its bound, and a reset and a ping in it end nothing else") {
  // The state in which libzmq 4.3.4 ends the process: unread messages, a reset, and then a heartbeat of ours or a ping
  // of theirs. The test is that this program goes on.
  TransportLimits limits;
  limits.heartbeat_ms = 20;
  Attack attack(limits);
  for (int round = 0; round < 5; ++round) {
    HostileZmtp bad(attack.met.address.port);
    attack.come_in(bad);
    Bytes burst;
    for (int i = 0; i < 400; ++i) append(burst, bad.part(HostileZmtp::kLast, text("x")));
    append(burst, bad.part(HostileZmtp::kCommand, to_bytes(view(std::string_view("\4PING\0\0", 7)))));
    for (int i = 0; i < 400; ++i) append(burst, bad.part(HostileZmtp::kLast, text("x")));
    REQUIRE(bad.send_bytes(burst));
    bad.reset();
    while (true) {
      const auto event = attack.met.listener->wait_event(kPatience);
      REQUIRE(event.has_value());
      if (std::holds_alternative<LinkDown>(*event)) break;
      REQUIRE(std::holds_alternative<FrameReceived>(*event));
    }
  }
  // Longer than several heartbeats, without reading: the pipes stay as the resets left them.
  HostileZmtp bad(attack.met.address.port);
  attack.come_in(bad);
  std::size_t sent = 0;
  const Bytes frame(kMaxFrameBytes, 1);
  while (sent < 600 * kMiB && bad.send_part(HostileZmtp::kLast, frame)) sent += frame.size();
  CHECK(sent < 64 * kMiB);
  bad.reset();
  // What fits between the threads comes, what waited beyond is dropped with the link.
  std::size_t taken = 0;
  while (true) {
    auto event = attack.met.listener->wait_event(kPatience);
    REQUIRE(event.has_value());
    if (const auto* down = std::get_if<LinkDown>(&*event)) {
      CHECK(down->reason == DownReason::violation);
      break;
    }
    taken += std::get<FrameReceived>(*event).frame.size();
  }
  CHECK(taken <= 256 * kMaxFrameBytes);
  attack.met.exchange();
}

TEST_CASE("idle connections of one host are held only so many, and a member comes in when their time is over") {
  TransportLimits limits;
  limits.max_unknown_per_host = 4;
  limits.handshake_ms = 500;
  Attack attack(limits);
  std::vector<std::unique_ptr<HostileZmtp>> idle;
  for (int i = 0; i < 40; ++i) idle.push_back(std::make_unique<HostileZmtp>(attack.met.address.port));
  for (const auto& one : idle) CHECK(one->wait_ended());
  HostileZmtp late(attack.met.address.port);
  attack.come_in(late);
  attack.met.exchange();
}

TEST_CASE("all connections together have a bound, and who has been there longest without a knock makes room") {
  TransportLimits limits;
  limits.max_accepted = 2;  // one is the honest peer's
  limits.handshake_ms = 60'000;
  limits.knock_ms = 60'000;
  Attack attack(limits);
  HostileZmtp idle(attack.met.address.port);
  // Its greeting shows that it was accepted, so that the next is beyond the bound.
  REQUIRE(idle.shake_hands(attack.bad_keys, attack.met.listener.key()));
  HostileZmtp late(attack.met.address.port);
  CHECK(idle.wait_ended());
  attack.come_in(late);
  // Nobody who has knocked makes room.
  HostileZmtp beyond(attack.met.address.port);
  CHECK(beyond.wait_ended());
  attack.met.exchange();
}

TEST_CASE("near the process's limit of descriptors nobody new comes in") {
  TransportLimits limits;
  limits.spare_descriptors = 1U << 30U;
  Peer listener(limits);
  const Endpoint address = listener.listen();
  HostileZmtp bad(address.port);
  CHECK(bad.wait_ended());
  listener.expect_nothing();
}

TEST_CASE("without any descriptor left a peer is turned away and not left in a spinning queue") {
  Attack attack;
  const int early = HostileZmtp::open();
  rlimit before{};
  REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
  rlimit tight = before;
  tight.rlim_cur = static_cast<rlim_t>(early) + 40;
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &tight) == 0);
  std::vector<int> all;
  for (int fd = 0; (fd = ::open("/dev/null", O_RDONLY | O_CLOEXEC)) >= 0;) all.push_back(fd);
  const sockaddr_in address = HostileZmtp::loopback(attack.met.address.port);
  REQUIRE(::connect(early, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  HostileZmtp bad(HostileZmtp::Accepted{early});
  // It is accepted with what was held back, and as long as the greeting comes it was.
  CHECK(bad.shake_hands(attack.bad_keys, attack.met.listener.key()));
  for (const int fd : all) ::close(fd);
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &before) == 0);
  attack.met.exchange();
}

// --- the door itself -------------------------------------------------------------------------------------------------

TEST_CASE("without an answering handler every handshake fails") {
  auto context = ZmqContext::create();
  REQUIRE(context.has_value());
  const BoxKeyPair keys = new_keys();
  TransportLimits limits;
  limits.handshake_ms = 500;
  auto router = ZmqSocket::router(**context, keys, "nobody", limits);
  REQUIRE(router.has_value());
  const auto bound = router->bind({"127.0.0.1", 0});
  REQUIRE(bound.has_value());
  HostileZmtp bad(bound->port);
  CHECK_FALSE(bad.shake_hands(new_keys(), keys.public_key));
}

TEST_CASE("a handshake for a domain without a gate is refused, and a second handler does not take the first's place") {
  auto router = ZmqSocket::router(process().context(), new_keys(), "kiem-none", {});
  REQUIRE(router.has_value());
  const auto bound = router->bind({"127.0.0.1", 0});
  REQUIRE(bound.has_value());
  HostileZmtp bad(bound->port);
  CHECK_FALSE(bad.shake_hands(new_keys(), new_keys().public_key));
  const auto second = ZmqSocket::zap_handler(process().context());
  REQUIRE_FALSE(second.has_value());
  CHECK(second.error().code == ErrorCode::address_in_use);
}

TEST_CASE("the key of a peer is read with its message, also after waiting for it") {
  const BoxKeyPair keys = new_keys();
  const BoxKeyPair peer = new_keys();
  auto gate = std::make_shared<Gate>();
  gate->set({{peer.public_key}, false});
  const std::string domain = process().admit(gate);
  auto router = ZmqSocket::router(process().context(), keys, domain, {});
  REQUIRE(router.has_value());
  const auto bound = router->bind({"127.0.0.1", 0});
  REQUIRE(bound.has_value());
  HostileZmtp bad(bound->port);
  REQUIRE(bad.shake_hands(peer, keys.public_key));
  REQUIRE(bad.send_part(HostileZmtp::kLast, text("wie ben ik")));
  ZmqPoll poll;
  std::optional<ZmqMessage> message;
  while (!(message = router->receive())) {
    poll.clear();
    poll.add(*router, false);
    poll.wait(20'000);
    while (router->next_event()) {
    }
  }
  CHECK(message->user == peer.public_key);
  CHECK(message->payload == text("wie ben ik"));
  CHECK(message->fd >= 0);
  process().forget(domain);
}

}  // namespace
}  // namespace kiem::test
