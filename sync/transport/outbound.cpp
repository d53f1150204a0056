#include "sync/transport/outbound.hpp"

#include "core/base/check.hpp"

namespace kiem {
namespace {

constexpr std::size_t kFramesPerTurn = 256;

}  // namespace

Outbound::Outbound(ZmqContext& context, const BoxKeyPair& keys, const TransportLimits& limits, TcpWatch& watch,
                   Outbox& outbox)
    : context_(context), keys_(keys), limits_(limits), watch_(watch), outbox_(outbox) {}

void Outbound::dial(LinkId link, const Endpoint& address, const BoxPublicKey& peer, std::uint64_t now_ms) {
  auto socket = ZmqSocket::dealer(context_, keys_, peer, limits_);
  if (!socket || !socket->connect(address)) {
    // No descriptor for a socket, or an address that libzmq does not take: this peer cannot be reached.
    return outbox_.post(LinkDown{link, DownReason::unreachable});
  }
  Dial dial{*std::move(socket), address, peer, now_ms + limits_.dial_ms, false, false, -1, 0, std::nullopt, {}};
  KIEM_CHECK(dials_.emplace(link, std::move(dial)).second);
}

void Outbound::turn(std::uint64_t now_ms) {
  for (auto it = dials_.begin(); it != dials_.end();) {
    const LinkId id = it->first;
    Dial& dial = it->second;
    while (const auto event = dial.socket.next_event()) on_event(id, dial, *event);
    if (dial.is_up) {
      read(id, dial);
      write(id, dial);
    } else if (!dial.down && dial.up_by <= now_ms) {
      dial.down = dial.fd < 0 ? DownReason::unreachable : DownReason::handshake_failed;
    }
    if (!dial.down || dial.has_more_to_read) {
      ++it;
      continue;
    }
    watch_.remove(dial.cookie);
    outbox_.post(LinkDown{id, *dial.down});
    it = dials_.erase(it);
  }
}

void Outbound::on_event(LinkId id, Dial& dial, const ZmqEvent& event) {
  if (dial.down) return;
  switch (event.kind) {
    case ZmqEventKind::connected:
      dial.fd = event.value;
      dial.cookie = socket_cookie(dial.fd).value_or(0);
      if (dial.cookie != 0) watch_.add(dial.fd, dial.cookie);
      return;
    case ZmqEventKind::connect_failed:
      dial.down = DownReason::unreachable;
      return;
    case ZmqEventKind::handshake_done:
      dial.is_up = true;
      dial.unsent.emplace_front();  // the knock
      outbox_.post(LinkUp{id, dial.peer, Direction::outbound, Entrance::member, dial.address});
      return;
    case ZmqEventKind::handshake_refused:
      dial.down = DownReason::refused;
      return;
    case ZmqEventKind::handshake_failed:
      dial.down = DownReason::handshake_failed;
      return;
    case ZmqEventKind::disconnected:
      dial.down = dial.is_up ? DownReason::lost : DownReason::handshake_failed;
      return;
    case ZmqEventKind::accepted:
    case ZmqEventKind::accept_failed:
      KIEM_UNREACHABLE("a connecting socket accepts nobody");
  }
}

void Outbound::read(LinkId id, Dial& dial) {
  dial.has_more_to_read = false;
  for (std::size_t budget = kFramesPerTurn; budget > 0; --budget) {
    auto message = dial.socket.receive();
    if (!message) return;
    if (message->broken || message->payload.empty()) {
      dial.down = DownReason::violation;
      return;
    }
    watch_.completed(dial.cookie);
    outbox_.post(FrameReceived{id, std::move(message->payload)});
    if (outbox_.unread_bytes(id) > kMaxUnreadBytes) {
      outbox_.drop_frames(id);
      dial.down = DownReason::violation;
      return;
    }
  }
  dial.has_more_to_read = true;
}

void Outbound::write(LinkId id, Dial& dial) {
  std::size_t sent = 0;
  while (!dial.unsent.empty() && dial.socket.send({}, dial.unsent.front()) == ZmqSent::taken) {
    if (!dial.unsent.front().empty()) ++sent;  // the knock is not the node's frame
    dial.unsent.pop_front();
  }
  if (sent > 0) outbox_.post(FramesSent{id, sent});
}

bool Outbound::send(LinkId id, Bytes frame) {
  const auto found = dials_.find(id);
  if (found == dials_.end()) return false;
  found->second.unsent.push_back(std::move(frame));
  return true;
}

bool Outbound::close(LinkId id) {
  const auto found = dials_.find(id);
  if (found == dials_.end()) return false;
  watch_.remove(found->second.cookie);
  dials_.erase(found);
  return true;
}

bool Outbound::flooded(std::uint64_t cookie) {
  for (auto& [id, dial] : dials_) {
    if (dial.cookie != cookie) continue;
    // Destroying the socket ends the connection; here it is ended before, in case the turn comes late.
    reset_connection(dial.fd, dial.cookie);
    dial.down = DownReason::violation;
    return true;
  }
  return false;
}

void Outbound::add_to(ZmqPoll& poll) const {
  for (const auto& [id, dial] : dials_) poll.add(dial.socket, !dial.unsent.empty());
}

std::optional<std::uint64_t> Outbound::due_ms(std::uint64_t now_ms) const {
  std::optional<std::uint64_t> due;
  const auto earliest = [&due](std::uint64_t candidate) {
    if (!due || candidate < *due) due = candidate;
  };
  for (const auto& [id, dial] : dials_) {
    if (dial.has_more_to_read || dial.down) earliest(now_ms);
    if (!dial.is_up) earliest(dial.up_by);
  }
  return due;
}

}  // namespace kiem
