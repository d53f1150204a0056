// Runs of operations on their way to one peer: packed into frames, held back by the peer's credit.
//
// The credit is a window of bytes of segments that may be under way without being acknowledged as committed. Every
// operation passes Replica::may_send when its segment is made, not when its run was queued. One thread, the session's.
#pragma once

#include <deque>
#include <span>

#include "core/replica.hpp"
#include "sync/session/row_set.hpp"
#include "sync/session/stop.hpp"
#include "sync/wire/messages.hpp"

namespace kiem {

class Sender {
 public:
  Sender(Replica& replica, const PeerDevice& peer, std::size_t window)
      : replica_(replica), peer_(peer), window_(window) {}

  void add(std::vector<ChainRun> runs);
  // Nothing is queued; what is under way may not be acknowledged yet.
  [[nodiscard]] bool empty() const { return runs_.empty() && large_.empty(); }
  [[nodiscard]] std::uint64_t sent() const { return sent_; }
  [[nodiscard]] std::uint64_t unacknowledged() const { return sent_ - acknowledged_; }
  // How many operations went, in all.
  [[nodiscard]] std::uint64_t operations() const { return operations_; }
  // The next frame's message; nothing when all is sent or the credit is spent.
  [[nodiscard]] Stepped<std::optional<wire::Message>> next();
  // All bytes that the peer ever committed: never fewer than before, nor more than were sent.
  [[nodiscard]] Step acknowledge(std::uint64_t bytes);
  // What the peer is known to have: sent to it here, or got from it by the session.
  [[nodiscard]] RowSet& known() { return known_; }
  [[nodiscard]] bool knows(std::int64_t row) const { return known_.has(row); }

 private:
  struct Queued {
    ChainRun run;
    std::size_t at = 0;
  };
  [[nodiscard]] wire::Message next_piece();

  Replica& replica_;
  const PeerDevice& peer_;
  std::size_t window_;
  std::deque<Queued> runs_;
  Bytes large_;  // a segment that fills no frame, and how much of it went
  std::size_t large_at_ = 0;
  std::uint64_t sent_ = 0, acknowledged_ = 0, operations_ = 0;
  RowSet known_;
};

}  // namespace kiem
