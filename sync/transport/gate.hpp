// Who may come in: the keys this device expects, asked while a stranger's handshake is still waiting.
//
// The node owns the rules and swaps them whole whenever membership changes; the threads of the transport only ask.
// Any thread. A Gate that was never set refuses everybody. A changed rule decides about connections that come up from
// then on; links that are up already are the node's to close (D2: in the commit that resolves the removal).
#pragma once

#include <memory>
#include <mutex>
#include <unordered_set>

#include "core/crypto/keys.hpp"

namespace kiem {

enum class Admittance : std::uint8_t { member, anteroom, refuse };

struct GateRules {
  std::unordered_set<BoxPublicKey> members;
  // Whether a key that is not among them may enter the anteroom (an invitation is open), or is refused.
  bool anteroom_open = false;
  // Whoever misbehaved, for a time: nowhere let in.
  std::unordered_set<BoxPublicKey> barred = {};
};

class Gate {
 public:
  void set(GateRules rules);
  [[nodiscard]] Admittance admittance(const BoxPublicKey& key) const;

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const GateRules> rules_ = std::make_shared<const GateRules>();
};

}  // namespace kiem
