#include "sync/node/conduct.hpp"

#include <algorithm>

namespace kiem {
namespace {

constexpr std::uint32_t kWeightOfBar = 2;

}  // namespace

std::optional<PeerFault> fault_of(EndReason reason) {
  switch (reason) {
    case EndReason::bad_message:
    case EndReason::wrong_state:
      return PeerFault::garbage;
    case EndReason::bad_operation:
      return PeerFault::poison;
    case EndReason::too_much:
      return PeerFault::excess;
    case EndReason::unserved:
      return PeerFault::unserved;
    default:
      return std::nullopt;
  }
}

void Conduct::note(const BoxPublicKey& key, PeerFault fault, std::uint64_t now_ms) {
  if (records_.size() >= kMaxKeys && !records_.contains(key)) {
    records_.erase(std::min_element(records_.begin(), records_.end(), [](const auto& a, const auto& b) {
      return a.second.until_ms < b.second.until_ms;
    }));
  }
  Record& record = records_[key];
  if (now_ms - record.last_ms >= kForgivenMs) record.weight = 0;
  record.last_ms = now_ms;
  record.weight += fault == PeerFault::unserved ? 1 : kWeightOfBar;
  if (record.weight < kWeightOfBar) return;
  std::uint64_t bar = kFirstBarMs;
  for (std::uint32_t weight = kWeightOfBar; weight + kWeightOfBar <= record.weight && bar < kLongestBarMs;
       weight += kWeightOfBar) {
    bar *= 2;
  }
  record.until_ms = now_ms + std::min(bar, kLongestBarMs);
}

bool Conduct::is_barred(const BoxPublicKey& key, std::uint64_t now_ms) const {
  const auto record = records_.find(key);
  return record != records_.end() && now_ms < record->second.until_ms;
}

std::vector<BoxPublicKey> Conduct::barred(std::uint64_t now_ms) const {
  std::vector<BoxPublicKey> keys;
  for (const auto& [key, record] : records_) {
    if (now_ms < record.until_ms) keys.push_back(key);
  }
  return keys;
}

std::optional<std::uint64_t> Conduct::next_ms(std::uint64_t now_ms) const {
  std::optional<std::uint64_t> next;
  for (const auto& [key, record] : records_) {
    if (now_ms < record.until_ms) next = next ? std::min(*next, record.until_ms) : record.until_ms;
  }
  return next;
}

}  // namespace kiem
