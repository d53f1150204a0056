// Two laptops in one test program: transports over 127.0.0.1, with events waited for and never slept for.
#pragma once

#include <doctest/doctest.h>

#include <chrono>
#include <string>

#include "core/base/check.hpp"
#include "core/crypto/system_rng.hpp"
#include "sync/transport/zmq_process.hpp"
#include "sync/transport/zmq_transport.hpp"

namespace kiem::test {

// Longer than anything here takes, also under a sanitizer on a busy machine; a test that needs it has failed.
inline constexpr std::chrono::seconds kPatience{20};

class RealClock final : public Clock {
 public:
  WallTime wall() override { return {}; }
  std::uint64_t monotonic_ms() override {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(now).count());
  }
};

inline ZmqProcess& process() {
  static const std::unique_ptr<ZmqProcess> one = [] {
    auto made = ZmqProcess::create();
    KIEM_CHECK(made.has_value());
    return *std::move(made);
  }();
  return *one;
}

inline BoxKeyPair new_keys() {
  SystemRng rng;
  return BoxKeyPair::generate(rng);
}

struct Peer {
  explicit Peer(const TransportLimits& limits = {}) : keys(new_keys()) {
    auto made = ZmqTransport::create(process(), keys, clock, limits);
    REQUIRE(made.has_value());
    transport = *std::move(made);
  }
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;

  [[nodiscard]] const BoxPublicKey& key() const { return keys.public_key; }
  ZmqTransport* operator->() { return transport.get(); }

  Endpoint listen() {
    const auto bound = transport->listen({"127.0.0.1", 0});
    REQUIRE(bound.has_value());
    return *bound;
  }
  void admit(std::initializer_list<BoxPublicKey> members, bool anteroom_open = false) {
    transport->set_gate({std::unordered_set<BoxPublicKey>(members), anteroom_open});
  }
  LinkId call(const Endpoint& address, const BoxPublicKey& peer) {
    const auto link = transport->connect(address, peer);
    REQUIRE(link.has_value());
    return *link;
  }
  // The next event, which must be of this kind.
  template <class Event>
  Event expect() {
    auto event = transport->wait_event(kPatience);
    REQUIRE(event.has_value());
    auto* wanted = std::get_if<Event>(&*event);
    const auto* const came_down = std::get_if<LinkDown>(&*event);
    const int reason = came_down != nullptr ? static_cast<int>(came_down->reason) : -1;
    CAPTURE(event->index());
    CAPTURE(reason);
    REQUIRE(wanted != nullptr);
    return std::move(*wanted);
  }
  void expect_down(LinkId link, DownReason reason) {
    const auto down = expect<LinkDown>();
    CHECK(down.link == link);
    CHECK(down.reason == reason);
  }
  void expect_frame(LinkId link, const Bytes& frame) {
    const auto got = expect<FrameReceived>();
    CHECK(got.link == link);
    CHECK(got.frame == frame);
  }
  void expect_nothing() { CHECK_FALSE(transport->next_event().has_value()); }

  RealClock clock;
  BoxKeyPair keys;
  std::unique_ptr<ZmqTransport> transport;
};

inline Bytes text(std::string_view words) { return to_bytes(view(words)); }

// A caller and a listener that know each other, with a link up between them.
struct Met {
  explicit Met(const TransportLimits& caller_limits = {}, const TransportLimits& listener_limits = {})
      : caller(caller_limits), listener(listener_limits) {
    address = listener.listen();
    listener.admit({caller.key()});
    meet(address);
  }
  void meet(const Endpoint& through) {
    out = caller.call(through, listener.key());
    CHECK(caller.expect<LinkUp>().link == out);
    in = listener.expect<LinkUp>().link;
  }
  // Shows that the link carries both ways, and with that, that all before has been handled on both sides.
  void exchange() {
    REQUIRE(caller->send(out, text("hoe gaat het")) == SendOutcome::taken);
    listener.expect_frame(in, text("hoe gaat het"));
    REQUIRE(listener->send(in, text("goed")) == SendOutcome::taken);
    caller.expect_frame(out, text("goed"));
  }

  Peer caller;
  Peer listener;
  Endpoint address;
  LinkId out;
  LinkId in;
};

}  // namespace kiem::test
