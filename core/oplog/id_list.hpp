// The ids that two ends of a link have told each other, by number: what a packed segment says instead of 32 bytes
// (FORMAT.md section 8.1). Both ends add the same ids in the same order; after kMaxListedIds the oldest makes room.
//
// IdList is the reader's, IdIndex the writer's, which also finds the number of an id. Values; one thread at a time.
#pragma once

#include <optional>
#include <unordered_map>
#include <vector>

#include "core/base/bytes.hpp"

namespace kiem {

constexpr std::size_t kMaxListedIds = std::size_t{1} << 15U;

class IdList {
 public:
  void add(const Hash32& id);
  // nullptr: there is no such number.
  [[nodiscard]] const Hash32* at(std::uint64_t number) const {
    return number < ids_.size() ? &ids_[static_cast<std::size_t>(number)] : nullptr;
  }
  // The number that the next one gets.
  [[nodiscard]] std::size_t next() const { return added_ % kMaxListedIds; }
  void clear();

 private:
  std::vector<Hash32> ids_;
  std::size_t added_ = 0;
};

class IdIndex {
 public:
  void add(const Hash32& id);
  // Of an id that was added several times, the last number.
  [[nodiscard]] std::optional<std::uint64_t> find(const Hash32& id) const;
  void clear();

 private:
  IdList list_;
  std::unordered_map<Hash32, std::uint64_t> numbers_;
};

}  // namespace kiem
