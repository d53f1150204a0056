// The accepting side: who came in, who is known, who is cut. Runs on the thread of the sockets only.
//
// A connection passes these states, each bounded in number, bytes and time:
//
//   accepted ---knock---> link (member or anteroom) ---> gone
//       \--limit, silence, another first frame--> cut ---> gone
//
// The *knock* is an empty frame that the connecting transport sends first. With it a ROUTER learns what it needs to
// answer: the routing id libzmq gave, the key the gate proved and the descriptor it came by. Only that first frame may
// be empty. A peer's going is told by libzmq's event for the descriptor: closed, reset, or silent for longer than the
// heartbeat allows.
//
// Routing ids are never trusted (P7): a link is its descriptor, its routing id and its key together.
//
// libzmq tells messages and events by two queues. Events are read before messages and applied after them, so that what
// a peer said before it went is heard first; a message from an unknown connection waits until the events are read
// again.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <unordered_map>

#include "core/base/env.hpp"
#include "sync/transport/outbox.hpp"
#include "sync/transport/spare_descriptors.hpp"
#include "sync/transport/tcp_watch.hpp"
#include "sync/transport/zmq_socket.hpp"

namespace kiem {

class Inbound {
 public:
  Inbound(ZmqSocket router, const Gate& gate, const TransportLimits& limits, TcpWatch& watch, Outbox& outbox);

  [[nodiscard]] Result<Endpoint> listen(const Endpoint& address) { return router_.bind(address); }

  // Reads what came, sends what waits, ends what is due.
  void turn(std::uint64_t now_ms);
  // False when there is no such link.
  bool send(LinkId link, Bytes frame);
  bool promote(LinkId link);
  // Without an event.
  bool close(LinkId link);
  // The guard found this connection over its limit. False when it is not one of these.
  bool flooded(std::uint64_t cookie);

  void add_to(ZmqPoll& poll) const { poll.add(router_, false); }
  [[nodiscard]] std::optional<std::uint64_t> due_ms(std::uint64_t now_ms) const;

 private:
  struct Accepted {
    std::uint64_t cookie = 0;
    Endpoint remote;
    std::uint64_t knock_by = 0;
    bool is_known = false;  // a member's: no longer counted against its host
    bool is_cut = false;
    std::optional<LinkId> link;
  };
  struct Link {
    int fd = -1;
    Bytes routing_id;
    BoxPublicKey peer;
    Entrance entrance = Entrance::member;
    std::uint64_t leave_by = 0;     // anteroom only
    std::size_t anteroom_left = 0;  // anteroom only
    std::deque<Bytes> unsent;
    std::size_t just_sent = 0;
  };

  void read(std::uint64_t now_ms);
  void on_event(const ZmqEvent& event, std::uint64_t now_ms);
  void on_accepted(int fd, std::uint64_t now_ms);
  void on_disconnected(int fd);
  // False when its connection is not known (yet).
  bool on_message(ZmqMessage& message, std::uint64_t now_ms);
  void on_knock(Accepted& accepted, const ZmqMessage& message, std::uint64_t now_ms);
  void on_frame(LinkId id, Link& link, ZmqMessage& message);
  void write();
  // Pays for bytes in the anteroom; false when they are spent, and then the link is cut.
  [[nodiscard]] bool pay(LinkId id, Link& link, std::size_t bytes);
  void make_room_for(const BoxPublicKey& peer);
  // Whether its host, or the process, may have no connection more.
  [[nodiscard]] bool is_full(const Endpoint& remote, int fd) const;
  // For one connection more of all hosts together; false when everybody here has knocked.
  [[nodiscard]] bool make_room();

  // Ends the connection; the link on it, if any, goes down for this reason, or silently.
  void cut(int fd, std::optional<DownReason> reason);
  void forget_link(LinkId id, std::optional<DownReason> reason);

  ZmqSocket router_;
  const Gate& gate_;
  const TransportLimits& limits_;
  TcpWatch& watch_;
  Outbox& outbox_;
  SpareDescriptors spare_;
  std::uint64_t hold_spare_at_ = 0;
  std::size_t descriptor_limit_;
  std::unordered_map<int, Accepted> accepted_;
  std::map<LinkId, Link> links_;  // in the order they came up
  std::deque<ZmqEvent> events_;
  std::deque<ZmqMessage> held_;    // of connections not known yet
  std::deque<Bytes> lately_gone_;  // routing ids whose last words may still come
  std::uint64_t last_number_ = 0;
  bool has_more_to_read_ = false;
  bool has_blocked_ = false;
};

}  // namespace kiem
