// What links bring: events in their order, frames that came at the same time as one commit (N5).
#include <set>

#include "sync/node/node.hpp"

namespace kiem {
namespace {

// Events of one turn, so that a flood leaves requests their turn.
constexpr int kEventsPerTurn = 256;
// Of frames that are one commit: what a session lets come before it acknowledges, a quarter of its window, so that a
// peer goes on sending while this is written.
constexpr std::size_t kBytesTogether = std::size_t{64} * 1024;

}  // namespace

Status Node::take_events() {
  std::vector<FrameReceived> frames;
  std::size_t waiting = 0;
  const auto take_waiting = [&] {
    waiting = 0;
    return take(std::exchange(frames, {}));
  };
  has_more_ = true;
  for (int taken = 0; taken < kEventsPerTurn && !failure_; ++taken) {
    auto event = transport_.next_event();
    if (!event) {
      has_more_ = false;
      break;
    }
    auto* const received = std::get_if<FrameReceived>(&*event);
    if (received != nullptr && !pairing_) {
      waiting += received->frame.size();
      frames.push_back(std::move(*received));
      if (waiting >= kBytesTogether) KIEM_TRY(take_waiting());
      continue;
    }
    KIEM_TRY(take_waiting());
    std::visit([this](const auto& each) { on(each); }, *event);
    KIEM_TRY(catch_up());
  }
  return take_waiting();
}

// N5. Whoever reads a damaged page rolls back whatever is open: what came together with it is lost together with it,
// once. From then on each frame is a commit of its own, so that damage costs the session alone that comes upon it.
Status Node::take(const std::vector<FrameReceived>& frames) {
  if (one_by_one_ || frames.size() < 2) {
    for (const FrameReceived& frame : frames) {
      hear(frame);
      answer(frame.link);
      KIEM_TRY(catch_up());
    }
    return {};
  }
  const Status kept = community_.replica().together([&] {
    for (const FrameReceived& frame : frames) hear(frame);
  });
  if (!kept && kept.error().fault != Fault::damage) failure_ = kept.error();
  if (!kept) {
    one_by_one_ = true;
    for (const FrameReceived& frame : frames) {
      const auto link = links_.find(frame.link);
      if (link != links_.end()) link->second.session().undone(kept.error());
    }
  }
  KIEM_TRY(catch_up());
  std::set<LinkId> links;
  for (const FrameReceived& frame : frames) links.insert(frame.link);
  for (const LinkId& link : links) answer(link);
  return catch_up();
}

// What came on a link that is closed says nothing any more.
void Node::hear(const FrameReceived& frame) {
  const auto link = links_.find(frame.link);
  if (link != links_.end()) link->second.receive(frame.frame, now());
}

void Node::answer(LinkId id) {
  const auto link = links_.find(id);
  if (link == links_.end()) return;
  link->second.pump(now());
  after(link->second);
}

}  // namespace kiem
