// The door to libzmq: sockets with every option decided, messages as values, exceptions ended here.
//
// A ZmqSocket is owned and used by one thread (P16). Its context must outlive it. Where libzmq 4.3.4 needs care, the
// number of the pitfall in sync.md section 6 stands beside the option. Failures: creating and binding give an Error;
// afterwards the calls below cannot fail but for a broken promise of ours.
//
// RCVHWM is 0, against the usual advice, because of a defect of 4.3.4: once an inbound pipe is full, a reset of that
// connection followed by a heartbeat (or by a PING already in the buffer) trips "Assertion failed: !_io_error" and ends
// the whole process, which any peer past the handshake can bring about. With no inbound mark the state is never
// reached; what is unread is bounded by its owner instead: always read, and cut who sends too much (Outbox, TcpWatch).
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/crypto/keys.hpp"
#include "sync/transport/endpoint.hpp"
#include "sync/transport/limits.hpp"

namespace kiem {

// One message: [routing id] (a router's only) and the payload. Nothing of a message with further parts is kept.
struct ZmqMessage {
  Bytes routing_id;
  Bytes payload;                     // empty when broken
  bool broken = false;               // more parts than allowed, or a payload of more than kMaxFrameBytes
  int fd = -1;                       // of the connection it came by; -1 when libzmq does not say
  std::optional<BoxPublicKey> user;  // what the gate proved, read from the payload part (P8)
};

enum class ZmqEventKind : std::uint8_t {
  accepted,           // value: descriptor
  accept_failed,      // value: errno
  connected,          // value: descriptor
  connect_failed,     // no value
  handshake_done,     // no value
  handshake_failed,   // no value
  handshake_refused,  // no value
  disconnected,       // value: descriptor, not closed yet when the event was written
};
struct ZmqEvent {
  ZmqEventKind kind;
  int value = 0;
};

enum class ZmqSent : std::uint8_t { taken, full, gone };

class ZmqContext;  // a context
class ZmqSocket;

// Who answers handshakes: four fields of RFC 27 that matter here.
struct ZapRequest {
  Bytes request_id;
  std::string domain;
  BoxPublicKey key;
};

class ZmqSocket {
 public:
  // The accepting side: ROUTER, CURVE server, mandatory, ids chosen by libzmq. `domain` names the gate; without an
  // answering ZAP handler every handshake fails (P9).
  [[nodiscard]] static Result<ZmqSocket> router(ZmqContext& context, const BoxKeyPair& keys, const std::string& domain,
                                                const TransportLimits& limits);
  // One outgoing connection: DEALER, CURVE client, never reconnects by itself.
  [[nodiscard]] static Result<ZmqSocket> dealer(ZmqContext& context, const BoxKeyPair& keys, const BoxPublicKey& peer,
                                                const TransportLimits& limits);
  // The ZAP handler, bound; one a context. Errors: address_in_use when there is one already.
  [[nodiscard]] static Result<ZmqSocket> zap_handler(ZmqContext& context);

  ZmqSocket(ZmqSocket&&) noexcept;
  ZmqSocket& operator=(ZmqSocket&&) noexcept;
  ~ZmqSocket();

  // Returns the endpoint with the port that was bound. Errors: bad_address, address_in_use.
  [[nodiscard]] Result<Endpoint> bind(const Endpoint& endpoint);
  // Begins to connect. Error: bad_address.
  [[nodiscard]] Status connect(const Endpoint& endpoint);

  // None waits: nothing. Never blocks.
  [[nodiscard]] std::optional<ZmqMessage> receive();
  // routing_id: empty for a dealer. Never blocks.
  [[nodiscard]] ZmqSent send(ByteView routing_id, ByteView frame);

  // What happened to the connections of a router or dealer, in order; nothing when no event waits.
  [[nodiscard]] std::optional<ZmqEvent> next_event();

  // A request that waits, or nothing; one that is not well formed is answered with a refusal and not returned.
  [[nodiscard]] std::optional<ZapRequest> next_request();
  void answer(const ZapRequest& request, bool admit);

 private:
  friend class ZmqPoll;
  struct Impl;
  explicit ZmqSocket(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// The context: one for the whole life of the process, destroyed after everything that uses libsodium (P12).
class ZmqContext {
 public:
  [[nodiscard]] static Result<std::unique_ptr<ZmqContext>> create();
  ~ZmqContext();
  ZmqContext(const ZmqContext&) = delete;
  ZmqContext& operator=(const ZmqContext&) = delete;

 private:
  friend class ZmqSocket;
  struct Impl;
  explicit ZmqContext(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// Waits until one of several things is ready: descriptors to read, sockets, their events. Filled anew for each wait.
class ZmqPoll {
 public:
  ZmqPoll();
  ~ZmqPoll();
  ZmqPoll(const ZmqPoll&) = delete;
  ZmqPoll& operator=(const ZmqPoll&) = delete;

  void clear();
  void add(int fd);
  // Waits for messages and events of the socket, and for room when `also_room`.
  void add(const ZmqSocket& socket, bool also_room);
  // Nothing: for as long as it takes. Returns also when the system interrupts the wait.
  void wait(std::optional<std::uint32_t> timeout_ms);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kiem
