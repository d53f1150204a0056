#include "sync/node/node_link.hpp"

#include <utility>

namespace kiem {
namespace {

constexpr std::uint64_t kTickMs = 1'000;
// Closing a link drops what is not on the wire yet, so the one who ends a session leaves the closing to the peer, which
// closes when it hears the Bye, and closes by itself only after this.
constexpr std::uint64_t kGoodbyeMs = 2'000;

}  // namespace

void NodeLink::receive(ByteView frame, std::uint64_t now_ms) {
  is_touched_ = true;
  session_->receive(frame, now_ms);
}

void NodeLink::pump(std::uint64_t now_ms) {
  if (is_down_) return;
  // First, so that the time in which nobody owed anything does not count as silence.
  session_->tick(now_ms);
  ticked_ms_ = now_ms;
  while (true) {
    if (!waiting_) waiting_ = session_->next_frame();
    if (!waiting_) break;
    const SendOutcome outcome = transport_.send(up_.link, *waiting_);
    if (outcome == SendOutcome::full) break;
    waiting_.reset();
    if (outcome == SendOutcome::gone) return lost();
  }
  if (session_->end() && !ended_ms_) ended_ms_ = now_ms;
}

void NodeLink::lost() {
  is_down_ = true;
  waiting_.reset();
  session_->lost();
}

bool NodeLink::is_spent(std::uint64_t now_ms) const {
  if (is_down_) return true;
  const auto& end = session_->end();
  return end && (end->by_peer || (ended_ms_ && now_ms - *ended_ms_ >= kGoodbyeMs));
}

std::optional<std::uint64_t> NodeLink::next_ms() const {
  if (is_down_) return ticked_ms_;
  if (ended_ms_) return *ended_ms_ + kGoodbyeMs;
  return session_->needs_ticks() ? std::optional(ticked_ms_ + kTickMs) : std::nullopt;
}

bool NodeLink::became_member() {
  return session_->peer_is_member() && !std::exchange(is_known_member_, session_->peer_is_member());
}

}  // namespace kiem
