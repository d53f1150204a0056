// Which questions are watched, and what each answer was made of: the inside of core/live_query.hpp.
//
// Owned by the inside of a Community, one thread. A question that nobody holds any more is forgotten.
#pragma once

#include <memory>
#include <unordered_set>
#include <vector>

#include "core/kiem.hpp"
#include "core/views/materialiser.hpp"

namespace kiem {

// What an answer was made of; only a change of that can change it.
struct Footprint {
  std::vector<std::uint32_t> collections;  // local numbers: any record of these
  std::unordered_set<RecordId> records;
  bool schema = false;
  bool membership = false;
  bool meetings = false;  // what other devices are known to have
};

// What a transaction changed.
struct Noted {
  FoldedSpaces spaces;
  bool meetings = false;
  bool everything = false;
  void add(const Noted& more);
};

struct LiveState {
  Community::Impl* community = nullptr;
  Watchable query;  // names its initiative, and its one thing, by their ids
  std::optional<RecordId> one;
  std::int64_t space = 0;
  Footprint footprint;
  bool stale = false;  // the present answer may be another
  std::vector<LiveRow> rows;
  std::uint64_t evaluations = 0;
};

class LiveQueries {
 public:
  void add(const std::shared_ptr<LiveState>& state) { watched_.push_back(state); }
  // After the commit.
  void tell(const Noted& noted);

 private:
  std::vector<std::weak_ptr<LiveState>> watched_;
};

}  // namespace kiem
