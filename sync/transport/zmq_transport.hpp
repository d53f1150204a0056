// The Transport over ZeroMQ: TCP with CURVE, the accepting side as the CURVE server, a thread of its own for the
// sockets.
//
// Owned and used by one thread, the node's. The ZmqProcess, the Clock (which the transport's thread asks too) and
// main's stack outlive it. Destroying it ends every link at once and joins its thread. What a peer may cost is in
// limits.hpp; the states of a connection are in inbound.hpp and outbound.hpp; what libzmq needs is in zmq_socket.hpp.
//
// CURVE proves the hop: that the other end holds the secret of the key in LinkUp. Who that is, the acts say.
#pragma once

#include <chrono>
#include <memory>

#include "core/base/env.hpp"
#include "sync/transport/limits.hpp"
#include "sync/transport/transport.hpp"

namespace kiem {

class ZmqProcess;

class ZmqTransport final : public Transport {
 public:
  // keys: the device's transport pair; a copy of the secret lives as long as the transport. Until set_gate() everybody
  // is refused. Errors: out_of_memory when the system gives no thread or descriptor.
  [[nodiscard]] static Result<std::unique_ptr<ZmqTransport>> create(ZmqProcess& process, const BoxKeyPair& keys,
                                                                    Clock& clock, const TransportLimits& limits = {});
  ~ZmqTransport() override;

  [[nodiscard]] Result<Endpoint> listen(const Endpoint& address) override;
  [[nodiscard]] Result<LinkId> connect(const Endpoint& address, const BoxPublicKey& peer) override;
  void close(LinkId link) override;
  [[nodiscard]] SendOutcome send(LinkId link, Bytes frame) override;
  void promote(LinkId link) override;
  void set_gate(GateRules rules) override;
  [[nodiscard]] std::optional<TransportEvent> next_event() override;

  // Waits for an event, at most this long; nothing when none came.
  [[nodiscard]] std::optional<TransportEvent> wait_event(std::chrono::milliseconds timeout);

  // A descriptor that can be read while events wait, to poll() together with others. Then call next_event() until it
  // returns nothing. It may wake for nothing to be told. Belongs to the transport.
  [[nodiscard]] int wake_fd() const;

 private:
  struct Impl;
  explicit ZmqTransport(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace kiem
