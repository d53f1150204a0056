// The thread that owns every socket of one transport: waits, reads, writes, cuts.
//
// The node's thread reaches it by commands and hears from it by events, both in Handoffs; it waits for neither. Idle,
// it sleeps until a descriptor wakes it or a deadline comes.
#pragma once

#include <variant>

#include "sync/transport/inbound.hpp"
#include "sync/transport/outbound.hpp"

namespace kiem {

namespace command {
struct Listen {
  Endpoint address;
};
struct Dial {
  LinkId link;
  Endpoint address;
  BoxPublicKey peer;
};
struct Send {
  LinkId link;
  Bytes frame;
};
struct Promote {
  LinkId link;
};
struct Close {
  LinkId link;
};
struct Stop {};
}  // namespace command
using Command =
    std::variant<command::Listen, command::Dial, command::Send, command::Promote, command::Close, command::Stop>;

struct Channels {
  // Commands wait only for a thread that never waits for the node, so the node may wait for room here.
  Handoff<Command> commands{1024};
  Handoff<OutboxEvent> events{256};
  Handoff<Result<Endpoint>> listening{1};
  [[nodiscard]] bool is_good() const { return commands.is_good() && events.is_good() && listening.is_good(); }
};

class ZmqLoop {
 public:
  ZmqLoop(ZmqSocket router, ZmqContext& context, BoxKeyPair keys, std::shared_ptr<const Gate> gate,
          const TransportLimits& limits, Clock& clock, Channels& channels);

  [[nodiscard]] bool is_good() const { return watch_.is_good(); }
  // Until the Stop command.
  void run();

 private:
  // False on Stop.
  bool obey(Command command);
  void wait();

  const BoxKeyPair keys_;
  const std::shared_ptr<const Gate> gate_;
  const TransportLimits limits_;
  Clock& clock_;
  Channels& channels_;
  TcpWatch watch_;
  Outbox outbox_;
  Inbound inbound_;
  Outbound outbound_;
  ZmqPoll poll_;
};

}  // namespace kiem
