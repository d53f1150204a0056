// Lines that are slow, or silent one way or both: what becomes of the link over them.
#include <algorithm>

#include "tests/support/tcp_proxy.hpp"
#include "tests/unit/transport/peers.hpp"

namespace kiem::test {
namespace {

TEST_CASE("heartbeats shorter than a transfer do not cut it, because frames are small") {
  TransportLimits limits;
  limits.heartbeat_ms = 50;
  limits.heartbeat_timeout_ms = 3'000;
  Peer caller(limits);
  Peer listener(limits);
  listener.admit({caller.key()});
  TcpProxy proxy(listener.listen().port);
  const LinkId out = caller.call({"127.0.0.1", proxy.port()}, listener.key());
  caller.expect<LinkUp>();
  const LinkId in = listener.expect<LinkUp>().link;
  proxy.delay(100);
  for (std::uint8_t i = 0; i < 61; ++i) {
    const Bytes frame(kMaxFrameBytes, i);
    while (caller->send(out, frame) != SendOutcome::taken) CHECK(caller.expect<RoomToSend>().link == out);
  }
  for (std::uint8_t i = 0; i < 61; ++i) listener.expect_frame(in, Bytes(kMaxFrameBytes, i));
}

TEST_CASE("a transfer over a slow line that lasts twice as long as heartbeats allow is not cut by them") {
  constexpr std::size_t kBytesASecond = 160 * 1024;
  constexpr std::size_t kFrame = 8 * 1024;
  constexpr std::uint32_t kUnderWay = 4;  // frames without an answer: a session has its window
  TransportLimits limits;
  limits.heartbeat_ms = 50;
  limits.heartbeat_timeout_ms = 1'500;
  Peer caller(limits);
  Peer listener(limits);
  listener.admit({caller.key()});
  TcpProxy proxy(listener.listen().port);
  const LinkId out = caller.call({"127.0.0.1", proxy.port()}, listener.key());
  caller.expect<LinkUp>();
  const LinkId in = listener.expect<LinkUp>().link;
  proxy.throttle(TcpProxy::Way::there, kBytesASecond);
  const auto frames = static_cast<std::uint32_t>(2 * limits.heartbeat_timeout_ms * kBytesASecond / 1'000 / kFrame);
  std::uint32_t sent = 0;
  std::uint32_t answered = 0;
  std::uint32_t received = 0;
  while (answered < frames) {
    while (sent < frames && sent - answered < kUnderWay) {
      REQUIRE(caller->send(out, Bytes(kFrame, static_cast<std::uint8_t>(sent))) == SendOutcome::taken);
      ++sent;
    }
    const auto event = listener->wait_event(kPatience);
    REQUIRE(event.has_value());
    REQUIRE(std::holds_alternative<FrameReceived>(*event));
    ++received;
    REQUIRE(listener->send(in, text("dank")) == SendOutcome::taken);
    caller.expect_frame(out, text("dank"));
    ++answered;
  }
  CHECK(received == frames);
  CHECK(proxy.connections() == 1);
}

TEST_CASE("a peer on a slow line holds up nobody else, and gets all in the end") {
  Peer listener;
  Peer slow;
  Peer quick;
  const Endpoint address = listener.listen();
  listener.admit({slow.key(), quick.key()});
  TcpProxy proxy(address.port);
  const LinkId to_slow = slow.call({"127.0.0.1", proxy.port()}, listener.key());
  slow.expect<LinkUp>();
  const LinkId slow_in = listener.expect<LinkUp>().link;
  const LinkId to_quick = quick.call(address, listener.key());
  quick.expect<LinkUp>();
  const LinkId quick_in = listener.expect<LinkUp>().link;

  proxy.throttle(TcpProxy::Way::back, 4 * 1024);
  const Bytes frame(kMaxFrameBytes, 3);
  std::uint32_t waiting = 0;
  while (listener->send(slow_in, frame) == SendOutcome::taken) ++waiting;
  REQUIRE(waiting > 0);
  // Many times what waits for the slow one goes to and fro meanwhile.
  for (std::uint32_t i = 0; i < 10 * waiting; ++i) {
    SendOutcome outcome = SendOutcome::full;
    while ((outcome = listener->send(quick_in, frame)) == SendOutcome::full) listener.expect<RoomToSend>();
    REQUIRE(outcome == SendOutcome::taken);
    quick.expect_frame(to_quick, frame);
    REQUIRE(quick->send(to_quick, text("dank")) == SendOutcome::taken);
    // What is told of the slow one meanwhile is that it has room again, as libzmq takes frames over.
    while (true) {
      const auto event = listener->wait_event(kPatience);
      REQUIRE(event.has_value());
      if (std::holds_alternative<FrameReceived>(*event)) break;
      REQUIRE(std::holds_alternative<RoomToSend>(*event));
    }
  }
  std::uint32_t came = 0;
  while (const auto event = slow->next_event()) came += std::holds_alternative<FrameReceived>(*event) ? 1 : 0;
  CHECK(came < waiting);
  proxy.throttle(TcpProxy::Way::back, 0);
  for (; came < waiting; ++came) slow.expect_frame(to_slow, frame);
}

TEST_CASE("a link that takes bytes and gives none back is let go of, whichever side hears nothing") {
  for (const auto way : {TcpProxy::Way::there, TcpProxy::Way::back}) {
    TransportLimits limits;
    limits.heartbeat_ms = 50;
    limits.heartbeat_timeout_ms = 300;
    Peer caller(limits);
    Peer listener(limits);
    listener.admit({caller.key()});
    TcpProxy proxy(listener.listen().port);
    const LinkId out = caller.call({"127.0.0.1", proxy.port()}, listener.key());
    caller.expect<LinkUp>();
    const LinkId in = listener.expect<LinkUp>().link;
    proxy.mute(way);
    const bool caller_is_heard = way == TcpProxy::Way::back;
    Peer& deaf = caller_is_heard ? caller : listener;
    Peer& other = caller_is_heard ? listener : caller;
    const LinkId at_deaf = caller_is_heard ? out : in;
    const LinkId at_other = caller_is_heard ? in : out;
    // What the deaf one says is taken and comes over; what it hears is nothing.
    for (const char* const words : {"hallo", "ben je er nog"}) {
      REQUIRE(deaf->send(at_deaf, text(words)) == SendOutcome::taken);
      other.expect_frame(at_other, text(words));
    }
    deaf.expect_down(at_deaf, DownReason::lost);
    other.expect_down(at_other, DownReason::lost);
  }
}

TEST_CASE("a peer that falls silent goes down on both sides") {
  TransportLimits limits;
  limits.heartbeat_ms = 50;
  limits.heartbeat_timeout_ms = 200;
  Peer caller(limits);
  Peer listener(limits);
  listener.admit({caller.key()});
  TcpProxy proxy(listener.listen().port);
  const LinkId out = caller.call({"127.0.0.1", proxy.port()}, listener.key());
  caller.expect<LinkUp>();
  const LinkId in = listener.expect<LinkUp>().link;
  proxy.hold();
  caller.expect_down(out, DownReason::lost);
  listener.expect_down(in, DownReason::lost);
}

}  // namespace
}  // namespace kiem::test
