// Nodes in one thread over a network in memory: a hub that knows who listens where, keeps to the gate of whoever is
// called, carries frames in order and cuts links when told. Laptops and their clocks are SimWorld's.
//
// Time stands still until pass() moves it, for everybody alike. Header only; one thread.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <deque>

#include "core/base/check.hpp"
#include "sync/node/node.hpp"
#include "tests/support/fake_air.hpp"
#include "tests/support/sim_world.hpp"

namespace kiem::test {

class HubNetwork;

// Everybody who listens, by address.
struct Hub {
  std::map<Endpoint, HubNetwork*> listeners;
  std::uint16_t next_port = 40'000;
  std::uint64_t next_link = 1;
  std::size_t calls = 0;  // connect() of anybody
};

class HubNetwork final : public kiem::Network, public Transport {
 public:
  HubNetwork(Hub& hub, const BoxPublicKey& key, std::string host) : hub_(hub), key_(key), host_(std::move(host)) {}
  ~HubNetwork() override {
    cut();
    std::erase_if(hub_.listeners, [this](const auto& each) { return each.second == this; });
  }

  Transport& transport() override { return *this; }
  [[nodiscard]] int wake_fd() const override { return -1; }
  std::vector<std::string> hosts() override { return {host_}; }

  Result<Endpoint> listen(const Endpoint& address) override {
    Endpoint bound{address.host == "*" ? host_ : address.host, address.port == 0 ? hub_.next_port++ : address.port};
    if (hub_.listeners.contains(bound)) return fail(ErrorCode::address_in_use, Fault::person, {to_text(bound)});
    hub_.listeners.emplace(bound, this);
    return Endpoint{address.host, bound.port};
  }
  Result<LinkId> connect(const Endpoint& address, const BoxPublicKey& peer) override {
    ++hub_.calls;
    called.push_back(address);
    const LinkId mine{hub_.next_link++};
    const auto found = hub_.listeners.find(address);
    const auto down = [&](DownReason why) {
      events_.push_back(LinkDown{mine, why});
      links_.emplace(mine, Wire{});
      return mine;
    };
    if (!online || found == hub_.listeners.end() || !found->second->online) return down(DownReason::unreachable);
    HubNetwork& other = *found->second;
    if (other.key_ != peer) return down(DownReason::handshake_failed);
    if (other.rules_.barred.contains(key_)) return down(DownReason::refused);
    const bool known = other.rules_.members.contains(key_);
    if (!known && !other.rules_.anteroom_open) return down(DownReason::refused);
    const LinkId theirs{hub_.next_link++};
    links_.emplace(mine, Wire{&other, theirs});
    other.links_.emplace(theirs, Wire{this, mine});
    events_.push_back(LinkUp{mine, peer, Direction::outbound, Entrance::member, address});
    other.events_.push_back(
        LinkUp{theirs, key_, Direction::inbound, known ? Entrance::member : Entrance::anteroom, {host_, 1}});
    return mine;
  }
  void close(LinkId link) override { end(link, false); }
  SendOutcome send(LinkId link, Bytes frame) override {
    KIEM_CHECK(!frame.empty() && frame.size() <= kMaxFrameBytes);
    const auto wire = links_.find(link);
    if (wire == links_.end() || wire->second.other == nullptr) return SendOutcome::gone;
    if (wire->second.unsent >= kMaxUnsentFrames) {
      wire->second.was_refused = true;
      return SendOutcome::full;
    }
    if (breaks_after && (*breaks_after)-- == 0) {
      breaks_after.reset();
      online = false;
      cut();
      return SendOutcome::gone;
    }
    ++wire->second.unsent;
    ++frames;
    bytes += frame.size();
    const auto message = wire::decode(frame);
    if (const auto* const sent = message ? std::get_if<wire::Segments>(&*message) : nullptr) {
      ++segments;
      most_hops = std::max(most_hops, sent->hops.value_or(1));
    }
    wire->second.other->events_.push_back(FrameReceived{wire->second.there, std::move(frame)});
    return SendOutcome::taken;
  }
  void promote(LinkId) override { ++promoted; }
  void set_gate(GateRules rules) override { rules_ = std::move(rules); }
  std::optional<TransportEvent> next_event() override {
    while (!events_.empty()) {
      TransportEvent event = std::move(events_.front());
      events_.pop_front();
      if (const auto* const frame = std::get_if<FrameReceived>(&event)) {
        const auto wire = links_.find(frame->link);
        if (wire == links_.end()) continue;
        if (wire->second.other != nullptr) wire->second.other->read(wire->second.there);
      } else if (const auto* const down = std::get_if<LinkDown>(&event)) {
        if (links_.erase(down->link) == 0) continue;
      } else if (const auto* const up = std::get_if<LinkUp>(&event)) {
        if (!links_.contains(up->link)) continue;
      }
      return event;
    }
    return std::nullopt;
  }

  // Every link of this laptop breaks; both ends hear of it.
  void cut() {
    std::vector<LinkId> up;
    for (const auto& [link, wire] : links_) {
      if (wire.other != nullptr) up.push_back(link);
    }
    for (const LinkId link : up) end(link, true);
  }
  [[nodiscard]] bool has_events() const { return !events_.empty(); }
  [[nodiscard]] std::size_t links() const { return links_.size(); }

  bool online = true;                                             // whether others reach it, and it them
  std::size_t promoted = 0, frames = 0, bytes = 0, segments = 0;  // segments: frames with any
  std::uint32_t most_hops = 0;                                    // that a frame with segments told
  std::optional<std::size_t> breaks_after;                        // so many frames from now this laptop is out of reach
  std::vector<Endpoint> called;

 private:
  struct Wire {
    HubNetwork* other = nullptr;
    LinkId there;
    std::size_t unsent = 0;
    bool was_refused = false;
  };
  void end(LinkId link, bool tell_me) {
    const auto wire = links_.find(link);
    if (wire == links_.end()) return;
    const Wire ended = wire->second;
    if (tell_me) {
      // The entry goes when the event is taken.
      wire->second.other = nullptr;
      events_.push_back(LinkDown{link, DownReason::lost});
    } else {
      links_.erase(wire);
    }
    if (ended.other == nullptr) return;
    HubNetwork& other = *ended.other;
    if (const auto there = other.links_.find(ended.there); there != other.links_.end()) {
      there->second.other = nullptr;
      other.events_.push_back(LinkDown{ended.there, DownReason::lost});
    }
  }
  // The other end took a frame of this link.
  void read(LinkId link) {
    const auto wire = links_.find(link);
    if (wire == links_.end()) return;
    --wire->second.unsent;
    if (!wire->second.was_refused || wire->second.unsent > kMaxUnsentFrames / 2) return;
    wire->second.was_refused = false;
    events_.push_back(RoomToSend{link});
  }

  Hub& hub_;
  BoxPublicKey key_;
  std::string host_;
  GateRules rules_;
  std::deque<TransportEvent> events_;
  std::map<LinkId, Wire> links_;
};

// Laptops of one world with a node on each that is wanted.
class Village {
 public:
  explicit Village(std::uint64_t seed) : world(seed) {}

  // A laptop with a store and a place in the network; its node is made by start().
  std::size_t add(const std::string& name) {
    const std::size_t number = world.add(name);
    places_.emplace_back();
    places_[number].network =
        std::make_unique<HubNetwork>(hub, world[number].key(), "10.0.0." + std::to_string(number + 1));
    return number;
  }
  Node& start(std::size_t laptop, bool calls = true) {
    NodeOptions options;
    options.calls = calls;
    auto made = Node::create(world[laptop].community(), network(laptop), world[laptop].fake().env(), options);
    REQUIRE(made.has_value());
    places_[laptop].node = *std::move(made);
    return node(laptop);
  }
  // It sends and hears beacons, in the one network that all begin in.
  FakeDatagrams& look_around(std::size_t laptop) {
    places_[laptop].datagrams = std::make_unique<FakeDatagrams>(air, "10.0.0." + std::to_string(laptop + 1));
    REQUIRE(node(laptop).look_around(datagrams(laptop)).has_value());
    return datagrams(laptop);
  }
  // Where it listens, as others write it.
  std::string listen(std::size_t laptop) {
    REQUIRE(node(laptop).listen(std::nullopt).has_value());
    REQUIRE_FALSE(node(laptop).addresses().empty());
    return to_text(node(laptop).addresses().front());
  }
  void stop(std::size_t laptop) {
    places_[laptop].node.reset();
    network(laptop).cut();
    while (network(laptop).next_event()) {
    }
  }
  [[nodiscard]] Node& node(std::size_t laptop) { return *places_[laptop].node; }
  [[nodiscard]] HubNetwork& network(std::size_t laptop) { return *places_[laptop].network; }
  [[nodiscard]] FakeDatagrams& datagrams(std::size_t laptop) { return *places_[laptop].datagrams; }

  // Everything that can happen without time passing.
  void settle() {
    bool moved = true;
    while (moved) {
      moved = false;
      for (Place& place : places_) {
        if (place.node == nullptr) continue;
        moved = moved || place.network->has_events() || (place.datagrams != nullptr && place.datagrams->waits());
        REQUIRE(place.node->turn().has_value());
      }
    }
  }
  // Lets so much time pass, stopping wherever a node has something to do.
  void pass(std::uint64_t ms) {
    settle();
    while (ms > 0) {
      std::uint64_t step = ms;
      for (std::size_t i = 0; i < places_.size(); ++i) {
        if (places_[i].node == nullptr) continue;
        const auto due = places_[i].node->next_ms();
        const std::uint64_t now = world[i].fake().clock.monotonic_ms();
        if (due) step = std::min(step, std::max<std::uint64_t>(*due > now ? *due - now : 0, 1));
      }
      for (std::size_t i = 0; i < places_.size(); ++i) {
        world[i].fake().clock.advance(static_cast<std::int64_t>(step));
      }
      ms -= step;
      settle();
    }
  }

  // Asks and settles; an answer must have come.
  Result<NodeAnswer> ask(std::size_t laptop, const NodeRequest& request) {
    std::optional<Result<NodeAnswer>> answer;
    node(laptop).ask(request, [&](Result<NodeAnswer> given) {
      REQUIRE_FALSE(answer.has_value());
      answer = std::move(given);
    });
    settle();
    // A goodbye gets its time, and an attempt its end.
    if (!answer) pass(60'000);
    REQUIRE(answer.has_value());
    return *std::move(answer);
  }
  template <class Wanted>
  Wanted done(std::size_t laptop, const NodeRequest& request) {
    auto answer = ask(laptop, request);
    REQUIRE(answer.has_value());
    REQUIRE(std::holds_alternative<Wanted>(*answer));
    return std::get<Wanted>(*std::move(answer));
  }
  ErrorCode refused(std::size_t laptop, const NodeRequest& request) {
    auto answer = ask(laptop, request);
    REQUIRE_FALSE(answer.has_value());
    return answer.error().code;
  }
  void add_task(std::size_t laptop, const std::string& title) {
    AddTask task;
    task.title = title;
    done<Answer>(laptop, Request(task));
  }
  // `first` founds and listens; the others come in one by one by codes.
  void found(std::size_t first, std::initializer_list<std::size_t> others) {
    done<Answer>(first, Request(CreateInitiative{"Tuin"}));
    for (const std::size_t other : others) {
      const auto made = done<InvitationMade>(first, InviteNewcomer{});
      done<InitiativeJoined>(other, JoinByCode{made.code});
    }
  }
  [[nodiscard]] bool same(std::size_t a, std::size_t b) { return world[a].dump() == world[b].dump(); }

  SimWorld world;
  Hub hub;
  FakeAir air;

 private:
  struct Place {
    std::unique_ptr<HubNetwork> network;
    std::unique_ptr<FakeDatagrams> datagrams;
    std::unique_ptr<Node> node;
  };
  std::vector<Place> places_;
};

}  // namespace kiem::test
