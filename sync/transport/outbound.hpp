// The connecting side: one DEALER per attempt, from the first SYN to the end of the link. Runs on the thread of the
// sockets only.
//
// A dial is connecting, then up, then gone; each emits LinkUp at most once and LinkDown exactly once, unless the node
// closes it. libzmq does not reconnect these sockets: a new connection is a new attempt with a new LinkId, so no frame
// meant for an earlier one can slip into it. After the handshake the transport knocks (inbound.hpp) before anything
// else.
//
// A name in an address is looked up by libzmq's I/O thread, which the other links wait for; addresses that a stranger
// can choose should be numbers.
#pragma once

#include <deque>
#include <map>

#include "sync/transport/outbox.hpp"
#include "sync/transport/tcp_watch.hpp"
#include "sync/transport/zmq_socket.hpp"

namespace kiem {

class Outbound {
 public:
  Outbound(ZmqContext& context, const BoxKeyPair& keys, const TransportLimits& limits, TcpWatch& watch, Outbox& outbox);

  void dial(LinkId link, const Endpoint& address, const BoxPublicKey& peer, std::uint64_t now_ms);
  void turn(std::uint64_t now_ms);
  // False when there is no such link.
  bool send(LinkId link, Bytes frame);
  // Without an event.
  bool close(LinkId link);
  // The guard found this connection over its limit. False when it is not one of these.
  bool flooded(std::uint64_t cookie);

  void add_to(ZmqPoll& poll) const;
  [[nodiscard]] std::optional<std::uint64_t> due_ms(std::uint64_t now_ms) const;

 private:
  struct Dial {
    ZmqSocket socket;
    Endpoint address;
    BoxPublicKey peer;
    std::uint64_t up_by = 0;
    bool is_up = false;
    bool has_more_to_read = false;
    int fd = -1;                     // from the TCP connection on
    std::uint64_t cookie = 0;        // 0: none, the kernel counts from 1
    std::optional<DownReason> down;  // set by the event that ends it, told after the last message
    std::deque<Bytes> unsent;
  };

  void on_event(LinkId id, Dial& dial, const ZmqEvent& event);
  void read(LinkId id, Dial& dial);
  void write(LinkId id, Dial& dial);

  ZmqContext& context_;
  const BoxKeyPair& keys_;
  const TransportLimits& limits_;
  TcpWatch& watch_;
  Outbox& outbox_;
  std::map<LinkId, Dial> dials_;
};

}  // namespace kiem
