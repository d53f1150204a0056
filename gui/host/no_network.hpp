// The network of a laptop whose plug was pulled: nobody comes in, every call goes unanswered. One thread.
#pragma once

#include <deque>

#include "sync/transport/network.hpp"
#include "sync/transport/wake_fd.hpp"

namespace kiem::gui {

class NoNetwork final : public Network, public Transport {
 public:
  // False when the system gave no descriptor; it is then not to be used.
  [[nodiscard]] bool is_good() const { return wake_.is_good(); }

  [[nodiscard]] Transport& transport() override { return *this; }
  [[nodiscard]] int wake_fd() const override { return wake_.fd(); }
  [[nodiscard]] std::vector<std::string> hosts() override { return {}; }

  [[nodiscard]] Result<Endpoint> listen(const Endpoint& address) override;
  [[nodiscard]] Result<LinkId> connect(const Endpoint& address, const BoxPublicKey& peer) override;
  void close(LinkId link) override;
  [[nodiscard]] SendOutcome send(LinkId, Bytes) override { return SendOutcome::gone; }
  void promote(LinkId) override {}
  void set_gate(GateRules) override {}
  [[nodiscard]] std::optional<TransportEvent> next_event() override;

 private:
  WakeFd wake_;
  std::uint64_t next_ = 1;
  std::deque<LinkId> failed_;
};

}  // namespace kiem::gui
