#include "core/oplog/id_list.hpp"

namespace kiem {

void IdList::add(const Hash32& id) {
  if (ids_.size() < kMaxListedIds) {
    ids_.push_back(id);
  } else {
    ids_[next()] = id;
  }
  ++added_;
}

void IdList::clear() { *this = {}; }

void IdIndex::add(const Hash32& id) {
  const std::uint64_t number = list_.next();
  if (const Hash32* const old = list_.at(number)) {
    const auto known = numbers_.find(*old);
    if (known != numbers_.end() && known->second == number) numbers_.erase(known);
  }
  list_.add(id);
  numbers_[id] = number;
}

std::optional<std::uint64_t> IdIndex::find(const Hash32& id) const {
  const auto known = numbers_.find(id);
  return known == numbers_.end() ? std::nullopt : std::optional(known->second);
}

void IdIndex::clear() { *this = {}; }

}  // namespace kiem
