#include "sync/transport/gate.hpp"

namespace kiem {

void Gate::set(GateRules rules) {
  auto next = std::make_shared<const GateRules>(std::move(rules));
  const std::lock_guard lock(mutex_);
  rules_ = std::move(next);
}

Verdict Gate::verdict(const BoxPublicKey& key) const {
  const std::lock_guard lock(mutex_);
  if (rules_->members.contains(key)) return Verdict::member;
  return rules_->anteroom_open ? Verdict::anteroom : Verdict::refuse;
}

}  // namespace kiem
