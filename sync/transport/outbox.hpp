// Events on their way from the thread of the sockets to the node's, kept in order and within bounds.
//
// The thread of the sockets never waits for the node: what the Handoff has no room for waits here. Per link the frames
// that wait are counted; a link whose peer sends on beyond kMaxUnreadBytes is its owner's to cut (drop_frames). One
// thread.
#pragma once

#include <deque>
#include <map>

#include "sync/transport/handoff.hpp"
#include "sync/transport/transport.hpp"

namespace kiem {

// Frames of this link that libzmq has taken, so that as many may follow. Between the two threads only.
struct FramesSent {
  LinkId link;
  std::size_t count = 0;
};
using OutboxEvent = std::variant<LinkUp, FrameReceived, FramesSent, LinkDown>;

class Outbox {
 public:
  explicit Outbox(Handoff<OutboxEvent>& events) : events_(events) {}

  void post(OutboxEvent event);
  // Passes on what there is room for.
  void flush();

  [[nodiscard]] std::size_t unread_bytes(LinkId link) const;
  // Forgets the frames of a link that still wait here.
  void drop_frames(LinkId link);
  // More waits than a node that is merely busy leaves: the moment to take no new peers.
  [[nodiscard]] bool is_crowded() const { return waiting_.size() > kCrowded; }

 private:
  static constexpr std::size_t kCrowded = 4096;

  Handoff<OutboxEvent>& events_;
  std::deque<OutboxEvent> waiting_;
  std::map<LinkId, std::size_t> unread_;
};

}  // namespace kiem
