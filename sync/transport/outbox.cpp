#include "sync/transport/outbox.hpp"

#include <algorithm>

namespace kiem {
namespace {

// What a frame costs beside its bytes, so that a flood of tiny ones is bounded too.
constexpr std::size_t kFrameOverhead = 128;

}  // namespace

void Outbox::post(OutboxEvent event) {
  if (waiting_.empty() && events_.try_push(event)) return;
  if (const auto* frame = std::get_if<FrameReceived>(&event)) {
    unread_[frame->link] += frame->frame.size() + kFrameOverhead;
  }
  waiting_.push_back(std::move(event));
}

void Outbox::flush() {
  events_.clear_room();
  while (!waiting_.empty()) {
    // Counted before it moves away; try_push leaves it untouched when there is no room.
    const auto* frame = std::get_if<FrameReceived>(&waiting_.front());
    const LinkId link = frame != nullptr ? frame->link : LinkId{};
    const std::size_t bytes = frame != nullptr ? frame->frame.size() + kFrameOverhead : 0;
    if (!events_.try_push(waiting_.front())) return;
    waiting_.pop_front();
    if (const auto found = unread_.find(link); bytes != 0 && found != unread_.end()) {
      found->second -= std::min(found->second, bytes);
      if (found->second == 0) unread_.erase(found);
    }
  }
}

std::size_t Outbox::unread_bytes(LinkId link) const {
  const auto found = unread_.find(link);
  return found == unread_.end() ? 0 : found->second;
}

void Outbox::drop_frames(LinkId link) {
  std::erase_if(waiting_, [link](const OutboxEvent& event) {
    const auto* frame = std::get_if<FrameReceived>(&event);
    return frame != nullptr && frame->link == link;
  });
  unread_.erase(link);
}

}  // namespace kiem
