// How frames travel between two devices: the one interface over ZeroMQ (zmq_transport.hpp) and the simulator.
//
// A peer is its transport key, never an address or a routing id. A *link* is one connection: it comes up once, carries
// frames in order, and goes down once; its LinkId is never used again, so that nothing meant for an earlier connection
// can reach a later one. Whoever wants the peer back calls connect again (backoff.hpp has the intervals).
//
// Frames arrive at most once, and the last ones before a link goes down, whoever closed it, may never arrive: what
// matters is acknowledged by the session (sync.md P5). A frame is whole, in order, and from the key that LinkUp named.
//
// Thread rule: a Transport is used by one thread, its owner's, which never blocks here except where said. Events are
// taken in order; after LinkDown, and after the owner's own close(), nothing more is said of that link.
//
// Flow: send() refuses when a peer does not keep up, and RoomToSend tells when to go on. In the other direction the
// session's window holds a peer back: what waits for this node beyond kMaxUnreadBytes on one link cuts that link.
#pragma once

#include <compare>
#include <optional>
#include <variant>

#include "core/crypto/keys.hpp"
#include "sync/transport/endpoint.hpp"
#include "sync/transport/gate.hpp"

namespace kiem {

// A frame is 1 to this many bytes. Small enough that heartbeats and other links get their turn on poor Wi-Fi (P3).
inline constexpr std::size_t kMaxFrameBytes = 32'768;
// Frames of one link that may wait for the wire before send() says full.
inline constexpr std::size_t kMaxUnsentFrames = 16;
// A session must keep its window well below this: four windows of 256 KiB.
inline constexpr std::size_t kMaxUnreadBytes = 1'048'576;

struct LinkId {
  std::uint64_t number = 0;
  auto operator<=>(const LinkId&) const = default;
};

enum class Direction : std::uint8_t { inbound, outbound };
enum class Entrance : std::uint8_t { member, anteroom };

enum class DownReason : std::uint8_t {
  unreachable,       // outbound: nobody answered at that address in time
  handshake_failed,  // outbound: somebody answered, and is not a Kiem node with that key
  refused,           // outbound: the peer's gate does not let this device in
  lost,              // the connection broke, the peer closed it, or it fell silent
  violation,         // the peer broke a rule of the transport and was cut
  anteroom_spent,    // inbound: the anteroom's bytes or time ran out before promote()
};

struct LinkUp {
  LinkId link;
  BoxPublicKey peer;  // proven by the CURVE handshake
  Direction direction = Direction::inbound;
  Entrance entrance = Entrance::member;  // outbound: always member, for the one who called chose the key
  Endpoint endpoint;                     // outbound: what was dialled; inbound: the peer's own end
};
struct FrameReceived {
  LinkId link;
  Bytes frame;  // 1 .. kMaxFrameBytes
};
// Comes once after send() said full, when half of the room is free again.
struct RoomToSend {
  LinkId link;
};
// The end of a link, or of an attempt that never came up.
struct LinkDown {
  LinkId link;
  DownReason reason = DownReason::lost;
};
using TransportEvent = std::variant<LinkUp, FrameReceived, RoomToSend, LinkDown>;

enum class SendOutcome : std::uint8_t {
  taken,  // at most once on its way
  full,   // not taken: wait for RoomToSend
  gone,   // not taken: the link is not up
};

class Transport {
 public:
  virtual ~Transport() = default;

  // Accepts peers at an address, from then on; may be called for several. Returns the host as given with the port that
  // was truly bound. Errors: bad_address (not of this machine, or not allowed), address_in_use. May block briefly.
  [[nodiscard]] virtual Result<Endpoint> listen(const Endpoint& address) = 0;

  // Tries once to reach the peer. LinkUp or LinkDown follows, always. Error: bad_address when not is_dialable().
  [[nodiscard]] virtual Result<LinkId> connect(const Endpoint& address, const BoxPublicKey& peer) = 0;

  // Ends a link or an attempt at once; what was not on the wire yet is dropped. No event follows. Absent: nothing.
  virtual void close(LinkId link) = 0;

  // Hands over a frame of 1 .. kMaxFrameBytes bytes; another size is a broken promise.
  [[nodiscard]] virtual SendOutcome send(LinkId link, Bytes frame) = 0;

  // Lifts the limits of the anteroom from an inbound link whose peer has become a member. Absent: nothing.
  virtual void promote(LinkId link) = 0;

  // Replaces the rules for peers that come in from now on (gate.hpp).
  virtual void set_gate(GateRules rules) = 0;

  // The next event, or nothing when none waits. Never blocks.
  [[nodiscard]] virtual std::optional<TransportEvent> next_event() = 0;
};

}  // namespace kiem
