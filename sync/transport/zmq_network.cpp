#include "sync/transport/zmq_network.hpp"

#include "sync/transport/local_hosts.hpp"

namespace kiem {

Result<std::unique_ptr<Network>> ZmqNetwork::create(const BoxKeyPair& keys, Clock& clock,
                                                    const TransportLimits& limits) {
  KIEM_TRY_GET(std::unique_ptr<ZmqProcess> process, ZmqProcess::create());
  KIEM_TRY_GET(std::unique_ptr<ZmqTransport> transport, ZmqTransport::create(*process, keys, clock, limits));
  return std::unique_ptr<Network>(new ZmqNetwork(std::move(process), std::move(transport)));
}

ZmqNetwork::ZmqNetwork(std::unique_ptr<ZmqProcess> process, std::unique_ptr<ZmqTransport> transport)
    : process_(std::move(process)), transport_(std::move(transport)) {}

std::vector<std::string> ZmqNetwork::hosts() { return local_hosts(); }

}  // namespace kiem
