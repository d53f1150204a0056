// One link of a node and the session that speaks over it: frames in, frames out as far as the transport has room, and a
// goodbye that gets its time to arrive.
//
// The Node owns its links and outlives none of them; Transport and the session's Replica outlive both. One thread, the
// node's. It fails by ending its session, which tells why.
#pragma once

#include <memory>
#include <optional>

#include "sync/session/session.hpp"
#include "sync/transport/transport.hpp"

namespace kiem {

class NodeLink {
 public:
  NodeLink(Transport& transport, LinkUp up, std::unique_ptr<Session> session)
      : transport_(transport), up_(std::move(up)), session_(std::move(session)) {}

  [[nodiscard]] const LinkUp& up() const { return up_; }
  [[nodiscard]] Session& session() { return *session_; }
  [[nodiscard]] const Session& session() const { return *session_; }

  // What the session has to say to it waits for pump().
  void receive(ByteView frame, std::uint64_t now_ms);
  // Sends what the session has to say; whatever finds no room waits for the next call. Also lets time pass for it.
  void pump(std::uint64_t now_ms);
  // The transport says that the link is gone.
  void lost();

  // Nothing more will come of it: the peer's goodbye was heard, or ours had its time. To be closed and forgotten.
  [[nodiscard]] bool is_spent(std::uint64_t now_ms) const;
  // When the session must be looked at again without any event; nothing while only events matter.
  [[nodiscard]] std::optional<std::uint64_t> next_ms() const;
  // Nothing was received yet.
  [[nodiscard]] bool is_untouched() const { return !is_touched_; }
  // True once: the session has just shown that the peer is a member.
  [[nodiscard]] bool became_member();

 private:
  Transport& transport_;
  LinkUp up_;
  std::unique_ptr<Session> session_;
  std::optional<Bytes> waiting_;  // refused by the transport for want of room
  bool is_down_ = false;
  bool is_touched_ = false;
  bool is_known_member_ = false;
  std::uint64_t ticked_ms_ = 0;
  std::optional<std::uint64_t> ended_ms_;
};

}  // namespace kiem
