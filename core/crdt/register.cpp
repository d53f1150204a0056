#include "core/crdt/register.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "core/crdt/mutation_set.hpp"
#include "core/crypto/hash.hpp"

namespace kiem {
namespace {

// Smaller shows first. The first member puts what has no place in the pick's order after all that have one.
using PickRank = std::pair<bool, std::uint64_t>;

// Integers in ascending order as unsigned ones, so that max can turn the order round without overflow.
std::uint64_t ascending(std::int64_t key) { return static_cast<std::uint64_t>(key) ^ (std::uint64_t{1} << 63U); }

PickRank pick_rank(const Pick& pick, const std::optional<std::int64_t>& key) {
  if (pick.kind == PickKind::lot || pick.kind == PickKind::ask) return {false, 0};
  if (!key) return {true, 0};
  if (pick.kind == PickKind::min) return {false, ascending(*key)};
  if (pick.kind == PickKind::max) return {false, ~ascending(*key)};
  const auto found = std::find(pick.order.begin(), pick.order.end(), *key);
  if (found == pick.order.end()) return {true, 0};
  return {false, static_cast<std::uint64_t>(found - pick.order.begin())};
}

struct Ranked {
  PickRank rank;
  Hash32 lot;
  const RegisterWrite* write;

  bool operator<(const Ranked& other) const {
    return std::tie(rank, lot, write->device, write->id) <
           std::tie(other.rank, other.lot, other.write->device, other.write->id);
  }
};

}  // namespace

RegisterFold fold_register(const RecordId& record, ByteView field, const Pick& pick,
                           std::span<const RegisterWrite> live) {
  std::vector<Ranked> ranked;
  ranked.reserve(live.size());
  for (const auto& write : live) {
    ranked.push_back(
        {pick_rank(pick, write.key), hash_of(kTagPickLot, {view(record), field, view(write.author)}), &write});
  }
  std::sort(ranked.begin(), ranked.end());

  RegisterFold fold;
  std::map<std::string_view, std::size_t> known;
  for (const auto& next : ranked) {
    const auto [place, fresh] = known.try_emplace(text_view(next.write->value), fold.values.size());
    if (fresh) fold.values.push_back({next.write->value, {}});
    fold.values[place->second].writes.push_back(next.write->id);
  }
  for (auto& value : fold.values) sort_once(value.writes);
  fold.ask = pick.kind == PickKind::ask && fold.conflict();
  return fold;
}

}  // namespace kiem
