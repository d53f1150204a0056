#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>

#include "sync/transport/tcp_watch.hpp"
#include "tests/support/tcp_proxy.hpp"
#include "tests/unit/transport/hostile_zmtp.hpp"
#include "tests/unit/transport/peers.hpp"

namespace kiem::test {
namespace {

bool holds(const Bytes& where, ByteView what) {
  return std::search(where.begin(), where.end(), what.begin(), what.end()) != where.end();
}

bool is_readable(int fd) {
  pollfd polled{fd, POLLIN, 0};
  return ::poll(&polled, 1, 0) == 1;
}

// --- meeting ---------------------------------------------------------------------------------------------------------

TEST_CASE("two peers that expect each other come up with each other's key and exchange frames") {
  Peer caller;
  Peer listener;
  const Endpoint address = listener.listen();
  listener.admit({caller.key()});

  const LinkId out = caller.call(address, listener.key());
  const auto up = caller.expect<LinkUp>();
  CHECK(up.link == out);
  CHECK(up.peer == listener.key());
  CHECK(up.direction == Direction::outbound);
  CHECK(up.endpoint == address);
  const auto seen = listener.expect<LinkUp>();
  CHECK(seen.peer == caller.key());
  CHECK(seen.direction == Direction::inbound);
  CHECK(seen.entrance == Entrance::member);
  CHECK(seen.endpoint.host == "127.0.0.1");
  CHECK(seen.endpoint.port != address.port);

  // The one who was called may speak first too.
  REQUIRE(listener->send(seen.link, text("welkom")) == SendOutcome::taken);
  caller.expect_frame(out, text("welkom"));
  REQUIRE(caller->send(out, text("dank")) == SendOutcome::taken);
  listener.expect_frame(seen.link, text("dank"));
}

TEST_CASE("frames of every size arrive whole and in order") {
  Met met;
  std::vector<Bytes> frames;
  for (const std::size_t size :
       {std::size_t{1}, std::size_t{2}, std::size_t{255}, std::size_t{256}, kMaxFrameBytes - 1, kMaxFrameBytes}) {
    frames.push_back(Bytes(size, static_cast<std::uint8_t>(size)));
  }
  for (const auto& frame : frames) REQUIRE(met.caller->send(met.out, frame) == SendOutcome::taken);
  for (const auto& frame : frames) met.listener.expect_frame(met.in, frame);
  for (const auto& frame : frames) REQUIRE(met.listener->send(met.in, frame) == SendOutcome::taken);
  for (const auto& frame : frames) met.caller.expect_frame(met.out, frame);
}

TEST_CASE("an empty frame and one of a byte too much are a broken promise") {
  Met met;
  for (const std::size_t size : {std::size_t{0}, kMaxFrameBytes + 1}) {
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      std::signal(SIGABRT, SIG_DFL);
      ::close(STDERR_FILENO);
      (void)met.caller->send(met.out, Bytes(size));
      ::_exit(0);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(WIFSIGNALED(status));
    CHECK(WTERMSIG(status) == SIGABRT);
  }
  met.exchange();
}

TEST_CASE("one listener keeps the links of several peers apart") {
  Peer listener;
  Peer anna;
  Peer bram;
  const Endpoint address = listener.listen();
  listener.admit({anna.key(), bram.key()});
  const LinkId of_anna = anna.call(address, listener.key());
  anna.expect<LinkUp>();
  const auto anna_in = listener.expect<LinkUp>();
  const LinkId of_bram = bram.call(address, listener.key());
  bram.expect<LinkUp>();
  const auto bram_in = listener.expect<LinkUp>();
  CHECK(anna_in.peer == anna.key());
  CHECK(bram_in.peer == bram.key());
  CHECK(anna_in.link != bram_in.link);
  REQUIRE(bram->send(of_bram, text("bram")) == SendOutcome::taken);
  listener.expect_frame(bram_in.link, text("bram"));
  REQUIRE(anna->send(of_anna, text("anna")) == SendOutcome::taken);
  listener.expect_frame(anna_in.link, text("anna"));
  REQUIRE(listener->send(anna_in.link, text("dag anna")) == SendOutcome::taken);
  anna.expect_frame(of_anna, text("dag anna"));
  bram.expect_nothing();
}

TEST_CASE("a peer may listen and call at once, also with the same other") {
  Peer anna;
  Peer bram;
  const Endpoint at_anna = anna.listen();
  const Endpoint at_bram = bram.listen();
  anna.admit({bram.key()});
  bram.admit({anna.key()});
  const LinkId one = anna.call(at_bram, bram.key());
  CHECK(anna.expect<LinkUp>().link == one);
  CHECK(bram.expect<LinkUp>().direction == Direction::inbound);
  const LinkId two = bram.call(at_anna, anna.key());
  CHECK(bram.expect<LinkUp>().link == two);
  CHECK(anna.expect<LinkUp>().direction == Direction::inbound);
}

// --- addresses -------------------------------------------------------------------------------------------------------

TEST_CASE("port 0 becomes the port that was truly bound") {
  Peer listener;
  const Endpoint first = listener.listen();
  CHECK(first.host == "127.0.0.1");
  CHECK(first.port != 0);
  const Endpoint second = listener.listen();
  CHECK(second.port != first.port);
}

TEST_CASE("an address in use, of another machine or for nobody is told as what it is") {
  Peer listener;
  Peer other;
  const Endpoint taken = listener.listen();
  const auto again = other->listen(taken);
  REQUIRE_FALSE(again.has_value());
  CHECK(again.error().code == ErrorCode::address_in_use);
  const auto elsewhere = other->listen({"192.0.2.1", 0});  // RFC 5737: nobody's
  REQUIRE_FALSE(elsewhere.has_value());
  CHECK(elsewhere.error().code == ErrorCode::bad_address);
  for (const Endpoint& nobody : {Endpoint{"*", 7}, Endpoint{"127.0.0.1", 0}}) {
    const auto link = other->connect(nobody, listener.key());
    REQUIRE_FALSE(link.has_value());
    CHECK(link.error().code == ErrorCode::bad_address);
  }
}

TEST_CASE("where nobody listens the attempt ends as unreachable") {
  // Bound and not listened on: nobody answers there, and nobody else on this machine is given the port meanwhile.
  const int silent = HostileZmtp::open();
  sockaddr_in address = HostileZmtp::loopback(0);
  socklen_t size = sizeof address;
  REQUIRE(::bind(silent, reinterpret_cast<const sockaddr*>(&address), size) == 0);
  REQUIRE(::getsockname(silent, reinterpret_cast<sockaddr*>(&address), &size) == 0);
  Peer caller;
  const Endpoint nobody{"127.0.0.1", ntohs(address.sin_port)};
  caller.expect_down(caller.call(nobody, caller.key()), DownReason::unreachable);
  ::close(silent);
}

TEST_CASE("an attempt that nobody answers ends in its time") {
  TransportLimits limits;
  limits.dial_ms = 100;
  limits.handshake_ms = 10'000;
  Peer caller(limits);
  Peer listener;
  TcpProxy proxy(listener.listen().port);
  proxy.hold();
  caller.expect_down(caller.call({"127.0.0.1", proxy.port()}, listener.key()), DownReason::handshake_failed);
}

// --- the gate --------------------------------------------------------------------------------------------------------

TEST_CASE("a key that is not expected is refused, and the listener hears nothing of it") {
  Peer caller;
  Peer listener;
  const Endpoint address = listener.listen();
  caller.expect_down(caller.call(address, listener.key()), DownReason::refused);  // no gate was ever set
  listener.admit({listener.key()});
  caller.expect_down(caller.call(address, listener.key()), DownReason::refused);
  listener.expect_nothing();
}

TEST_CASE("each transport has its own gate") {
  Peer caller;
  Peer open;
  Peer shut;
  open.admit({caller.key()});
  const Endpoint at_open = open.listen();
  const Endpoint at_shut = shut.listen();
  caller.expect_down(caller.call(at_shut, shut.key()), DownReason::refused);
  caller.call(at_open, open.key());
  caller.expect<LinkUp>();
}

TEST_CASE("a changed gate decides about who comes next and leaves the links that are up") {
  Met met;
  met.listener.admit({});
  met.exchange();
  const LinkId second = met.caller.call(met.address, met.listener.key());
  met.caller.expect_down(second, DownReason::refused);
  met.exchange();
}

TEST_CASE("a listener with another key than was expected is not taken for it") {
  Peer caller;
  Peer listener;
  const Endpoint address = listener.listen();
  listener.admit({caller.key()});
  caller.expect_down(caller.call(address, new_keys().public_key), DownReason::handshake_failed);
  listener.expect_nothing();
}

// --- the anteroom ----------------------------------------------------------------------------------------------------

struct Guest {
  explicit Guest(const TransportLimits& limits) : host(limits) {
    const Endpoint address = host.listen();
    host.admit({}, true);
    out = guest.call(address, host.key());
    guest.expect<LinkUp>();
    const auto up = host.expect<LinkUp>();
    CHECK(up.entrance == Entrance::anteroom);
    CHECK(up.peer == guest.key());
    in = up.link;
  }
  Peer guest;
  Peer host;
  LinkId out;
  LinkId in;
};

TransportLimits patient_anteroom() {
  TransportLimits limits;
  limits.anteroom_ms = 60'000;
  return limits;
}

TEST_CASE("an unknown key waits in the anteroom for 64 KiB of both directions together and not a byte more") {
  Guest met(patient_anteroom());
  const Bytes frame(kMaxFrameBytes, 7);
  REQUIRE(met.guest->send(met.out, frame) == SendOutcome::taken);
  met.host.expect_frame(met.in, frame);
  REQUIRE(met.host->send(met.in, frame) == SendOutcome::taken);
  met.guest.expect_frame(met.out, frame);
  REQUIRE(met.guest->send(met.out, text("x")) == SendOutcome::taken);
  met.host.expect_down(met.in, DownReason::anteroom_spent);
  met.guest.expect_down(met.out, DownReason::lost);
}

TEST_CASE("what the host says in the anteroom counts too") {
  Guest met(patient_anteroom());
  const Bytes frame(kMaxFrameBytes, 7);
  for (int i = 0; i < 2; ++i) REQUIRE(met.host->send(met.in, frame) == SendOutcome::taken);
  for (int i = 0; i < 2; ++i) met.guest.expect_frame(met.out, frame);
  REQUIRE(met.host->send(met.in, text("x")) == SendOutcome::taken);
  met.host.expect_down(met.in, DownReason::anteroom_spent);
}

TEST_CASE("the anteroom is left in time or cut") {
  TransportLimits limits;
  limits.anteroom_ms = 50;
  Guest met(limits);
  met.host.expect_down(met.in, DownReason::anteroom_spent);
  met.guest.expect_down(met.out, DownReason::lost);
}

TEST_CASE("a guest that was promoted has the room and the time of a member") {
  TransportLimits limits;
  limits.anteroom_ms = 300;
  Guest met(limits);
  met.host->promote(met.in);
  const Bytes frame(kMaxFrameBytes, 7);
  for (int i = 0; i < 5; ++i) {
    REQUIRE(met.guest->send(met.out, frame) == SendOutcome::taken);
    met.host.expect_frame(met.in, frame);
  }
  // Nothing comes for longer than the anteroom would have lasted.
  CHECK_FALSE(met.host->wait_event(std::chrono::milliseconds(500)).has_value());
  REQUIRE(met.guest->send(met.out, text("nog hier")) == SendOutcome::taken);
  met.host.expect_frame(met.in, text("nog hier"));
}

TEST_CASE("the anteroom holds only so many") {
  TransportLimits limits = patient_anteroom();
  limits.max_anteroom = 1;
  Guest met(limits);
  Peer second;
  const Endpoint address = met.host.listen();
  const LinkId link = second.call(address, met.host.key());
  second.expect<LinkUp>();
  second.expect_down(link, DownReason::lost);
  met.host.expect_nothing();
}

// --- the wire --------------------------------------------------------------------------------------------------------

TEST_CASE("nothing that is said, and not who says it, can be read on the wire") {
  Peer caller;
  Peer listener;
  listener.admit({caller.key()});
  TcpProxy proxy(listener.listen().port);
  const LinkId out = caller.call({"127.0.0.1", proxy.port()}, listener.key());
  caller.expect<LinkUp>();
  const LinkId in = listener.expect<LinkUp>().link;
  Bytes secret = text("Fatima van der Berg, Lindenstraat 4");
  REQUIRE(caller->send(out, secret) == SendOutcome::taken);
  listener.expect_frame(in, secret);
  REQUIRE(listener->send(in, secret) == SendOutcome::taken);
  caller.expect_frame(out, secret);

  REQUIRE(proxy.wait_recorded(868 + 2 * secret.size()));  // a CURVE handshake is 868 bytes
  const Bytes wire = proxy.recorded();
  CHECK(holds(wire, view("CURVE")));  // the recording is of this conversation
  CHECK_FALSE(holds(wire, view("Fatima")));
  CHECK_FALSE(holds(wire, view("Lindenstraat")));
  CHECK_FALSE(holds(wire, view(caller.key())));
  CHECK_FALSE(holds(wire, view(listener.key())));
  CHECK_FALSE(holds(wire, caller.keys.secret.view()));
}

TEST_CASE("a cut connection goes down on both sides, and calling again is a new link") {
  Peer caller;
  Peer listener;
  listener.admit({caller.key()});
  TcpProxy proxy(listener.listen().port);
  const Endpoint through{"127.0.0.1", proxy.port()};
  const LinkId first = caller.call(through, listener.key());
  caller.expect<LinkUp>();
  const LinkId first_in = listener.expect<LinkUp>().link;
  proxy.cut();
  caller.expect_down(first, DownReason::lost);
  listener.expect_down(first_in, DownReason::lost);
  CHECK(caller->send(first, text("te laat")) == SendOutcome::gone);
  CHECK(listener->send(first_in, text("te laat")) == SendOutcome::gone);

  const LinkId second = caller.call(through, listener.key());
  CHECK(second != first);
  CHECK(caller.expect<LinkUp>().link == second);
  const LinkId second_in = listener.expect<LinkUp>().link;
  CHECK(second_in != first_in);
  CHECK(proxy.connections() == 2);
  REQUIRE(caller->send(second, text("weer hier")) == SendOutcome::taken);
  listener.expect_frame(second_in, text("weer hier"));
}

TEST_CASE("a peer that does not keep up is felt by the sender, who is told when to go on, and nothing is lost") {
  Peer caller;
  Peer listener;
  listener.admit({caller.key()});
  TcpProxy proxy(listener.listen().port);
  const LinkId out = caller.call({"127.0.0.1", proxy.port()}, listener.key());
  caller.expect<LinkUp>();
  const LinkId in = listener.expect<LinkUp>().link;

  for (const bool from_caller : {true, false}) {
    Peer& sender = from_caller ? caller : listener;
    Peer& receiver = from_caller ? listener : caller;
    const LinkId sending = from_caller ? out : in;
    const LinkId receiving = from_caller ? in : out;
    proxy.hold();
    std::uint32_t sent = 0;
    Bytes frame(kMaxFrameBytes, 1);
    const auto send = [&] {
      frame[0] = static_cast<std::uint8_t>(sent);
      const auto outcome = sender->send(sending, frame);
      if (outcome == SendOutcome::taken) ++sent;
      return outcome;
    };
    // Full may be the next thread's slowness first; it is the peer's when no room follows.
    while (true) {
      SendOutcome outcome = SendOutcome::taken;
      while (outcome == SendOutcome::taken) outcome = send();
      REQUIRE(outcome == SendOutcome::full);
      const auto event = sender->wait_event(std::chrono::milliseconds(300));
      if (!event) break;
      REQUIRE(std::holds_alternative<RoomToSend>(*event));
      REQUIRE(sent < 1000);  // 32 MiB: nobody has such buffers here
    }
    proxy.release();
    for (std::uint32_t i = 0; i < sent; ++i) {
      frame[0] = static_cast<std::uint8_t>(i);
      receiver.expect_frame(receiving, frame);
    }
    CHECK(sender.expect<RoomToSend>().link == sending);
    CHECK(send() == SendOutcome::taken);
    receiver.expect<FrameReceived>();
  }
}

TEST_CASE("one link too many of one key takes the place of the oldest") {
  TransportLimits limits;
  limits.max_per_key = 2;
  Met met({}, limits);
  const LinkId second = met.caller.call(met.address, met.listener.key());
  met.caller.expect<LinkUp>();
  met.listener.expect<LinkUp>();
  const LinkId third = met.caller.call(met.address, met.listener.key());
  CHECK(met.caller.expect<LinkUp>().link == third);
  met.listener.expect_down(met.in, DownReason::lost);
  met.listener.expect<LinkUp>();
  met.caller.expect_down(met.out, DownReason::lost);
  REQUIRE(met.caller->send(second, text("blijft")) == SendOutcome::taken);
  met.listener.expect<FrameReceived>();
}

TEST_CASE("links that came in have a bound, and those beyond it are cut") {
  TransportLimits limits;
  limits.max_inbound = 1;
  Met met({}, limits);
  Peer second;
  met.listener.admit({met.caller.key(), second.key()});
  const LinkId link = second.call(met.address, met.listener.key());
  second.expect<LinkUp>();
  second.expect_down(link, DownReason::lost);
  met.exchange();
}

// --- closing ---------------------------------------------------------------------------------------------------------

TEST_CASE("closing ends a link for both, and nothing more is said of it here") {
  for (const bool by_caller : {true, false}) {
    Met met;
    met.exchange();
    Peer& closer = by_caller ? met.caller : met.listener;
    Peer& other = by_caller ? met.listener : met.caller;
    const LinkId closed = by_caller ? met.out : met.in;
    closer->close(closed);
    other.expect_down(by_caller ? met.in : met.out, DownReason::lost);
    CHECK(closer->send(closed, text("x")) == SendOutcome::gone);
    closer->close(closed);  // again: nothing
    met.meet(met.address);
    met.exchange();
    closer.expect_nothing();
  }
}

TEST_CASE("an attempt can be closed before it comes up") {
  Peer caller;
  Peer listener;
  listener.admit({caller.key()});
  const Endpoint address = listener.listen();
  const LinkId given_up = caller.call(address, listener.key());
  caller->close(given_up);
  const LinkId second = caller.call(address, listener.key());
  CHECK(caller.expect<LinkUp>().link == second);
}

TEST_CASE("a transport with frames on their way goes at once, and its peer hears of it") {
  Peer listener;
  LinkId in;
  const Endpoint address = listener.listen();
  TcpProxy proxy(address.port);
  {
    Peer caller;
    listener.admit({caller.key()});
    const LinkId out = caller.call({"127.0.0.1", proxy.port()}, listener.key());
    caller.expect<LinkUp>();
    in = listener.expect<LinkUp>().link;
    proxy.hold();
    const Bytes frame(kMaxFrameBytes, 1);
    while (caller->send(out, frame) == SendOutcome::taken) {
    }
    const auto before = std::chrono::steady_clock::now();
    caller.transport.reset();
    CHECK(std::chrono::steady_clock::now() - before < std::chrono::seconds(5));  // LINGER would wait for ever
  }
  proxy.release();
  while (true) {
    const auto event = listener->wait_event(kPatience);
    REQUIRE(event.has_value());
    if (const auto* down = std::get_if<LinkDown>(&*event)) {
      CHECK(down->link == in);
      break;
    }
  }
}

// --- waiting ---------------------------------------------------------------------------------------------------------

TEST_CASE("the wake descriptor can be read exactly while something waits") {
  Met met;
  CHECK_FALSE(is_readable(met.listener->wake_fd()));
  REQUIRE(met.caller->send(met.out, text("een")) == SendOutcome::taken);
  REQUIRE(met.caller->send(met.out, text("twee")) == SendOutcome::taken);
  pollfd polled{met.listener->wake_fd(), POLLIN, 0};
  REQUIRE(::poll(&polled, 1, 20'000) == 1);
  met.listener.expect_frame(met.in, text("een"));
  met.listener.expect_frame(met.in, text("twee"));
  CHECK_FALSE(is_readable(met.listener->wake_fd()));
  CHECK_FALSE(met.listener->wait_event(std::chrono::milliseconds(0)).has_value());
}

TEST_CASE("a link that never was is gone") {
  Peer peer;
  CHECK(peer->send(LinkId{4}, text("x")) == SendOutcome::gone);
  peer->close(LinkId{4});
  peer->promote(LinkId{4});
  const LinkId attempt = peer.call({"127.0.0.1", 1}, peer.key());
  CHECK(peer->send(attempt, text("nog niet op")) == SendOutcome::gone);
  peer.expect_down(attempt, DownReason::unreachable);
}

}  // namespace
}  // namespace kiem::test
