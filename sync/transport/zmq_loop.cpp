#include "sync/transport/zmq_loop.hpp"

#include <algorithm>

namespace kiem {
namespace {

template <class... Calls>
struct Cases : Calls... {
  using Calls::operator()...;
};
template <class... Calls>
Cases(Calls...) -> Cases<Calls...>;

}  // namespace

ZmqLoop::ZmqLoop(ZmqSocket router, ZmqContext& context, BoxKeyPair keys, std::shared_ptr<const Gate> gate,
                 const TransportLimits& limits, Clock& clock, Channels& channels)
    : keys_(std::move(keys)),
      gate_(std::move(gate)),
      limits_(limits),
      clock_(clock),
      channels_(channels),
      watch_(limits_.unfinished_bytes),
      outbox_(channels_.events),
      inbound_(std::move(router), *gate_, limits_, watch_, outbox_),
      outbound_(context, keys_, limits_, watch_, outbox_) {}

void ZmqLoop::run() {
  while (true) {
    while (auto command = channels_.commands.try_pop()) {
      if (!obey(*std::move(command))) return;
    }
    const std::uint64_t now_ms = clock_.monotonic_ms();
    inbound_.turn(now_ms);
    outbound_.turn(now_ms);
    // After the reading: only what is not a whole message yet is held against a connection.
    for (const std::uint64_t cookie : watch_.check(now_ms)) {
      if (!inbound_.flooded(cookie)) outbound_.flooded(cookie);
    }
    outbox_.flush();
    wait();
  }
}

bool ZmqLoop::obey(Command given) {
  return std::visit(Cases{
                        [&](command::Listen& listen) {
                          channels_.listening.push(inbound_.listen(listen.address));
                          return true;
                        },
                        [&](command::Dial& dial) {
                          outbound_.dial(dial.link, dial.address, dial.peer, clock_.monotonic_ms());
                          return true;
                        },
                        [&](command::Send& send) {
                          // A link that is gone has said so, or is about to.
                          if (!inbound_.send(send.link, send.frame)) outbound_.send(send.link, std::move(send.frame));
                          return true;
                        },
                        [&](command::Promote& promote) {
                          inbound_.promote(promote.link);
                          return true;
                        },
                        [&](command::Close& close) {
                          if (!inbound_.close(close.link)) outbound_.close(close.link);
                          return true;
                        },
                        [&](command::Stop&) { return false; },
                    },
                    given);
}

void ZmqLoop::wait() {
  poll_.clear();
  poll_.add(channels_.commands.wake_fd());
  poll_.add(channels_.events.room_fd());
  poll_.add(watch_.wake_fd());
  inbound_.add_to(poll_);
  outbound_.add_to(poll_);
  const std::uint64_t now_ms = clock_.monotonic_ms();
  std::optional<std::uint32_t> timeout_ms;
  for (const auto due : {watch_.due_ms(), inbound_.due_ms(now_ms), outbound_.due_ms(now_ms)}) {
    if (!due) continue;
    const std::uint64_t left = *due > now_ms ? *due - now_ms : 0;
    timeout_ms = static_cast<std::uint32_t>(std::min<std::uint64_t>(left, timeout_ms.value_or(60'000)));
  }
  poll_.wait(timeout_ms);
}

}  // namespace kiem
