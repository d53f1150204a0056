#include "sync/transport/gate.hpp"

namespace kiem {

void Gate::set(GateRules rules) {
  auto next = std::make_shared<const GateRules>(std::move(rules));
  const std::lock_guard lock(mutex_);
  rules_ = std::move(next);
}

Admittance Gate::admittance(const BoxPublicKey& key) const {
  const std::lock_guard lock(mutex_);
  if (rules_->barred.contains(key)) return Admittance::refuse;
  if (rules_->members.contains(key)) return Admittance::member;
  return rules_->anteroom_open ? Admittance::anteroom : Admittance::refuse;
}

}  // namespace kiem
