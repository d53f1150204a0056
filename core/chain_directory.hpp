// Which chains a store has of each space and where each ends, for Replica: kept in memory, so that a meeting reads of
// the store what came since the last one, and not once more every chain that there is.
//
// Read whole when it is first asked for; brought up to date by the operations that arrived since. What can change the
// end of a chain without a new operation in it (an act of membership that lets a parked one be shown, damage and what
// comes back of it) makes it be read whole again. Never asked inside a transaction, so that it never shows what was
// rolled back. One thread, the writer's; borrows its connection.
#pragma once

#include <functional>
#include <map>
#include <vector>

#include "core/oplog/op_store.hpp"

namespace kiem {

struct ChainEnd {
  std::int64_t row = 0;
  OpId id;
};

struct DirectoryChain {
  std::int64_t chain = 0;
  // The last operations as far as the chain is told (before a gap), parked ones included, and where each ends for
  // others: nothing when another branch goes on from there, or nothing of it is shown.
  struct Tip {
    std::int64_t row = 0;
    std::optional<ChainEnd> end;
  };
  std::vector<Tip> tips;
  std::int64_t top = -1;    // the highest number (seq) of what is shown
  std::int64_t newest = 0;  // the row that arrived last among the shown ends
  bool forked = false;      // several last operations
};

class ChainDirectory {
 public:
  using Key = std::pair<std::uint32_t, DeviceId>;  // circle's number, device: the order in which chains are told
  [[nodiscard]] const std::map<Key, DirectoryChain>& chains() const { return chains_; }

 private:
  friend class ChainDirectories;
  std::map<Key, DirectoryChain> chains_;
};

class ChainDirectories {
 public:
  explicit ChainDirectories(Connection& db) : db_(db) {}
  // counter: of the store now (Replica::counter). Valid until the next call.
  [[nodiscard]] Result<const ChainDirectory*> of(std::int64_t space, std::int64_t counter);
  void forget();

 private:
  [[nodiscard]] Status bring_up_to(std::int64_t counter);
  [[nodiscard]] Status read_all();
  // Whether it is a chain of an access circle.
  [[nodiscard]] Result<bool> read(std::int64_t chain);

  Connection& db_;
  std::map<std::int64_t, ChainDirectory> spaces_;
  std::optional<std::int64_t> counter_;
  std::uint64_t lost_ = 0;
};

// Asked of operations of a chain; one that it names, and what follows it, does not count.
using LeavesOut = std::function<bool(std::int64_t row)>;
// Where a chain that ends in something parked, or left out, ends for everybody else: the last operation before it,
// unless another branch goes on from there.
[[nodiscard]] Result<std::optional<std::int64_t>> shown_end(Connection& db, std::int64_t tip,
                                                            const LeavesOut& leaves_out = {});
// The ends of a chain as far as it is told: before its first gap, when it has one.
[[nodiscard]] Result<std::vector<std::int64_t>> told_tips(Connection& db, std::int64_t chain);

}  // namespace kiem
