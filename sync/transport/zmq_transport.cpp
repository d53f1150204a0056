#include "sync/transport/zmq_transport.hpp"

#include <algorithm>
#include <map>

#include "core/base/check.hpp"
#include "sync/transport/quiet_thread.hpp"
#include "sync/transport/zmq_loop.hpp"
#include "sync/transport/zmq_process.hpp"

namespace kiem {
namespace {

// What the node's side knows of a link: enough to refuse a frame without asking the other thread.
struct OpenLink {
  bool is_up = false;
  std::size_t unsent = 0;
  bool was_refused = false;
};

}  // namespace

struct ZmqTransport::Impl {
  Impl(ZmqProcess& owner, Clock& given_clock) : process(owner), clock(given_clock) {}
  ~Impl() {
    if (thread) channels.commands.push(command::Stop{});
    thread.reset();
    loop.reset();
    if (!domain.empty()) process.forget(domain);
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  // What the node is to hear of it, if anything; keeps the books of the links.
  std::optional<TransportEvent> told(OutboxEvent event);

  ZmqProcess& process;
  Clock& clock;
  std::shared_ptr<Gate> gate = std::make_shared<Gate>();
  std::string domain;
  Channels channels;
  std::unique_ptr<ZmqLoop> loop;
  std::unique_ptr<QuietThread> thread;
  std::map<LinkId, OpenLink> links;
  std::uint64_t next_number = 1;  // odd; those of links that came in are even
};

ZmqTransport::ZmqTransport(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ZmqTransport::~ZmqTransport() = default;

Result<std::unique_ptr<ZmqTransport>> ZmqTransport::create(ZmqProcess& process, const BoxKeyPair& keys, Clock& clock,
                                                           const TransportLimits& limits) {
  auto impl = std::make_unique<Impl>(process, clock);
  if (!impl->channels.is_good()) return fail(ErrorCode::out_of_memory, Fault::machine);
  impl->domain = process.admit(impl->gate);
  KIEM_TRY_GET(auto router, ZmqSocket::router(process.context(), keys, impl->domain, limits));
  impl->loop =
      std::make_unique<ZmqLoop>(std::move(router), process.context(), BoxKeyPair{keys.secret.clone(), keys.public_key},
                                impl->gate, limits, clock, impl->channels);
  if (!impl->loop->is_good()) return fail(ErrorCode::out_of_memory, Fault::machine);
  // The sockets of the loop are this thread's until the next line and the new thread's until it is joined.
  auto thread = std::make_unique<QuietThread>([loop = impl->loop.get()] { loop->run(); });
  if (!thread->is_running()) return fail(ErrorCode::out_of_memory, Fault::machine);
  impl->thread = std::move(thread);
  return std::unique_ptr<ZmqTransport>(new ZmqTransport(std::move(impl)));
}

Result<Endpoint> ZmqTransport::listen(const Endpoint& address) {
  impl_->channels.commands.push(command::Listen{address});
  // Binding is a few calls of the system; the thread of the sockets waits for nobody, so the answer comes.
  while (true) {
    if (auto answer = impl_->channels.listening.pop_within(std::chrono::seconds(60))) return *std::move(answer);
  }
}

Result<LinkId> ZmqTransport::connect(const Endpoint& address, const BoxPublicKey& peer) {
  if (!is_dialable(address)) return fail(ErrorCode::bad_address, Fault::person, {to_text(address)});
  const LinkId link{impl_->next_number};
  impl_->next_number += 2;
  impl_->links.emplace(link, OpenLink{});
  impl_->channels.commands.push(command::Dial{link, address, peer});
  return link;
}

void ZmqTransport::close(LinkId link) {
  if (impl_->links.erase(link) != 0) impl_->channels.commands.push(command::Close{link});
}

SendOutcome ZmqTransport::send(LinkId link, Bytes frame) {
  KIEM_CHECK(!frame.empty() && frame.size() <= kMaxFrameBytes);
  const auto found = impl_->links.find(link);
  if (found == impl_->links.end() || !found->second.is_up) return SendOutcome::gone;
  if (found->second.unsent >= kMaxUnsentFrames) {
    found->second.was_refused = true;
    return SendOutcome::full;
  }
  ++found->second.unsent;
  impl_->channels.commands.push(command::Send{link, std::move(frame)});
  return SendOutcome::taken;
}

void ZmqTransport::promote(LinkId link) {
  if (impl_->links.contains(link)) impl_->channels.commands.push(command::Promote{link});
}

void ZmqTransport::set_gate(GateRules rules) { impl_->gate->set(std::move(rules)); }

std::optional<TransportEvent> ZmqTransport::next_event() {
  while (auto event = impl_->channels.events.try_pop()) {
    if (auto told = impl_->told(*std::move(event))) return told;
  }
  return std::nullopt;
}

std::optional<TransportEvent> ZmqTransport::wait_event(std::chrono::milliseconds timeout) {
  const auto asked = static_cast<std::uint64_t>(std::max<std::int64_t>(timeout.count(), 0));
  const std::uint64_t until = impl_->clock.monotonic_ms() + asked;
  for (std::uint64_t left = asked;;) {
    auto event = impl_->channels.events.pop_within(std::chrono::milliseconds(left));
    if (!event) return std::nullopt;
    if (auto told = impl_->told(*std::move(event))) return told;
    const std::uint64_t now = impl_->clock.monotonic_ms();
    left = until > now ? until - now : 0;
  }
}

int ZmqTransport::wake_fd() const { return impl_->channels.events.wake_fd(); }

std::optional<TransportEvent> ZmqTransport::Impl::told(OutboxEvent event) {
  if (auto* up = std::get_if<LinkUp>(&event)) {
    if (up->direction == Direction::inbound) {
      links.emplace(up->link, OpenLink{true, 0, false});
      return TransportEvent(std::move(*up));
    }
    const auto found = links.find(up->link);
    if (found == links.end()) return std::nullopt;  // closed by the node meanwhile
    found->second.is_up = true;
    return TransportEvent(std::move(*up));
  }
  if (auto* frame = std::get_if<FrameReceived>(&event)) {
    if (!links.contains(frame->link)) return std::nullopt;
    return TransportEvent(std::move(*frame));
  }
  if (const auto* sent = std::get_if<FramesSent>(&event)) {
    const auto found = links.find(sent->link);
    if (found == links.end()) return std::nullopt;
    OpenLink& link = found->second;
    KIEM_CHECK(sent->count <= link.unsent);
    link.unsent -= sent->count;
    if (!link.was_refused || link.unsent > kMaxUnsentFrames / 2) return std::nullopt;
    link.was_refused = false;
    return TransportEvent(RoomToSend{sent->link});
  }
  const auto& down = std::get<LinkDown>(event);
  if (links.erase(down.link) == 0) return std::nullopt;
  return TransportEvent(down);
}

}  // namespace kiem
