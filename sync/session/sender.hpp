// Runs of operations on their way to one peer: packed into frames, held back by the peer's credit.
//
// The credit is a window of bytes of segments that may be under way without being acknowledged as committed. Every
// operation passes Replica::may_send when its segment is made, not when its run was queued. Ids that the peer has are
// told by their beginnings, until begin_whole(). One thread, the session's.
#pragma once

#include <map>
#include <span>

#include "core/replica.hpp"
#include "sync/session/common_space.hpp"
#include "sync/session/packed_stream.hpp"
#include "sync/session/row_set.hpp"
#include "sync/session/stop.hpp"
#include "sync/wire/messages.hpp"

namespace kiem {

class Sender {
 public:
  // common: what both ends have alike, as it stands when a segment is made.
  Sender(Replica& replica, const PeerDevice& peer, const std::vector<CommonSpace>& common, std::size_t window)
      : replica_(replica), peer_(peer), common_(common), window_(window) {}

  // known: ids that both ends know from the beginning.
  void begin(std::vector<Hash32> known) { packed_.begin(std::move(known)); }
  // What was inferred may be wrong: from now on nothing is taken for known that was not told anew.
  void begin_whole();

  void add(std::vector<ChainRun> runs);
  // Nothing is queued; what is under way may not be acknowledged yet.
  [[nodiscard]] bool empty() const { return runs_.empty() && large_.empty(); }
  [[nodiscard]] std::uint64_t sent() const { return sent_; }
  [[nodiscard]] std::uint64_t unacknowledged() const { return sent_ - acknowledged_; }
  // How many operations went, in all.
  [[nodiscard]] std::uint64_t operations() const { return operations_; }
  // What their segments took before they were packed.
  [[nodiscard]] std::uint64_t plain_bytes() const { return plain_bytes_; }
  // The next frame's message; nothing when all is sent or the credit is spent.
  [[nodiscard]] Stepped<std::optional<wire::Message>> next();
  // What the last Segments held.
  [[nodiscard]] std::span<const std::int64_t> in_frame() const { return in_frame_; }
  // All bytes that the peer ever committed: never fewer than before, nor more than were sent.
  [[nodiscard]] Step acknowledge(std::uint64_t bytes);
  // What the peer is known to have: sent to it here, or got from it by the session.
  [[nodiscard]] RowSet& known() { return known_; }
  [[nodiscard]] bool knows(std::int64_t row) const { return known_.has(row); }

 private:
  // Earlier ones first, access circles before urgent runs before others, of those the open circle first, since the
  // board is made of it, and in each what arrived here first: so that most of what an operation speaks of has gone
  // before it, and is told by number.
  struct Turn {
    std::uint64_t added = 0;
    unsigned rank = 0;
    std::int64_t row = 0;
    auto operator<=>(const Turn&) const = default;
  };
  struct Queued {
    ChainRun run;
    std::size_t at = 0;
  };
  void queue(std::uint64_t added, Queued queued);
  [[nodiscard]] Stepped<ExportedRun> export_next(std::size_t room, bool may_exceed);
  void know(std::span<const std::int64_t> rows);
  [[nodiscard]] wire::Message next_piece();
  [[nodiscard]] Result<bool> can_tell(const Hash32& id);

  Replica& replica_;
  const PeerDevice& peer_;
  const std::vector<CommonSpace>& common_;
  std::size_t window_;
  PackedOut packed_;
  bool is_whole_ = false;
  std::map<Turn, Queued> runs_;
  std::uint64_t added_ = 0;
  Bytes large_;  // a segment that fills no frame, and how much of it went
  std::size_t large_at_ = 0;
  std::uint64_t sent_ = 0, acknowledged_ = 0, operations_ = 0, plain_bytes_ = 0;
  RowSet known_;
  std::vector<std::int64_t> in_frame_;
};

}  // namespace kiem
