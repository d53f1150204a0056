#include "sync/transport/inbound.hpp"

#include <algorithm>
#include <cerrno>

#include "core/base/check.hpp"

namespace kiem {
namespace {

// Messages of one turn, so that a flood leaves the others their turn.
constexpr std::size_t kMessagesPerTurn = 1024;
// A router does not tell when a full peer has room again, so frames that wait for one are offered this often.
constexpr std::uint64_t kRetryMs = 10;
constexpr std::size_t kGoneRemembered = 64;
// How long libzmq has the spare descriptors to empty its queue with.
constexpr std::uint64_t kSpareMs = 100;
// A connection's bytes count on the wire, where CURVE adds 35 to 42 to a frame and the handshake under 1 KiB.
constexpr std::size_t kWireSlack = 4096;

void earliest(std::optional<std::uint64_t>& due, std::uint64_t candidate) {
  if (!due || candidate < *due) due = candidate;
}

}  // namespace

Inbound::Inbound(ZmqSocket router, const Gate& gate, const TransportLimits& limits, TcpWatch& watch, Outbox& outbox)
    : router_(std::move(router)),
      gate_(gate),
      limits_(limits),
      watch_(watch),
      outbox_(outbox),
      descriptor_limit_(descriptor_limit()) {}

void Inbound::turn(std::uint64_t now_ms) {
  read(now_ms);
  write();
  std::vector<int> late;
  for (const auto& [fd, accepted] : accepted_) {
    if (!accepted.link && !accepted.is_cut && accepted.knock_by <= now_ms) late.push_back(fd);
  }
  for (const int fd : late) cut(fd, std::nullopt);
  late.clear();
  for (const auto& [id, link] : links_) {
    if (link.entrance == Entrance::anteroom && link.leave_by <= now_ms) late.push_back(link.fd);
  }
  for (const int fd : late) cut(fd, DownReason::anteroom_spent);
  if (!spare_.is_whole() && hold_spare_at_ <= now_ms) spare_.hold();
}

// --- reading ---------------------------------------------------------------------------------------------------------

void Inbound::read(std::uint64_t now_ms) {
  for (std::size_t budget = kMessagesPerTurn;;) {
    while (const auto event = router_.next_event()) events_.push_back(*event);
    bool is_new = false;  // something held now came after the events were read
    for (; budget > 0; --budget) {
      auto message = router_.receive();
      if (!message) break;
      // Behind one that waits, the others of an unknown connection wait too.
      if (on_message(*message, now_ms)) continue;
      held_.push_back(*std::move(message));
      is_new = true;
    }
    // With messages left over, the events wait: a peer's going is told after what it said.
    has_more_to_read_ = budget == 0;
    if (has_more_to_read_) return;
    const bool had_events = !events_.empty();
    for (; !events_.empty(); events_.pop_front()) on_event(events_.front(), now_ms);
    std::deque<ZmqMessage> still_held;
    for (auto& held : held_) {
      if (!on_message(held, now_ms)) still_held.push_back(std::move(held));
    }
    held_ = std::move(still_held);
    if (held_.empty()) return;
    // What has no connection although the events were read after it belongs to one that is gone.
    if (!is_new && !had_events) return held_.clear();
  }
}

void Inbound::on_event(const ZmqEvent& event, std::uint64_t now_ms) {
  switch (event.kind) {
    case ZmqEventKind::accepted:
      return on_accepted(event.value, now_ms);
    case ZmqEventKind::disconnected:
      return on_disconnected(event.value);
    case ZmqEventKind::accept_failed:
      if (event.value != EMFILE && event.value != ENFILE) return;
      spare_.release();
      hold_spare_at_ = now_ms + kSpareMs;
      return;
    case ZmqEventKind::connected:
    case ZmqEventKind::connect_failed:
    case ZmqEventKind::handshake_done:
    case ZmqEventKind::handshake_failed:
    case ZmqEventKind::handshake_refused:
      // Without a descriptor these cannot be told apart here; the knock and its deadline say the same.
      return;
  }
}

void Inbound::on_accepted(int fd, std::uint64_t now_ms) {
  on_disconnected(fd);  // the number is in use again, so whoever had it is gone
  const auto cookie = socket_cookie(fd);
  const auto remote = peer_address(fd);
  if (!cookie || !remote) return;  // gone already; its own event follows
  Accepted accepted;
  accepted.cookie = *cookie;
  accepted.remote = *remote;
  accepted.knock_by = now_ms + limits_.knock_ms;
  const bool full = is_full(*remote, fd) || !make_room();
  accepted_.emplace(fd, std::move(accepted));
  watch_.add(fd, *cookie);
  if (full) cut(fd, std::nullopt);
}

bool Inbound::is_full(const Endpoint& remote, int fd) const {
  // Descriptors are given lowest first, so this one's number tells how many are in use.
  if (static_cast<std::size_t>(fd) + limits_.spare_descriptors >= descriptor_limit_) return true;
  const auto unknown = std::count_if(accepted_.begin(), accepted_.end(), [&](const auto& other) {
    return !other.second.is_known && other.second.remote.host == remote.host;
  });
  return static_cast<std::size_t>(unknown) >= limits_.max_unknown_per_host;
}

// A handshake and a knock take milliseconds: who has been here longest without one has had its chance. So strangers
// from many addresses keep a member out only by coming faster than that.
bool Inbound::make_room() {
  std::size_t here = 0;
  auto oldest = accepted_.end();
  for (auto each = accepted_.begin(); each != accepted_.end(); ++each) {
    if (each->second.is_cut) continue;
    ++here;
    if (each->second.link) continue;
    if (oldest == accepted_.end() || each->second.knock_by < oldest->second.knock_by) oldest = each;
  }
  if (here < limits_.max_accepted) return true;
  if (oldest == accepted_.end()) return false;
  cut(oldest->first, std::nullopt);
  return true;
}

void Inbound::on_disconnected(int fd) {
  const auto found = accepted_.find(fd);
  if (found == accepted_.end()) return;
  watch_.remove(found->second.cookie);
  const auto link = found->second.link;
  accepted_.erase(found);
  if (link) forget_link(*link, DownReason::lost);
}

bool Inbound::on_message(ZmqMessage& message, std::uint64_t now_ms) {
  const auto found = accepted_.find(message.fd);
  if (found == accepted_.end()) return false;
  Accepted& accepted = found->second;
  if (accepted.link) {
    Link& link = links_.at(*accepted.link);
    if (link.routing_id != message.routing_id || message.user != link.peer) return false;
    on_frame(*accepted.link, link, message);
    return true;
  }
  if (std::find(lately_gone_.begin(), lately_gone_.end(), message.routing_id) != lately_gone_.end()) return true;
  if (!accepted.is_cut) on_knock(accepted, message, now_ms);
  return true;
}

void Inbound::on_knock(Accepted& accepted, const ZmqMessage& message, std::uint64_t now_ms) {
  const int fd = message.fd;
  if (message.broken || !message.payload.empty() || !message.user) return cut(fd, std::nullopt);
  // Asked again: the rules may have changed since the handshake.
  const Admittance admittance = gate_.admittance(*message.user);
  const auto in_anteroom = std::count_if(links_.begin(), links_.end(),
                                         [](const auto& other) { return other.second.entrance == Entrance::anteroom; });
  const bool refused =
      admittance == Admittance::refuse || outbox_.is_crowded() ||
      (admittance == Admittance::anteroom && static_cast<std::size_t>(in_anteroom) >= limits_.max_anteroom);
  if (refused) return cut(fd, std::nullopt);
  make_room_for(*message.user);
  if (links_.size() >= limits_.max_inbound) return cut(fd, std::nullopt);

  last_number_ += 2;  // even; those of the node's own attempts are odd
  const LinkId id{last_number_};
  Link link;
  link.fd = fd;
  link.routing_id = message.routing_id;
  link.peer = *message.user;
  if (admittance == Admittance::anteroom) {
    link.entrance = Entrance::anteroom;
    link.leave_by = now_ms + limits_.anteroom_ms;
    link.anteroom_left = limits_.anteroom_bytes;
    watch_.set_limit(accepted.cookie, limits_.anteroom_bytes + kWireSlack);
  }
  accepted.link = id;
  accepted.is_known = admittance == Admittance::member;
  const Entrance entrance = link.entrance;
  links_.emplace(id, std::move(link));
  watch_.completed(accepted.cookie);
  outbox_.post(LinkUp{id, *message.user, Direction::inbound, entrance, accepted.remote});
}

void Inbound::make_room_for(const BoxPublicKey& peer) {
  const auto is_of_peer = [&](const auto& other) { return other.second.peer == peer; };
  const auto count = std::count_if(links_.begin(), links_.end(), is_of_peer);
  if (static_cast<std::size_t>(count) < limits_.max_per_key) return;
  const auto oldest = std::find_if(links_.begin(), links_.end(), is_of_peer);
  cut(oldest->second.fd, DownReason::lost);
}

void Inbound::on_frame(LinkId id, Link& link, ZmqMessage& message) {
  if (message.broken || message.payload.empty()) return cut(link.fd, DownReason::violation);
  watch_.completed(accepted_.at(link.fd).cookie);
  if (!pay(id, link, message.payload.size())) return;
  outbox_.post(FrameReceived{id, std::move(message.payload)});
  if (outbox_.unread_bytes(id) > kMaxUnreadBytes) {
    outbox_.drop_frames(id);
    reset_connection(link.fd, accepted_.at(link.fd).cookie);
    cut(link.fd, DownReason::violation);
  }
}

bool Inbound::pay(LinkId id, Link& link, std::size_t bytes) {
  if (link.entrance == Entrance::member) return true;
  if (bytes > link.anteroom_left) {
    KIEM_CHECK(accepted_.at(link.fd).link == id);
    cut(link.fd, DownReason::anteroom_spent);
    return false;
  }
  link.anteroom_left -= bytes;
  return true;
}

// --- writing ---------------------------------------------------------------------------------------------------------

bool Inbound::send(LinkId id, Bytes frame) {
  const auto found = links_.find(id);
  if (found == links_.end()) return false;
  if (!pay(id, found->second, frame.size())) return true;
  found->second.unsent.push_back(std::move(frame));
  return true;
}

void Inbound::write() {
  has_blocked_ = false;
  for (auto& [id, link] : links_) {
    while (!link.unsent.empty()) {
      const ZmqSent sent = router_.send(link.routing_id, link.unsent.front());
      // Gone: libzmq's event for it is on its way.
      if (sent == ZmqSent::gone) break;
      if (sent == ZmqSent::full) {
        has_blocked_ = true;
        break;
      }
      link.unsent.pop_front();
      ++link.just_sent;
    }
    if (link.just_sent > 0) outbox_.post(FramesSent{id, std::exchange(link.just_sent, 0)});
  }
}

// --- what the node asks ----------------------------------------------------------------------------------------------

bool Inbound::promote(LinkId id) {
  const auto found = links_.find(id);
  if (found == links_.end()) return false;
  found->second.entrance = Entrance::member;
  Accepted& accepted = accepted_.at(found->second.fd);
  watch_.set_limit(accepted.cookie, limits_.unfinished_bytes);
  accepted.is_known = true;
  return true;
}

bool Inbound::close(LinkId id) {
  const auto found = links_.find(id);
  if (found == links_.end()) return false;
  cut(found->second.fd, std::nullopt);
  return true;
}

bool Inbound::flooded(std::uint64_t cookie) {
  const auto found = std::find_if(accepted_.begin(), accepted_.end(),
                                  [&](const auto& accepted) { return accepted.second.cookie == cookie; });
  if (found == accepted_.end()) return false;
  reset_connection(found->first, cookie);
  cut(found->first, DownReason::violation);
  return true;
}

void Inbound::cut(int fd, std::optional<DownReason> reason) {
  Accepted& accepted = accepted_.at(fd);
  accepted.is_cut = true;
  shut_down(fd, accepted.cookie);
  const auto link = std::exchange(accepted.link, std::nullopt);
  if (link) forget_link(*link, reason);
}

void Inbound::forget_link(LinkId id, std::optional<DownReason> reason) {
  const auto found = links_.find(id);
  KIEM_CHECK(found != links_.end());
  lately_gone_.push_back(std::move(found->second.routing_id));
  if (lately_gone_.size() > kGoneRemembered) lately_gone_.pop_front();
  links_.erase(found);
  if (reason) outbox_.post(LinkDown{id, *reason});
}

std::optional<std::uint64_t> Inbound::due_ms(std::uint64_t now_ms) const {
  std::optional<std::uint64_t> due;
  if (has_more_to_read_ || !events_.empty()) earliest(due, now_ms);
  if (has_blocked_) earliest(due, now_ms + kRetryMs);
  if (!spare_.is_whole()) earliest(due, std::max(hold_spare_at_, now_ms + kSpareMs));
  for (const auto& [fd, accepted] : accepted_) {
    if (!accepted.link && !accepted.is_cut) earliest(due, accepted.knock_by);
  }
  for (const auto& [id, link] : links_) {
    if (link.entrance == Entrance::anteroom) earliest(due, link.leave_by);
  }
  return due;
}

}  // namespace kiem
