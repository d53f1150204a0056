// The Network of a real machine: ZeroMQ over TCP with CURVE. One a process at a time, for it owns the process's context
// (zmq_process.hpp has what follows from that). The clock outlives it, the keys need not. One thread.
#pragma once

#include <memory>

#include "sync/transport/network.hpp"
#include "sync/transport/zmq_process.hpp"
#include "sync/transport/zmq_transport.hpp"

namespace kiem {

class ZmqNetwork final : public Network {
 public:
  // Errors: out_of_memory when the system gives no thread or descriptor.
  [[nodiscard]] static Result<std::unique_ptr<Network>> create(const BoxKeyPair& keys, Clock& clock,
                                                               const TransportLimits& limits = {});

  [[nodiscard]] Transport& transport() override { return *transport_; }
  [[nodiscard]] int wake_fd() const override { return transport_->wake_fd(); }
  [[nodiscard]] std::vector<std::string> hosts() override;

 private:
  ZmqNetwork(std::unique_ptr<ZmqProcess> process, std::unique_ptr<ZmqTransport> transport);
  std::unique_ptr<ZmqProcess> process_;
  std::unique_ptr<ZmqTransport> transport_;  // goes before its process
};

}  // namespace kiem
